"""The sealed year behind a month: what each goal and each node was, month by month."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.light import Light
from rumbo.foundation.audit.queries import Prepared
from rumbo.systems.evaluation.models import Result, RollupResult

type NodeKey = tuple[str, int]
_LIGHTS = sorted(Light)  # by their code: to look one up costs less than to make it


class MonthOfGoal(NamedTuple):
    """One sealed month of one goal's principal indicator."""

    period: int
    compliance_to_date: float | None
    compliance_year: float | None
    light: Light
    performance_class: int


def goals_through_year(
    institution_id: int, year: FiscalYear, period: Period, *, indicator_ids: Collection[int] | None = None
) -> dict[int, dict[int, MonthOfGoal]]:
    """Principal results of the sealed months of `year` up to `period`: indicator → period → month. One query."""
    found: dict[int, dict[int, MonthOfGoal]] = {}
    rows = (
        _of_all.rows(institution_id, year.first.index, period.index)
        if indicator_ids is None
        else _of_some.rows(institution_id, year.first.index, period.index, list(indicator_ids))
    )
    for indicator, month, pct, pct_year, light, grade in rows:
        found.setdefault(indicator, {})[month] = MonthOfGoal(month, pct, pct_year, _LIGHTS[light], grade)
    return found


@Prepared
def _of_all(institution_id: int, first: int, last: int) -> Any:
    return _sealed(first, last).filter(institution=institution_id)


@Prepared
def _of_some(institution_id: int, first: int, last: int, indicators: list[int]) -> Any:
    """The institution is asked of the indicator: with it on the result SQLite goes through all of its year."""
    return _sealed(first, last).filter(indicator__in=indicators, indicator__institution=institution_id)


def _sealed(first: int, last: int) -> Any:
    found = Result.objects.filter(principal=True, closing__current=True, period__range=(first, last))
    return found.order_by("period").values_list(
        "indicator_id", "period", "compliance_to_date", "compliance_year", "light", "performance_class"
    )


def nodes_through_year(
    institution_id: int, year: FiscalYear, period: Period, trees: Iterable[str]
) -> dict[NodeKey, dict[int, RollupResult]]:
    """Roll-ups of the sealed months of `year` up to `period`: (tree, node) → period → `RollupResult`. One query."""
    found: dict[NodeKey, dict[int, RollupResult]] = {}
    rows = RollupResult.objects.filter(
        institution=institution_id,
        tree__in=list(trees),
        closing__current=True,
        period__range=(year.first.index, period.index),
    )
    for row in rows.order_by("period"):
        found.setdefault((row.tree, row.node), {})[row.period] = row
    return found


def since(months: Mapping[int, MonthOfGoal], period: Period) -> Period:
    """First month of the unbroken run of sealed months, up to `period`, with the light that it has there."""
    first = period.index
    light = months[first].light
    while first - 1 in months and months[first - 1].light is light:
        first -= 1
    return Period.of(first)
