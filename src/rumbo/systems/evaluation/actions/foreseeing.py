"""What is foreseen of each goal at the end of a month, kept, and the warnings that it raises (A1-13).

It is no part of a closing: nothing sealed depends on it and a closing does not wait for it. Whoever closes calls
`foresee_after` once the closing stands; `rumbo foresight month` does the same at any hour.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.risk import Risk
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.foundation.audit.actions import record
from rumbo.systems.evaluation.models import EarlyWarning, Outlook
from rumbo.systems.evaluation.queries.foreseen import Foreseen, foreseen
from rumbo.systems.evaluation.states import after_estimate

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

BATCH = 500
_SAME = (
    "indicator_id", "goal_id", "unit_id", "principal", "critical", "risk", "sureness", "probability", "expected", "low",
    "high", "pace", "recent", "shortfall",
)  # fmt: skip
LOWERED = N_("El riesgo volvió a ser bajo.")
GONE = N_("La meta se dio de baja o ya no se puede estimar.")
# What a warning forgets when it appears again; the trail keeps it.
_FORGOTTEN = {
    "seen_on": None, "seen_by": "", "decision": "", "responsible_post": "", "due_on": None, "decided_on": None,
    "decided_by": "", "done_on": None, "done_by": "", "outcome": "", "closed_on": None, "closed_by": "",
    "closed_reason": "",
}  # fmt: skip
_WRITTEN = ("period", "risk", "state", "times", "raised_on", *_FORGOTTEN)


def foresee_after(*, institution: "Institution", period: Period, by: Actor, on: date, at: datetime) -> int:
    """Of a month just closed and, if it has ended, of the open one that follows. Returns of how many indicators."""
    following = period.plus(1)
    months = [period, following] if following.last_day < on else [period]
    return sum(foresee_month(institution=institution, period=month, by=by, on=on, at=at) for month in months)


def foresee_month(
    *, institution: "Institution", period: Period, by: Actor, on: date, at: datetime, learn: bool = True
) -> int:
    """Store what is foreseen at the end of `period`, in place of what was, and raise its warnings.

    `learn`: former years correct it (see `queries.foreseen`). Returns of how many indicators. Raises Forbidden.
    """
    if not by.may(Permission.VALIDATE, institution.pk):
        raise Forbidden(N_("Las alertas tempranas las estima la Dirección de Planeación."))
    told = foreseen(institution, period, learn=learn)
    rows = [
        Outlook(
            institution_id=institution.pk,
            period=period.index,
            estimated_at=at,
            reasons=[reason.stored() for reason in one.reasons],
            **{name: getattr(one, name) for name in _SAME},
        )
        for one in told
    ]
    with transaction.atomic():
        Outlook.objects.filter(institution=institution.pk, period=period.index).delete()
        Outlook.objects.bulk_create(rows, batch_size=BATCH)
        warned = _warn(institution, period, [one for one in told if one.principal], by=by, on=on)
        record(
            chain=institution.slug, by=by, action="evaluation.foresee", at=at, title=period.label,
            rows=warned, details={"period": period.index, "indicators": len(rows)},
        )  # fmt: skip
    return len(rows)


def _warn(
    institution: "Institution", period: Period, told: list[Foreseen], *, by: Actor, on: date
) -> list[EarlyWarning]:
    """Warnings that are new, that appear again or that close. An older month than the newest told changes none."""
    year = institution.year_of(period)
    if Outlook.objects.filter(institution=institution, period__gt=period.index, period__lte=year.last.index).exists():
        return []
    kept = {
        one.goal_id: one
        for one in EarlyWarning.objects.select_for_update().filter(institution=institution, year=year.year)
    }
    risks = {one.goal_id: one.risk for one in told}
    new = [
        EarlyWarning(
            institution_id=institution.pk, goal_id=goal, year=year.year, period=period.index, risk=risk, raised_on=on
        )
        for goal, risk in risks.items()
        if goal not in kept and risk > Risk.LOW
    ]
    moved = [one for one in kept.values() if _moved(one, risks.get(one.goal_id), period, by=by, on=on)]
    EarlyWarning.objects.bulk_create(new, batch_size=BATCH)
    EarlyWarning.objects.bulk_update(moved, _WRITTEN, batch_size=BATCH)
    return _as_stored([*new, *moved])


def _moved(warning: EarlyWarning, risk: Risk | None, period: Period, *, by: Actor, on: date) -> bool:
    """Whether the estimate changed it; None is a goal of which nothing is foreseen."""
    before = (WarningState(warning.state), warning.risk)
    state = after_estimate(WarningState(warning.state), Risk(warning.risk), risk or Risk.LOW)
    if risk is None or risk <= Risk.LOW:
        warning.risk = Risk.LOW  # from here any step up is news
    if state == WarningState.NEW and risk is not None and risk > before[1]:
        for name, value in _FORGOTTEN.items():
            setattr(warning, name, value)
        warning.period, warning.risk, warning.raised_on = period.index, risk, on
        warning.times += 1
    elif state == WarningState.CLOSED and before[0] != WarningState.CLOSED:
        warning.closed_on, warning.closed_by = on, by.label
        warning.closed_reason = GONE if risk is None else LOWERED
    warning.state = state
    return before != (state, warning.risk)


def _as_stored(rows: Iterable[EarlyWarning]) -> list[EarlyWarning]:
    """Read again: the trail's digest is that of the row as the database has it."""
    return list(EarlyWarning.objects.filter(ref__in=[row.ref for row in rows]))
