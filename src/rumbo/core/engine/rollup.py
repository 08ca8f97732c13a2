"""Many rows as one: areas, plan elements, the institution, in one call.

Membership is given as pairs (row, node), so that one call serves any number of trees at once: a row that belongs to an
area, to the areas above it, to a line of action, to its axis and to the institution is five pairs. `ancestry` makes
the pairs of a tree.

What counts. A row with a colour counts. NO_DATA owes and does not count: it lowers the coverage. NOT_SCHEDULED,
NOT_COMPUTABLE and NOT_DUE are outside averages, coverage and «n of N».
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rumbo.core.engine.block import Floats, Ints
from rumbo.core.engine.missing import half_up
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass


@dataclass(frozen=True, eq=False, slots=True)
class Rollup:
    """Arrays over nodes [m]. Percentages are rounded as those of the rows; NaN where there is nothing to say.

    n                 i8[m]    rows of the node
    counted           i8[m]    rows with a colour
    expected          i8[m]    rows with a colour or NO_DATA: the N of «n of N»
    coverage          f8[m]    % counted / expected
    compliance        f8[m]    weighted mean of the counted rows, each within 0..cap
    annual_progress   f8[m]    weighted mean of the percentage of the annual target of the same rows, each within 0..cap
    lights            i8[m,7]  rows per `Light`
    classes           i8[m,5]  rows per `PerformanceClass`
    achieved_or_good  i8[m]    rows ACHIEVED or GOOD: the n of «n of N»
    achieved_or_good_share f8[m]  % achieved_or_good / expected
    oldest            i8[m]    months of the oldest slot that counts, -1 where nothing does or no ages were given
    """

    n: Ints
    counted: Ints
    expected: Ints
    coverage: Floats
    compliance: Floats
    annual_progress: Floats
    lights: Ints
    classes: Ints
    achieved_or_good: Ints
    achieved_or_good_share: Floats
    oldest: Ints


def rollup(
    *,
    pct: Floats,
    year: Floats,
    light: NDArray[np.integer],
    performance_class: NDArray[np.integer],
    weight: Floats,
    rows: ArrayLike,
    nodes: ArrayLike,
    n_nodes: int,
    scheme: Scheme,
    age: ArrayLike | None = None,
) -> Rollup:
    """One month of n rows ([n] each: `compliance_to_date`, `compliance_year`, …) over `n_nodes` nodes.

    `rows` and `nodes` i[k] are the pairs; `age` i[n] the months since the slot that each row shows (see `Standing`).
    Raises ValueError when they differ in length or point outside.
    """
    row, node = np.asarray(rows, dtype=np.int64), np.asarray(nodes, dtype=np.int64)
    _check(row, node, len(pct), n_nodes)
    lights = _counts(light, row, node, n_nodes, len(Light))
    classes = _counts(performance_class, row, node, n_nodes, len(PerformanceClass))
    counted = lights[:, [Light.RED, Light.AMBER, Light.GREEN]].sum(axis=1)
    expected = counted + lights[:, Light.NO_DATA]
    good = classes[:, [PerformanceClass.ACHIEVED, PerformanceClass.GOOD]].sum(axis=1)
    coloured = ~np.isnan(pct)
    return Rollup(
        n=lights.sum(axis=1),
        counted=counted,
        expected=expected,
        coverage=_share(counted, expected, scheme),
        compliance=_mean(pct, weight, row, node, n_nodes, scheme),
        annual_progress=_mean(np.where(coloured, year, np.nan), weight, row, node, n_nodes, scheme),
        lights=lights,
        classes=classes,
        achieved_or_good=good,
        achieved_or_good_share=_share(good, expected, scheme),
        oldest=_oldest(age, light, row, node, n_nodes),
    )


def ancestry(parent: ArrayLike, leaf: ArrayLike) -> tuple[Ints, Ints]:
    """Pairs (row, node) of each row's node and of every node above it.

    `parent` i[m] is the node above each node, -1 at a root; `leaf` i[n] the node of each row, -1 when it has none.
    Raises ValueError for a tree that bites its tail.
    """
    above = np.append(np.asarray(parent, dtype=np.int64), -1)  # one place more: the round in which nobody is left
    here = np.asarray(leaf, dtype=np.int64)
    row = np.arange(len(here))
    rows, nodes = [], []
    for _ in range(len(above)):
        inside = here >= 0
        row, here = row[inside], here[inside]
        if not len(row):
            break
        rows.append(row)
        nodes.append(here)
        here = above[here]
    else:
        raise ValueError("the tree has a cycle")
    none = np.empty(0, dtype=np.int64)
    return (np.concatenate(rows), np.concatenate(nodes)) if rows else (none, none)


def _oldest(age: ArrayLike | None, light: NDArray[np.integer], row: Ints, node: Ints, n_nodes: int) -> Ints:
    oldest: Ints = np.full(n_nodes, -1, dtype=np.int64)
    if age is not None:
        counted = (light >= Light.RED) & (light <= Light.GREEN)
        np.maximum.at(oldest, node, np.where(counted, np.asarray(age, dtype=np.int64), -1)[row])
    return oldest


def _check(row: Ints, node: Ints, n_rows: int, n_nodes: int) -> None:
    if row.shape != node.shape or row.ndim != 1:
        raise ValueError(f"rows {row.shape} and nodes {node.shape} must be pairs")
    if len(row) and (row.min() < 0 or row.max() >= n_rows or node.min() < 0 or node.max() >= n_nodes):
        raise ValueError("a pair points outside the rows or the nodes")


def _counts(codes: NDArray[np.integer], row: Ints, node: Ints, n_nodes: int, width: int) -> Ints:
    return np.bincount(node * width + codes[row], minlength=n_nodes * width).reshape(n_nodes, width)


def _mean(values: Floats, weight: Floats, row: Ints, node: Ints, n_nodes: int, scheme: Scheme) -> Floats:
    capped = np.clip(values, 0.0, np.inf if scheme.cap is None else scheme.cap)
    load = np.where(np.isnan(capped), 0.0, weight)
    amount = np.where(np.isnan(capped), 0.0, capped * weight)
    total = np.bincount(node, weights=amount[row], minlength=n_nodes)
    mass = np.bincount(node, weights=load[row], minlength=n_nodes)
    return half_up(_divided(total, mass), scheme.decimals)


def _share(part: Ints, whole: Ints, scheme: Scheme) -> Floats:
    return half_up(_divided(100.0 * part, whole.astype(np.float64)), scheme.decimals)


def _divided(part: NDArray[np.floating], whole: NDArray[np.floating]) -> Floats:
    quotient: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return quotient
