"""How the real transport series accumulate, and the tables made from them."""

from decimal import Decimal
from pathlib import Path

import pytest

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.shell.demonstration import transport, transport_tables
from rumbo.shell.demonstration.dataset import read_rows
from rumbo.shell.demonstration.transport import Month

FOLDER = Path(__file__).parents[3] / "demo-data" / "transporte"
SERIES = transport.read_series(FOLDER / "source")
MODES = {code: transport.find_mode(series).mode for code, series in SERIES.items()}


def series(monthly: list[str], to_date: list[str]) -> dict[tuple[int, int], Month]:
    return {
        (2010, month): Month(None, transport.number(published), None, transport.number(value))
        for month, (value, published) in enumerate(zip(monthly, to_date, strict=True), start=1)
    }


def test_what_is_not_a_number_is_refused():
    with pytest.raises(ValueError, match="no es un número"):
        transport.number("n/d")


def test_thousands_commas_are_read_and_a_blank_is_none():
    assert transport.number("9,528,068.00") == Decimal("9528068")
    assert transport.number(" ") is None


@pytest.mark.parametrize(
    ("to_date", "mode"),
    [
        (["10.0", "22.0", "36.0", "45.0"], Accumulation.SUM),
        (["10.0", "11.0", "12.0", "11.3"], Accumulation.AVERAGE),
        (["10.0", "12.0", "14.0", "9.0"], Accumulation.LAST),
        (["10.0", "15.0", "31.0", "70.0"], None),
    ],
)
def test_each_mode_is_found_by_what_it_publishes(to_date, mode):
    assert transport.find_mode(series(["10.0", "12.0", "14.0", "9.0"], to_date)).mode is mode


def test_a_series_with_holes_is_compared_only_where_it_can_be():
    finding = transport.find_mode(series(["10", "12", "", "9"], ["10", "22", "30", "39"]))
    assert finding.fits[Accumulation.SUM] == transport.Fit(1, 1)


def test_a_series_without_figures_has_no_mode():
    assert transport.find_mode(series(["", ""], ["", ""])).mode is None


def test_a_sum_may_differ_by_its_rounding_and_no_more():
    rounded = transport.find_mode(series(["1.4", "1.4", "1.4"], ["1.4", "2.9", "4.4"]))
    assert rounded.mode is Accumulation.SUM
    wrong = transport.find_mode(series(["1.4", "1.4", "1.4"], ["1.4", "3.0", "4.5"]))
    assert wrong.mode is not Accumulation.SUM


def test_ridership_and_traffic_add_while_punctuality_averages():
    added = {code for code, mode in MODES.items() if mode is Accumulation.SUM}
    assert added == {"166916", "204143", "204243", "20537", "55512", "80231", "374955", "374957"}
    assert MODES["55526"] is Accumulation.AVERAGE


def test_forty_six_series_fit_and_thirteen_are_listed_with_their_reason():
    excluded = read_rows(FOLDER / "excluded.csv")
    assert {row["code"] for row in excluded} == {code for code, mode in MODES.items() if mode is None}
    assert (len(MODES) - len(excluded), len(excluded)) == (46, 13)
    assert all("meses" in row["reason"] for row in excluded)


@pytest.mark.parametrize("share", [0.67, 0.70, 0.80, 0.85])
def test_the_result_does_not_hang_on_the_share_required(share):
    assert sum(transport.find_mode(one).share >= share for one in SERIES.values()) == 46


def test_what_is_committed_is_what_the_source_gives():
    for name, rows in transport_tables.tables(FOLDER / "source").items():
        assert read_rows(FOLDER / name) == rows, name


def test_each_sheet_states_how_its_series_accumulates():
    goals = read_rows(FOLDER / "goals.csv")
    assert all(goal["definition"].startswith("Acumulación hallada: ") for goal in goals)
    assert {goal["code"] for goal in goals if goal["informative"] == "yes"} == {"374955", "374957"}


def test_what_only_informs_has_no_target_to_be_judged_by():
    programmed = {row["goal"] for row in read_rows(FOLDER / "targets.csv")}
    assert not {"374955", "374957"} & programmed
