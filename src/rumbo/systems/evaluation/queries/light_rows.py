"""The principal results of a month as light tuples, when only numbers are needed: no joins, no models."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import QuerySet

from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.board_months import BoardMonth


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
    found = rows_within(institution_id, month, units=units, elements=elements)
    return list(map(LightRow._make, found.order_by().values_list(*LightRow._fields)))


def rows_within(
    institution_id: int,
    month: BoardMonth,
    *,
    units: Collection[int] | None = None,
    elements: Collection[int] | None = None,
) -> QuerySet[Result]:
    """Principal results of the month, of some areas or plan elements when given."""
    found = Result.objects.filter(
        institution=institution_id, period=month.period.index, closing=month.closing_id, principal=True
    )
    if units is not None:
        found = found.filter(unit__in=units)
    if elements is not None:
        found = found.filter(plan_element__in=elements)
    return found
