"""What cannot be negative, or cannot pass its whole, moves by proportions; the rest by steps."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.engine.foresight import Shape, foresee
from rumbo.core.engine.foresight.calibration import WORTH_OF_A_YEAR, Lesson
from rumbo.core.engine.foresight.frame import framed
from rumbo.core.engine.foresight.walk import lesson_slots
from tests.core.engine.foresight.records import DOWN, UP, one, record

FLAT = [10.0] * 12


def test_what_was_ever_negative_moves_by_steps() -> None:
    table = [[1.0, -1.0, 2.0, *[0.5] * 9]]
    assert not framed(one(target=[FLAT], actual=table, slot=6)).bend.bent[0]


def test_the_newest_figure_does_not_choose_the_scale() -> None:
    """A worse figure would otherwise move the goal by other rules, and might look better for it."""
    table = [[9.0, 11.0, 10.0, -8.0, *[0.0] * 8]]
    assert framed(one(target=[FLAT], actual=table, slot=4)).bend.bent[0]


def test_a_percentage_of_success_is_seen_by_its_failures() -> None:
    plan, table = [[95.0] * 12], [[97.0, 96.0, 92.0, 96.5, *[96.0] * 8]]
    bend = framed(one(target=plan, actual=table, slot=6, shape=Shape.MEAN)).bend
    assert bend.bent[0]
    assert bend.way[0] == -1.0
    assert bend.whole[0] == pytest.approx(100.0 / 95.0)


@pytest.mark.parametrize(("shape", "direction"), [(Shape.SUM, UP), (Shape.MEAN, DOWN)])
def test_what_has_no_whole_is_seen_by_itself(shape: Shape, direction: int) -> None:
    """A sum may pass a hundred, and less than a hundred per cent of lateness is no success."""
    bend = framed(one(target=[[95.0] * 12], actual=[[90.0] * 12], slot=6, shape=shape, direction=direction)).bend
    assert bend.whole[0] == 0.0


def test_no_more_than_the_whole_nor_less_than_nothing_is_expected() -> None:
    rising = [[90.0 + slot / 4 for slot in range(12)], [93.0 + slot / 2 for slot in range(12)], [99.0] * 12]
    told = foresee(one(target=[[95.0] * 12] * 3, actual=rising, slot=4, shape=Shape.MEAN))
    assert told.expected[0] <= 100.0
    falling = [[float(20 - slot) for slot in range(12)], [float(9 - slot * 0.7) for slot in range(12)], [1.0] * 12]
    told = foresee(one(target=[[12.0] * 12] * 3, actual=falling, slot=3, shape=Shape.MEAN, direction=DOWN))
    assert told.expected[0] >= 0.0


def test_a_first_year_of_a_percentage_is_foreseen_by_its_months() -> None:
    """Without former years the few months there are weigh more than any opinion on how failures vary."""
    plan, table = [[50.0] * 12], [[70.0, 71.0] * 6]
    for slot, nearest, risk in ((3, 60.0, 0.25), (6, 66.0, 0.05), (9, 68.0, 0.01)):
        told = foresee(one(target=plan, actual=table, slot=slot, shape=Shape.MEAN))
        assert nearest < told.expected[0] < 72.0
        assert told.probability[0] < risk
        assert told.low[0] >= 0.0


def test_a_season_grows_with_the_level() -> None:
    """December gives ten more than other months; in a year at double, more than that."""
    year = np.array([10.0] * 11 + [20.0])
    told = foresee(one(target=[[10.0] * 12] * 4, actual=[year, year, year, 2 * year], slot=11))
    assert 22 * 10 + 20 + 11 < told.expected[0] < 2 * year.sum()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), slot=st.integers(2, 12), years=st.integers(1, 3))
def test_a_figure_erased_is_a_figure_never_told(seed: int, slot: int, years: int) -> None:
    whole = record(seed, goals=8, years=years)
    known, before = whole.known_at(years - 1, slot), whole.known_at(years - 1, slot - 1)
    actual, to_date = known.actual.copy(), known.actual_to_date.copy()
    actual[:, -1, slot - 1], to_date[:, -1, slot - 1] = np.nan, np.nan
    erased = dataclasses.replace(known, actual=actual, actual_to_date=to_date)
    np.testing.assert_allclose(foresee(erased).probability, foresee(before).probability, atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), slot=st.integers(1, 12), scale=st.sampled_from([1e-6, 1.0, 1e9]))
def test_a_probability_is_between_nothing_and_one_in_any_unit(seed: int, slot: int, scale: float) -> None:
    known = record(seed, goals=8, years=2, holes=0.1).known_at(1, slot)
    names = ("target", "target_to_date", "actual", "actual_to_date")
    other = dataclasses.replace(known, **{name: getattr(known, name) * scale for name in names})
    said = foresee(other).probability
    assert ((said >= 0.0) & (said <= 1.0)).all()


def test_a_year_of_many_goals_is_worth_no_more_than_a_few() -> None:
    """They share their luck: what went badly for all is no rule for the next year."""
    many = np.full(5000, 0.5)
    assert Lesson(many, many, many, many, of=1).worth.sum() == pytest.approx(WORTH_OF_A_YEAR)
    assert lesson_slots(12) == [3, 6, 9]
    assert lesson_slots(2) == [1]
    assert lesson_slots(1) == []
