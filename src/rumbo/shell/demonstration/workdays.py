"""Business days of the demonstration's calendar: enough to date captures, reviews and closings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rumbo.shell.demonstration.dataset import read_rows


@dataclass(frozen=True, slots=True)
class Workdays:
    """Monday to Friday except `holidays`."""

    holidays: frozenset[date]

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def plus(self, day: date, count: int) -> date:
        """The `count`-th business day after `day`; `day` itself when count is 0."""
        for _ in range(count):
            day = next(candidate for candidate in _after(day) if self.is_workday(candidate))
        return day

    def nth_of_month(self, year: int, month: int, position: int) -> date:
        """The first business day of the month is position 1."""
        return self.plus(date(year, month, 1) - timedelta(days=1), position)

    def between(self, start: date, end: date) -> int:
        """Business days after `start` up to `end`; 0 when end is not later."""
        days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in days)


def read_workdays(calendar: Path, institution: str) -> Workdays:
    """From `calendar.csv`: the days of every institution (`*`) and the institution's own."""
    rows = [row for row in read_rows(calendar) if row["institution"] in ("*", institution)]
    return Workdays(frozenset(date.fromisoformat(row["date"]) for row in rows))


def _after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day
