"""The principal results of a month as light tuples, when only numbers are needed: no joins, no models."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import QuerySet

from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.board_months import BoardMonth
from rumbo.systems.evaluation.queries.within import Within


class LightRow(NamedTuple):
    """What a roll-up, a count or a place needs of one goal. Figures as in `models.Result`."""

    indicator_id: int
    unit_id: int
    plan_element_id: int
    weight: float
    compliance_to_date: float | None
    compliance_year: float | None
    programmed_year: float | None
    light: int
    performance_class: int


def light_rows(
    institution_id: int,
    month: BoardMonth,
    *,
    units: Collection[int] | None = None,
    elements: Collection[int] | None = None,
) -> list[LightRow]:
    """One query."""
    return list(map(LightRow._make, _figures.rows(institution_id, month, units=units, elements=elements)))


@Within
def _figures(found: QuerySet[Result]) -> Any:
    return found.order_by().values_list(*LightRow._fields)
