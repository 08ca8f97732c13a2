"""When a capture is due, in business days of the institution."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

SATURDAY = 5


def due_day(institution: "Institution", month: Period, number: int) -> date:
    """The n-th business day of the month after the evaluated one."""
    from rumbo.foundation.calendars import queries as calendars

    return calendars.business_day_of_month(institution, month.plus(1), number)


def business_days_between(institution: "Institution", due: date, done: date) -> int:
    """Business days after `due` up to `done`, included; 0 when it was done in time."""
    if done <= due:
        return 0
    from rumbo.foundation.calendars import queries as calendars

    free = calendars.non_working_days(institution, due, done)
    days = (due + timedelta(days=count) for count in range(1, (done - due).days + 1))
    return sum(1 for day in days if day.weekday() < SATURDAY and day not in free)
