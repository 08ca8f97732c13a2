"""What cannot be evaluated is refused, with the file, the column, the row and what to do."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from rumbo.systems.evaluation.exchange.columnar.evaluating import evaluate_columnar
from rumbo.systems.evaluation.exchange.columnar.refusing import Unreadable
from tests.systems.evaluation.exchange.columnar.conftest import Source

FIRST = 2023 * 12
INF = float("inf")


def append(name: str, **values: float | None) -> Callable[[Source], None]:
    def change(source: Source) -> None:
        def longer(frame: pl.DataFrame) -> pl.DataFrame:
            changes = {key: pl.lit(value).cast(frame.schema[key]) for key, value in values.items()}
            return pl.concat([frame, frame.head(1).with_columns(**changes)])

        source.change(name, longer)

    return change


def put(name: str, column: str, row: int, value: float | None) -> Callable[[Source], None]:
    return lambda source: source.set(name, column, row, value)


def edit(name: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Callable[[Source], None]:
    return lambda source: source.change(name, change)


CASES = {
    "no file": (lambda source: (source.folder / "thr.parquet").unlink(), ["thr.parquet", "falta"]),
    "not Parquet": (lambda source: (source.folder / "ind.parquet").write_bytes(b"PAR1 no"), ["ind.parquet", "Parquet"]),
    "nothing in it": (lambda source: (source.folder / "sch.parquet").write_bytes(b""), ["sch.parquet", "Parquet"]),
    "cut": (
        lambda source: (source.folder / "sch.parquet").write_bytes((source.folder / "sch.parquet").read_bytes()[:-99]),
        ["sch.parquet", "incompleto"],
    ),
    "no rows": (edit("ind", lambda frame: frame.clear()), ["ind.parquet", "renglones"]),
    "no column": (edit("sch", lambda frame: frame.drop("pnum")), ["sch.parquet", "pnum", "period"]),
    "text for a number": (
        edit("obs", lambda frame: frame.with_columns(pl.col("num").cast(pl.String))),
        ["obs.parquet", "num", "String"],
    ),
    "figures for keys": (
        edit("sch", lambda frame: frame.with_columns(pl.col("ind").cast(pl.Float64))),
        ["sch.parquet", "ind", "Float64", "enteros"],
    ),
    "infinite": (put("obs", "num", 70, INF), ["obs.parquet", "renglón 71", "num", "infinito"]),
    "infinite programme": (put("sch", "pden", 70, -INF), ["sch.parquet", "renglón 71", "pden", "infinito"]),
    "infinite threshold": (put("thr", "green", 2, INF), ["thr.parquet", "renglón 3", "green"]),
    "blank key": (put("obs", "ind", 9, None), ["obs.parquet", "renglón 10", "ind", "vacía"]),
    "blank weight": (put("ind", "weight", 4, None), ["ind.parquet", "renglón 5", "weight", "vacía"]),
    "negative weight": (put("ind", "weight", 4, -1.0), ["ind.parquet", "renglón 5", "weight", "-1.0"]),
    "another direction": (put("ind", "direction", 3, 7), ["ind.parquet", "renglón 4", "direction", "7", "de 0 a 2"]),
    "another mode": (put("ind", "mode", 3, -1), ["ind.parquet", "renglón 4", "mode"]),
    "unknown area": (put("ind", "area", 6, 999), ["ind.parquet", "renglón 7", "area", "999", "area.parquet"]),
    "unknown element": (put("ind", "elem", 6, 999), ["ind.parquet", "renglón 7", "elem", "elem.parquet"]),
    "unknown rule set": (put("ind", "rset", 6, 999), ["ind.parquet", "renglón 7", "rset", "thr.parquet"]),
    "indicator twice": (append("ind", area=0), ["ind.parquet", "renglón 301", "ind 1"]),
    "leaf twice": (append("area", l1=0), ["area.parquet", "renglón 6", "leaf 0"]),
    "version twice": (append("thr", green=1.0), ["thr.parquet", "rset 0"]),
    "observed twice": (append("obs", num=1.0), ["obs.parquet", "ind 1", "period"]),
    "unknown indicator observed": (append("obs", ind=4444), ["obs.parquet", "4444", "ind.parquet"]),
    "unknown indicator programmed": (append("sch", ind=4444), ["sch.parquet", "4444", "ind.parquet"]),
    "observed too early": (append("obs", ind=300, period=FIRST - 1), ["obs.parquet", "period", str(FIRST - 1)]),
    "programmed twice": (append("sch", pnum=1.0), ["sch.parquet", "ind 1"]),
    "a month not programmed": (
        edit("sch", lambda frame: frame.filter(~((pl.col("ind") == 70) & (pl.col("period") == FIRST + 4)))),
        ["sch.parquet", "indicador 70", "2023-05", "2024-12"],
    ),
    "centuries": (append("sch", ind=300, period=30_000), ["sch.parquet", "period"]),
    "no version yet": (
        edit("thr", lambda frame: frame.with_columns(pl.col("since") + 24)),
        ["thr.parquet", "2024-01", "2023-01"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_says_where_and_leaves_no_results(source: Source, tmp_path: Path, name: str) -> None:
    spoil, expected = CASES[name]
    spoil(source)
    with pytest.raises(Unreadable) as refusal:
        evaluate_columnar(source.folder, tmp_path / "out")
    said = str(refusal.value)
    assert [word for word in expected if word not in said] == [], said
    assert not list(tmp_path.glob("out/**/*.parquet"))


def test_the_row_is_told_in_its_own_file(source: Source, tmp_path: Path) -> None:
    table = source.table("obs")
    (source.folder / "obs.parquet").unlink()
    (source.folder / "obs").mkdir()
    table.head(500).write_parquet(source.folder / "obs" / "a.parquet")
    wrong = table.slice(500).with_columns(num=pl.when(pl.int_range(pl.len()) == 20).then(INF).otherwise("num"))
    wrong.write_parquet(source.folder / "obs" / "b.parquet")
    with pytest.raises(Unreadable, match=r"obs/b\.parquet», renglón 21, columna «num»"):
        evaluate_columnar(source.folder, tmp_path / "out")
