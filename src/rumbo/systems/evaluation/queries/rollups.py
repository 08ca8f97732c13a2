"""Many goals as one: the institution, each area with all below it, each plan element likewise."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol

import numpy as np

from rumbo.core.engine import Rollup, Scheme, rollup
from rumbo.core.engine.block import Floats, Ints
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.core.vocabulary.light import Light
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.systems.evaluation.models import Closing, RollupResult
from rumbo.systems.evaluation.queries.blocks import Year, programme_as_if_met, rows_of
from rumbo.systems.evaluation.queries.table import Table

INSTITUTION, UNIT, PLAN = RollupResult.Tree.INSTITUTION, RollupResult.Tree.UNIT, RollupResult.Tree.PLAN


class Rollable(Protocol):
    """What a roll-up reads of a row: a stored result, or a light tuple with the same names."""

    @property
    def indicator_id(self) -> int: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def plan_element_id(self) -> int: ...
    @property
    def compliance_to_date(self) -> float | None: ...
    @property
    def compliance_year(self) -> float | None: ...
    @property
    def programmed_year(self) -> float | None: ...
    @property
    def light(self) -> int: ...
    @property
    def performance_class(self) -> int: ...
    @property
    def weight(self) -> float: ...


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


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which row adds to which node: what `core.engine.rollup` takes. `names[node]` is (tree, primary key)."""

    names: list[tuple[str, int]]
    rows: Ints
    nodes: Ints


def pairs(units: Ints, elements: Ints, trees: Membership) -> Pairs:
    """Each row adds to the institution, to its unit and all above it, and to its plan element likewise."""
    place: dict[tuple[str, int], int] = {(INSTITUTION.value, 0): 0}
    every = np.arange(len(units), dtype=np.int64)
    rows, nodes = [every], [np.zeros(len(units), dtype=np.int64)]
    for tree, above, members in ((UNIT.value, trees.units, units), (PLAN.value, trees.elements, elements)):
        found, which = np.unique(members, return_inverse=True)
        numbers = [[place.setdefault((tree, node), len(place)) for node in above.get(pk, ())] for pk in found.tolist()]
        added, into = _spread(numbers, which)
        rows.append(added)
        nodes.append(into)
    return Pairs(list(place), np.concatenate(rows), np.concatenate(nodes))


def _spread(numbers: list[list[int]], which: Ints) -> tuple[Ints, Ints]:
    """The nodes of each row's own list, row by row."""
    flat = np.array([number for some in numbers for number in some], dtype=np.int64)
    sizes = np.array([len(some) for some in numbers], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    counts = sizes[which]
    ends = np.cumsum(counts)
    rows = np.repeat(np.arange(len(which)), counts)
    within = np.arange(int(counts.sum())) - np.repeat(ends - counts, counts)
    return rows, flat[np.repeat(starts[which], counts) + within]


def rolled_up(
    institution_id: int,
    results: Sequence[Rollable] | Table,
    period: int,
    scheme: Scheme,
    trees: Membership,
    closing: Closing | None,
    courses: Mapping[tuple[str, int], list[float | None]] | None = None,
    only: Collection[tuple[str, int]] | None = None,
) -> list[RollupResult]:
    """Unsaved roll-ups of one month over the institution and both trees, from rows with the stored names.
    `only`: the nodes that are wanted, all of them without it.

    The same function serves a closing, which stores them, and the boards of an open month, which do not (decision F).
    """
    found = pairs(_whole(results, "unit_id"), _whole(results, "plan_element_id"), trees)
    columns = _Columns.of(results, found)
    rolled = _roll(columns, scheme, _column(results, "compliance_year"))
    programme = _roll(columns, scheme, _column(results, "programmed_year"))
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
            course=(courses or {}).get((tree, node), []),
        )
        for number, (tree, node) in enumerate(found.names)
        if only is None or (tree, node) in only
    ]


def courses_of(
    year: Year, results: Table, scheme: Scheme, trees: Membership
) -> dict[tuple[str, int], list[float | None]]:
    """Where each node's programme stands at the end of each month of the year, in per cent of the annual targets.

    The programme evaluated as though every month had been met, over the principal `results` that have a colour: the
    line goes on from where the sealed month leaves it.
    """
    counted = results.where(np.isin(results["light"], [light.value for light in Light if light.is_colour]))
    alive, _known = rows_of(year.programme.indicator_ids, counted["indicator_id"])
    whole = year.block.replace(cut=MONTHS).take(alive)
    met = programme_as_if_met(whole, scheme).compliance_year
    found = pairs(counted["unit_id"], counted["plan_element_id"], trees)
    columns = _Columns.of(counted, found)
    months = [_roll(columns, scheme, met[:, column]).annual_progress.tolist() for column in range(MONTHS)]
    return {
        name: list(map(_optional, course)) for name, course in zip(found.names, zip(*months, strict=True), strict=True)
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """What every roll-up of the same rows reads, taken out of them once."""

    pct: Floats
    light: Ints
    performance_class: Ints
    weight: Floats
    rows: Ints
    nodes: Ints
    n_nodes: int

    @classmethod
    def of(cls, results: Sequence[Rollable] | Table, found: Pairs) -> "_Columns":
        return cls(
            pct=_column(results, "compliance_to_date"),
            light=_whole(results, "light"),
            performance_class=_whole(results, "performance_class"),
            weight=_column(results, "weight"),
            rows=found.rows,
            nodes=found.nodes,
            n_nodes=len(found.names),
        )


def _roll(columns: _Columns, scheme: Scheme, year: Floats) -> Rollup:
    return rollup(
        pct=columns.pct,
        year=year,
        light=columns.light,
        performance_class=columns.performance_class,
        weight=columns.weight,
        rows=columns.rows,
        nodes=columns.nodes,
        n_nodes=columns.n_nodes,
        scheme=scheme,
    )


def _column(results: Sequence[Rollable] | Table, name: str) -> Floats:
    if isinstance(results, Table):
        return results[name]
    return np.array(list(map(attrgetter(name), results)), dtype=np.float64)  # None becomes NaN


def _whole(results: Sequence[Rollable] | Table, name: str) -> Ints:
    if isinstance(results, Table):
        return results[name]
    return np.array(list(map(attrgetter(name), results)), dtype=np.int64)


def _nodes(path: str) -> tuple[int, ...]:
    return tuple(int(part) for part in path.split("/") if part)


def _optional(value: float) -> float | None:
    return None if value != value else float(value)
