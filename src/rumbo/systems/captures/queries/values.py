"""What the engine's blocks are filled with."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, FloatField, IntegerField, When
from django.db.models import Value as Literal
from django.db.models.functions import Cast

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators import queries as indicators

STATES = tuple(CaptureState)
# `flags` of a record: a place in STATES in its lowest bits (STATE itself: one that the vocabulary does not know).
STATE, LATE, HISTORICAL, CORRECTED = 15, 16, 32, 64
RECORD: indicators.Layout = (*indicators.TARGETS, ("flags", "i4"))


class Value(NamedTuple):
    """One month of one indicator as the engine takes it. Amounts in its unit; `state` as in `CaptureState`."""

    indicator_id: int
    period: int
    numerator: float | None
    denominator: float | None
    state: str
    days_late: int
    historical: bool
    corrected: bool


def values(indicator_ids: Collection[int], year: FiscalYear, *, up_to: int | None = None) -> list[Value]:
    """The months of a fiscal year (up to a period, when given) of some indicators, in no order. One query."""
    if not indicator_ids:
        return []
    first, last = year.span
    rows = Capture.objects.filter(
        indicator__in=indicator_ids, period__range=(first, last if up_to is None else min(last, up_to))
    ).order_by()
    amounts = {name: Cast(name, FloatField()) for name in ("numerator", "denominator")}
    columns = [amounts.get(name, name) for name in Value._fields]
    sql, params = rows.values_list(*columns).query.sql_with_params()
    with connection.cursor() as cursor:  # as the driver gives them: 18,000 decimals cost more than the evaluation
        cursor.execute(sql, params)
        return [Value._make(row) for row in cursor.fetchall()]


def value_records(institution_id: int, year: FiscalYear) -> bytes | None:
    """The months of a fiscal year of the whole institution as `RECORD`, in no order; None on another
    database than PostgreSQL."""
    found = Capture.objects.filter(institution=institution_id, period__range=year.span)
    state = Case(
        *(When(state=state, then=Literal(place)) for place, state in reversed(list(enumerate(STATES)))),
        default=Literal(STATE),
        output_field=IntegerField(),
    )
    flags = state + _flag(LATE, days_late__gt=0) + _flag(HISTORICAL, historical=True)
    flags += _flag(CORRECTED, corrected=True)
    figures = (indicators.figure("numerator"), indicators.figure("denominator"))
    return indicators.as_records(found.order_by().values_list(indicators.cell(year), *figures, flags), RECORD)


def _flag(value: int, **condition: Any) -> Case:
    return Case(When(**condition, then=Literal(value)), default=Literal(0), output_field=IntegerField())
