"""What is measured by weeks or fortnights is owed as each of them ends, without waiting for the month."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import Slot
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.queries.readings import month_in
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WeeksOwed:
    """Stretches of one month that ended and have neither figure nor reason, in time order."""

    indicator: "Indicator"
    period: int
    slots: tuple[Slot, ...]

    def due_on(self, month_due: date, given: int) -> date:
        """The first of them is due as many stretches after it ends as the institution gives, its own length each, and
        never later than the month. That it is owed so is our decision: no source fixes it."""
        first = self.slots[0]
        return min(month_due, first.last_day + given * (first.last_day - first.first_day + A_DAY))


@dataclass(frozen=True, slots=True)
class ByStretches:
    """`indicators`: keys of all those measured so. `waiting`: drafts (primary keys) of which nothing is owed yet."""

    indicators: frozenset[int]
    owed: tuple[WeeksOwed, ...]
    waiting: frozenset[int]


NONE = ByStretches(frozenset(), (), frozenset())


def weeks_owed(
    institution: "Institution", working: int, *, on: date, units: Collection[int] | None = None
) -> ByStretches:
    """Of the month that is worked on and of the one that is going on. One query; three or four more where something
    is measured so."""
    measured = indicators.measured_by_stretches(institution, units=units)
    if not measured:
        return NONE
    now = Period.containing(on).index
    found: list[WeeksOwed] = []
    waiting: set[int] = set()
    known = _captures(measured, working, now)
    for period in sorted({working, now}):
        owing = {due.indicator_id for due in indicators.due_in(institution, period, units=units)}
        for indicator in measured:
            capture = known.get((indicator.pk, period))
            if indicator.pk not in owing or (capture and capture.state != CaptureState.DRAFT):
                continue
            slots = _lacking(indicator, period, capture, on)
            if slots:
                found.append(WeeksOwed(indicator, period, slots))
            if capture and (slots or period == now):
                waiting.add(capture.pk)
    return ByStretches(frozenset(one.pk for one in measured), tuple(found), frozenset(waiting))


def _captures(measured: "Sequence[Indicator]", *periods: int) -> dict[tuple[int, int], Capture]:
    rows = Capture.objects.filter(indicator__in=[one.pk for one in measured], period__in=set(periods))
    return {(row.indicator_id, row.period): row for row in rows}


def _lacking(indicator: "Indicator", period: int, capture: Capture | None, on: date) -> tuple[Slot, ...]:
    if capture and capture.not_available_reason:
        return ()
    asked = indicators.asked_of(indicator)
    missing = month_in(capture.readings if capture else {}, asked, period).missing
    return tuple(slot for slot in asked.stretches(period) if slot.last_day in missing and slot.last_day < on)
