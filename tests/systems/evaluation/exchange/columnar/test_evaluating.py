"""A nation from Parquet to Parquet, against the same meaning written as long rows."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks.engine.nation import Size, make
from rumbo.systems.evaluation.exchange.columnar import evaluating
from rumbo.systems.evaluation.exchange.columnar.evaluating import evaluate_columnar
from rumbo.systems.evaluation.exchange.columnar.layout import DETAIL, ROLLUP
from tests.systems.evaluation.exchange.columnar.comparing import check_against_long_rows, results
from tests.systems.evaluation.exchange.columnar.conftest import Source


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several files of results, none of them with a round number of rows."""
    monkeypatch.setattr(evaluating, "GROUP", 130)


@pytest.mark.parametrize("seed", [1, 2])
def test_sixty_thousand_months_are_the_same_in_every_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(evaluating, "GROUP", 1_700)
    make(tmp_path / "in", Size(5_000, years=1), seed=seed)
    outcome = evaluate_columnar(tmp_path / "in", tmp_path / "out")
    assert (outcome.rows, outcome.files, outcome.kept) == (60_000, 3, 0)
    check_against_long_rows(tmp_path / "in", tmp_path / "out")


@pytest.mark.slow
def test_a_million_months_are_the_same_in_every_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "GROUP", 20_000)
    make(tmp_path / "in", Size(27_778), seed=3)
    evaluate_columnar(tmp_path / "in", tmp_path / "out")
    check_against_long_rows(tmp_path / "in", tmp_path / "out")


def test_results_have_exactly_the_published_columns(source: Source, tmp_path: Path) -> None:
    evaluate_columnar(source.folder, tmp_path / "out")
    detail, rollups = results(tmp_path / "out")
    assert dict(detail.schema) == DETAIL
    assert dict(rollups.schema) == ROLLUP
    files = sorted((tmp_path / "out").rglob("*"))
    names = {str(file.relative_to(tmp_path / "out")) for file in files if file.is_file()}
    assert names == {"manifest.json", "rollup.parquet", *(f"detail/{group:05d}.parquet" for group in range(3))}


def shuffled(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sample(fraction=1.0, shuffle=True, seed=5)


@pytest.mark.parametrize(
    "names", [("sch",), ("obs",), ("ind",), ("thr", "area", "elem"), ("ind", "sch", "obs", "thr", "area", "elem")]
)
def test_the_order_of_the_rows_does_not_matter(source: Source, tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        source.change(name, shuffled)
    evaluate_columnar(source.folder, tmp_path / "out")
    check_against_long_rows(source.folder, tmp_path / "out")
    assert not (tmp_path / "out" / ".scratch").exists()


def test_months_of_an_indicator_in_any_order_are_put_in_theirs(source: Source, tmp_path: Path) -> None:
    for name in ("sch", "obs"):
        source.change(name, lambda frame: frame.sort("ind", "period", descending=[False, True]))
    evaluate_columnar(source.folder, tmp_path / "out")
    check_against_long_rows(source.folder, tmp_path / "out")


def test_keys_with_holes_negative_or_large_are_found(source: Source, tmp_path: Path) -> None:
    far = (pl.col("ind") * 7_919 - 1_000_000).cast(pl.Int64) * 10**9
    for name in ("ind", "sch", "obs"):
        source.change(name, lambda frame: frame.with_columns(ind=far))
    source.change("area", lambda frame: frame.with_columns(leaf=pl.col("leaf").cast(pl.Int64) * -(10**10)))
    source.change("ind", lambda frame: frame.with_columns(area=pl.col("area").cast(pl.Int64) * -(10**10)))
    evaluate_columnar(source.folder, tmp_path / "out")
    check_against_long_rows(source.folder, tmp_path / "out")


def test_a_table_in_several_files_is_one_table(source: Source, tmp_path: Path) -> None:
    whole = tmp_path / "entera"
    evaluate_columnar(source.folder, whole)
    for name in ("sch", "obs"):
        table = source.table(name)
        (source.folder / name).mkdir()
        for part, start in enumerate(range(0, table.height, 1_111)):
            table.slice(start, 1_111).write_parquet(source.folder / name / f"{part:03d}.parquet")
        (source.folder / f"{name}.parquet").unlink()
    evaluate_columnar(source.folder, tmp_path / "out")
    for ours, theirs in zip(results(tmp_path / "out"), results(whole), strict=True):
        assert ours.equals(theirs)


def test_columns_that_nobody_needs_may_be_absent_and_types_may_be_wider(source: Source, tmp_path: Path) -> None:
    source.change("ind", lambda frame: frame.with_columns(mode=pl.col("mode") % 3, direction=pl.lit(0)))
    source.change("ind", lambda frame: frame.with_columns(k=pl.lit(1.0), weight=pl.lit(1.0)))
    source.change("obs", lambda frame: frame.with_columns(pl.col("period").cast(pl.UInt16)))
    whole = tmp_path / "entera"
    evaluate_columnar(source.folder, whole)
    source.change("ind", lambda frame: frame.drop("k", "base", "lo", "hi", "weight"))
    source.change("sch", lambda frame: frame.drop("pden"))
    source.change("obs", lambda frame: frame.drop("den").with_columns(extra=pl.lit("se ignora")))
    evaluate_columnar(source.folder, tmp_path / "out")
    assert results(tmp_path / "out")[0].equals(results(whole)[0])


def test_nothing_observed_is_a_nation_too(source: Source, tmp_path: Path) -> None:
    source.change("obs", lambda frame: frame.clear())
    evaluate_columnar(source.folder, tmp_path / "out")
    detail, rollups = results(tmp_path / "out")
    assert detail["act"].null_count() == detail.height
    assert detail["rnk"].null_count() == detail.height
    assert rollups["wpct"].null_count() == rollups.height
    assert rollups.filter(level=1, tree="area")["n"].unique().to_list() == [300]


def test_an_area_larger_than_a_group_is_not_split(source: Source, tmp_path: Path) -> None:
    source.change("ind", lambda frame: frame.with_columns(area=pl.when(pl.col("ind") > 40).then(2).otherwise(1)))
    outcome = evaluate_columnar(source.folder, tmp_path / "out")
    assert outcome.files == 2
    check_against_long_rows(source.folder, tmp_path / "out")


def test_progress_goes_from_the_first_group_to_the_last(source: Source, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    evaluate_columnar(source.folder, tmp_path / "out", lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_memory_does_not_follow_the_size_of_the_nation(tmp_path: Path) -> None:
    """Twenty times the months of one group take less than twice its memory."""
    peaks = []
    for n in (20_000, 100_000):
        make(tmp_path / str(n), Size(n, years=1))
        code = (
            "import resource, sys, pathlib\n"
            "from rumbo.systems.evaluation.exchange.columnar.evaluating import evaluate_columnar\n"
            "evaluate_columnar(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        )
        words = [sys.executable, "-c", code, str(tmp_path / str(n)), str(tmp_path / f"out-{n}")]
        peaks.append(int(subprocess.run(words, check=True, capture_output=True, text=True).stdout))
    assert peaks[1] < peaks[0] * 1.6


def test_the_web_server_does_not_load_polars() -> None:
    """Loading it before a server forks can stop its children for ever."""
    code = (
        "import os, sys; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'rumbo.shell.settings')\n"
        "import rumbo.shell.wsgi; from django.urls import get_resolver; get_resolver().url_patterns\n"
        "from rumbo.shell.command.tree import parser; parser()\n"
        "print('polars' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "False"


def test_files_are_evaluated_without_loading_the_tables(tmp_path: Path) -> None:
    """Half of the start was the application, which a command of files alone never looks at."""
    code = (
        "import sys; from rumbo.shell.command import main\n"
        "try: main()\n"
        "finally: print('django.db.models' in sys.modules, 'polars' in sys.modules)"
    )
    words = ["evaluate", "--columnar", str(tmp_path), "--out", str(tmp_path / "out")]
    said = subprocess.run([sys.executable, "-c", code, *words], check=False, capture_output=True, text=True)
    assert said.stdout.strip() == "False True"
    assert "falta area.parquet" in said.stderr
    assert said.returncode == 2


def test_places_find_what_is_there_and_say_the_first_that_is_not() -> None:
    from rumbo.systems.evaluation.exchange.columnar.nation import Places

    places = Places.of(np.array([30, 10, 20]))
    assert places.find(np.array([10, 10, 30]))[0].tolist() == [1, 1, 0]
    assert places.find(np.array([10, 11, 12]))[1] == 1
    assert Places.of(np.array([5, 6, 7])).find(np.array([7, 8]))[1] == 1
