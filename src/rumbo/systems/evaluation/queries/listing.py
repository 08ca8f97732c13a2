"""The list from most to least compliant (A1-22): filtered, sorted and paged by the database, row by row as stored."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable, OrderBy

from rumbo.core.engine import ranks
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.foundation.audit.queries import Prepared
from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.board_months import BoardMonth
from rumbo.systems.evaluation.queries.light_rows import LightRow
from rumbo.systems.evaluation.queries.results import ResultRow, fields_of_row, row_from
from rumbo.systems.evaluation.queries.within import Limits, Within, rows_within

# The columns that a list may be sorted by; «-» before the word turns the order around.
ORDERS: Mapping[str, str] = {
    "lugar": "compliance_to_date",
    "clave": "goal__code",
    "area": "unit__name",
    "cumplimiento": "compliance_to_date",
    "avance": "compliance_year",
    "racha": "streak",
}
PAGE = 25  # rows: what a phone still scrolls; the rest are the next pages and the filters
FALLING = frozenset({"lugar", "-cumplimiento", "-avance", "-racha"})


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of a list asks for. `units` and `elements` limit it to what the page is about."""

    units: Collection[int] | None = None
    elements: Collection[int] | None = None
    light: Light | None = None
    grade: PerformanceClass | None = None
    critical: bool = False
    text: str = ""
    order: str = "lugar"

    @property
    def narrows(self) -> bool:
        return self.light is not None or self.grade is not None or self.critical or bool(self.text)


def listed(institution_id: int, month: BoardMonth, filters: Filters) -> QuerySet[Result]:
    """To be counted and sliced; `rows_of` turns a slice into rows."""
    found = rows_within(institution_id, month, units=filters.units, elements=filters.elements)
    if filters.light is not None:
        found = found.filter(light=filters.light)
    if filters.grade is not None:
        found = found.filter(performance_class=filters.grade)
    if filters.critical:
        found = found.filter(critical=True)
    for word in filters.text.split():
        found = found.filter(
            Q(goal__code__icontains=word) | Q(goal__statement__icontains=word) | Q(indicator__name__icontains=word)
        )
    return found.order_by(*_order(filters.order))


def rows_of(found: QuerySet[Result]) -> list[ResultRow]:
    return [row_from(values) for values in found.values_list(*fields_of_row())]


def first_listed(
    institution_id: int, month: BoardMonth, *, units: Limits = None, elements: Limits = None
) -> list[ResultRow]:
    """The first page of a list as it opens. One query."""
    return [row_from(values) for values in _first.rows(institution_id, month, units=units, elements=elements)]


@Within
def _first(found: QuerySet[Result]) -> Any:
    return found.order_by(*_order(Filters().order)).values_list(*fields_of_row())[:PAGE]


def of_areas(institution_id: int, month: BoardMonth, units: Collection[int]) -> list[ResultRow]:
    """All the goals of a few areas, in the order in which a list opens. One query.

    The institution is asked of the areas: with it on the result SQLite goes through all that it sealed in the month.
    """
    if month.closing_id is None:
        found = _open_of_areas.rows(institution_id, month.period.index, list(units))
    else:
        found = _sealed_of_areas.rows(institution_id, month.period.index, list(units), month.closing_id)
    return sorted(map(row_from, found), key=_opening_order)


def _of_areas(institution_id: int, period: int, units: Collection[int], closing_id: int | None = None) -> Any:
    found = Result.objects.filter(
        unit__institution=institution_id, unit__in=units, period=period, closing=closing_id, principal=True
    )
    return found.order_by().values_list(*fields_of_row())


_sealed_of_areas, _open_of_areas = Prepared(_of_areas), Prepared(_of_areas)


def _opening_order(row: ResultRow) -> tuple[bool, float, float, str]:
    """As the database is told by `_order` with the first of its words."""
    pct = row.compliance_to_date
    return (pct is None, -(pct or 0.0), -row.weight, row.code)


def places_of(
    institution_id: int, month: BoardMonth, indicator_ids: Sequence[int], known: Sequence[LightRow] | None = None
) -> dict[int, int]:
    """Place of some indicators among all of the institution's: stored when sealed, the engine's in an open month.

    `known`: the whole institution's rows of the open month, when they were read already.
    """
    found = rows_within(institution_id, month)
    if month.closing is not None:
        stored = found.filter(indicator__in=indicator_ids, rank__isnull=False)
        return {pk: rank for pk, rank in stored.values_list("indicator_id", "rank") if rank}
    rows = (
        list(found.order_by().values_list("indicator_id", "compliance_to_date"))
        if known is None
        else [(row.indicator_id, row.compliance_to_date) for row in known]
    )
    places = ranks(np.array([np.nan if pct is None else pct for _, pct in rows], dtype=np.float64)).tolist()
    every = {pk: place for (pk, _), place in zip(rows, places, strict=True) if place}
    return {pk: every[pk] for pk in indicator_ids if pk in every}


def _order(word: str) -> list[Combinable | OrderBy | str]:
    """Inside a tie more weight, then code (A1-22); what has no figure always comes last."""
    name = word.removeprefix("-")
    if name not in ORDERS:
        word = name = "lugar"
    column = F(ORDERS[name])
    falls = word in FALLING or (word.startswith("-") and name in ("clave", "area"))
    order = column.desc(nulls_last=True) if falls else column.asc(nulls_last=True)
    return [order, "-weight", "goal__code"]
