"""The scheme `nation` in plain Python, one indicator after another: what the rules cost without any arrays.

Detail only, kept in memory, of the first `most` indicators: ranks and roll-ups would add to it.
"""

from bisect import bisect_right
from math import floor
from pathlib import Path
from typing import Any

import polars as pl


def evaluate(source: Path, most: int) -> int:
    """How many months were evaluated."""
    ind = pl.read_parquet(source / "ind.parquet").head(most)
    chosen = pl.col("ind") <= int(ind["ind"][-1])
    programme: dict[int, list[tuple[int, float | None, float | None]]] = {}
    for one, period, num, den in pl.scan_parquet(source / "sch.parquet").filter(chosen).collect().iter_rows():
        programme.setdefault(one, []).append((period, num, den))
    observed = {
        (one, period): (num, den)
        for one, period, num, den in pl.scan_parquet(source / "obs.parquet").filter(chosen).collect().iter_rows()
    }
    versions: dict[int, list[tuple[Any, ...]]] = {}
    for rset, *version in pl.read_parquet(source / "thr.parquet").sort("since").iter_rows():
        versions.setdefault(rset, []).append(tuple(version))
    return sum(
        len(_indicator(row, programme[row["ind"]], observed, versions[row["rset"]]))
        for row in ind.iter_rows(named=True)
    )


def _indicator(
    row: dict[str, Any],
    months: list[tuple[int, float | None, float | None]],
    observed: dict[tuple[int, int], tuple[float | None, float | None]],
    versions: list[tuple[Any, ...]],
) -> list[tuple[Any, ...]]:
    found, streak, year = [], 0, -1
    since = [version[0] for version in versions]
    pnum = pden = num = den = n = sx = sy = sxx = sxy = 0.0
    seen, level = 0, None
    for period, planned, planned_den in months:
        if period // 12 != year:
            year = period // 12
            pnum = pden = num = den = n = sx = sy = sxx = sxy = 0.0
            seen, level = 0, None
        m = period % 12 + 1
        pnum, pden = pnum + (planned or 0.0), pden + (planned_den or 0.0)
        value, value_den = observed.get((row["ind"], period), (None, None))
        if value is not None:
            seen, num, level = seen + 1, num + value, value
        den += value_den or 0.0
        prog = (pnum, planned, pnum / m, _over(row["k"] * pnum, pden))[row["mode"]]
        act = (num, level, num / seen, _over(row["k"] * num, den))[row["mode"]] if seen else None
        pct = _percentage(row, prog, act)
        light = grade = 0
        if pct is not None:
            _, green, yellow, c1, c2, c3 = versions[bisect_right(since, period) - 1]
            light = 3 if pct >= green else 2 if pct >= yellow else 1
            grade = 4 if pct >= c3 else 3 if pct >= c2 else 2 if pct >= c1 else 1
        streak = streak + 1 if light == 1 else 0
        proj = None
        if act is not None:
            n, sx, sy, sxx, sxy = n + 1, sx + m, sy + act, sxx + m * m, sxy + m * act
        if n >= 2:
            slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
            proj = sy / n + slope * (12 - sx / n)
        gap = None if act is None or prog is None else act - prog
        found.append((row["ind"], period, prog, act, pct, light, grade, gap, streak, proj, value is None))
    return found


def _over(above: float, below: float) -> float | None:
    return above / below if below else None


def _percentage(row: dict[str, Any], prog: float | None, act: float | None) -> float | None:
    if act is None:
        return None
    if row["direction"] == 2:
        far = max(row["lo"] - act, act - row["hi"], 0.0)
        part = _over(far, row["hi"] - row["lo"])
        ratio = None if part is None else 1 - part
    elif prog is None:
        return None
    elif row["direction"] == 0:
        ratio = _over(act, prog)
    elif row["base"] > prog:
        ratio = (row["base"] - act) / (row["base"] - prog)
    else:
        ratio = _over(prog, act)
    return None if ratio is None else min(max(floor(ratio * 100 * 1e8 + 0.5) / 1e8, 0.0), 200.0)
