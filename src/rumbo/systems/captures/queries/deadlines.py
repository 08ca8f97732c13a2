"""When a capture is due, in business days of the institution."""

from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.business_days import business_days_late
from rumbo.core.timekeeping.period import Period
from rumbo.foundation.calendars import queries as calendars

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def due_day(institution: "Institution", month: Period, number: int) -> date:
    """The n-th business day of the month after the evaluated one."""
    return calendars.business_day_of_month(institution, month.plus(1), number)


def business_days_between(institution: "Institution", due: date, done: date) -> int:
    """Business days after `due` up to `done`, included; 0 when it was done in time."""
    if done <= due:
        return 0
    return business_days_late(due, done, calendars.non_working_days(institution, due, done))
