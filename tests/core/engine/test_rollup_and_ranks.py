"""Roll-ups over any tree, coverage, «n of N», and places with ties."""

from typing import Any

import numpy as np
import pytest

from rumbo.core.engine import Rollup, Scheme, ancestry, listing, ranks, rollup
from rumbo.core.engine.places import Places, bits_for
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass as Grade

nan = float("nan")
PCT = np.array([120.0, 80.0, 50.0, nan, nan, nan])
YEAR = np.array([60.0, 40.0, 25.0, 10.0, 5.0, nan])
LIGHT = np.array([Light.GREEN, Light.AMBER, Light.RED, Light.NO_DATA, Light.NOT_SCHEDULED, Light.NOT_COMPUTABLE])
CLASS = np.array([Grade.GOOD, Grade.FAIR, Grade.POOR, Grade.NONE, Grade.NONE, Grade.NONE])
WEIGHT = np.array([2.0, 1.0, 1.0, 1.0, 1.0, 1.0])


def rolled(rows: Any, nodes: Any, n_nodes: int, scheme: Scheme | None = None) -> Rollup:
    return rollup(
        pct=PCT,
        year=YEAR,
        light=LIGHT,
        performance_class=CLASS,
        weight=WEIGHT,
        rows=rows,
        nodes=nodes,
        n_nodes=n_nodes,
        scheme=scheme or Scheme(),
    )


@pytest.mark.parametrize(("rows", "nodes"), [([0, 1], [0]), ([6], [0]), ([0], [1]), ([-1], [0])])
def test_pairs_that_point_nowhere_are_refused(rows: list[int], nodes: list[int]) -> None:
    with pytest.raises(ValueError, match="pair"):
        rolled(rows, nodes, 1)


@pytest.mark.requirement("A1-04")
def test_a_mean_is_weighted_capped_and_says_its_coverage() -> None:
    whole = rolled(range(6), [0] * 6, 1)
    assert whole.compliance[0] == 82.5  # (2·100 + 80 + 50) / 4: the 120 gives no more than 100
    assert whole.annual_progress[0] == 46.3  # half up of 46.25
    assert (whole.n[0], whole.counted[0], whole.expected[0]) == (6, 3, 4)
    assert whole.coverage[0] == 75.0
    assert (whole.achieved_or_good[0], whole.achieved_or_good_share[0]) == (1, 25.0)
    assert whole.lights[0].tolist() == [1, 1, 1, 1, 1, 1, 0]
    assert whole.classes[0].tolist() == [3, 1, 1, 1, 0]


def test_a_percentage_below_zero_is_nothing_in_a_mean() -> None:
    """A goal that goes back from its baseline; (0 + 60) ÷ 2, and of the year (0 + 40) ÷ 2."""
    light = np.array([Light.RED, Light.RED])
    found = rollup(
        pct=np.array([-25.0, 60.0]), year=np.array([-5.0, 40.0]), light=light, performance_class=light,
        weight=np.ones(2), rows=[0, 1], nodes=[0, 0], n_nodes=1, scheme=Scheme(),
    )  # fmt: skip
    assert (found.compliance[0], found.annual_progress[0]) == (30.0, 20.0)


def test_an_open_cap_lets_the_real_figure_in() -> None:
    assert rolled(range(6), [0] * 6, 1, Scheme(cap=None)).compliance[0] == 92.5


def test_a_node_without_rows_or_without_data_says_nothing() -> None:
    nodes = rolled([3, 4], [0, 1], 3)
    assert np.isnan(nodes.compliance).all()
    assert nodes.n.tolist() == [1, 1, 0]
    assert nodes.coverage[0] == 0
    assert np.isnan(nodes.coverage[1:]).all()


def test_one_call_serves_every_level_of_a_tree() -> None:
    parent = [-1, 0, 0, 1]  # institution ← two areas, the first with an office
    rows, nodes = ancestry(parent, [3, 1, 2, 2, -1, 0])
    tree = rolled(rows, nodes, 4)
    assert tree.n.tolist() == [5, 2, 2, 1]
    assert tree.compliance.tolist()[1:] == [93.3, 50.0, 100.0]


def test_a_tree_that_bites_its_tail_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^the tree has a cycle$"):
        ancestry([1, 0], [0])


def test_a_tree_without_rows_gives_no_pairs() -> None:
    assert [(len(part), part.dtype.name) for part in ancestry([-1], [])] == [(0, "int64"), (0, "int64")]
    small = ancestry(np.array([-1], dtype=np.int16), np.array([0], dtype=np.int8))
    assert [part.dtype.name for part in small] == ["int64", "int64"]


def test_ties_share_the_place_and_who_has_no_percentage_has_none() -> None:
    pct = np.array([90.0, nan, 120.5, 90.0, 70.0])
    assert ranks(pct).tolist() == [2, 0, 1, 2, 4]
    assert ranks(pct).dtype == "int32"


def test_places_are_counted_inside_each_group() -> None:
    pct = np.array([90.0, 80.0, nan, 95.0, 80.0])
    assert ranks(pct, within=[1, 0, 1, 1, 0]).tolist() == [2, 1, 0, 1, 1]


def test_each_column_is_ranked_alone() -> None:
    assert ranks(np.array([[1.0, 5.0], [2.0, nan]])).tolist() == [[2, 1], [1, 0]]


@pytest.mark.requirement("A1-22")
def test_a_list_goes_from_most_to_least_compliant_the_heavier_first_in_a_tie() -> None:
    pct = np.array([90.0, nan, 120.5, 90.0, 90.0])
    assert listing(pct, [1, 1, 1, 2, 1]).tolist() == [2, 3, 0, 4, 1]


def test_groups_that_lie_mixed_are_ranked_each_alone_and_tie_with_nobody_outside() -> None:
    pct = np.array([70.0, 90.0, 80.0, 80.0, nan, 90.0])
    assert ranks(pct, within=[0, 1, 1, 0, 1, 0]).tolist() == [3, 1, 2, 2, 0, 1]
    assert ranks(np.array([80.0, 80.0, 95.0]), within=[0, 1, 1]).tolist() == [1, 2, 1]
    assert ranks(np.array([80.0, 80.0]), within=[0, 1]).tolist() == [1, 1]


def test_without_weights_a_tie_is_listed_as_it_was_given() -> None:
    assert listing(np.array([80.0, nan, 90.0, 80.0])).tolist() == [2, 0, 3, 1]


def test_only_rows_with_colour_make_a_node_old() -> None:
    whole = rollup(
        pct=PCT, year=YEAR, light=LIGHT, performance_class=CLASS, weight=WEIGHT, rows=range(6),
        nodes=[0, 0, 1, 1, 2, 2], n_nodes=3, scheme=Scheme(), age=[1, 4, 0, 9, 9, 9],
    )  # fmt: skip
    assert whole.oldest.tolist() == [4, 0, -1]


def placed(area: list[int], values: list[float], most: int) -> list[int]:
    """Places of one month; the values of 0..`most` and NaN."""
    out = np.full((len(area), 1), -1, dtype=np.int32)
    places = Places.of(np.array(area), bits_for(most + 1))
    places.rank(np.array(values)[:, None], np.arange(len(area)), most, out)
    return out[:, 0].tolist()


def test_a_key_that_does_not_fit_is_refused_and_one_that_just_fits_is_not() -> None:
    two = np.array([0, 1])  # a bit for the row, one for the area, and 61 left for the value
    assert Places.of(two, 61).base.tolist() == [0, (1 << 62) + 1]
    with pytest.raises(ValueError, match=r"^2 rows are too many to rank at once with this many decimals$"):
        Places.of(two, 62)
    assert Places.of(two[:1], 63).row_bits == 0  # alone, it needs neither
    assert len(Places.of(two[:0], 63).base) == 0


@pytest.mark.parametrize(("rows", "bits"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (8, 3), (9, 4)])
def test_a_key_has_the_bits_that_its_rows_need(rows: int, bits: int) -> None:
    assert Places.of(np.zeros(rows, dtype=np.int64), 8).row_bits == bits


def test_many_that_tie_take_the_place_of_the_first_of_them() -> None:
    assert placed([0] * 6, [5, 5, 5, 5, 3, 3], 9) == [1, 1, 1, 1, 5, 5]
    assert placed([0] * 5 + [1] * 3, [2, 7, 7, 7, 7, 7, 7, 9], 9) == [5, 1, 1, 1, 1, 2, 2, 1]


@pytest.mark.parametrize("most", [1, 2, 6, 7, 14])
def test_a_row_without_percentage_takes_no_place_of_the_next_area(most: int) -> None:
    """It stands after the lowest of its own area: one more than `most` below the best, and not a bit further."""
    assert placed([0, 0, 1, 1], [nan, 0, most, 0], most) == [0, 1, 1, 2]
    assert placed([0, 1, 1], [nan, most, most], most) == [0, 1, 1]
