"""The scheme `nation` as long rows and groups in pandas, as an analyst who knows it well would write it."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.engine.long_polars import DETAIL


def evaluate(source: Path, out: Path) -> None:
    """Writes out/detail/0.parquet and out/rollup.parquet."""
    import polars as pl

    (out / "detail").mkdir(parents=True, exist_ok=True)
    names = ("ind", "sch", "obs", "thr", "area", "elem")
    tables = {name: _frame(pl.read_parquet(source / f"{name}.parquet")) for name in names}
    rows = _detail(tables)
    pl.DataFrame({name: rows[name].to_numpy() for name in DETAIL}, nan_to_null=True).write_parquet(
        out / "detail" / "0.parquet", compression="snappy"
    )
    rolled = _rollups(tables, rows)
    pl.DataFrame({name: rolled[name].to_list() for name in rolled.columns}).write_parquet(out / "rollup.parquet")


def _frame(table: "pl.DataFrame") -> pd.DataFrame:  # type: ignore[name-defined]  # noqa: F821
    return pd.DataFrame({name: table[name].to_numpy() for name in table.columns})


def _detail(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    sch, thr = tables["sch"], tables["thr"]
    rows = sch.merge(tables["obs"], on=["ind", "period"], how="left").merge(tables["ind"], on="ind", how="left")
    rows["m"], rows["year"] = rows["period"] % 12 + 1, rows["period"] // 12
    by_year = [rows["ind"], rows["year"]]

    def total(values: pd.Series) -> pd.Series:
        return values.fillna(0.0).groupby(by_year, sort=False).cumsum()

    seen = rows["num"].notna().groupby(by_year, sort=False).cumsum()
    pnum, num = total(rows["pnum"]), total(rows["num"])
    mode = [rows["mode"] == code for code in range(4)]
    with np.errstate(all="ignore"):
        rows["prog"] = np.select(mode, [pnum, rows["pnum"], pnum / rows["m"], rows["k"] * pnum / total(rows["pden"])])
        level = rows["num"].groupby(by_year, sort=False).ffill()
        done = np.select(mode, [num, level, num / seen, rows["k"] * num / total(rows["den"])])
        rows["act"] = np.where(seen > 0, done, np.nan)
        for name in ("prog", "act"):
            rows[name] = rows[name].where(np.isfinite(rows[name]))
        rows["pct"] = _percentage(rows)
    rows["gap"] = rows["act"] - rows["prog"]
    order = rows[["rset", "period"]].reset_index().sort_values("period", kind="stable")
    found = pd.merge_asof(order, thr.sort_values("since"), left_on="period", right_on="since", by="rset")
    edges = found.set_index("index").loc[rows.index]
    has = rows["pct"].notna()
    rows["light"] = np.where(has, 1 + (rows["pct"] >= edges["yellow"]) + (rows["pct"] >= edges["green"]), 0)
    rows["cls"] = np.where(has, 1 + sum((rows["pct"] >= edges[name]).astype(int) for name in ("c1", "c2", "c3")), 0)
    red = rows["light"] == 1
    runs = (~red).groupby(rows["ind"], sort=False).cumsum()
    rows["streak"] = red.groupby([rows["ind"], runs], sort=False).cumsum()
    rows["proj"] = _projection(rows, total)
    rows["overdue"] = (rows["num"].isna() & (rows["period"] < rows["period"].max() - 2)).astype("int8")
    rows["rnk"] = rows.groupby(["area", "period"], sort=False)["pct"].rank(method="min", ascending=False)
    return rows.astype({"light": "int8", "cls": "int8", "streak": "int16"})


def _percentage(rows: pd.DataFrame) -> pd.Series:
    act, prog, base = rows["act"], rows["prog"], rows["base"]
    outside = np.maximum(np.maximum(rows["lo"] - act, act - rows["hi"]), 0.0)
    from_base = (base - act) / (base - prog)
    ratio = np.select(
        [rows["direction"] == 0, (rows["direction"] == 1) & (base > prog), rows["direction"] == 1],
        [act / prog, from_base, prog / act],
        1 - outside / (rows["hi"] - rows["lo"]),
    )
    pct = pd.Series(np.floor(ratio * 100 * 1e8 + 0.5) / 1e8, index=rows.index)
    return pct.where(np.isfinite(pct)).clip(0.0, 200.0)


def _projection(rows: pd.DataFrame, total) -> pd.Series:  # type: ignore[no-untyped-def]
    act, known = rows["act"], rows["act"].notna()
    m = rows["m"].where(known).astype(float)
    n, sx, sy, sxx, sxy = total(known.astype(float)), total(m), total(act), total(m * m), total(m * act)
    with np.errstate(all="ignore"):
        slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
        return (sy / n + slope * (12 - sx / n)).where(n >= 2)


def _rollups(tables: dict[str, pd.DataFrame], rows: pd.DataFrame) -> pd.DataFrame:
    rows["load"] = rows["weight"].where(rows["pct"].notna())
    rows["weighted"] = rows["load"] * rows["pct"]
    counts = {f"l{code}": rows["light"] == code for code in (1, 2, 3)}
    counts |= {f"k{code}": rows["cls"] == code for code in (1, 2, 3, 4)}
    rows = rows.assign(n=1, **counts)
    summed = ["n", "weighted", "load", *counts]
    pieces = []
    for tree in ("area", "elem"):
        leaves = rows.groupby([tree, "period"])[summed].sum().reset_index()
        above = leaves.merge(tables[tree], left_on=tree, right_on="leaf")
        for level, name in enumerate(("l1", "l2", "l3", "leaf"), start=1):
            # two columns of the counts are called like two levels of the tree
            node = f"{name}_y" if f"{name}_y" in above else name
            renamed = above.rename(columns={f"{one}_x": one for one in counts})
            found = renamed.groupby([node, "period"])[summed].sum().reset_index().rename(columns={node: "node"})
            found["wpct"] = found["weighted"] / found["load"].where(found["load"] != 0)
            pieces.append(found.assign(tree=tree, level=level).drop(columns=["weighted", "load"]))
    return pd.concat(pieces)
