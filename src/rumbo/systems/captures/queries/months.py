"""Which months are closed and which one is being worked on."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.systems.captures.models import Capture, MonthLock

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def month_lock(institution: "Institution", period: int) -> MonthLock | None:
    return MonthLock.objects.filter(institution=institution, period=period).first()


def month_locked(institution: "Institution", period: int) -> bool:
    return MonthLock.objects.filter(institution=institution, period=period).exists()


def locked_months(institution: "Institution", year: FiscalYear) -> dict[int, date]:
    """Closed months of a fiscal year and the day each was closed. One query."""
    rows = MonthLock.objects.filter(institution=institution, period__range=year.span).order_by("period")
    return dict(rows.values_list("period", "locked_on"))


def of_open_months(rows: QuerySet[Capture], institution: "Institution") -> QuerySet[Capture]:
    """Without those of closed months: what was not validated by then is an omission, and nobody's work any more."""
    return rows.exclude(period__in=MonthLock.objects.filter(institution=institution).values("period"))


def next_open_period(institution: "Institution", *, after: int) -> int:
    """The first month after a given one that is not closed: where its adjustments enter."""
    closed = set(MonthLock.objects.filter(institution=institution, period__gt=after).values_list("period", flat=True))
    period = after + 1
    while period in closed:
        period += 1
    return period


def working_period(institution: "Institution", on: date) -> int:
    """The month that people are asked for: the one after the last closed, never later than the last one ended.

    Before any closing it is the last month ended.
    """
    ended = Period.containing(on).plus(-1).index
    last = MonthLock.objects.filter(institution=institution, period__lte=ended).order_by("-period").first()
    return min(last.period + 1, ended + 1) if last else ended
