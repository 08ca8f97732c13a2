"""The scheme `nation` as long rows and windows in Polars: a competitor, and the judge of ours in the tests.

Written from docs/formats/columnas.md and from nothing of the engine: a row per indicator and month, a window per rule.
"""

from pathlib import Path

import polars as pl

BY_YEAR = ("ind", "year")
DETAIL = ("ind", "period", "prog", "act", "pct", "light", "cls", "gap", "streak", "proj", "overdue", "rnk")


def evaluate(source: Path, out: Path) -> None:
    """Writes out/detail/0.parquet and out/rollup.parquet."""
    (out / "detail").mkdir(parents=True, exist_ok=True)
    rows = detail(source)
    rows.select(DETAIL).write_parquet(out / "detail" / "0.parquet", compression="snappy")
    rollups(source, rows).write_parquet(out / "rollup.parquet", compression="snappy")


def detail(source: Path) -> pl.DataFrame:
    """Every result, with `area`, `elem` and `weight` beside, ordered by indicator and period."""
    ind, sch, obs, thr = (pl.read_parquet(source / f"{name}.parquet") for name in ("ind", "sch", "obs", "thr"))
    last = sch["period"].max()
    rows = sch.join(obs, on=["ind", "period"], how="left").join(ind, on="ind")
    rows = rows.sort("period").join_asof(
        thr.sort("since"), left_on="period", right_on="since", by="rset", check_sortedness=False
    )
    rows = rows.sort("ind", "period").with_columns(year=pl.col("period") // 12, m=pl.col("period") % 12 + 1)
    rows = _to_date(rows).with_columns(pct=_percentage(), gap=pl.col("act") - pl.col("prog"))
    rows = rows.with_columns(_light(), _grade())
    rows = rows.with_columns(proj=_projection())
    rows = rows.with_columns(_run=(pl.col("light") != 1).cast(pl.Int32).cum_sum().over("ind"))
    return rows.with_columns(
        streak=(pl.col("light") == 1).cast(pl.Int16).cum_sum().over("ind", "_run").cast(pl.Int16),
        overdue=(pl.col("num").is_null() & (pl.col("period") < last - 2)).cast(pl.Int8),
        rnk=pl.col("pct").rank("min", descending=True).over("area", "period").cast(pl.Int32),
    )


def _none(value: pl.Expr) -> pl.Expr:
    return pl.when(value.is_finite()).then(value)


def _sum(name: str) -> pl.Expr:
    return pl.col(name).fill_null(0.0).cum_sum().over(BY_YEAR)


def _to_date(rows: pl.DataFrame) -> pl.DataFrame:
    mode, k = pl.col("mode"), pl.col("k")
    seen = pl.col("num").is_not_null().cast(pl.Int32).cum_sum().over(BY_YEAR)
    programmed = (
        pl.when(mode == 0).then(_sum("pnum"))
        .when(mode == 1).then(pl.col("pnum"))
        .when(mode == 2).then(_sum("pnum") / pl.col("m"))
        .otherwise(k * _sum("pnum") / _sum("pden"))
    )  # fmt: skip
    done = (
        pl.when(mode == 0).then(_sum("num"))
        .when(mode == 1).then(pl.col("num").forward_fill().over(BY_YEAR))
        .when(mode == 2).then(_sum("num") / seen)
        .otherwise(k * _sum("num") / _sum("den"))
    )  # fmt: skip
    return rows.with_columns(prog=_none(programmed), act=pl.when(seen > 0).then(_none(done)))


def _percentage() -> pl.Expr:
    prog, act, base = pl.col("prog"), pl.col("act"), pl.col("base")
    low, high = pl.col("lo"), pl.col("hi")
    far = pl.max_horizontal(low - act, act - high, pl.lit(0.0))
    ratio = (
        pl.when(pl.col("direction") == 0).then(act / prog)
        .when((pl.col("direction") == 1) & (base > prog)).then((base - act) / (base - prog))
        .when(pl.col("direction") == 1).then(prog / act)
        .when(act.is_not_null()).then(1 - far / (high - low))
    )  # fmt: skip
    return _none((ratio * 100 * 1e8 + 0.5).floor() / 1e8).clip(0.0, 200.0)


def _light() -> pl.Expr:
    pct = pl.col("pct")
    light = pl.when(pct.is_null()).then(0).when(pct >= pl.col("green")).then(3).when(pct >= pl.col("yellow")).then(2)
    return light.otherwise(1).cast(pl.Int8).alias("light")


def _grade() -> pl.Expr:
    pct = pl.col("pct")
    grade = pl.when(pct.is_null()).then(0).when(pct >= pl.col("c3")).then(4).when(pct >= pl.col("c2")).then(3)
    return grade.when(pct >= pl.col("c1")).then(2).otherwise(1).cast(pl.Int8).alias("cls")


def _projection() -> pl.Expr:
    act = pl.col("act")
    m = pl.when(act.is_not_null()).then(pl.col("m").cast(pl.Float64))

    def total(value: pl.Expr) -> pl.Expr:
        return value.fill_null(0.0).cum_sum().over(BY_YEAR)

    n, sx, sy = total(m * 0 + 1), total(m), total(act)
    sxx, sxy = total(m * m), total(m * act)
    slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
    return pl.when(n >= 2).then(_none(sy / n + slope * (12 - sx / n)))


def rollups(source: Path, rows: pl.DataFrame) -> pl.DataFrame:
    """Every node with indicators, of each level of both trees, and period."""
    pieces = []
    for tree in ("area", "elem"):
        above = pl.read_parquet(source / f"{tree}.parquet")
        for level, name in enumerate(("l1", "l2", "l3", "leaf"), start=1):
            known = above.select(pl.col("leaf").alias(tree), pl.col(name).alias("node"))
            pieces.append(_nodes(rows.join(known, on=tree), tree, level))
    return pl.concat(pieces, how="vertical_relaxed")


def _nodes(rows: pl.DataFrame, tree: str, level: int) -> pl.DataFrame:
    weight = pl.col("weight").filter(pl.col("pct").is_not_null())
    counted = {f"l{light}": (pl.col("light") == light).sum() for light in (1, 2, 3)}
    counted |= {f"k{grade}": (pl.col("cls") == grade).sum() for grade in (1, 2, 3, 4)}
    found = rows.group_by("node", "period").agg(
        n=pl.len(), wpct=_none((pl.col("weight") * pl.col("pct")).sum() / weight.sum()), **counted
    )
    return found.select(pl.lit(tree).alias("tree"), pl.lit(level).alias("level"), pl.all())
