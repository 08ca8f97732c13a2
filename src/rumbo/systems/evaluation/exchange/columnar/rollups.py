"""The totals of the leaves as rows of rollup.parquet, every level of both trees."""

from typing import Any

import numpy as np

from rumbo.core.engine.partial import COUNTS, Totals
from rumbo.systems.evaluation.exchange.columnar.layout import ROLLUP
from rumbo.systems.evaluation.exchange.columnar.monthly import Span
from rumbo.systems.evaluation.exchange.columnar.nation import Ints, Nation, Tree


def rollup_columns(nation: Nation, span: Span, totals: dict[str, Totals]) -> dict[str, Any]:
    """Flat columns by name; a node without indicators has no rows."""
    pieces = [
        piece
        for tree in (nation.areas, nation.elems)
        for level in range(1, len(tree.above) + 1)
        for piece in [_level(tree, level, span, totals[tree.name])]
    ]
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in ROLLUP}


def _level(tree: Tree, level: int, span: Span, leaves: Totals) -> dict[str, Any]:
    nodes: Ints
    nodes, parent = np.unique(tree.above[level - 1], return_inverse=True)
    totals = leaves.above(parent, len(nodes))
    used = np.flatnonzero(totals.n)
    months, rows = span.months, len(used) * span.months
    columns: dict[str, Any] = {
        "tree": np.full(rows, tree.name),
        "level": np.full(rows, level, dtype=np.int8),
        "node": np.repeat(nodes[used], months),
        "period": np.tile(np.arange(span.first, span.first + months, dtype=np.int32), len(used)),
        "n": np.repeat(totals.n[used], months).astype(np.int32),
        "wpct": totals.mean[used].reshape(-1),
    }
    counts = totals.counts[used].reshape(rows, len(COUNTS))
    return columns | {name: counts[:, place] for place, name in enumerate(COUNTS)}
