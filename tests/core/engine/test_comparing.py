"""What is printed beside a stored result: changes, shares, paces and projections."""

import numpy as np
import pytest

from rumbo.core.engine.comparing import (
    Movement,
    PaceKind,
    Side,
    changes,
    difference,
    pace_needed,
    projection,
    share,
)
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass as Grade

UP, DOWN = Direction.INCREASING, Direction.DECREASING


def pace(direction: Direction, accumulation: Accumulation, target: float | None, done: float | None, left: int):  # type: ignore[no-untyped-def]
    return pace_needed(
        direction=direction, accumulation=accumulation, annual_target=target, actual_to_date=done, reports=left
    )


def test_nothing_is_compared_with_what_is_not_there() -> None:
    assert difference(None, 3.0) is None
    assert difference(3.0, None) is None
    assert share(1, 0) is None
    assert pace(UP, Accumulation.SUM, None, 3.0, 2) is None
    assert pace(Direction.RANGE, Accumulation.SUM, 10.0, 3.0, 2) is None


def test_a_difference_is_that_of_the_printed_figures() -> None:
    assert difference(85.7, 89.8) == -4.1
    assert difference(93.7, 93.3) == 0.4


def test_a_share_is_rounded_half_up() -> None:
    assert share(1, 8) == 12.5
    assert share(112, 120) == 93.3
    assert share(1, 1600) == 0.1


@pytest.mark.requirement("A1-13")
def test_what_is_left_of_a_sum_is_spread_over_the_reports_that_are_left() -> None:
    found = pace(UP, Accumulation.SUM, 1200, 900, 2)
    assert (found.kind, found.amount, found.reports) == (PaceKind.DO, 150, 2)
    assert pace(UP, Accumulation.SUM, 1200, None, 3).amount == 400


def test_a_sum_that_is_already_there_has_no_pace() -> None:
    assert pace(UP, Accumulation.SUM, 1200, 1200, 2).kind is PaceKind.REACHED


def test_where_less_is_better_the_pace_is_a_limit() -> None:
    found = pace(DOWN, Accumulation.SUM, 100, 70, 3)
    assert (found.kind, found.amount, found.reports) == (PaceKind.NOT_EXCEED, 10, 3)
    beyond = pace(DOWN, Accumulation.SUM, 100, 130, 3)
    assert (beyond.kind, beyond.amount) == (PaceKind.EXCEEDED, 30)


def test_a_level_has_a_value_to_reach_and_no_pace() -> None:
    found = pace(UP, Accumulation.LAST, 95, 80, 4)
    assert (found.kind, found.amount) == (PaceKind.REACH, 95)


def test_after_the_last_report_nothing_is_asked() -> None:
    assert pace(UP, Accumulation.SUM, 100, 50, 0).kind is PaceKind.YEAR_OVER


def test_the_rest_of_the_year_goes_on_at_the_rate_so_far() -> None:
    programmed = [10.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    assert projection(30.0, programmed, 2) == [None, None, 30.0, 45.0, 60.0, 75.0]


def test_without_programme_or_result_there_is_no_projection() -> None:
    assert projection(None, [50.0, 100.0], 0) == [None, None]
    assert projection(10.0, [0.0, 100.0], 0) == [None, None]
    assert projection(10.0, [None, 100.0], 0) == [None, None]
    assert projection(25.0, [50.0, None, 100.0], 0) == [25.0, None, 50.0]


def side(*rows: tuple[int, float, float, float, Light, Grade]) -> Side:
    key, pct, year, done, light, grade = zip(*rows, strict=True) if rows else ([],) * 6
    return Side(
        np.array(key, dtype=np.int64), np.array(pct, dtype=np.float64), np.array(year, dtype=np.float64),
        np.array(done, dtype=np.float64), np.array(light, dtype=np.int8), np.array(grade, dtype=np.int8),
    )  # fmt: skip


def test_two_closings_without_rows_have_no_changes() -> None:
    found = changes(side(), side())
    assert (len(found.key), found.lights.sum()) == (0, 0)


def test_each_row_of_two_closings_says_what_became_of_it() -> None:
    nan = float("nan")
    before = side(
        (3, 95.0, 50.0, 5, Light.GREEN, Grade.GOOD), (1, 80.0, 40.0, 4, Light.AMBER, Grade.FAIR),
        (4, nan, nan, nan, Light.NO_DATA, Grade.NONE), (5, 75.0, 1.0, 1, Light.AMBER, Grade.FAIR),
        (6, 90.0, 1.0, 1, Light.GREEN, Grade.GOOD), (8, 91.0, 1.0, 1, Light.GREEN, Grade.GOOD),
    )  # fmt: skip
    after = side(
        (1, 92.3, 45.0, 4.5, Light.GREEN, Grade.GOOD), (3, 60.0, 55.0, 6, Light.RED, Grade.POOR),
        (4, 70.0, 30.0, 3, Light.AMBER, Grade.FAIR), (6, nan, nan, nan, Light.NO_DATA, Grade.NONE),
        (7, 99.0, 1.0, 1, Light.GREEN, Grade.GOOD), (8, 95.0, 1.0, 1, Light.GREEN, Grade.GOOD),
    )  # fmt: skip
    found = changes(before, after)
    assert found.key.tolist() == [1, 3, 4, 5, 6, 7, 8]
    assert [Movement(code).name for code in found.movement] == [
        "BETTER", "WORSE", "SHOWN", "LEFT", "HIDDEN", "ENTERED", "SAME",
    ]  # fmt: skip
    np.testing.assert_allclose(found.points, [12.3, -35.0, nan, nan, nan, nan, 4.0])
    assert found.units[0] == 0.5
    assert (found.before[5], found.after[3]) == (-1, -1)
    assert found.lights[Light.GREEN, Light.RED] == found.lights[Light.AMBER, Light.GREEN] == 1
    assert found.lights.sum() == found.classes.sum() == 5
    assert found.count(Movement.LEFT) == 1


def test_differences_paces_and_projections_are_printed_with_one_decimal() -> None:
    assert difference(90.25, 0.0) == 90.3
    assert share(1, 3) == 33.3
    assert projection(10.0, [30.0, 100.0], 0) == [10.0, 33.3]
    moved = changes(
        side((1, 90.0, 50.0, 1, Light.GREEN, Grade.GOOD)), side((1, 90.25, 50.55, 1, Light.GREEN, Grade.GOOD))
    )
    assert moved.points.tolist() == [0.3]
    assert moved.year_points.tolist() == [0.6]


def test_what_is_exceeded_asks_for_no_more_reports() -> None:
    assert pace(DOWN, Accumulation.SUM, 100, 130, 3).reports == 0
    assert pace(DOWN, Accumulation.SUM, 100, 100, 3).kind is PaceKind.NOT_EXCEED
    assert pace(UP, Accumulation.SUM, 1200, 1200, 2).reports == 0
    assert (pace(UP, Accumulation.SUM, 9, 1, 0).reports, pace(UP, Accumulation.LAST, 9, 1, 4).reports) == (0, 4)


def test_a_month_beyond_the_programme_projects_nothing() -> None:
    assert projection(10.0, [50.0, 100.0], 2) == [None, None]
