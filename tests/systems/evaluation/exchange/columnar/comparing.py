"""Two answers to the same nation, cell by cell."""

from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.engine import long_polars

DETAIL_KEYS, ROLLUP_KEYS = ["ind", "period"], ["tree", "level", "node", "period"]
CLOSE = 1e-9


def results(out: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Detail and roll-ups in the order of their keys."""
    detail = pl.read_parquet(out / "detail" / "*.parquet").sort(DETAIL_KEYS)
    return detail, pl.read_parquet(out / "rollup.parquet").sort(ROLLUP_KEYS)


def check_against_long_rows(source: Path, out: Path) -> None:
    """Every cell and node of `out` is that of the independent evaluator."""
    rows = long_polars.detail(source)
    detail, rollups = results(out)
    same(detail, rows.select(long_polars.DETAIL), DETAIL_KEYS)
    same(rollups, long_polars.rollups(source, rows), ROLLUP_KEYS)


def same(ours: pl.DataFrame, theirs: pl.DataFrame, keys: list[str]) -> None:
    """Codes, counts and blanks equal; figures to nine digits."""
    theirs = theirs.sort(keys).select(ours.columns)
    assert ours.height == theirs.height
    for name in ours.columns:
        left, right = ours[name], theirs[name]
        assert (left.is_null() == right.is_null()).all(), name
        if left.dtype.is_float():
            np.testing.assert_allclose(left.drop_nulls(), right.drop_nulls(), rtol=CLOSE, atol=CLOSE, err_msg=name)
        else:
            different = (left.cast(pl.String) != right.cast(pl.String)).sum()
            assert different == 0, name
