"""The boards of the institution and of a plan element, each gathered in a fixed number of queries."""

from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from rumbo.foundation.planning import queries as planning
from rumbo.systems.captures.queries.standing import standing_commitments
from rumbo.systems.evaluation.presenters import figures
from rumbo.systems.evaluation.presenters.board import Board, upper_half
from rumbo.systems.evaluation.presenters.goal_list import Scope, goal_list
from rumbo.systems.evaluation.presenters.goal_rows import advanced_rows, lagging_rows
from rumbo.systems.evaluation.presenters.opened import Opened, children
from rumbo.systems.evaluation.queries.rollups import PLAN, UNIT
from rumbo.systems.evaluation.queries.snapshot import WHOLE, Snapshot, snapshot_of
from rumbo.systems.evaluation.queries.standings import advanced, lagging

if TYPE_CHECKING:
    from rumbo.foundation.planning.models import Plan, PlanElement

FIRST = 10  # that lag
RISEN = 5


def institution_board(opened: Opened, query: QueryDict) -> Board:
    units = opened.ground.units
    plan = opened.ground.plan_on(opened.period.last_day)
    axes = opened.ground.below(plan, None)
    shown_units = children(units, None)
    nodes = [(UNIT.value, unit.pk) for unit in shown_units] + [(PLAN.value, axis.pk) for axis in axes]
    explain = {name: opened.links.rolled(name) for name in ("cumplimiento", "avance", "clases", "cobertura")}
    scope = Scope()
    snapshot = snapshot_of(opened.ground, opened.months, opened.month, scope.node, nodes)
    if snapshot.subject is None:
        return Board(opened, snapshot, None)
    return Board(
        **upper_half(opened, query, snapshot, snapshot.subject),
        kpis=figures.kpis(opened, snapshot, snapshot.subject, explain),
        areas=figures.unit_rows(opened, snapshot, shown_units),
        axes=figures.element_rows(opened, snapshot, axes),
        axis_name=axes[0].level.singular if axes else "",
        axis_plural=axes[0].level.plural if axes else "",
        **_standings(opened, scope, snapshot),
        goals=goal_list(
            opened, query, scope, snapshot, units=units, axes=axes, plan=plan, total=snapshot.subject.now.goals
        ),
    )


def element_board(opened: Opened, query: QueryDict, plan: "Plan", element: "PlanElement") -> Board:
    parts = opened.ground.below(plan, element)
    scope = Scope(node=(PLAN.value, element.pk), elements=planning.subtree_ids(element))
    nodes = [(PLAN.value, part.pk) for part in parts]
    snapshot = snapshot_of(opened.ground, opened.months, opened.month, scope.node, nodes)
    if snapshot.subject is None:
        return Board(opened, snapshot, None)
    depth = element.level.depth
    explain = {
        name: opened.links.rolled(name, element=element.code, depth=depth)
        for name in ("cumplimiento", "avance", "clases", "cobertura")
    }
    return Board(
        **upper_half(opened, query, snapshot, snapshot.subject),
        kpis=figures.kpis(opened, snapshot, snapshot.subject, explain),
        axes=figures.element_rows(opened, snapshot, parts),
        axis_name=parts[0].level.singular if parts else "",
        **_standings(opened, scope, snapshot),
        goals=goal_list(opened, query, scope, snapshot, units=(), axes=(), plan=plan),
    )


def _standings(opened: Opened, scope: Scope, snapshot: Snapshot) -> dict[str, Any]:
    pk, limits = opened.institution.pk, {"units": scope.units, "elements": scope.elements}
    rows = snapshot.rows if scope.node == WHOLE else None
    found: dict[str, Any] = {
        "lagging": lagging_rows(opened, lagging(pk, opened.month, most=FIRST, **limits)),
        "advanced": advanced_rows(opened, advanced(pk, opened.month, opened.before, most=RISEN, rows=rows, **limits)),
    }
    if scope.elements is None:
        found["commitments"] = standing_commitments(
            opened.institution, opened.period.index, on=opened.today, units=scope.units
        )
    return found
