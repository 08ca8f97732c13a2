"""Roll-ups that add: what a partition knows of each node, and what the nation knows once all have been added.

totals = Totals.empty(n_leaves, months)
totals.add(partial(cells, weight, leaf))        # of each partition, in any order
totals.above(parent, n_parents)                 # the level above, from the level below
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine.block import Floats, Ints
from rumbo.core.engine.partition import Cells

# Seven counts of a node and month: light 1..3 and class 1..4.
COUNTS = ("l1", "l2", "l3", "k1", "k2", "k3", "k4")
_CLASSES = 5
# Six counts of ten bits in one whole number are added at once; the seventh is what the others leave.
_BITS = 10
_MOST_ROWS = (1 << _BITS) - 1


@dataclass(frozen=True, eq=False, slots=True)
class Partial:
    """Sums of some nodes. `node` i8[u] without repetition; `n` i8[u] rows of each, with percentage or without.

    weighted f8[u,T] Σ weight × pct;  weight f8[u,T] Σ weight of those with pct;  counts i4[u,T,7] as `COUNTS`.
    """

    node: Ints
    n: Ints
    weighted: Floats
    weight: Floats
    counts: NDArray[np.int32]


@dataclass(frozen=True, eq=False, slots=True)
class Totals:
    """The same of every node 0..m-1, shapes [m], [m,T], [m,T], [m,T,7]."""

    n: Ints
    weighted: Floats
    weight: Floats
    counts: NDArray[np.int32]

    @classmethod
    def empty(cls, nodes: int, months: int) -> "Totals":
        shape = (nodes, months)
        counts = np.zeros((*shape, len(COUNTS)), dtype=np.int32)
        return cls(np.zeros(nodes, dtype=np.int64), np.zeros(shape), np.zeros(shape), counts)

    def add(self, part: Partial) -> None:
        """In place; the order of the parts changes sums in their last digit only."""
        self.n[part.node] += part.n
        self.weighted[part.node] += part.weighted
        self.weight[part.node] += part.weight
        self.counts[part.node] += part.counts

    def above(self, parent: Ints, nodes: int) -> "Totals":
        """The level above: `parent` i[m] is each node's place among its `nodes`, -1 for none."""
        inside = np.flatnonzero(parent >= 0)
        up = Totals.empty(nodes, self.weighted.shape[1])
        for name in Totals.__slots__:
            np.add.at(getattr(up, name), parent[inside], getattr(self, name)[inside])
        return up

    @property
    def mean(self) -> Floats:
        """f8[m,T] weighted mean of the percentages, not rounded; NaN where no row has one or their weight is 0."""
        whole: Floats = np.full(self.weight.shape, np.nan)
        np.divide(self.weighted, self.weight, out=whole, where=self.weight != 0)
        return whole


def partial(cells: Cells, weight: Floats, leaf: Ints) -> Partial:
    """The sums of a partition's rows by node: `weight` f8[n], `leaf` i[n], -1 for a row of no node."""
    order = np.argsort(leaf, kind="stable")
    order = order[np.searchsorted(leaf[order], 0) :]
    nodes = leaf[order]
    if not len(nodes):
        return _nothing(cells.pct.shape[1])
    opens = np.flatnonzero(np.append(True, nodes[1:] != nodes[:-1]))
    sizes = np.diff(np.append(opens, len(nodes)))
    starts, owner = _pieces(opens, sizes)
    load = weight[order][:, None]
    pct = cells.pct.take(order, axis=0)
    has = pct >= 0
    np.copyto(pct, 0.0, where=~has)
    pct *= load
    codes = _packed(cells, order)
    sums = (np.add.reduceat(values, starts, axis=0) for values in (pct, has * load, codes))
    weighted, mass, packed = sums
    counts = _counts(packed)
    if len(starts) > len(opens):
        weighted, mass, counts = (np.add.reduceat(values, owner, axis=0) for values in (weighted, mass, counts))
    return Partial(nodes[opens], sizes, weighted, mass, counts)


def _nothing(months: int) -> Partial:
    none = np.empty(0, dtype=np.int64)
    empty = Totals.empty(0, months)
    return Partial(none, none, empty.weighted, empty.weight, empty.counts)


def _pieces(opens: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Starts of pieces of at most `_MOST_ROWS` rows, and for each node the first of its pieces."""
    pieces = -(-sizes // _MOST_ROWS)
    owner = np.cumsum(pieces) - pieces
    if len(owner) == pieces.sum():
        return opens, owner
    inner = np.arange(int(pieces.sum())) - np.repeat(owner, pieces)
    return np.repeat(opens, pieces) + inner * _MOST_ROWS, owner


def _table() -> NDArray[np.int64]:
    """What each (light, class) adds: a one in the ten bits of its light and in those of its class."""
    table: NDArray[np.int64] = np.zeros(4 * _CLASSES, dtype=np.int64)
    for light in range(1, 4):
        for grade in range(1, _CLASSES):
            bits = 1 << (_BITS * (light - 1))
            bits |= 1 << (_BITS * (2 + grade)) if grade < _CLASSES - 1 else 0
            table[light * _CLASSES + grade] = bits
    return table


_ADDS = _table()


def _packed(cells: Cells, order: Ints) -> NDArray[np.int64]:
    code = cells.light * np.int8(_CLASSES)
    code += cells.cls
    return _ADDS.take(code.take(order, axis=0), mode="clip")


def _counts(packed: NDArray[np.int64]) -> NDArray[np.int32]:
    counts = np.empty((*packed.shape, len(COUNTS)), dtype=np.int32)
    for place in range(len(COUNTS) - 1):
        counts[..., place] = (packed >> (_BITS * place)) & _MOST_ROWS
    counts[..., 6] = counts[..., :3].sum(axis=-1) - counts[..., 3:6].sum(axis=-1)
    return counts
