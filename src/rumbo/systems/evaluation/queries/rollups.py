"""Many goals as one: the institution, each area with all below it, each plan element likewise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rumbo.core.engine import Scheme, rollup
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.systems.evaluation.models import Closing, RollupResult
from rumbo.systems.evaluation.models import Result as StoredResult

INSTITUTION, UNIT, PLAN = RollupResult.Tree.INSTITUTION, RollupResult.Tree.UNIT, RollupResult.Tree.PLAN


@dataclass(frozen=True, slots=True)
class Membership:
    """For each unit and plan element, the nodes it adds to: itself and everything above it."""

    units: dict[int, tuple[int, ...]]
    elements: dict[int, tuple[int, ...]]


def membership(institution_id: int) -> Membership:
    """Two queries: the paths of the two trees."""
    return Membership(
        units={pk: _nodes(path) for pk, path in organization.unit_paths(institution_id)},
        elements={pk: _nodes(path) for pk, path in planning.element_paths(institution_id)},
    )


def rolled_up(
    institution_id: int,
    results: Sequence[StoredResult] | Sequence[Any],
    period: int,
    scheme: Scheme,
    trees: Membership,
    closing: Closing | None,
) -> list[RollupResult]:
    """Unsaved roll-ups of one month over the institution and both trees, from rows with the stored names.

    The same function serves a closing, which stores them, and the boards of an open month, which do not (decision F).
    """
    rows: list[int] = []
    keys: list[tuple[str, int]] = []
    for index, result in enumerate(results):
        above = [(INSTITUTION.value, 0)]
        above += [(UNIT.value, node) for node in trees.units.get(result.unit_id, ())]
        above += [(PLAN.value, node) for node in trees.elements.get(result.plan_element_id, ())]
        rows += [index] * len(above)
        keys += above
    names = sorted(set(keys)) or [(INSTITUTION.value, 0)]
    place = {key: number for number, key in enumerate(names)}
    nodes = [place[key] for key in keys]
    rolled = _roll(results, rows, nodes, len(names), scheme, "compliance_year")
    programme = _roll(results, rows, nodes, len(names), scheme, "programmed_year")
    return [
        RollupResult(
            institution_id=institution_id,
            closing=closing,
            period=period,
            tree=tree,
            node=node,
            goals=int(rolled.n[number]),
            counted=int(rolled.counted[number]),
            expected=int(rolled.expected[number]),
            coverage=_optional(rolled.coverage[number]),
            compliance=_optional(rolled.compliance[number]),
            annual_progress=_optional(rolled.annual_progress[number]),
            programmed_progress=_optional(programme.annual_progress[number]),
            achieved_or_good=int(rolled.achieved_or_good[number]),
            achieved_or_good_pct=_optional(rolled.achieved_or_good_share[number]),
            lights=rolled.lights[number].tolist(),
            classes=rolled.classes[number].tolist(),
        )
        for number, (tree, node) in enumerate(names)
    ]


def stored_rollups(closing: Closing, tree: str, nodes: Sequence[int] | None = None) -> dict[int, RollupResult]:
    """Roll-ups of a closing by node."""
    found = RollupResult.objects.filter(closing=closing, tree=tree)
    if nodes is not None:
        found = found.filter(node__in=list(nodes))
    return {rolled.node: rolled for rolled in found}


def node_through_time(institution_id: int, tree: str, node: int, first: int, last: int) -> dict[int, RollupResult]:
    """Roll-ups of one node by period, from the current closings."""
    found = RollupResult.objects.filter(
        institution=institution_id, tree=tree, node=node, period__range=(first, last), closing__current=True
    )
    return {rolled.period: rolled for rolled in found}


def _roll(results: Sequence[Any], rows: list[int], nodes: list[int], count: int, scheme: Scheme, year: str) -> Any:
    return rollup(
        pct=_column(results, "compliance_to_date"),
        year=_column(results, year),
        light=np.array([result.light for result in results], dtype=np.int64),
        performance_class=np.array([result.performance_class for result in results], dtype=np.int64),
        weight=np.array([result.weight for result in results], dtype=np.float64),
        rows=rows,
        nodes=nodes,
        n_nodes=count,
        scheme=scheme,
    )


def _column(results: Sequence[Any], name: str) -> Any:
    return np.array([np.nan if (value := getattr(result, name)) is None else value for result in results])


def _nodes(path: str) -> tuple[int, ...]:
    return tuple(int(part) for part in path.split("/") if part)


def _optional(value: float) -> float | None:
    return None if value != value else float(value)
