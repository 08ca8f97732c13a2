"""Cases worked by hand, each with the source of its rule. Percentages as printed: one decimal, half up."""

import numpy as np
import pytest

from rumbo.core.engine import Block, Original, Result, Scheme, evaluate, ranks, rollup
from rumbo.core.engine.projection import straight_line
from rumbo.core.vocabulary.accumulation import Accumulation as Acc
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import DecreasingFormula, OverAchievement
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.measure import Measure
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason

nan = float("nan")
UP, DOWN, RANGE, NOMINAL = Direction


def evaluated(scheme: Scheme | None = None, **arrays: object) -> Result:
    given_ = {"direction": UP, "accumulation": Acc.SUM, "programmed": [[10.0] * 2]} | arrays
    return evaluate(Block(**given_), scheme or Scheme())  # type: ignore[arg-type]


# Formulas of compliance, as public monitoring systems of Mexico compute them: ascending 100 × A ÷ P, descending
# 100 × P ÷ A; nothing wanted and nothing happened is 100; a descending zero is 100; nothing planned has no percentage.
@pytest.mark.requirement("A1-09")
@pytest.mark.parametrize(
    ("direction", "target", "actual", "expected"),
    [
        (UP, 80, 60, 75.0),
        (UP, 80, 100, 125.0),
        (DOWN, 60, 80, 75.0),
        (DOWN, 0, 0, 100.0),
        (NOMINAL, 0, 0, 100.0),
        (DOWN, 5, 0, 100.0),
        (UP, 0, 3, None),
        (RANGE, nan, 98, 100.0),
        (RANGE, nan, 90, 93.8),
    ],
)
def test_compliance(direction: Direction, target: float, actual: float, expected: float | None) -> None:
    found = evaluated(
        direction=direction, accumulation=Acc.LAST, programmed=[[target]], actual=[[actual]], low=96, high=100
    )
    pct = found.compliance_to_date[0, 0]
    assert np.isnan(pct) if expected is None else pct == expected
    assert expected is not None or found.light[0, 0] == Light.NOT_SCHEDULED


# Relative to the baseline: 100 × (B − A) ÷ (B − P); it may be negative.
@pytest.mark.parametrize(("actual", "expected"), [(40, 75.0), (30, 100.0), (80, -25.0)])
def test_distance_gone_from_the_baseline(actual: float, expected: float) -> None:
    scheme = Scheme(decreasing=DecreasingFormula.BASELINE)
    found = evaluated(
        scheme, direction=DOWN, accumulation=Acc.LAST, programmed=[[30]], actual=[[actual]], baseline=[70]
    )
    assert found.compliance_to_date[0, 0] == expected


# Accumulation by formula: T2 = (A₁ + A₂) ÷ (B₁ + B₂) × 100; Tasa = (ΣA − ΣB) ÷ ΣB × 100; Promedio = ΣA ÷ ΣB; Índice
# is entered period by period. Never a mean of percentages: here that would give 65 and not 40.
@pytest.mark.parametrize(
    ("measure", "first", "to_date"),
    [
        (Measure.PERCENTAGE, 90.0, 40.0),
        (Measure.RATE, -10.0, -60.0),
        (Measure.MEAN, 0.9, 0.4),
        (Measure.INDEX, 9.0, 31.0),
        (Measure.COUNT, 9.0, 40.0),
    ],
)
def test_how_each_measure_accumulates(measure: Measure, first: float, to_date: float) -> None:
    found = evaluated(accumulation=measure.accumulation, factor=measure.factor, actual=[[9, 31]], actual_den=[[10, 90]])
    assert found.actual_to_date[0].round(9).tolist() == [first, to_date]


# The behaviours that an indicator sheet declares: cumulative, each period alone, last value (stock), average, constant.
# The third month is reported, then silent: what stands alone shows its last report.
@pytest.mark.parametrize(
    ("mode", "reported", "silent"),
    [(Acc.SUM, 15, 12), (Acc.PERIODIC, 3, 8), (Acc.LAST, 3, 8), (Acc.AVERAGE, 5, 6), (Acc.CONSTANT, 3, 8)],
)
def test_how_each_behaviour_becomes_one_figure_to_date(mode: Acc, reported: float, silent: float) -> None:
    programmed = [[10.0] * 3]
    found = evaluated(accumulation=mode, programmed=programmed, actual=[[4, 8, 3]])
    assert found.actual_to_date[0, 2] == reported
    found = evaluated(accumulation=mode, programmed=programmed, actual=[[4, 8, nan]])
    assert found.actual_to_date[0, 2] == silent


# The cap differs from one system to another: 100 % for yearly plans, 130 % for ordinary ones, open in a third. The real
# figure is kept in every case.
@pytest.mark.parametrize(("cap", "kept"), [(100.0, 100.0), (130.0, 130.0), (None, 140.0)])
def test_the_cap_is_of_the_scheme_and_the_real_figure_stays(cap: float | None, kept: float) -> None:
    found = evaluated(Scheme(cap=cap), actual=[[14, 10]])
    assert (found.compliance_to_date[0, 0], found.compliance_capped[0, 0]) == (140, kept)


# A state's system: green within ±5 % of the target, yellow from 5 to 15 % on either side, red beyond. Its printed
# intervals overlap at exactly 5 and 15; here they are half-open, and the edge is of the better colour.
@pytest.mark.parametrize(
    ("actual", "light"),
    [
        (95, Light.GREEN), (105, Light.GREEN), (94.9, Light.AMBER), (105.1, Light.AMBER), (85, Light.AMBER),
        (115, Light.AMBER), (84.9, Light.RED), (115.1, Light.RED),
    ],
)  # fmt: skip
def test_bands_on_both_sides_of_the_target_are_half_open(actual: float, light: Light) -> None:
    scheme = Scheme(green=95, amber=85)
    found = evaluated(scheme, direction=NOMINAL, accumulation=Acc.LAST, programmed=[[100]], actual=[[actual]])
    assert found.light[0, 0] == light


# A quality system: green from 100 %, yellow from 95 to less than 100, red below 95.
@pytest.mark.parametrize(
    ("actual", "light"), [(100, Light.GREEN), (99.9, Light.AMBER), (95, Light.AMBER), (94.9, Light.RED)]
)
def test_bands_of_a_quality_system(actual: float, light: Light) -> None:
    found = evaluated(Scheme(green=100, amber=95), accumulation=Acc.LAST, programmed=[[100]], actual=[[actual]])
    assert found.light[0, 0] == light


# Roll-up: Σ w·c ÷ Σ w over what has data, each within the cap, with its coverage; it says how many of how many are
# achieved or good, and rows and ranks keep the real figure.
def test_a_weighted_mean_says_its_coverage() -> None:
    block = Block(
        direction=UP, accumulation=Acc.SUM, programmed=[[100.0]] * 4, actual=[[120.0], [80.0], [50.0], [nan]],
        weight=[2, 1, 1, 1],
    )  # fmt: skip
    found = evaluate(block, Scheme())
    assert found.compliance_to_date[:3, 0].tolist() == [120, 80, 50]
    assert found.compliance_capped[:3, 0].tolist() == [100, 80, 50]
    whole = rollup(
        pct=found.compliance_to_date[:, 0], year=found.compliance_year[:, 0], light=found.light[:, 0],
        performance_class=found.performance_class[:, 0], weight=block.weight, rows=range(4), nodes=[0] * 4,
        n_nodes=1, scheme=Scheme(),
    )  # fmt: skip
    assert (whole.compliance[0], whole.coverage[0], whole.expected[0]) == (82.5, 75.0, 4)
    assert (whole.achieved_or_good[0], whole.achieved_or_good_share[0]) == (1, 25.0)
    assert ranks(found.compliance_to_date[:, 0]).tolist() == [1, 2, 3, 0]


# Adopted here: silence never pays. A descending sum compares only the months reported; a month without report carries
# its mark and shows nothing better; two in a row are «sin dato».
def test_silence_step_by_step() -> None:
    found = evaluated(direction=DOWN, programmed=[[10.0] * 4], actual=[[8, nan, nan, 30]])
    assert found.compliance_to_date[0, :2].tolist() == [125.0, 125.0]
    assert found.light[0].tolist() == [Light.GREEN, Light.GREEN, Light.NO_DATA, Light.RED]
    assert [bool(mark & Mark.NO_REPORT) for mark in found.marks[0]] == [False, True, True, False]
    assert found.programmed_to_date[0].tolist() == [10, 10, 10, 20]
    never = evaluated(direction=DOWN, actual=[[nan, nan]])
    assert never.light[0].tolist() == [Light.NO_DATA, Light.NO_DATA]


# Adopted here: progress before its time is «avance anticipado», without percentage, outside means and coverage.
def test_progress_before_its_time_is_only_marked() -> None:
    found = evaluated(programmed=[[0, 10]], actual=[[4, 6]])
    assert (found.light[0, 0], found.marks[0, 0]) == (Light.NOT_SCHEDULED, Mark.AHEAD)
    assert found.compliance_to_date[0, 1] == 100


# Rounded half up before the bands: what is printed is what is classified.
@pytest.mark.parametrize(("actual", "light"), [(89.95, Light.GREEN), (89.949, Light.AMBER), (69.95, Light.AMBER)])
def test_what_is_printed_is_what_is_classified(actual: float, light: Light) -> None:
    found = evaluated(accumulation=Acc.LAST, programmed=[[100]], actual=[[actual]])
    assert found.light[0, 0] == light


# Method of the State of Mexico's municipalities: the goal programmed and the goal adjusted are both kept.
def test_the_adjusted_goal_evaluates_and_the_first_one_stays_beside() -> None:
    block = Block(direction=UP, accumulation=Acc.SUM, programmed=[[10.0, 4.0]], actual=[[7.0, 7.0]])
    found = evaluate(block, Scheme(), original=Original([[10.0, 10.0]]))
    assert found.compliance_to_date[0].tolist() == [70, 100]
    assert found.compliance_original[0].tolist() == [70, 70]


# Targets near zero: one accident where none was wanted is 0 %, two where one was is 50 %; in units, each is one more.
def test_near_zero_the_distance_judges() -> None:
    few = {"direction": DOWN, "programmed": [[0.0, 1.0, 1.0]], "actual": [[0, 2, 3]]}
    found = evaluated(units_green=0, units_amber=1, **few)
    assert found.distance[0].tolist() == [0, 1, 3]
    assert found.light[0].tolist() == [Light.GREEN, Light.AMBER, Light.RED]
    assert np.isnan(found.compliance_to_date).all()
    assert (found.reason[0] == Reason.BY_DISTANCE).all()
    assert evaluated(**few).light[0].tolist() == [Light.GREEN, Light.RED, Light.RED]


def test_the_distance_judges_only_where_the_programme_is_that_small() -> None:
    found = evaluated(Scheme(units_green=1, units_amber=2, units_below=10), programmed=[[10, 10]], actual=[[9, 5]])
    assert found.reason[0].tolist() == [Reason.BY_DISTANCE, Reason.NONE]
    assert found.light[0].tolist() == [Light.GREEN, Light.AMBER]
    assert found.compliance_to_date[0, 1] == 70


@pytest.mark.parametrize(
    ("policy", "light"),
    [(OverAchievement.MARK, Light.GREEN), (OverAchievement.AMBER, Light.AMBER), (OverAchievement.RED, Light.RED)],
)
def test_beyond_the_upper_band_a_scheme_may_show_bad_planning(policy: OverAchievement, light: Light) -> None:
    found = evaluated(Scheme(over_achievement=policy), actual=[[14, 10]])
    assert (found.light[0, 0], found.compliance_to_date[0, 0], found.compliance_capped[0, 0]) == (light, 140, 100)
    assert found.marks[0, 0] & Mark.OVER
    assert found.light[0, 1] == Light.GREEN  # 120 is within the band


def test_the_class_achieved_waits_for_the_year() -> None:
    found = evaluated(actual=[[10, 10]])
    assert found.performance_class[0].tolist() == [PerformanceClass.GOOD, PerformanceClass.ACHIEVED]


# Least squares through (1, 10), (2, 14), (3, 24): slope 7, mean 16 at 2, so 79 and 16 + 7 × 10 = 86 at 12.
def test_the_year_is_projected_by_a_straight_line() -> None:
    line = straight_line(np.array([[10.0, 14, 24, *[nan] * 9]]))
    assert np.isnan(line[0, 0])
    assert line[0, 1] == pytest.approx(54)
    assert line[0, 2] == pytest.approx(86)
    assert line[0, 11] == line[0, 2]


def test_a_figure_that_is_only_repeated_is_not_measured_twice() -> None:
    due = np.array([[False, False, True, False, False, True]])
    line = straight_line(np.array([[nan, nan, 30.0, 30, 30, 60]]), of=due)
    assert np.isnan(line[0, :5]).all()
    assert line[0, 5] == pytest.approx(60)
    assert straight_line(np.array([[5.0, 7.0]]), at=0)[0, 1] == pytest.approx(5)


# Why an operation has no result, told apart: each kind of row by its own reason.
@pytest.mark.parametrize(
    ("arrays", "scheme", "reason"),
    [
        ({"direction": DOWN, "baseline": 5}, Scheme(decreasing=DecreasingFormula.BASELINE), Reason.NO_BASELINE),
        ({"direction": DOWN, "programmed": [[-1.0, 1]]}, Scheme(), Reason.NEGATIVE_PROGRAMME),
        ({"direction": UP, "programmed": [[-1.0, 1]]}, Scheme(), Reason.NEGATIVE_PROGRAMME),
        ({"direction": RANGE}, Scheme(), Reason.NO_RANGE),
        ({"direction": RANGE, "programmed": [[-1.0, 1]]}, Scheme(), Reason.NO_RANGE),
        ({"direction": RANGE, "low": 4, "high": 4}, Scheme.nation(), Reason.UNDEFINED),
        ({"direction": NOMINAL, "programmed": [[0.0, 1]]}, Scheme.nation(), Reason.UNDEFINED),
        ({"direction": UP, "accumulation": Acc.RATIO, "actual_den": [[0.0, 1]]}, Scheme(), Reason.ZERO_DENOMINATOR),
        ({"direction": DOWN, "accumulation": Acc.RATE, "actual_den": [[0.0, 1]]}, Scheme(), Reason.ZERO_DENOMINATOR),
    ],
)
def test_what_has_no_result_says_why(arrays: dict[str, object], scheme: Scheme, reason: Reason) -> None:
    found = evaluated(scheme, **({"accumulation": Acc.LAST, "actual": [[3.0, 3]]} | arrays))
    assert (found.light[0, 0], found.reason[0, 0]) == (Light.NOT_COMPUTABLE, reason)
    assert np.isnan(found.compliance_to_date[0, 0])


def test_a_factor_not_said_is_one() -> None:
    assert evaluated(accumulation=Acc.RATIO, actual=[[3, 3]], actual_den=[[4, 4]]).actual_to_date[0, 1] == 0.75


def test_a_slot_without_figure_is_no_point_of_the_line() -> None:
    line = straight_line(np.array([[nan, 20.0, 30.0]]), of=np.array([[True, True, True]]))
    assert np.isnan(line[0, :2]).all()
    assert line[0, 2] == pytest.approx(30)


# 100 × (1 − d ÷ p) carries the noise of its 1: 1 of 2,000 is 0.04999999999999449 % in floating point, 0.05 on paper.
@pytest.mark.parametrize(("target", "actual", "decimals", "printed"), [(2000, 1, 1, 0.1), (400_000, 5, 4, 0.0013)])
def test_a_tie_far_below_one_hundred_is_still_rounded_up(
    target: float, actual: float, decimals: int, printed: float
) -> None:
    near = {"direction": NOMINAL, "accumulation": Acc.LAST, "programmed": [[target]], "actual": [[actual]]}
    assert evaluated(Scheme(decimals=decimals), **near).compliance_to_date[0, 0] == printed


# «cumplida» at 100 or more to date with the target of the year reached: 20 of 20 is reached, 19.9 is not.
@pytest.mark.parametrize(("actual", "grade"), [(20, PerformanceClass.ACHIEVED), (19.9, PerformanceClass.GOOD)])
def test_the_target_of_the_year_is_reached_at_one_hundred(actual: float, grade: PerformanceClass) -> None:
    found = evaluated(actual=[[actual, nan]], cut=1)
    assert (found.compliance_to_date[0, 0] >= 100, found.performance_class[0, 0]) == (True, grade)


@pytest.mark.parametrize(
    ("pct", "grade"),
    [
        (100, PerformanceClass.ACHIEVED), (99.9, PerformanceClass.GOOD), (90, PerformanceClass.GOOD),
        (89.9, PerformanceClass.FAIR), (70, PerformanceClass.FAIR), (69.9, PerformanceClass.POOR),
    ],
)  # fmt: skip
def test_a_class_begins_right_on_its_threshold(pct: float, grade: PerformanceClass) -> None:
    found = evaluated(accumulation=Acc.LAST, programmed=[[100]], actual=[[pct]])
    assert found.performance_class[0, 0] == grade
