"""Rows of one kind together, so that each formula is written for one kind and runs without masks."""

from collections.abc import Iterator

import numpy as np

from rumbo.core.engine.block import Rows, Small


def kinds(codes: Small) -> Iterator[tuple[int, Rows]]:
    """Each code present with the rows that have it; all rows as a slice when there is only one."""
    first = int(codes[0]) if len(codes) else 0
    if len(codes) == 1 or (codes == first).all():
        yield first, slice(None)
        return
    for code in np.flatnonzero(np.bincount(codes)).tolist():
        yield code, np.flatnonzero(codes == code)
