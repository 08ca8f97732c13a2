"""Where the year would end: the straight line through what has been achieved to date, by least squares."""

import numpy as np

from rumbo.core.engine.block import Bools, Floats
from rumbo.core.engine.running import totals


def straight_line(to_date: Floats, *, of: Bools | None = None, at: int | None = None) -> Floats:
    """f8[n,s] the line through the figures to date up to each column, at column `at` (the last one unless given).

    `to_date` f8[n,s], NaN where there is none; `of` ?[n,s] are the columns that count (a quarterly row repeats its
    figure in between, and those are not measurements). NaN until there are two figures.
    """
    known = ~np.isnan(to_date)
    if of is not None:
        known &= of
    columns = to_date.shape[1]
    x = np.arange(columns) - (columns - 1 if at is None else at)
    value = np.where(known, to_date, 0.0)
    n, sx, sxx = totals(known, np.float64), totals(known * x), totals(known * (x * x))
    sy, sxy = totals(value), totals(value * x)
    spread = n * sxx - sx * sx
    spread[n < 2] = np.nan  # one figure makes no line
    line: Floats = (sy * sxx - sx * sxy) / spread
    return line
