"""Carga histórica: values of past months, loaded at once. No deadline, own mark, validated as they come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.audit import actions as audit
from rumbo.systems.captures.actions.allowed import demand, local_day
from rumbo.systems.captures.actions.locks import share_months
from rumbo.systems.captures.actions.refusals import AlreadyCaptured, InexactValue
from rumbo.systems.captures.actions.telling import announce
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.rules.exact_decimals import is_exact
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

BATCH = 1000  # rows per INSERT: 28 columns of them stay under the variables that SQLite takes


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One value of the past. The texts and dates are what the institution had on paper; all may be left out.

    `readings` are those that the two figures result from, as a capture stores them."""

    indicator_id: int
    period: int
    numerator: Decimal | None
    denominator: Decimal | None = None
    cause_kind: str = ""
    cause: str = ""
    corrective_action: str = ""
    commitment_on: date | None = None
    responsible_post: str = ""
    commitment_outcome: str = ""
    submitted_on: date | None = None
    days_late: int = 0
    times_returned: int = 0
    readings: Mapping[str, Any] = field(default_factory=dict)


_COPIED = tuple(one.name for one in fields(HistoryRow) if one.name not in ("indicator_id", "period"))


@transaction.atomic
def load_history(
    *,
    institution: "Institution",
    rows: Iterable[HistoryRow],
    by: Actor,
    at: datetime,
    historical: bool = True,
) -> int:
    """Store the values of past open months, all or none, in one event with the digest of each. How many changed.

    Loading the same again changes nothing, so a load that was cut can be repeated. `historical=False` is for the
    demonstration alone, which tells months that were captured in time. The rows are the institution's own record:
    whoever loads them answers for them, and nobody is named as having validated them.

    Raises Forbidden, PeriodClosed, InexactValue, AlreadyCaptured.
    """
    demand(by, Permission.CLOSE_MONTH, institution)
    wanted = list(rows)
    share_months(institution.pk, {row.period for row in wanted})
    for row in wanted:
        for value in (row.numerator, row.denominator):
            if value is not None and not is_exact(value):
                raise InexactValue(str(value))
    new, changed = _sorted_out(institution, wanted, by, at, historical)
    Capture.objects.bulk_create(new, batch_size=BATCH)
    Capture.objects.bulk_update(changed, [*_COPIED, "version"], batch_size=200)
    touched = [*new, *changed]
    if touched:
        _tell(institution, touched, by, at)
    return len(touched)


def _sorted_out(
    institution: "Institution", wanted: Sequence[HistoryRow], by: Actor, at: datetime, historical: bool
) -> tuple[list[Capture], list[Capture]]:
    stored = _stored(institution, wanted)
    today = local_day(institution, at)
    new: list[Capture] = []
    changed: list[Capture] = []
    for row in wanted:
        capture = stored.get((row.indicator_id, row.period))
        values: Mapping[str, Any] = {name: getattr(row, name) for name in _COPIED}
        if capture is None:
            capture = Capture(
                institution_id=institution.pk,
                indicator_id=row.indicator_id,
                period=row.period,
                state=CaptureState.APPROVED,
                captured_by_id=by.person_id,
                captured_at=at,
                approved_on=row.submitted_on or today,
                historical=historical,
                **values,
            )
            stored[row.indicator_id, row.period] = capture
            new.append(capture)
        elif any(getattr(capture, name) != value for name, value in values.items()):
            _replace(capture, values, historical)
            changed.append(capture)
    return new, changed


def _stored(institution: "Institution", wanted: Sequence[HistoryRow]) -> dict[tuple[int, int], Capture]:
    periods = [row.period for row in wanted]
    if not periods:
        return {}
    found = Capture.objects.select_for_update().filter(
        institution=institution.pk, period__range=(min(periods), max(periods))
    )
    return {(capture.indicator_id, capture.period): capture for capture in found}


def _replace(capture: Capture, values: Mapping[str, Any], historical: bool) -> None:
    if capture.historical is not historical or capture.state != CaptureState.APPROVED:
        code = indicators.indicators_by_id([capture.indicator_id])[capture.indicator_id].code
        raise AlreadyCaptured(code, capture.period)
    for name, value in values.items():
        setattr(capture, name, value)
    capture.version += 1


def _tell(institution: "Institution", touched: list[Capture], by: Actor, at: datetime) -> None:
    announce(institution, touched, by, at)
    audit.record(
        chain=institution.slug,
        by=by,
        action="captures.load_history",
        at=at,
        rows=touched,
        details={"count": len(touched), "first": touched[0].period, "last": max(row.period for row in touched)},
    )
