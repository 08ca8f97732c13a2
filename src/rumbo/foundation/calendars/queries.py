"""Dates of an institution, by its own calendar. Nothing here says what is owed: only when."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from rumbo.core.timekeeping.business_days import NoSuchBusinessDay, nth_business_day
from rumbo.core.timekeeping.deadlines import MonthDates, month_dates
from rumbo.core.timekeeping.period import Period
from rumbo.foundation.calendars.models import NonWorkingDay
from rumbo.foundation.organization import queries as organization

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

__all__ = [
    "NoSuchBusinessDay",
    "business_day_of_month",
    "days_of_year",
    "due_dates",
    "due_dates_of_year",
    "month_and_year",
    "non_working_days",
    "sentence_month",
]


def non_working_days(institution: "Institution", start: date, end: date) -> frozenset[date]:
    """Days on which the institution does not work, both ends included; Saturdays and Sundays are not listed."""
    return frozenset(
        NonWorkingDay.objects.filter(institution=institution, day__range=(start, end)).values_list("day", flat=True)
    )


def days_of_year(institution: "Institution", year: int) -> list[NonWorkingDay]:
    """The whole list of a year, with its names, by date."""
    return list(NonWorkingDay.objects.filter(institution=institution, day__year=year))


def business_day_of_month(institution: "Institution", period: Period | int, number: int) -> date:
    """The `number`-th business day of that month; −1 is the last. Raises NoSuchBusinessDay. One query."""
    month = period if isinstance(period, Period) else Period.of(period)
    return nth_business_day(month, number, non_working_days(institution, month.first_day, month.last_day))


def due_dates(institution: "Institution", period: Period | int) -> MonthDates:
    """When capture, approval, close and delivery of an evaluated month are due, by what the institution had decided
    on its last day. Two queries."""
    month = period if isinstance(period, Period) else Period.of(period)
    decided = organization.settings_on(institution, month.last_day)
    return month_dates(
        month,
        non_working_days(institution, month.first_day, month.plus(1).last_day),
        capture=decided.capture_due_day,
        area_review=decided.area_review_due_day,
        close=decided.close_due_day,
        delivery_same_month=decided.delivery_same_month,
    )


def due_dates_of_year(institution: "Institution", year: int) -> list[MonthDates]:
    """Of the twelve evaluated months of a year; without those whose calendar leaves too few business days. A fixed
    number of queries."""
    versions = organization.configurations_of(institution)
    days = non_working_days(institution, date(year, 1, 1), Period(year, 12).plus(1).last_day)
    found = []
    for number in range(1, 13):
        month = Period(year, number)
        decided = organization.settings_among(versions, month.last_day)
        try:
            found.append(
                month_dates(
                    month,
                    days,
                    capture=decided.capture_due_day,
                    area_review=decided.area_review_due_day,
                    close=decided.close_due_day,
                    delivery_same_month=decided.delivery_same_month,
                )
            )
        except NoSuchBusinessDay:
            continue
    return found


def month_and_year(period: Period) -> str:
    """«octubre de 2026», «October 2026»: in the language of whoever asks."""
    return _("%(month)s de %(year)s") % {"month": _(period.month_name), "year": period.year}


def sentence_month(period: Period) -> str:
    """The same, where a sentence begins."""
    said = month_and_year(period)
    return said[:1].upper() + said[1:]
