"""Every mode, direction, frequency and scheme: figures worked by hand, and silence that never pays.

The figures are those of the formulas of compliance and accumulation that public monitoring systems of Mexico use, each
with its exceptions as adopted here (see `test_worked_examples`, where their sources are).
"""

from dataclasses import replace

import numpy as np
import pytest

from rumbo.core.engine import Bands, Block, Scheme, evaluate
from rumbo.core.vocabulary.accumulation import Accumulation as Acc
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import (
    AchievedRequires,
    DecreasingFormula,
    MissingPolicy,
    OverAchievement,
    RangeFormula,
)
from rumbo.core.vocabulary.light import Light

nan = float("nan")
UP, DOWN, RANGE, NOMINAL = Direction
BASELINE = Scheme(decreasing=DecreasingFormula.BASELINE)
WIDTH = Scheme(range_formula=RangeFormula.WIDTH)
NATION = Scheme.nation()
MODES = (Acc.SUM, Acc.LAST, Acc.AVERAGE, Acc.RATIO, Acc.PERIODIC, Acc.CONSTANT, Acc.RATE)
# (columns of the year, one slot every so many): weeks, fortnights, months, two, three, four and six months.
FREQUENCIES = {
    "weekly": (53, 1), "fortnightly": (24, 1), "monthly": (12, 1), "bimonthly": (12, 2), "quarterly": (12, 3),
    "four-monthly": (12, 4), "half-yearly": (12, 6),
}  # fmt: skip

# Two slots: programmed 10 and 20 (of 20 and 20), done 8 and 30 (of 10 and 50); k 100. To date, in the order of MODES:
# programmed 30, 20, 15, 100·30÷40 = 75, 20, 20, 100·(30−40)÷40 = −25
# done       38, 30, 19, 100·38÷60 = 63.33, 30, 30, 100·(38−60)÷60 = −36.67
# Range 24..32, baseline 60. None is «no calculable».
WORKED = [
    (UP, Scheme(), [126.7, 150.0, 126.7, 84.4, 150.0, 150.0, None]),
    (DOWN, Scheme(), [78.9, 66.7, 78.9, 118.4, 66.7, 66.7, None]),
    (DOWN, BASELINE, [73.3, 75.0, 91.1, None, 75.0, 75.0, 113.7]),  # 22÷30, 30÷40, 41÷45, …, 96.67÷85
    (NOMINAL, Scheme(), [73.3, 50.0, 73.3, 84.4, 50.0, 50.0, 53.3]),
    (RANGE, Scheme(), [81.3, 100.0, 79.2, 2.1, 100.0, 100.0, 0.0]),  # 1−6÷32, in, 1−5÷24, 1−31.33÷32, …
    (RANGE, WIDTH, [25.0, 100.0, 37.5, 0.0, 100.0, 100.0, 0.0]),  # 1−6÷8, in, 1−5÷8, beyond the width
    (UP, NATION, [126.66666667, 150.0, 2 * 126.66666667, 84.44444444, 150.0, 150.0, 146.66666667]),
    (DOWN, NATION, [73.33333333, 75.0, None, 118.42105263, 75.0, 75.0, 113.7254902]),
]


def placed(first: float, last: float, columns: int, every: int) -> np.ndarray:
    """One row: the first value in the first slot of the year, the other in the last one, nothing in between."""
    cells = np.full((1, columns), nan)
    cells[0, every - 1], cells[0, -1] = first, last
    return cells


def two_slots(columns: int, every: int, **others: object) -> Block:
    plan, plan_den = placed(10, 20, columns, every), placed(20, 20, columns, every)
    done, done_den = placed(8, 30, columns, every), placed(10, 50, columns, every)
    due = (np.arange(columns) + 1) % every == 0
    given = {"factor": 100, "low": 24, "high": 32, "baseline": 60, "due": due} | others
    return Block(programmed=plan, programmed_den=plan_den, actual=done, actual_den=done_den, **given)  # type: ignore[arg-type]


@pytest.mark.requirement("A1-09")
@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize(("direction", "scheme", "expected"), WORKED)
def test_each_mode_and_direction_gives_the_figure_worked_by_hand(
    direction: Direction, scheme: Scheme, expected: list[float | None], frequency: str
) -> None:
    columns, every = FREQUENCIES[frequency]
    for mode, figure in zip(MODES, expected, strict=True):
        if mode is Acc.AVERAGE and scheme is NATION:
            continue  # there the mean is over all the slots, reported or not: below
        result = evaluate(two_slots(columns, every, direction=direction, accumulation=mode), scheme)
        found, light = result.compliance_to_date[0, -1], result.light[0, -1]
        if figure is None:
            assert np.isnan(found), mode
            assert light == Light.NOT_COMPUTABLE, mode
        else:
            assert found == figure, mode
            assert light in (Light.RED, Light.AMBER, Light.GREEN), mode


@pytest.mark.parametrize(("direction", "figure"), [(UP, 126.66666667), (DOWN, 91.11111111)])
def test_under_the_scheme_of_the_nation_a_mean_of_two_slots_is_over_both(direction: Direction, figure: float) -> None:
    result = evaluate(two_slots(2, 1, direction=direction, accumulation=Acc.AVERAGE), NATION)
    assert result.compliance_to_date[0, 1] == figure


@pytest.mark.parametrize("columns", [1, 12])
def test_a_year_of_one_slot_or_a_plan_of_two_years_is_its_only_slot(columns: int) -> None:
    """A yearly goal is due in its last month; a goal of two years or more is a block of one column."""
    for mode in MODES:
        block = Block(
            direction=UP, accumulation=mode, programmed=placed(nan, 20, columns, columns), factor=100,
            actual=placed(nan, 30, columns, columns), programmed_den=placed(nan, 16, columns, columns),
            actual_den=placed(nan, 20, columns, columns), due=np.arange(columns) == columns - 1,
        )  # fmt: skip
        result = evaluate(block, Scheme())
        expected = {Acc.RATIO: 120.0, Acc.RATE: 200.0}.get(mode, 150.0)  # 150÷125; 50÷25
        assert result.compliance_to_date[0, -1] == expected
        assert (result.light[0, :-1] == Light.NOT_DUE).all()
        assert (result.streak[0, -1], result.since[0, -1]) == (1, columns - 1)


# The cap of what a row gives to a roll-up: 100 for the annual plan, 130 for ordinary goals, none in another system.
@pytest.mark.parametrize(("cap", "given"), [(100.0, 100.0), (130.0, 130.0), (None, 150.0)])
def test_the_cap_is_of_the_scheme_and_the_figure_stays_real(cap: float | None, given: float) -> None:
    result = evaluate(two_slots(2, 1, direction=UP, accumulation=Acc.LAST), Scheme(cap=cap))
    assert (result.compliance_to_date[0, 1], result.compliance_capped[0, 1]) == (150.0, given)


# -- silence never pays, over all kinds at once

SCHEMES = {
    "default": Scheme(),
    "baseline": BASELINE,
    "baseline else ratio": Scheme(decreasing=DecreasingFormula.BASELINE_ELSE_RATIO, share_baseline=False),
    "width": replace(WIDTH, share_range=False),
    "nation, but careful": replace(NATION, missing=MissingPolicy.SILENCE_NEVER_PAYS),
    "units": Scheme(units_green=2.0, units_amber=6.0),
    "units near zero": Scheme(units_green=0.0, units_amber=1.0, units_below=15.0),
    "over is amber": Scheme(over_achievement=OverAchievement.AMBER, over_threshold=110.0),
    "over is red": Scheme(over_achievement=OverAchievement.RED, over_threshold=120.0),
    "patient": Scheme(silent_slots=3, achieved_requires=AchievedRequires.TO_DATE),
    "impatient": Scheme(silent_slots=1, decimals=0),
}
COLOURS = (Light.RED, Light.AMBER, Light.GREEN)
KINDS = [(mode, direction) for mode in Acc for direction in Direction]


def many(seed: int, columns: int, every: int, *, between: bool) -> Block:
    """Each kind of row some times over, with holes, zeros and a cut. `between`: values in columns that are not due."""
    rng = np.random.default_rng(seed)
    kinds = KINDS * 6
    shape = len(kinds), columns
    plan = rng.integers(0, 30, shape).astype(np.float64)
    done = np.round(plan * rng.normal(0.95, 0.35, shape).clip(0)) + rng.integers(0, 2, shape)
    plan[rng.random(shape) < 0.1] = nan
    done[rng.random(shape) < rng.choice([0.05, 0.4], (shape[0], 1))] = nan
    due = np.broadcast_to((np.arange(columns) + 1) % every == 0, shape)
    if not between:
        done = np.where(due, done, nan)
    return Block(
        direction=[direction for _, direction in kinds], accumulation=[mode for mode, _ in kinds], factor=100,
        programmed=plan, programmed_den=np.where(rng.random((shape[0], 1)) < 0.5, plan * 2, nan), actual=done,
        actual_den=np.where(rng.random(shape) < 0.1, nan, done * 2 + rng.integers(0, 3, shape)), due=due, low=8.0,
        high=22.0, baseline=rng.choice([nan, 60.0], shape[0]), cut=rng.integers(1, columns + 1, shape[0]),
    )  # fmt: skip


def reported(block: Block) -> np.ndarray:
    parts = np.isin(block.accumulation, (Acc.RATIO, Acc.RATE))[:, None]
    said = ~np.isnan(block.actual) & ~(parts & np.isnan(block.actual_den))
    return said & (np.arange(block.slots) < block.cut[:, None])


def assert_silence_does_not_pay(block: Block, scheme: Scheme, bands: Bands | None = None) -> int:
    """Erases each row's newest report. Says how many rows had a colour to keep.

    A value of a month that is not due shows from the next due slot on: rows where one was still to be shown have no
    last light to compare with.
    """
    said = reported(block)
    newest = np.where(said.any(axis=1), block.slots - 1 - said[:, ::-1].argmax(axis=1), -1)
    column = np.arange(block.slots)
    erased = block.replace(actual=np.where(column == newest[:, None], nan, block.actual))
    before, after = (evaluate(one, scheme, bands=bands) for one in (block, erased))
    rows = np.flatnonzero(newest > 0)
    shown = before.last_slot[rows, newest[rows] - 1]
    waiting = said[rows] & (column > shown[:, None]) & (column < newest[rows, None])
    rows = rows[~waiting.any(axis=1)]
    last = before.light[rows, newest[rows] - 1][:, None]
    grade = before.performance_class[rows, newest[rows] - 1][:, None]
    later = (column >= newest[rows, None]) & (column < block.cut[rows, None])
    coloured = np.isin(after.light[rows], COLOURS) & later
    held = np.isin(last, COLOURS)
    assert not (coloured & held & (after.light[rows] > last)).any()
    assert not (coloured & held & (after.performance_class[rows] > grade)).any()
    assert not (coloured & (last == Light.NO_DATA)).any()
    return int(held.sum())


@pytest.mark.requirement("A1-09")
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_erasing_the_newest_value_never_improves_on_the_last_light(frequency: str, scheme: str) -> None:
    columns, every = FREQUENCIES[frequency]
    block = many(len(frequency) + 100 * len(scheme), columns, every, between=False)
    assert assert_silence_does_not_pay(block, SCHEMES[scheme]) > 5


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_nor_does_it_where_the_bands_have_versions_along_the_year(frequency: str) -> None:
    columns, every = FREQUENCIES[frequency]
    block = many(7, columns, every, between=False)
    edges = np.sort(np.random.default_rng(8).integers(30, 120, (5, columns)).astype(np.float64), axis=0)
    bands = Bands(fair=edges[0:1], amber=edges[1:2], good=edges[2:3], green=edges[3:4], achieved=edges[4:5])
    assert assert_silence_does_not_pay(block, Scheme(), bands) > 5


@pytest.mark.parametrize("frequency", ["bimonthly", "quarterly", "four-monthly", "half-yearly"])
def test_nor_does_it_where_a_month_that_is_not_due_was_reported(frequency: str) -> None:
    columns, every = FREQUENCIES[frequency]
    assert assert_silence_does_not_pay(many(9, columns, every, between=True), Scheme()) > 5


def test_where_nothing_is_the_same_as_silence_it_may_pay() -> None:
    """The property is of the policy that the product adopts: under the others it does fail, and so it can be seen."""
    block = many(1, 12, 1, between=False)
    for policy in (MissingPolicy.NOTHING_DONE, MissingPolicy.LAST_KNOWN):
        with pytest.raises(AssertionError):
            assert_silence_does_not_pay(block, Scheme(missing=policy))


# -- the part of the year that a sum has run

SUM_RANGE = {"direction": RANGE, "accumulation": Acc.SUM, "low": 24, "high": 32}


def test_the_bounds_of_a_sum_are_compared_in_the_share_of_the_year_or_whole() -> None:
    block = Block(programmed=[[10.0, 20.0]], actual=[[12.0, 16.0]], **SUM_RANGE)  # of 30: a third, then all
    assert evaluate(block, Scheme()).compliance_to_date[0].tolist() == [87.5, 100.0]  # 12 over 32÷3 by 1.33: 1−1÷8
    whole = evaluate(block, Scheme(share_range=False)).compliance_to_date[0]
    assert whole.tolist() == [50.0, 100.0]  # 12 below 24 by half


def test_the_baseline_of_a_sum_is_compared_in_the_share_of_the_year_or_whole() -> None:
    down = Block(direction=DOWN, accumulation=Acc.SUM, programmed=[[10.0, 20.0]], actual=[[8.0, 30.0]], baseline=60)
    assert evaluate(down, BASELINE).compliance_to_date[0].tolist() == [120.0, 73.3]  # a third of 60: (20−8)÷(20−10)
    whole = evaluate(down, replace(BASELINE, share_baseline=False)).compliance_to_date[0]
    assert whole.tolist() == [104.0, 73.3]  # (60−8)÷(60−10)


def test_a_range_without_programme_has_the_share_of_its_due_slots() -> None:
    quarters = (np.arange(12) + 1) % 3 == 0
    actual = np.where(quarters, 7.0, nan)[None]
    block = Block(programmed=np.full((1, 12), nan), actual=actual, due=quarters, **SUM_RANGE)
    result = evaluate(block, Scheme())  # 7, 14, 21 and 28 within a quarter, a half… of 24..32
    assert result.compliance_to_date[0, 2::3].tolist() == [100.0] * 4
    low = evaluate(block.replace(actual=actual - 1.5), Scheme())  # 5.5 of 6: 1−0.5÷6
    assert low.compliance_to_date[0, 2] == 91.7


def test_a_programme_below_one_has_its_share_of_the_year() -> None:
    block = Block(programmed=[[0.25, 0.75]], actual=[[8.0, 20.0]], **SUM_RANGE)  # 24÷4 = 6 ≤ 8 ≤ 32÷4
    assert evaluate(block, Scheme()).compliance_to_date[0].tolist() == [100.0, 100.0]


def test_what_was_not_reported_has_no_share_unless_silence_is_nothing_done() -> None:
    block = Block(programmed=[[10.0, 10.0, 10.0]], actual=[[9.0, nan, 9.0]], **SUM_RANGE)
    assert evaluate(block, Scheme()).compliance_to_date[0].tolist() == [100.0, 100.0, 100.0]  # 18 in 16..21.33
    counted = evaluate(block, Scheme(missing=MissingPolicy.NOTHING_DONE)).compliance_to_date[0]
    assert counted.tolist() == [100.0, 56.3, 75.0]  # 9 below 16; 18 below 24


def test_a_range_in_units_is_as_far_as_its_bounds_in_the_share_of_the_year() -> None:
    block = Block(programmed=[[10.0, 20.0]], actual=[[15.0, 20.0]], units_green=2, units_amber=5, **SUM_RANGE)
    shared = evaluate(block, Scheme())
    assert shared.distance[0].tolist() == [4.333333, 3.0]  # 15 over 32÷3; 35 over 32
    assert shared.light[0].tolist() == [Light.AMBER, Light.AMBER]
    whole = evaluate(block, Scheme(share_range=False))
    assert whole.distance[0].tolist() == [9.0, 3.0]  # 15 below 24
    assert whole.light[0].tolist() == [Light.RED, Light.AMBER]


@pytest.mark.parametrize("every", [1, 3])
@pytest.mark.parametrize("scheme", [Scheme(), NATION, Scheme(units_green=1.0, units_amber=2.0)])
def test_columns_have_the_widths_they_are_said_to_have(scheme: Scheme, every: int) -> None:
    result = evaluate(many(3, 12, every, between=False), scheme)
    small, counts = ("light", "performance_class", "reason"), ("marks", "streak", "since", "last_slot")
    for name in type(result).__slots__:
        expected = "int8" if name in small else "int16" if name in counts else "float64"
        assert getattr(result, name).dtype == expected, name


@pytest.mark.parametrize("scheme", [Scheme(), NATION, Scheme(units_green=1.0, units_amber=2.0)])
def test_a_block_without_rows_is_evaluated_to_nothing(scheme: Scheme) -> None:
    nobody = many(1, 12, 3, between=False).take(np.empty(0, dtype=np.int64))
    result = evaluate(nobody, scheme)
    assert result.light.shape == result.compliance_to_date.shape == (0, 12)
    assert result.annual_target.shape == (0,)
