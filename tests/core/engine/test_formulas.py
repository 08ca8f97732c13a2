"""Worked cases of the rules of compliance: accumulation, direction, zero, rounding, states that are not colours."""

import numpy as np
import pytest

from rumbo.core.engine import Block, Result, Scheme, evaluate, half_up
from rumbo.core.vocabulary.accumulation import Accumulation as Acc
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import AchievedRequires, DecreasingFormula, OverAchievement, RangeFormula
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason

nan = float("nan")


def one(
    direction: Direction, programmed: float, actual: float, scheme: Scheme | None = None, **others: float
) -> Result:
    """A single level, measured once."""
    block = Block(direction=direction, accumulation=Acc.LAST, programmed=[[programmed]], actual=[[actual]], **others)
    return evaluate(block, scheme or Scheme())


def pct(*args: object, **others: object) -> float:
    return float(one(*args, **others).compliance_to_date[0, 0])  # type: ignore[arg-type]


def test_infinity_is_refused() -> None:
    with pytest.raises(ValueError, match="actual"):
        one(Direction.INCREASING, 1, np.inf)


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="actual"):
        Block(direction=0, accumulation=0, programmed=[[1, 2]], actual=[[1, 2, 3]])
    with pytest.raises(ValueError, match="baseline"):
        Block(direction=0, accumulation=0, programmed=[[1, 2]], actual=[[1, 2]], baseline=[1, 2, 3])


@pytest.mark.parametrize(
    ("direction", "programmed", "actual", "expected"),
    [
        (Direction.INCREASING, 50, 40, 80.0),
        (Direction.INCREASING, 50, 80, 160.0),
        (Direction.DECREASING, 9, 12, 75.0),
        (Direction.DECREASING, 9, 6, 150.0),
        (Direction.DECREASING, 9, 0, 100.0),
        (Direction.DECREASING, 0, 0, 100.0),
        (Direction.DECREASING, 0, 3, 0.0),
        (Direction.NOMINAL, 50, 50, 100.0),
        (Direction.NOMINAL, 50, 45, 90.0),
        (Direction.NOMINAL, 50, 55, 90.0),
        (Direction.NOMINAL, 50, 150, 0.0),
        (Direction.NOMINAL, 0, 0, 100.0),
        (Direction.NOMINAL, 0, 1, 0.0),
    ],
)
def test_compliance_by_direction(direction: Direction, programmed: float, actual: float, expected: float) -> None:
    assert pct(direction, programmed, actual) == expected


@pytest.mark.parametrize(
    ("actual", "by_bound", "by_width"),
    [(96, 100.0, 100.0), (98, 100.0, 100.0), (100, 100.0, 100.0), (94, 97.9, 50.0), (101, 99.0, 75.0), (500, 0.0, 0.0)],
)
def test_a_range_falls_by_the_distance_to_its_nearest_bound(actual: float, by_bound: float, by_width: float) -> None:
    assert pct(Direction.RANGE, nan, actual, low=96, high=100) == by_bound
    width = Scheme(range_formula=RangeFormula.WIDTH)
    assert pct(Direction.RANGE, nan, actual, width, low=96, high=100) == by_width


def test_a_bound_of_zero_is_measured_against_the_width() -> None:
    assert pct(Direction.RANGE, nan, -1, low=0, high=10) == 90.0


def test_a_range_with_an_open_side_judges_the_other() -> None:
    assert pct(Direction.RANGE, nan, 1000, low=96) == 100.0
    assert pct(Direction.RANGE, nan, 48, low=96) == 50.0


def test_the_gap_of_a_range_is_the_distance_to_it() -> None:
    assert one(Direction.RANGE, nan, 94, low=96, high=100).gap[0, 0] == -2
    assert one(Direction.RANGE, nan, 103, low=96, high=100).gap[0, 0] == 3
    assert one(Direction.RANGE, nan, 97, low=96, high=100).gap[0, 0] == 0


def test_the_annual_range_of_a_sum_is_compared_in_the_share_of_the_year() -> None:
    block = Block(
        direction=Direction.RANGE,
        accumulation=Acc.SUM,
        programmed=[[10.0] * 12],
        actual=[[10.0] * 12],
        low=108,
        high=132,
    )
    result = evaluate(block, Scheme())
    assert (result.compliance_to_date == 100).all()


def test_the_upper_bound_of_a_sum_is_shared_too() -> None:
    block = Block(
        direction=Direction.RANGE,
        accumulation=Acc.SUM,
        programmed=[[10.0] * 12],
        actual=[[12.1] * 12],
        low=108,
        high=132,
    )
    result = evaluate(block, Scheme())
    assert (result.compliance_to_date == 90).all()
    np.testing.assert_allclose(result.gap[0], np.arange(1, 13) * 1.1)


def test_distance_to_the_baseline() -> None:
    base = Scheme(decreasing=DecreasingFormula.BASELINE)
    assert pct(Direction.DECREASING, 60, 70, base, baseline=100) == 75.0
    assert pct(Direction.DECREASING, 60, 120, base, baseline=100) == -50.0
    refused = one(Direction.DECREASING, 60, 70, base, baseline=50)
    assert refused.light[0, 0] == Light.NOT_COMPUTABLE
    assert refused.reason[0, 0] == Reason.NO_BASELINE
    either = Scheme(decreasing=DecreasingFormula.BASELINE_ELSE_RATIO)
    assert pct(Direction.DECREASING, 60, 80, either, baseline=50) == 75.0


def test_the_annual_baseline_of_a_sum_is_compared_in_the_share_of_the_year() -> None:
    block = Block(direction=1, accumulation=0, programmed=[[60.0] * 12], actual=[[70.0] * 12], baseline=1200)
    result = evaluate(block, Scheme(decreasing=DecreasingFormula.BASELINE))
    assert (result.compliance_to_date == 75).all()


def test_a_ratio_accumulates_by_dividing_sums_never_by_averaging() -> None:
    """Two months of 1 ÷ 1 and 1 ÷ 9 are 2 ÷ 10, not the mean of 100 % and 11 %."""
    block = Block(
        direction=0,
        accumulation=Acc.RATIO,
        factor=100,
        programmed=[[50, 50]],
        programmed_den=[[100, 100]],
        actual=[[1, 1]],
        actual_den=[[1, 9]],
    )
    result = evaluate(block, Scheme())
    assert result.actual_to_date[0].tolist() == [100, 20]
    assert result.compliance_to_date[0].tolist() == [200, 40]
    assert result.compliance_month[0, 1] == 22.2


def test_a_ratio_may_be_programmed_as_the_ratio_itself() -> None:
    block = Block(
        direction=0,
        accumulation=Acc.RATIO,
        factor=100,
        programmed=[[95.0, 95.0]],
        actual=[[9, 8]],
        actual_den=[[10, 10]],
    )
    result = evaluate(block, Scheme())
    assert result.programmed_to_date[0].tolist() == [95, 95]
    assert result.compliance_to_date[0].tolist() == [94.7, 89.5]
    assert result.annual_target[0] == 95


def test_denominators_all_zero_to_date_are_not_computable_rather_than_red() -> None:
    block = Block(
        direction=0,
        accumulation=Acc.RATIO,
        factor=100,
        programmed=[[0, 0, 92]],
        programmed_den=[[0, 0, 100]],
        actual=[[0, nan, 45]],
        actual_den=[[0, nan, 50]],
        cut=3,
    )
    result = evaluate(block, Scheme())
    assert result.light[0].tolist() == [Light.NOT_COMPUTABLE, Light.NOT_COMPUTABLE, Light.GREEN]
    assert result.reason[0, 0] == Reason.ZERO_DENOMINATOR
    assert np.isnan(result.compliance_to_date[0, 0])


def test_last_average_and_periodic() -> None:
    values, plan = [[10.0, 20.0, nan, 30.0]], [[20.0, 20.0, 20.0, 40.0]]
    done = {
        mode: evaluate(Block(direction=0, accumulation=mode, programmed=plan, actual=values), Scheme())
        for mode in (Acc.LAST, Acc.AVERAGE, Acc.PERIODIC, Acc.CONSTANT)
    }
    assert done[Acc.LAST].actual_to_date[0].tolist() == [10, 20, 20, 30]
    assert done[Acc.CONSTANT].actual_to_date[0].tolist() == [10, 20, 20, 30]
    assert done[Acc.AVERAGE].actual_to_date[0].tolist() == [10, 15, 15, 20]
    assert done[Acc.AVERAGE].programmed_to_date[0].tolist() == [20, 20, 20, 25]
    assert done[Acc.PERIODIC].compliance_to_date[0].tolist() == [50, 100, 100, 75]
    assert done[Acc.AVERAGE].annual_target[0] == 25


def test_nothing_programmed_to_date_has_no_percentage_and_progress_before_its_time_is_ahead() -> None:
    block = Block(direction=0, accumulation=0, programmed=[[0, 0, 5]], actual=[[0, 2, 3]])
    result = evaluate(block, Scheme())
    assert result.light[0].tolist() == [Light.NOT_SCHEDULED, Light.NOT_SCHEDULED, Light.GREEN]
    assert result.marks[0].tolist() == [0, Mark.AHEAD, 0]
    assert result.performance_class[0, 1] == PerformanceClass.NONE
    assert np.isnan(result.compliance_to_date[0, 1])
    assert result.reason[0, 1] == Reason.NOTHING_SCHEDULED


def test_a_month_or_a_year_without_programme_has_no_percentage_never_infinity() -> None:
    block = Block(direction=0, accumulation=0, programmed=[[5, 0]], actual=[[5, 2]], annual_target=0)
    result = evaluate(block, Scheme())
    assert np.isnan(result.compliance_month[0, 1])
    assert np.isnan(result.compliance_year).all()
    assert result.compliance_to_date[0, 1] == 140


def test_a_range_without_bounds_and_a_negative_programme_say_why() -> None:
    assert one(Direction.RANGE, nan, 5).reason[0, 0] == Reason.NO_RANGE
    assert one(Direction.INCREASING, -4, 5).reason[0, 0] == Reason.NEGATIVE_PROGRAMME
    assert one(Direction.INCREASING, nan, 5).reason[0, 0] == Reason.NO_PROGRAMME


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (89.95, 1, 90.0),
        (89.949, 1, 89.9),
        (66.65, 1, 66.7),
        (0.05, 1, 0.1),
        (-0.05, 1, 0.0),
        (1.005, 2, 1.01),
        (100 * (1 - 0.9995), 1, 0.1),
        (2.5, 0, 3),
    ],
)
def test_percentages_round_half_up(value: float, decimals: int, expected: float) -> None:
    assert half_up(np.array([value]), decimals)[0] == expected


def test_what_is_printed_is_what_is_classified() -> None:
    result = one(Direction.INCREASING, 2000, 1799)
    assert result.compliance_to_date[0, 0] == 90.0
    assert result.light[0, 0] == Light.GREEN
    assert one(Direction.INCREASING, 2000, 1799, Scheme(decimals=2)).light[0, 0] == Light.AMBER


@pytest.mark.requirement("A1-15", "Q-07")
@pytest.mark.parametrize(
    ("actual", "light", "grade"),
    [
        (69.94, Light.RED, PerformanceClass.POOR),
        (70, Light.AMBER, PerformanceClass.FAIR),
        (89.94, Light.AMBER, PerformanceClass.FAIR),
        (90, Light.GREEN, PerformanceClass.GOOD),
        (100, Light.GREEN, PerformanceClass.ACHIEVED),
    ],
)
def test_bands_of_light_and_class(actual: float, light: Light, grade: PerformanceClass) -> None:
    result = one(Direction.INCREASING, 100, actual)
    assert (result.light[0, 0], result.performance_class[0, 0]) == (light, grade)


@pytest.mark.requirement("Q-07")
def test_achieved_requires_the_annual_target_or_the_end_of_the_programme() -> None:
    plan = [[10.0] * 10 + [0.0, 0.0]]
    early = [[10.0] * 8 + [20.0, 10.0, nan, nan]]
    result = evaluate(Block(direction=0, accumulation=0, programmed=plan, actual=early), Scheme())
    good, achieved = PerformanceClass.GOOD, PerformanceClass.ACHIEVED
    assert result.performance_class[0].tolist() == [good] * 8 + [achieved] * 4
    at_once = Scheme(achieved_requires=AchievedRequires.TO_DATE)
    result = evaluate(Block(direction=0, accumulation=0, programmed=plan, actual=early), at_once)
    assert (result.performance_class == achieved).all()


def test_a_level_is_achieved_only_when_its_programme_is_over() -> None:
    block = Block(direction=0, accumulation=Acc.LAST, programmed=[[5.0, 5.0, 10.0]], actual=[[50.0, 50.0, 50.0]])
    good, achieved = PerformanceClass.GOOD, PerformanceClass.ACHIEVED
    assert evaluate(block, Scheme()).performance_class[0].tolist() == [good, good, achieved]


@pytest.mark.parametrize(
    ("choice", "light"),
    [(OverAchievement.MARK, Light.GREEN), (OverAchievement.AMBER, Light.AMBER), (OverAchievement.RED, Light.RED)],
)
def test_over_achievement_is_marked_and_coloured_as_the_scheme_says(choice: OverAchievement, light: Light) -> None:
    result = one(Direction.INCREASING, 100, 131, Scheme(over_achievement=choice))
    assert result.marks[0, 0] == Mark.OVER
    assert result.light[0, 0] == light
    assert result.compliance_to_date[0, 0] == 131.0
    assert one(Direction.INCREASING, 100, 130).marks[0, 0] == 0


@pytest.mark.requirement("Q-10")
def test_three_percentages_month_to_date_and_year() -> None:
    block = Block(direction=0, accumulation=0, programmed=[[10.0] * 10], actual=[[5.0, 10.0, *[nan] * 8]], cut=2)
    result = evaluate(block, Scheme())
    assert result.compliance_month[0, 1] == 100.0
    assert result.compliance_to_date[0, 1] == 75.0
    assert result.compliance_year[0, 1] == 15.0


def test_a_quarterly_row_repeats_its_last_quarter_and_says_its_age() -> None:
    due = [[(slot + 1) % 3 == 0 for slot in range(12)]]
    quarter = [[nan, nan, 100.0] * 4]
    done = [[nan, nan, 60.0, nan, nan, 60.0, *[nan] * 6]]
    result = evaluate(
        Block(direction=0, accumulation=Acc.LAST, programmed=quarter, actual=done, due=due, cut=8), Scheme()
    )
    assert result.light[0].tolist() == [Light.NOT_DUE] * 2 + [Light.RED] * 6 + [Light.NOT_DUE] * 4
    assert result.last_slot[0].tolist() == [-1, -1, 2, 2, 2, 5, 5, 5, -1, -1, -1, -1]
    assert result.streak[0].tolist() == [0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0]
    assert result.since[0, 7] == 2
    assert result.reason[0, 0] == Reason.BEFORE_FIRST_SLOT
    assert result.reason[0, 8] == Reason.NOT_ENDED
    assert result.compliance_to_date[0, 7] == 60


def test_the_future_keeps_its_programme_and_nothing_else() -> None:
    block = Block(direction=0, accumulation=0, programmed=[[10.0] * 12], actual=[[10.0] * 12], cut=3)
    result = evaluate(block, Scheme())
    assert result.programmed_to_date[0, 11] == 120
    assert np.isnan(result.actual_to_date[0, 3:]).all()
    assert (result.light[0, 3:] == Light.NOT_DUE).all()


def test_rows_do_not_know_each_other() -> None:
    random = np.random.default_rng(11)
    plan = random.uniform(1, 9, (60, 12)).round(2)
    done = (plan * random.normal(0.95, 0.2, (60, 12))).round(2)
    done[random.random(done.shape) < 0.2] = np.nan
    block = Block(
        direction=random.integers(0, 4, 60),
        accumulation=random.integers(0, 6, 60),
        programmed=plan,
        programmed_den=plan * 2,
        actual=done,
        actual_den=done * 2,
        low=4,
        high=6,
        cut=random.integers(0, 13, 60),
    )
    order = random.permutation(60)
    whole, shuffled = evaluate(block, Scheme()), evaluate(block.take(order), Scheme())
    for name in whole.__slots__:
        np.testing.assert_array_equal(getattr(whole, name)[order], getattr(shuffled, name), err_msg=name)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("mode", Acc)
def test_the_unit_does_not_change_a_percentage(direction: Direction, mode: Acc) -> None:
    plan = np.array([[3.0, 4, 5, 6, 2, 8, 9, 1, 7, 3, 4, 5]])
    done = np.array([[3.0, 3, nan, 5, 4, 8, 7, 1, 9, nan, nan, 5]])
    kept = {"direction": direction, "accumulation": mode}
    small = Block(programmed=plan, programmed_den=plan / 2, actual=done, actual_den=done / 2, low=4, high=6, **kept)
    below, bounds = (1024, 1) if mode is Acc.RATE else (1, 1024)  # a rate is of two figures of the same unit
    large = Block(
        programmed=plan * 1024, programmed_den=plan / 2 * below, actual=done * 1024, actual_den=done / 2 * below,
        low=4 * bounds, high=6 * bounds, **kept,
    )  # fmt: skip
    one_unit, other_unit = evaluate(small, Scheme()), evaluate(large, Scheme())
    for name in ("compliance_month", "compliance_to_date", "compliance_year", "light", "performance_class", "reason"):
        np.testing.assert_array_equal(getattr(one_unit, name), getattr(other_unit, name), err_msg=name)


def test_no_rows_are_no_trouble() -> None:
    empty = Block(
        direction=np.empty(0), accumulation=np.empty(0), programmed=np.empty((0, 12)), actual=np.empty((0, 12))
    )
    assert evaluate(empty, Scheme()).light.shape == (0, 12)
