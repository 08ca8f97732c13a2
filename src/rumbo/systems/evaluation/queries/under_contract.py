"""The goals measured under a contract, each with its result in one month and what evaluated it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rumbo.systems.evaluation.models import SchemeVersion
from rumbo.systems.evaluation.queries.board_months import BoardMonth
from rumbo.systems.evaluation.queries.ground import Ground
from rumbo.systems.evaluation.queries.results import ResultRow, fields_of_row, row_from
from rumbo.systems.evaluation.queries.within import rows_within
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Goal


@dataclass(frozen=True, slots=True)
class Measured:
    """`result` and `version` are None for a goal without result that month; `version` too for the proposed scheme."""

    goal: "Goal"
    result: ResultRow | None
    version: SchemeVersion | None


def measured_under(ground: Ground, contract_id: int, month: BoardMonth | None, *, today: date) -> list[Measured]:
    """Those that are under it on the month's last day, or `today` without month. In the order of the goals. A fixed
    number of queries."""
    goals = indicators.goals_under(contract_id, month.period.last_day if month else today)
    if month is None:
        return [Measured(goal, None, None) for goal in goals]
    found = rows_within(ground.institution.pk, month).filter(goal__in=[goal.pk for goal in goals])
    rows = {values[1]: values for values in found.values_list(*fields_of_row(), "scheme_version_id")}
    own = SchemeVersion.objects.in_bulk({values[-1] for values in rows.values() if values[-1] is not None})
    general = month.closing.scheme_version if month.closing else ground.scheme_version_on(month.period.last_day)
    return [
        Measured(goal, row_from(values[:-1]), own.get(values[-1], general))
        if (values := rows.get(goal.pk))
        else Measured(goal, None, None)
        for goal in goals
    ]
