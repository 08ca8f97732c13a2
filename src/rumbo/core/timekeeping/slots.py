"""The slots of a fiscal year: the stretches of time that an indicator reports, each with the day it ends.

A fiscal year has the name of the calendar year in which it starts. A slot belongs to the year in which it ends.
"""

import calendar
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.frequency import MONTHS, Frequency

WEEK = timedelta(days=7)
HALF = 15


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """`year` and the month (1..12) in which it starts."""

    year: int
    start_month: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.start_month <= MONTHS:
            raise ValueError(f"a fiscal year cannot start in month {self.start_month}")

    @classmethod
    def containing(cls, period: Period, start_month: int = 1) -> "FiscalYear":
        return cls(period.year - (period.month < start_month), start_month)

    @property
    def first(self) -> Period:
        return Period(self.year, self.start_month)

    @property
    def last(self) -> Period:
        return self.first.plus(MONTHS - 1)

    @property
    def months(self) -> tuple[Period, ...]:
        return tuple(self.first.plus(month) for month in range(MONTHS))

    @property
    def span(self) -> tuple[int, int]:
        """First and last month as tables store them, both included."""
        return self.first.index, self.last.index

    @property
    def periods(self) -> range:
        """The twelve months as tables store them."""
        return range(self.first.index, self.last.index + 1)

    @property
    def label(self) -> str:
        """«2026», or «2026–2027» when it ends in another calendar year."""
        return str(self.year) if self.start_month == 1 else f"{self.year}–{self.last.year}"

    def elapsed(self, period: Period) -> int:
        """How many of its months have ended when that one does (1..12): where a block is cut."""
        return self.column(period) + 1

    def through(self, period: Period) -> range:
        """Its months up to one of them, as tables store them."""
        return range(self.first.index, period.index + 1)

    def month(self, number: int) -> Period:
        """The calendar month `number` (1..12) of this year."""
        return Period(self.year + (number < self.start_month), number)

    def plus(self, years: int) -> "FiscalYear":
        return FiscalYear(self.year + years, self.start_month)

    def column(self, period: Period) -> int:
        """Place of a month among the twelve; outside 0..11 in other years."""
        return period.index - self.first.index


@dataclass(frozen=True, slots=True)
class Slot:
    """Both days included."""

    first_day: date
    last_day: date

    @property
    def period(self) -> Period:
        """The month in which it ends."""
        return Period.containing(self.last_day)


def slots_of(frequency: Frequency, fiscal: FiscalYear, *, since: int | None = None) -> tuple[Slot, ...]:
    """Of one fiscal year, in time order.

    Weeks go from Monday to Sunday (52 or 53 end in a year); fortnights end on the 15th and on the last day of each
    month (24). A two-yearly slot ends with every second year counted from the fiscal year `since` in which the first
    one begins; in the other years there is none. Raises ValueError when a two-yearly frequency has no `since`.
    """
    if frequency is Frequency.WEEKLY:
        return tuple(_weeks(fiscal))
    if frequency is Frequency.FORTNIGHTLY:
        return tuple(half for month in fiscal.months for half in _halves(month))
    if frequency is Frequency.TWO_YEARLY:
        if since is None:
            raise ValueError("a two-yearly slot needs the year in which the first one begins")
        begins = FiscalYear(fiscal.year - 1, fiscal.start_month)
        ends = (fiscal.year - since) % 2 == 1
        return (Slot(begins.first.first_day, fiscal.last.last_day),) if ends else ()
    step = frequency.months_between
    return tuple(
        Slot(fiscal.first.plus(end - step).first_day, fiscal.first.plus(end - 1).last_day)
        for end in range(step, MONTHS + 1, step)
    )


def ended_by(slots: Sequence[Slot], day: date) -> int:
    """How many of them have ended by a day, that day included: the cut of their block."""
    return bisect_right([slot.last_day for slot in slots], day)


def _weeks(fiscal: FiscalYear) -> "list[Slot]":
    first = fiscal.first.first_day
    sunday = first + timedelta(days=(calendar.SUNDAY - first.weekday()) % len(calendar.day_name))
    found = []
    while sunday <= fiscal.last.last_day:
        found.append(Slot(sunday - WEEK + timedelta(days=1), sunday))
        sunday += WEEK
    return found


def _halves(month: Period) -> tuple[Slot, Slot]:
    middle = month.first_day.replace(day=HALF)
    return Slot(month.first_day, middle), Slot(middle + timedelta(days=1), month.last_day)
