"""A synthetic nation, seeded: what the engine is measured on, and the floor it is measured against.

A sixtieth of the indicators share an area and a fortieth a plan element; about 13 % of the months have no observation.
The layout is that of docs/formats/columnas.md.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

FIRST_YEAR, SEED, RULE_SETS = 2023, 7, 12
ROW_GROUP = 250_000
SCALES = (10.0, 100.0, 1000.0)


@dataclass(frozen=True, slots=True)
class Size:
    indicators: int
    years: int = 3

    @property
    def months(self) -> int:
        return self.years * 12

    @property
    def rows(self) -> int:
        return self.indicators * self.months


def make(folder: Path, size: Size, seed: int = SEED) -> None:
    """Writes ind, sch, obs, thr, area and elem."""
    chance = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    areas, elements = max(4, size.indicators // 60), max(4, size.indicators // 40)
    indicators, scale = _indicators(chance, size.indicators, areas, elements)
    pl.DataFrame(indicators).write_parquet(folder / "ind.parquet")
    _months(chance, folder, size, scale, indicators["mode"] == 3)
    _versions().write_parquet(folder / "thr.parquet")
    _tree(areas, 6).write_parquet(folder / "area.parquet")
    _tree(elements, 5).write_parquet(folder / "elem.parquet")


def floor(folder: Path, out: Path) -> None:
    """Reads the inputs and writes a file with the shape of the results: no rule at all."""
    out.mkdir(parents=True, exist_ok=True)
    programme = pl.read_parquet(folder / "sch.parquet")
    pl.read_parquet(folder / "obs.parquet")
    pnum = pl.col("pnum")
    programme.select(
        "ind",
        "period",
        prog=pnum,
        act=pnum * 0.97,
        pct=pnum * 0.013,
        light=(pnum % 4).cast(pl.Int8),
        cls=(pnum % 5).cast(pl.Int8),
        gap=pnum * 0.1,
        streak=(pnum % 7).cast(pl.Int16),
        proj=pnum * 0.3,
        overdue=(pnum % 2).cast(pl.Int8),
        rnk=(pnum % 60).cast(pl.Int32),
    ).write_parquet(out / "floor.parquet", compression="snappy")


def _indicators(
    chance: np.random.Generator, n: int, areas: int, elements: int
) -> tuple[dict[str, NDArray[Any]], NDArray[np.float64]]:
    mode = chance.integers(0, 4, n).astype(np.int8)
    direction = chance.choice([0, 0, 0, 1, 1, 2], n).astype(np.int8)
    scale = chance.choice(SCALES, n)
    ratio = mode == 3
    element = chance.integers(0, elements, n).astype(np.int32)
    base = np.where(ratio, 80.0, scale * chance.uniform(0.8, 3, n))
    columns = {
        "ind": np.arange(1, n + 1, dtype=np.int64),
        "area": (np.arange(n) * areas // n).astype(np.int32),
        "elem": element,
        "direction": direction,
        "mode": mode,
        "k": np.where(ratio, 100.0, 1.0),
        "base": base,
        "lo": np.where(ratio, 40.0, scale * 0.8),
        "hi": np.where(ratio, 60.0, scale * 1.2),
        "weight": chance.choice([1.0, 2.0, 0.5], n),
        "rset": chance.integers(0, RULE_SETS, n).astype(np.int32),
    }
    return columns, scale


def _months(
    chance: np.random.Generator, folder: Path, size: Size, scale: NDArray[np.float64], ratio: NDArray[np.bool_]
) -> None:
    first, months, rows = FIRST_YEAR * 12, size.months, size.rows
    who = np.repeat(np.arange(1, size.indicators + 1, dtype=np.int64), months)
    when = np.tile(np.arange(first, first + months, dtype=np.int32), size.indicators)
    with_den = np.repeat(ratio, months)

    def below(above: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(with_den, np.round(above * chance.uniform(1.5, 2.5, rows), 2), np.nan)

    planned = np.round(np.repeat(scale, months) * chance.uniform(0.5, 1.5, rows), 2)
    planned[chance.random(rows) < 0.01] = 0
    programme = pl.DataFrame({"ind": who, "period": when, "pnum": planned, "pden": below(planned)})
    programme.with_columns(pl.col("pden").fill_nan(None)).write_parquet(
        folder / "sch.parquet", row_group_size=ROW_GROUP
    )
    done = np.round(planned * chance.normal(0.95, 0.25, rows).clip(0, None), 2)
    done_den = below(done)
    kept = (chance.random(rows) > 0.05) & (when <= first + months - 4)
    lost = chance.random(rows) < 0.01
    done, done_den = np.where(lost, np.nan, done), np.where(lost, np.nan, done_den)
    observed = pl.DataFrame({"ind": who, "period": when, "num": done, "den": done_den}).filter(kept)
    observed.with_columns(pl.col("num", "den").fill_nan(None)).write_parquet(
        folder / "obs.parquet", row_group_size=ROW_GROUP
    )


def _versions() -> pl.DataFrame:
    first = FIRST_YEAR * 12
    rows = [
        (rset, since, 95.0 - j - rset / 4, 75.0 - 2 * j, 60.0 + j, 80.0 + j, 95.0 + j)
        for rset in range(RULE_SETS)
        for j, since in enumerate([first - 12, first + 5, first + 14][: 1 + rset % 3])
    ]
    names = {"rset": pl.Int32, "since": pl.Int32} | dict.fromkeys(("green", "yellow", "c1", "c2", "c3"), pl.Float64)
    return pl.DataFrame(rows, schema=names, orient="row")


def _tree(leaves: int, width: int) -> pl.DataFrame:
    leaf = np.arange(leaves, dtype=np.int32)
    return pl.DataFrame({"leaf": leaf, "l3": leaf // width, "l2": leaf // width**2, "l1": leaf // width**3})
