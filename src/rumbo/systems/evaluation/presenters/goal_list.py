"""The list of a board: its filters as the address has them, one page of its rows, how many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.safestring import SafeString

from rumbo.foundation.planning import queries as planning
from rumbo.systems.evaluation.forms.lists import ListForm, grade_of, light_of
from rumbo.systems.evaluation.presenters.goal_rows import GoalRow, listed_rows
from rumbo.systems.evaluation.presenters.list_table import written_rows
from rumbo.systems.evaluation.presenters.opened import Opened, below
from rumbo.systems.evaluation.queries.listing import PAGE, Filters, first_listed, listed, places_of, rows_of
from rumbo.systems.evaluation.queries.results import ResultRow
from rumbo.systems.evaluation.queries.sealed import sealed_figures
from rumbo.systems.evaluation.queries.snapshot import WHOLE, Node, Snapshot
from rumbo.systems.evaluation.queries.standings import courses_of_goals

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit
    from rumbo.foundation.planning.models import Plan, PlanElement

WHOLE_AREA = 50  # ours: an area's board is printed and signed, with its goals on it


@dataclass(frozen=True, slots=True)
class Scope:
    """What a board is about: a node of the roll-ups and the areas or plan elements below it (None: everything)."""

    node: Node = WHOLE
    units: Collection[int] | None = None
    elements: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class GoalList:
    """The list of a board: its filters, one page of rows, and how many there are."""

    form: ListForm
    page: "Page[Any]"
    rows: list[GoalRow]
    written: SafeString
    filtered: bool
    sorted_by: str


def filters_of(opened: Opened, form: ListForm, scope: Scope, units: "Collection[Unit]", plan: "Plan | None") -> Filters:
    """The filters of an address, within what the page is about."""
    asked = form.understood()
    inside, elements = scope.units, scope.elements
    if asked.get("area"):
        inside = below(units, next(unit for unit in units if unit.code == asked["area"]))
    if asked.get("eje") and plan is not None:
        axis = planning.element_by_code(plan, asked["eje"], depth=1)
        elements = planning.subtree_ids(axis) if axis else elements
    return Filters(
        units=inside,
        elements=elements,
        light=light_of(asked.get("semaforo", "")),
        grade=grade_of(asked.get("clase", "")),
        critical=bool(asked.get("criticas")),
        text=asked.get("busca", ""),
        order=asked["orden"],
    )


def goal_list(
    opened: Opened,
    query: QueryDict,
    scope: Scope,
    snapshot: Snapshot,
    *,
    units: "Collection[Unit]",
    axes: "Collection[PlanElement]",
    plan: "Plan | None",
    sparks: bool = False,
    total: int | None = None,
    every: list[ResultRow] | None = None,
) -> GoalList:
    """`total`: how many goals there are without filters, when they were counted already; `every`: all of them in the
    list's own order, when they were read already."""
    form = ListForm(query, units=units, elements=axes, axis=next((axis.level.singular for axis in axes), ""))
    filters = filters_of(opened, form, scope, units, plan)
    filtered = filters.narrows or filters.units != scope.units or filters.elements != scope.elements
    known = None if filtered or filters.order != Filters().order else every
    pages: Paginator[Any] = Paginator(
        listed(opened.institution.pk, opened.month, filters) if known is None else known,
        PAGE if known is None else WHOLE_AREA,
    )
    if total is not None and not filtered:
        pages.count = total
    page = pages.get_page(query.get("pagina"))
    if known is not None:
        rows = list(page.object_list)
    elif page.number == 1 and not filtered and filters.order == Filters().order:
        rows = first_listed(opened.institution.pk, opened.month, units=scope.units, elements=scope.elements)
    else:
        rows = rows_of(page.object_list)  # type: ignore[arg-type]
    ids = [row.indicator_id for row in rows]
    places = (
        {row.indicator_id: row.rank for row in rows if row.rank}
        if opened.month.closing
        else places_of(opened.institution.pk, opened.month, ids, snapshot.rows)
    )
    courses = courses_of_goals(opened.months, opened.month, rows) if sparks else None
    shown = listed_rows(opened, rows, places, sealed_figures(opened.before) if opened.before else {}, courses)
    return GoalList(
        form=form,
        page=page,
        rows=shown,
        written=written_rows(shown, of_area=sparks, with_area=not sparks or len(units) > 1),
        filtered=filtered,
        sorted_by=filters.order,
    )
