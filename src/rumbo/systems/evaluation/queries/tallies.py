"""The principal results of a month counted by what an area's board says of them: a few rows, not one for each goal."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.board_months import BoardMonth
from rumbo.systems.evaluation.queries.results import ResultRow
from rumbo.systems.evaluation.queries.within import Within


class Tally(NamedTuple):
    """`goals`: how many results of the month are alike in all the rest, each as stored in `models.Result`."""

    plan_element_id: int
    light: int
    critical: bool
    due: bool
    state: str
    marks: int
    goals: int


def tallies(institution_id: int, month: BoardMonth, *, units: Collection[int] | None = None) -> list[Tally]:
    """One query."""
    return list(map(Tally._make, _alike.rows(institution_id, month, units=units)))


@Within
def _alike(found: QuerySet[Result]) -> Any:
    return found.order_by().values_list(*Tally._fields[:-1]).annotate(Count("pk"))


def tallied(rows: Iterable[ResultRow]) -> list[Tally]:
    """The same of results that were read already, each by itself."""
    return [
        Tally(row.plan_element_id, int(row.light), row.critical, row.due, row.state, int(row.marks), 1) for row in rows
    ]
