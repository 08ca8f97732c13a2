"""The last day to publish each quarter, and the safe day before it."""

from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.business_days import add_natural_days
from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.calendars import queries as calendars
from rumbo.foundation.organization import queries as organization
from rumbo.systems.transparency.states import Deadline, deadline_of

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

_ROOM = 30  # days around a term in which a non-working day can move a date


def due_dates(institution: "Institution", year: int, *, on: date) -> list[Deadline]:
    """The four deadlines of a fiscal year, with what the institution had decided by `on`. Two queries."""
    return deadlines(institution, [Quarter(year, number) for number in range(1, 5)], on=on)


def deadlines(institution: "Institution", quarters: list[Quarter], *, on: date) -> list[Deadline]:
    """In the order given. Two queries however many the quarters."""
    decided = organization.settings_on(institution, on)
    last = add_natural_days(max(quarters).end, decided.transparency_due_days + _ROOM)
    non_working = calendars.non_working_days(institution, min(quarters).end, last)
    return [
        deadline_of(
            quarter,
            days=decided.transparency_due_days,
            moves=decided.transparency_due_moves,
            non_working=non_working,
        )
        for quarter in quarters
    ]


def deadline_for(institution: "Institution", quarter: Quarter) -> Deadline:
    """By what the institution had decided when the quarter ended. Two queries."""
    return deadlines(institution, [quarter], on=quarter.end)[0]
