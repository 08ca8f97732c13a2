"""The day on which something is due, from the act that sets the term running."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rumbo.core.timekeeping.business_days import (
    Span,
    add_business_days,
    add_natural_days,
    business_day_or_next,
    nth_business_day,
)
from rumbo.core.timekeeping.period import Period


class Counting(StrEnum):
    """How the days of a term are counted. Always said beside the number: día hábil or día natural."""

    BUSINESS = "business"
    NATURAL = "natural"


@dataclass(frozen=True, slots=True)
class Term:
    """So many days after an act (before it when negative). `moves`: a natural term that ends on a non-working day
    waits for the next business day; off by default, since the sources say it of business terms alone."""

    days: int
    counting: Counting = Counting.BUSINESS
    moves: bool = False

    def due_on(
        self,
        act: date,
        non_working: Container[date],
        *,
        electoral: Sequence[Span] = (),
        not_later_than: date | None = None,
    ) -> date:
        """`not_later_than`: the end of what the term serves (the goal, the contract) governs when it comes first."""
        if self.counting is Counting.BUSINESS:
            due = add_business_days(act, self.days, non_working, electoral)
        else:
            due = add_natural_days(act, self.days)
            due = business_day_or_next(due, non_working, electoral) if self.moves else due
        return min(due, not_later_than) if not_later_than else due


@dataclass(frozen=True, slots=True)
class MonthDates:
    """When each step of an evaluated month is due; the delivery is a date apart (Q-12)."""

    period: Period
    cutoff: date
    capture_due: date
    area_review_due: date
    close_due: date
    delivery_due: date


def month_dates(
    period: Period,
    non_working: Container[date],
    *,
    capture: int,
    area_review: int,
    close: int,
    delivery_same_month: bool = False,
    electoral: Sequence[Span] = (),
) -> MonthDates:
    """Capture, approval and close are business days of the month after the evaluated one; the delivery is due on the
    last business day of that month, or of the evaluated one when it is delivered with an early cut-off."""
    after = period.plus(1)
    capture_due, area_review_due, close_due = (
        nth_business_day(after, number, non_working, electoral) for number in (capture, area_review, close)
    )
    return MonthDates(
        period=period,
        cutoff=period.last_day,
        capture_due=capture_due,
        area_review_due=area_review_due,
        close_due=close_due,
        delivery_due=nth_business_day(period if delivery_same_month else after, -1, non_working, electoral),
    )
