"""What was foreseen, as it was kept."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from rumbo.core.engine.foresight import Reason, told_again
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.risk import Risk, Sureness
from rumbo.systems.evaluation.models import Outlook

# In autumn most misses are all but certain, and they are not alike.
MOST_URGENT = ("-risk", "-sureness", "-shortfall", "-probability")


@dataclass(frozen=True, slots=True)
class Told:
    """Of one indicator at the end of `period`; see `models.Outlook`."""

    indicator_id: int
    goal_id: int
    unit_id: int
    critical: bool
    period: int
    risk: Risk
    sureness: Sureness
    probability: float
    expected: float
    low: float
    high: float
    pace: float | None
    recent: float | None
    shortfall: float
    reasons: tuple[Reason, ...]


def outlooks_of(institution_id: int, period: Period, *, units: Collection[int] | None = None) -> list[Told]:
    """Of the principal indicators, by risk; of the same risk what is surer, then what ends farthest from its target.
    Of `units` alone when given."""
    rows = Outlook.objects.filter(institution=institution_id, period=period.index, principal=True)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    return list(_told(rows.order_by(*MOST_URGENT, "goal__position", "goal__code")))


def outlook_of_year(indicator_id: int, year: FiscalYear) -> list[Told]:
    """Of one indicator, month by month: how the risk has moved."""
    return list(_told(Outlook.objects.filter(indicator=indicator_id, period__range=year.span).order_by("period")))


def _told(rows: "QuerySet[Outlook]") -> Iterator[Told]:
    for row in rows:
        yield Told(
            row.indicator_id, row.goal_id, row.unit_id, row.critical, row.period, Risk(row.risk),
            Sureness(row.sureness), row.probability, row.expected, row.low, row.high, row.pace, row.recent,
            row.shortfall,
            tuple(told_again(stored) for stored in row.reasons),
        )  # fmt: skip
