"""What the early warnings ask of a person, as lines of «Mis pendientes» (A1-13)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.vocabulary.owed import Owed
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.risk import Risk
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.systems.evaluation.models import EarlyWarning
from rumbo.systems.evaluation.queries.warnings import is_overdue, may_follow, waiting

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

LISTED_ONE_BY_ONE = 5  # ours: more new ones than these become one line with their count
UNDECIDED = (WarningState.NEW, WarningState.SEEN)


def warnings_owed(actor: Actor, institution: "Institution", *, on: date) -> list[Owed]:
    """Planning: critical ones to decide, past their date, or done and to be closed. The head of an area: new ones of
    the area to see, and what was decided and is not done."""
    found = waiting(actor, institution, on=on)
    if may_follow(actor, institution.pk):
        return _of_planning(institution, [one for one in found if one.goal.critical], on)
    return _of_area(institution, found, on)


def _of_planning(institution: "Institution", found: list[EarlyWarning], on: date) -> list[Owed]:
    undecided = [one for one in found if one.state in UNDECIDED]
    lines = _grouped(
        institution, undecided, lambda one: _("%(risk)s: falta decidir qué se hará"), "?critica=1",
        ngettext("%(count)s alerta crítica por decidir", "%(count)s alertas críticas por decidir", len(undecided)),
    )  # fmt: skip
    lines += [_line(institution, one, _("Venció lo decidido: %(decision)s")) for one in found if is_overdue(one, on)]
    done = [one for one in found if one.done_on is not None]
    return lines + [_line(institution, one, _("Se informó cumplida: revise y cierre la alerta")) for one in done]


def _of_area(institution: "Institution", found: list[EarlyWarning], on: date) -> list[Owed]:
    new = [one for one in found if one.state == WarningState.NEW]
    lines = _grouped(
        institution, new, lambda one: _("%(risk)s de no cumplir la meta del año"), "?estado=new",
        ngettext("%(count)s alerta nueva de su área", "%(count)s alertas nuevas de su área", len(new)),
    )  # fmt: skip
    pending = [one for one in found if one.state == WarningState.ATTENDED and one.done_on is None]
    return lines + [_line(institution, one, _("Por cumplir: %(decision)s")) for one in pending]


def _grouped(
    institution: "Institution", found: Sequence[EarlyWarning], detail: Callable[[EarlyWarning], str], query: str,
    many: str,
) -> list[Owed]:  # fmt: skip
    if len(found) <= LISTED_ONE_BY_ONE:
        return [_line(institution, one, detail(one)) for one in found]
    high = sum(one.risk == Risk.HIGH for one in found)
    return [
        Owed(
            kind="warning",
            title=many % {"count": len(found)},
            detail=ngettext("%(count)s con riesgo alto", "%(count)s con riesgo alto", high) % {"count": high},
            url=reverse("evaluation:warnings", kwargs={"slug": institution.slug}) + query,
            count=len(found),
        )
    ]


def _line(institution: "Institution", one: EarlyWarning, detail: str) -> Owed:
    return Owed(
        kind="warning",
        title=f"{one.goal.code} · {one.goal.statement}",
        detail=detail % {"risk": _(Risk(one.risk).label), "decision": one.decision},
        url=reverse("evaluation:warning", kwargs={"slug": institution.slug, "ref": one.ref}),
        due_on=one.due_on if one.done_on is None else None,
        unit_name=one.goal.unit.name,
    )
