"""The years of an institution as columns, and what an evaluation of many makes of them."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rumbo.core.engine import Block, Scheme, evaluate
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.foundation.organization.models import Institution
from rumbo.shell.command import run
from rumbo.systems.evaluation.exchange.columnar.evaluating import evaluate_columnar
from rumbo.systems.evaluation.exchange.columnar.exporting import (
    MODES,
    NothingToExport,
    as_ratios,
    export_columnar,
    key_of,
)
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.models import Result as Stored
from tests.systems.evaluation.conftest import FEBRUARY
from tests.systems.evaluation.exchange.columnar.comparing import check_against_long_rows, results

pytestmark = pytest.mark.django_db


def whole(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / name / "*.parquet")


def test_a_year_without_programme_is_refused(
    institution: Institution, first_quarter: list[Closing], tmp_path: Path
) -> None:
    with pytest.raises(NothingToExport, match="de 2019 a 2020"):
        export_columnar(institution, 2019, 2020, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_last_month_closed_gives_the_figures_that_were_sealed(
    institution: Institution, first_quarter: list[Closing], tmp_path: Path
) -> None:
    told = export_columnar(institution, 2026, 2026, tmp_path / "in")
    assert (told.institution, told.months) == ("prueba", 12)
    evaluate_columnar(tmp_path / "in", tmp_path / "out")
    detail, rollups = results(tmp_path / "out")
    beside = whole(tmp_path / "in", "ind").select("ind", "code")
    rows = detail.filter(period=FEBRUARY.index).join(beside, on="ind")
    sealed = {
        row.indicator.code: row for row in Stored.objects.filter(closing=first_quarter[1]).select_related("indicator")
    }
    assert {"M001", "M002", "M003"} <= set(sealed)
    compared = 0
    for row in rows.iter_rows(named=True):
        stored = sealed[row["code"]]
        if stored.actual_to_date is not None and row["act"] is not None:
            assert row["act"] == pytest.approx(stored.actual_to_date)
            compared += 1
        # before a quarter's first slot there is nothing to compare with; here a sum of nothing is 0
        assert row["prog"] == pytest.approx(stored.programmed_to_date or 0.0)
    assert compared >= 2
    top = rollups.filter(tree="area", level=1, period=FEBRUARY.index)
    assert top["node"].to_list() == [key_of(institution.ref)]
    assert top["n"].to_list() == [told.indicators]


def test_only_what_was_validated_leaves(institution: Institution, first_quarter: list[Closing], tmp_path: Path) -> None:
    export_columnar(institution, 2026, 2026, tmp_path / "in")
    told = whole(tmp_path / "in", "obs")
    assert told["period"].max() == FEBRUARY.index + 1
    assert told.schema["ind"] == pl.Int64()
    programme = whole(tmp_path / "in", "sch")
    assert programme.height == 12 * whole(tmp_path / "in", "ind").height


def test_keys_are_the_same_in_every_export_and_years_may_be_more(
    institution: Institution, first_quarter: list[Closing], tmp_path: Path
) -> None:
    export_columnar(institution, 2026, 2026, tmp_path / "one")
    export_columnar(institution, 2025, 2027, tmp_path / "three")
    keys = [
        whole(tmp_path / name, "ind").select("ind", "area", "elem", "code").sort("ind") for name in ("one", "three")
    ]
    assert keys[0].equals(keys[1])
    assert whole(tmp_path / "three", "sch")["period"].unique().sort().to_list() == list(
        range(Period(2025, 1).index, Period(2027, 12).index + 1)
    )
    evaluate_columnar(tmp_path / "three", tmp_path / "out")


def test_the_folders_of_two_installations_are_joined_by_copying(
    institution: Institution, first_quarter: list[Closing], tmp_path: Path
) -> None:
    export_columnar(institution, 2026, 2026, tmp_path / "in")
    other = tmp_path / "other"
    for name in ("ind", "sch", "obs", "thr", "area", "elem"):
        frame = whole(tmp_path / "in", name)
        keys = [
            column for column in ("ind", "area", "elem", "rset", "leaf", "l3", "l2", "l1") if column in frame.columns
        ]
        (other / name).mkdir(parents=True)
        frame.with_columns(pl.col(keys) // 2).write_parquet(tmp_path / "in" / name / "otra.parquet")
    outcome = evaluate_columnar(tmp_path / "in", tmp_path / "out")
    joined = tmp_path / "joined"
    joined.mkdir()
    for name in ("ind", "sch", "obs", "thr", "area", "elem"):
        whole(tmp_path / "in", name).write_parquet(joined / f"{name}.parquet")
    assert outcome.indicators == whole(tmp_path / "in", "ind").height
    check_against_long_rows(joined, tmp_path / "out")
    assert results(tmp_path / "out")[1].filter(tree="area", level=1)["node"].n_unique() == 2


def test_the_command_exports_and_evaluates(
    institution: Institution, first_quarter: list[Closing], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "columnar", "--institution", "prueba", "--out", str(tmp_path / "in")]) == 0
    assert run(["evaluate", "--columnar", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    assert "indicadores por 12 meses" in capsys.readouterr().out
    assert run(["evaluate", "--columnar", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--json"]) == 0
    assert '"kept": 1' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["evaluate", "--columnar", "in"], "--out"),
        (["evaluate", "--out", "in"], "--columnar"),
        (["evaluate", "--columnar", "in", "--out", "x", "--institution", "prueba"], "--institution"),
        (["evaluate", "--institution", "prueba"], "--period"),
        (["export", "results", "--out", "x"], "--institution, --period"),
        (
            [
                "export",
                "columnar",
                "--institution",
                "prueba",
                "--first-year",
                "2027",
                "--last-year",
                "2026",
                "--out",
                "x",
            ],
            "año",
        ),
        (["evaluate", "--columnar", "/no-existe", "--out", "x"], "falta area.parquet"),
    ],
)
def test_words_that_lack_or_contradict_are_refused(
    institution: Institution,
    first_quarter: list[Closing],
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(words) == 2
    assert said in capsys.readouterr().err


def test_every_way_to_accumulate_has_its_place() -> None:
    assert set(MODES) == set(Accumulation)
    assert set(MODES.values()) == {0, 1, 2, 3}


@pytest.mark.parametrize("way", [Accumulation.RATIO, Accumulation.RATE])
def test_what_accumulates_by_parts_keeps_its_figures_as_a_ratio(way: Accumulation) -> None:
    chance = np.random.default_rng(3)
    cells = {name: chance.uniform(1, 9, (1, 6)) for name in ("programmed", "programmed_den", "actual", "actual_den")}
    theirs = evaluate(Block(direction=0, accumulation=way, factor=100.0, **cells), Scheme())
    ours = {
        name: values.cumsum(axis=1) for name, values in as_ratios(cells, np.array([way]), np.array([100.0])).items()
    }
    np.testing.assert_allclose(100 * ours["actual"] / ours["actual_den"], theirs.actual_to_date)
    np.testing.assert_allclose(100 * ours["programmed"] / ours["programmed_den"], theirs.programmed_to_date)
    level = cells | {"programmed": np.full((1, 6), 95.0), "programmed_den": np.full((1, 6), np.nan)}
    told = as_ratios(level, np.array([way]), np.array([100.0]))
    assert (100 * told["programmed"].cumsum() / told["programmed_den"].cumsum()).tolist() == [95.0] * 6
