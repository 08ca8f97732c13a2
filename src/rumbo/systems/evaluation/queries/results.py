"""Stored results of a month, with the words that a board or a document puts beside them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.models import Closing, Result
from rumbo.systems.evaluation.queries.closings import closing_of


class ResultRow(NamedTuple):
    """One goal in one month, by its principal indicator. Figures as stored; see `models.Result` for the units."""

    indicator_id: int
    goal_id: int
    goal_ref: str
    code: str
    statement: str
    indicator_name: str
    unit_of_measure: str
    decimals: int
    direction: int
    accumulation: int
    unit_id: int
    unit_code: str
    unit_name: str
    plan_element_id: int
    element_code: str
    weight: float
    critical: bool
    period: int
    slot_period: int | None
    due: bool
    state: CaptureState
    programmed: float | None
    actual: float | None
    programmed_to_date: float | None
    actual_to_date: float | None
    annual_target: float | None
    compliance_month: float | None
    compliance_to_date: float | None
    compliance_year: float | None
    programmed_year: float | None
    gap: float | None
    light: Light
    performance_class: PerformanceClass
    reason: int
    marks: Mark
    streak: int
    rank: int | None


_FIELDS = {
    "indicator_id": "indicator_id",
    "goal_id": "goal_id",
    "goal_ref": "goal__ref",
    "code": "goal__code",
    "statement": "goal__statement",
    "indicator_name": "indicator__name",
    "unit_of_measure": "indicator__unit_of_measure",
    "decimals": "indicator__decimals",
    "direction": "indicator__direction",
    "accumulation": "indicator__accumulation",
    "unit_id": "unit_id",
    "unit_code": "unit__code",
    "unit_name": "unit__name",
    "plan_element_id": "plan_element_id",
    "element_code": "plan_element__code",
    **{
        name: name
        for name in (
            "weight", "critical", "period", "slot_period", "due", "state", "programmed", "actual",
            "programmed_to_date", "actual_to_date", "annual_target", "compliance_month", "compliance_to_date",
            "compliance_year", "programmed_year", "gap", "light", "performance_class", "reason", "marks", "streak",
            "rank",
        )
    },
}  # fmt: skip
_CONVERT: dict[str, Any] = {
    "goal_ref": str,
    "state": CaptureState,
    "light": Light,
    "performance_class": PerformanceClass,
    "marks": Mark,
}
_COLUMNS = tuple(_FIELDS[name] for name in ResultRow._fields)
_CONVERTED = [(ResultRow._fields.index(name), convert) for name, convert in _CONVERT.items()]


def results_of(
    institution_id: int,
    period: Period,
    *,
    closing: Closing | None = None,
    units: Iterable[int] | None = None,
    elements: Iterable[int] | None = None,
) -> list[ResultRow]:
    """Principal results of a month, from highest to lowest compliance; those without a place come last by code.

    From `closing` when given, else from the month's current closing, else the provisional ones of an open month.
    Two queries at most.
    """
    found = principal(institution_id, period, closing=closing)
    if units is not None:
        found = found.filter(unit__in=list(units))
    if elements is not None:
        found = found.filter(plan_element__in=list(elements))
    rows = [row_from(values) for values in found.values_list(*fields_of_row())]
    return sorted(rows, key=order_of_ranking)


def principal(institution_id: int, period: Period, *, closing: Closing | None = None) -> QuerySet[Result]:
    closing = closing or closing_of(institution_id, period)
    return Result.objects.filter(institution=institution_id, period=period.index, closing=closing, principal=True)


def fields_of_row() -> tuple[str, ...]:
    """What `row_from` wants of a query's `values_list`, in order."""
    return _COLUMNS


def row_from(values: tuple[Any, ...]) -> ResultRow:
    row = list(values)
    for place, convert in _CONVERTED:
        row[place] = convert(row[place])
    return ResultRow._make(row)


def order_of_ranking(row: ResultRow) -> tuple[bool, float, float, str]:
    """Highest compliance first; inside a tie more weight, then code (A1-22). Rows without a place last."""
    place = row.compliance_to_date if row.light.is_colour else None
    return (place is None, -(place or 0.0), -row.weight, row.code)
