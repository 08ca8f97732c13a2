"""Bands with dated versions, per row and column: what a colour and a class ask where rows follow different rules.

A rule set has versions; in a column, the one in force is that of the latest `since` not after the column's period.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rumbo.core.engine.block import Floats, Ints


@dataclass(frozen=True, eq=False, slots=True)
class Bands:
    """Lower edges of each colour and class, shapes that broadcast to [n,s]; see the same names in `Scheme`."""

    green: Floats
    amber: Floats
    achieved: Floats
    good: Floats
    fair: Floats


@dataclass(frozen=True, eq=False, slots=True)
class BandTables:
    """Edges in force by rule set and period, f8[rules, periods] each; NaN before a rule set's first version.

    An edge above a better one (amber above green) can never be reached below it, and is lowered to it, so that the
    colour is the number of edges reached.
    """

    green: Floats
    amber: Floats
    achieved: Floats
    good: Floats
    fair: Floats

    @classmethod
    def of(
        cls,
        *,
        rule_set: ArrayLike,
        since: ArrayLike,
        green: ArrayLike,
        amber: ArrayLike,
        achieved: ArrayLike,
        good: ArrayLike,
        fair: ArrayLike,
        periods: Sequence[int] | Ints,
        n_sets: int | None = None,
    ) -> "BandTables":
        """From versions [v]: `rule_set` i (0..n_sets-1), `since` i (year * 12 + month - 1), edges f8, any order.

        `periods` are the columns. Of two versions of the same day the last given is in force.
        """
        sets, start = np.asarray(rule_set, dtype=np.int64), np.asarray(since, dtype=np.int64)
        columns = np.asarray(periods, dtype=np.int64)
        width = int(sets.max(initial=-1)) + 1 if n_sets is None else n_sets
        version: NDArray[np.int64] = np.full((width, len(columns)), -1, dtype=np.int64)
        for place in np.argsort(start, kind="stable").tolist():
            version[sets[place], columns >= start[place]] = place
        whole = {name: np.append(edge, np.nan)[version] for name, edge in (("green", green), ("achieved", achieved))}
        below = (("amber", amber, "green"), ("good", good, "achieved"), ("fair", fair, "good"))
        for name, edge, better in below:
            whole[name] = np.fmin(np.append(edge, np.nan)[version], whole[better])
        return cls(**whole)

    def of_rows(self, rule_set: ArrayLike) -> Bands:
        """[n, periods] of rows that follow `rule_set` i[n]."""
        rows = np.asarray(rule_set, dtype=np.int64)
        return Bands(
            green=self.green.take(rows, axis=0),
            amber=self.amber.take(rows, axis=0),
            achieved=self.achieved.take(rows, axis=0),
            good=self.good.take(rows, axis=0),
            fair=self.fair.take(rows, axis=0),
        )
