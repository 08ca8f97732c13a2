"""How each quarter stands: the list that the page shows."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.organization import queries as organization
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.queries.records import records_of, retained_years
from rumbo.systems.transparency.queries.terms import deadlines
from rumbo.systems.transparency.states import Deadline, RecordState

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class Standing:
    """A quarter with its record, if it has one, on a day. `alert_days`: since when its term is announced.

    `expected`: somebody has to see to it. A past quarter that nobody began here may have been published elsewhere:
    only the one that ended last is expected without a record. `correction`: the version in hand of what is published.
    """

    deadline: Deadline
    record: DisclosureRecord | None
    on: date
    alert_days: int
    expected: bool = True
    correction: DisclosureRecord | None = None

    @property
    def quarter(self) -> Quarter:
        return self.deadline.quarter

    @property
    def state(self) -> RecordState:
        return self.record.state if self.record else RecordState.TO_PREPARE

    @property
    def published(self) -> bool:
        return self.state is RecordState.PUBLISHED

    @property
    def ended(self) -> bool:
        """The quarter is over: its term runs."""
        return self.quarter.end < self.on

    @property
    def late(self) -> bool:
        return self.expected and self.deadline.is_late(self.first_published_on, self.on)

    @property
    def first_published_on(self) -> date | None:
        """By which the term is judged: a correction does not make it late."""
        return (self.record.first_published_on or self.record.published_on) if self.record else None

    @property
    def days_left(self) -> int:
        """Natural days; negative once overdue."""
        return self.deadline.days_left(self.on)

    @property
    def days_late(self) -> int:
        return max(((self.first_published_on or self.on) - self.deadline.due).days, 0)

    @property
    def soon(self) -> bool:
        """To be announced: its term runs out within the days that the institution decided (IECM-26)."""
        return (
            self.expected and self.ended and not self.published and not self.late and self.days_left <= self.alert_days
        )


def standings_of(institution: "Institution", *, on: date) -> list[Standing]:
    """Newest first: the quarters of the current year that have begun, those of the two years before, and any older
    that has a record. Only those with a record if the institution does not keep its records here. Four queries."""
    records: dict[Quarter, DisclosureRecord] = {}
    corrections: dict[Quarter, DisclosureRecord] = {}
    for one in reversed(records_of(institution)):  # the last version of each that was published, or its only draft
        if one.is_correction and one.published_on is None:
            corrections[one.period] = one
        else:
            records[one.period] = one
    decided = organization.settings_on(institution, on)
    current = Quarter.containing(on)
    kept = [
        Quarter(year, number)
        for year in retained_years(on.year)
        for number in range(4, 0, -1)
        if Quarter(year, number) <= current and decided.transparency_kept
    ]
    quarters = sorted({*kept, *records}, reverse=True)
    if not quarters:
        return []
    return [
        Standing(
            deadline=_as_prepared(deadline, records.get(deadline.quarter)),
            record=records.get(deadline.quarter),
            on=on,
            alert_days=decided.transparency_alert_days,
            expected=deadline.quarter in records or deadline.quarter >= current.plus(-1),
            correction=corrections.get(deadline.quarter),
        )
        for deadline in deadlines(institution, quarters, on=on)
    ]


def _as_prepared(deadline: Deadline, record: DisclosureRecord | None) -> Deadline:
    """A record keeps the term it was prepared with."""
    if record is None or record.due_on == deadline.due:
        return deadline
    return Deadline(deadline.quarter, record.due_on, min(deadline.safe, record.due_on))
