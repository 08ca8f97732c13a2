"""One goal through one year: what is programmed, what each month says today, and what former closings said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rumbo.core.engine import evaluate
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.blocks import year_of
from rumbo.systems.evaluation.queries.schemes import scheme_in_force

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class GoalYear:
    """`programmed` and `schedule` [12]: of each month alone and to date, in the indicator's unit, None where nothing.

    `owed`: a report is due in that month and something is programmed for it. `results` by period: from the current
    closing of the month, or provisional. `superseded`: what the closings that another one replaced said, by month and
    number. `complementary`: results of the goal's other indicators in the month shown."""

    programmed: tuple[float | None, ...]
    schedule: tuple[float | None, ...]
    due: tuple[bool, ...]
    owed: tuple[bool, ...]
    results: Mapping[int, Result]
    superseded: Sequence[Result]
    complementary: Mapping[int, Result]


def goal_year(
    institution_id: int, goal_id: int, indicator: "Indicator", fiscal: FiscalYear, period: Period
) -> GoalYear:
    """Of the year `fiscal`, as `period` shows it. A fixed number of queries."""
    # the goal is asked of the indicator, by which results are found
    rows = Result.objects.filter(indicator__goal=goal_id, period__range=fiscal.span)
    results: dict[int, Result] = {}
    complementary: dict[int, Result] = {}
    superseded: list[Result] = []
    for row in rows.select_related("closing").order_by("period", "closing__number"):
        if row.indicator_id != indicator.pk:
            if row.period == period.index and (row.closing is None or row.closing.current):
                complementary[row.indicator_id] = row
        elif row.closing is not None and not row.closing.current:
            superseded.append(row)
        else:
            results[row.period] = row
    year = year_of(institution_id, fiscal, cut=MONTHS, indicator_ids=[indicator.pk])
    if not len(year.programme):
        none = (None,) * MONTHS
        return GoalYear(none, none, (False,) * MONTHS, (False,) * MONTHS, results, superseded, complementary)
    found = evaluate(year.block, scheme_in_force(institution_id, period.last_day, indicator.pk))
    return GoalYear(
        programmed=_optional(found.programmed[0].tolist()),
        schedule=_optional(found.schedule[0].tolist()),
        due=tuple(year.block.due[0].tolist()),
        owed=tuple(year.owed[0].tolist()),
        results=results,
        superseded=superseded,
        complementary=complementary,
    )


def _optional(values: list[float]) -> tuple[float | None, ...]:
    return tuple(None if value != value else value for value in values)
