"""What lags and since when, and what advanced most since the month before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from rumbo.core.engine.comparing import difference
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.light import Light
from rumbo.foundation.audit.queries import Prepared
from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.board_months import BoardMonth, BoardMonths
from rumbo.systems.evaluation.queries.light_rows import LightRow
from rumbo.systems.evaluation.queries.results import ResultRow, fields_of_row, row_from
from rumbo.systems.evaluation.queries.sealed import sealed_figures
from rumbo.systems.evaluation.queries.through_the_year import MonthOfGoal, goals_through_year, since
from rumbo.systems.evaluation.queries.within import Within


@dataclass(frozen=True, slots=True)
class Lagging:
    """A goal in rezago, its months of the year, and the first of those that it has been so in a row."""

    row: ResultRow
    since: Period
    months: Mapping[int, MonthOfGoal]


@dataclass(frozen=True, slots=True)
class Advanced:
    """`change`: points of compliance to date over the month before."""

    row: ResultRow
    change: float


def lagging(
    institution_id: int,
    month: BoardMonth,
    *,
    units: Collection[int] | None,
    elements: Collection[int] | None,
    most: int,
) -> list[Lagging]:
    """The lowest of those in rezago. Two queries."""
    found = _lowest(most).rows(institution_id, month, units=units, elements=elements)
    rows = [row_from(values) for values in found]
    histories = year_of_goals(institution_id, month, rows)
    return [Lagging(row, since(histories[row.indicator_id], month.period), histories[row.indicator_id]) for row in rows]


def advanced(
    institution_id: int,
    month: BoardMonth,
    before: BoardMonth | None,
    *,
    units: Collection[int] | None,
    elements: Collection[int] | None,
    most: int,
    rows: Collection[LightRow] | None = None,
) -> list[Advanced]:
    """Those whose compliance to date rose most. Two queries, one for a whole that is sealed; none without a sealed
    month before.

    `rows`: those of the month within the same limits, when they were read already.
    """
    if before is None or before.closing_id is None:
        return []
    if rows is not None:
        now = {row.indicator_id: row.compliance_to_date for row in rows if row.compliance_to_date is not None}
    elif units is None and elements is None and month.closing_id is not None:
        now = _sealed(month)
    else:
        pairs = _compliances.rows(institution_id, month, units=units, elements=elements)
        now = {pk: pct for pk, pct in pairs if pct is not None}
    was = _sealed(before)
    risen = sorted(((pct - was[pk], pk) for pk, pct in now.items() if pk in was and pct > was[pk]), reverse=True)
    risen = risen[: most * 2]  # ties in what is printed are put in the order of the codes below
    whole_rows = _of_indicators.rows(institution_id, month, [pk for _, pk in risen])
    whole = {row.indicator_id: row for row in map(row_from, whole_rows)}
    changes = [
        Advanced(row, difference(row.compliance_to_date, was[pk]) or 0.0)
        for _, pk in risen
        if (row := whole.get(pk)) is not None
    ]
    return sorted(changes, key=lambda one: (-one.change, one.row.code))[:most]


def _sealed(month: BoardMonth) -> dict[int, float]:
    return {
        pk: one.compliance_to_date
        for pk, one in sealed_figures(month).items()
        if one.principal and one.compliance_to_date is not None
    }


@cache
def _lowest(most: int) -> Within:
    def red(found: QuerySet[Result]) -> Any:
        low = found.filter(light=Light.RED).order_by("compliance_to_date", "goal__code")
        return low.values_list(*fields_of_row())[:most]

    return Within(red)


@Within
def _compliances(found: QuerySet[Result]) -> Any:
    return found.order_by().values_list("indicator_id", "compliance_to_date")


@Within
def _of_indicators(found: QuerySet[Result], indicators: list[int]) -> Any:
    return found.filter(indicator__in=indicators).values_list(*fields_of_row())


def year_of_goals(
    institution_id: int, month: BoardMonth, rows: Collection[ResultRow]
) -> dict[int, dict[int, MonthOfGoal]]:
    """The year's months of each goal up to the one shown, which may be open. One query."""
    found = goals_through_year(
        institution_id, month.year, month.period, indicator_ids=[row.indicator_id for row in rows]
    )
    for row in rows:
        found.setdefault(row.indicator_id, {})[month.period.index] = MonthOfGoal(
            month.period.index, row.compliance_to_date, row.compliance_year, row.light, int(row.performance_class)
        )
    return found


def courses_of_goals(
    months: BoardMonths, month: BoardMonth, rows: Collection[ResultRow]
) -> dict[int, dict[int, float]]:
    """Compliance to date of each goal in the year's months up to the one shown, which may be open. One query."""
    current = {one.closing_id for one in months.of_year_through(month) if one.closing_id is not None}
    found: dict[int, dict[int, float]] = {row.indicator_id: {} for row in rows}
    first = month.year.first.index
    # those of closings that were superseded are left out here: told so, SQLite goes through all that they sealed
    for indicator, period, pct, closing in _sealed_months.rows(list(found), first, month.period.index):
        if closing in current and pct is not None:
            found[indicator][period] = pct
    for row in rows:
        if row.compliance_to_date is not None:
            found[row.indicator_id][month.period.index] = row.compliance_to_date
    return found


@Prepared
def _sealed_months(indicators: list[int], first: int, last: int) -> Any:
    found = Result.objects.filter(
        principal=True, indicator__in=indicators, period__range=(first, last), closing__isnull=False
    )
    return found.order_by().values_list("indicator_id", "period", "compliance_to_date", "closing_id")
