"""The follow-up of an early warning: seen, decided with a responsible post and a date, done, closed (A1-13).

Planning follows all of them; the head of an area sees those of the area, decides on the ones that are not critical
and says when what was decided is done. The work is of the post: who receives it by a handover finds it waiting.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.rendering.told import Day
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.systems.evaluation.models import EarlyWarning
from rumbo.systems.evaluation.queries.warnings import may_attend, may_decide, may_follow
from rumbo.systems.evaluation.states import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rumbo.foundation.organization.models import Institution

_LONGEST_POST, _LONGEST_REASON = 200, 300


class WarningRefused(Refusal):
    """What was written does not hold together, or the warning is past that step."""


def see_warnings(
    *, institution: "Institution", warnings: "Iterable[EarlyWarning]", by: Actor, on: date, at: datetime
) -> list[EarlyWarning]:
    """Mark the new ones as seen; the others stay as they are. Raises Forbidden."""
    seen = []
    with transaction.atomic():
        for warning in _held([one.pk for one in warnings], institution):
            if not may_attend(by, warning):
                raise Forbidden(N_("Las alertas las sigue la persona titular del área o la Dirección de Planeación."))
            if WarningState(warning.state) not in STEPS["see"]:
                continue
            warning.state, warning.seen_on, warning.seen_by = WarningState.SEEN, on, by.label
            warning.save(update_fields=["state", "seen_on", "seen_by"])
            seen.append(warning)
        if seen:
            record(
                chain=institution.slug, by=by, action="evaluation.see_warning", at=at, rows=seen,
                title=", ".join(warning.goal.code for warning in seen),
            )  # fmt: skip
    return seen


def decide_warning(
    *, warning: EarlyWarning, decision: str, responsible_post: str, due_on: date | None, by: Actor, on: date,
    at: datetime,
) -> EarlyWarning:  # fmt: skip
    """What will be done, who answers for it and by when; deciding again replaces it.

    Raises Forbidden, WarningRefused.
    """
    with transaction.atomic():
        warning = _taken(warning, "decide")
        if not may_decide(by, warning):
            raise Forbidden(
                N_("Sobre un indicador crítico decide la Dirección de Planeación; sobre los demás, también su área.")
            )
        for wrong, message in (
            (not decision.strip(), N_("No se guardó: escriba qué se decidió.")),
            (not responsible_post.strip(), N_("No se guardó: escriba el cargo responsable.")),
            (due_on is None, N_("No se guardó: escriba para cuándo.")),
            (due_on is not None and due_on <= on, N_("No se guardó: la fecha debe ser posterior a hoy.")),
        ):
            if wrong:
                raise WarningRefused(message)
        before = state_of(warning)
        warning.state = WarningState.ATTENDED
        if warning.seen_on is None:
            warning.seen_on, warning.seen_by = on, by.label
        warning.decision, warning.due_on = decision.strip(), due_on
        warning.responsible_post = " ".join(responsible_post.split())[:_LONGEST_POST]
        warning.decided_on, warning.decided_by = on, by.label
        warning.done_on, warning.done_by, warning.outcome = None, "", ""
        return _saved(warning, "evaluation.decide_warning", before, by, at)


def do_warning(*, warning: EarlyWarning, outcome: str, by: Actor, on: date, at: datetime) -> EarlyWarning:
    """What was decided is done, and what came of it. Raises Forbidden, WarningRefused."""
    with transaction.atomic():
        warning = _taken(warning, "do")
        if not may_attend(by, warning):
            raise Forbidden(N_("Lo informa la persona titular del área o la Dirección de Planeación."))
        if warning.done_on is not None:
            raise WarningRefused(N_("Lo decidido ya se informó como cumplido el %(day)s."), day=Day(warning.done_on))
        if not outcome.strip():
            raise WarningRefused(N_("No se guardó: escriba qué se logró."))
        before = state_of(warning)
        warning.done_on, warning.done_by, warning.outcome = on, by.label, outcome.strip()
        return _saved(warning, "evaluation.do_warning", before, by, at)


def close_warning(*, warning: EarlyWarning, reason: str, by: Actor, on: date, at: datetime) -> EarlyWarning:
    """It asks for nothing more this year unless its risk rises. By Planning. Raises Forbidden, WarningRefused."""
    with transaction.atomic():
        warning = _taken(warning, "close")
        if not may_follow(by, warning.institution_id):
            raise Forbidden(N_("Las alertas las cierra la Dirección de Planeación."))
        if not reason.strip():
            raise WarningRefused(N_("No se cerró: escriba el motivo."))
        before = state_of(warning)
        warning.state, warning.closed_on, warning.closed_by = WarningState.CLOSED, on, by.label
        warning.closed_reason = " ".join(reason.split())[:_LONGEST_REASON]
        return _saved(warning, "evaluation.close_warning", before, by, at)


def _held(keys: list[int], institution: "Institution") -> "Iterable[EarlyWarning]":
    return (
        EarlyWarning.objects.select_for_update(of=("self",))
        .select_related("goal", "institution")
        .filter(pk__in=keys, institution=institution)
        .order_by("pk")
    )


def _taken(warning: EarlyWarning, step: str) -> EarlyWarning:
    """The row held until the transaction ends, if it still takes that step."""
    (held,) = _held([warning.pk], warning.institution)
    if WarningState(held.state) not in STEPS[step]:
        if held.state == WarningState.CLOSED:
            raise WarningRefused(
                N_("La alerta se cerró el %(day)s. Volverá a aparecer si el riesgo sube."), day=Day(held.closed_on)
            )
        raise WarningRefused(N_("Todavía no se decide nada sobre esta alerta."))
    return held


def _saved(warning: EarlyWarning, action: str, before: dict[str, object], by: Actor, at: datetime) -> EarlyWarning:
    warning.save()
    record(
        chain=warning.institution.slug, by=by, action=action, at=at, subject=warning, before=before,
        title=f"{warning.goal.code} {warning.goal.statement}",
    )  # fmt: skip
    return warning
