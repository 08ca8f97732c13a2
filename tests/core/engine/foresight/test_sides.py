"""Ranges and «justo en el valor» may be missed on two sides; what reports once a year has only its former years."""

import dataclasses

import numpy as np
import pytest

from rumbo.core.engine import Block, Scheme, evaluate
from rumbo.core.engine.foresight import Evidence, Shape, Why, enough, foresee, reasons
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import DecreasingFormula
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.risk import Risk, Sureness
from tests.core.engine.foresight.records import one

AROUND = [[20.0, 21.0, 19.5, 20.5, 20.0, 19.0, 21.0, 20.0, 20.5, 19.5, 20.0, 21.0]] * 3
MIDDLE = [[20.0] * 12] * 3


def ranged(low: float, high: float, actual: list[list[float]] = AROUND) -> Evidence:
    known = one(target=MIDDLE, actual=actual, slot=6, shape=Shape.MEAN, direction=int(Direction.RANGE))
    return dataclasses.replace(known, low=np.array([low]), high=np.array([high]))


def said(evidence: Evidence) -> float:
    return float(foresee(evidence).probability[0])


def test_a_range_is_missed_below_and_above() -> None:
    assert said(ranged(18.0, 22.0)) < 0.05
    assert said(ranged(21.5, 25.0)) > 0.95
    assert said(ranged(10.0, 18.0)) > 0.95


def test_an_open_side_is_never_missed() -> None:
    assert said(ranged(np.nan, 22.0)) < 0.05
    assert said(ranged(np.nan, 18.0)) > 0.95
    assert said(ranged(18.0, np.nan)) < 0.05


def test_a_narrower_range_is_never_safer() -> None:
    probabilities = [said(ranged(20.0 - half, 20.0 + half)) for half in (3.0, 1.0, 0.5, 0.3, 0.1)]
    assert probabilities == sorted(probabilities)


def test_a_range_says_by_which_side_it_would_end() -> None:
    over = ranged(10.0, 18.0)
    first = reasons(over, foresee(over))[0][0]
    assert first.code is Why.ABOVE
    assert first.params["bound"] == 18.0
    assert reasons(ranged(21.5, 25.0), foresee(ranged(21.5, 25.0)))[0][0].code is Why.BELOW
    assert reasons(ranged(18.0, 22.0), foresee(ranged(18.0, 22.0)))[0][0].code is Why.BETWEEN
    assert np.isnan(foresee(over).pace[0])


def test_two_sides_and_one_are_foreseen_together_as_apart() -> None:
    up = one(target=MIDDLE, actual=AROUND, slot=6, shape=Shape.MEAN)
    both = ranged(18.0, 22.0)
    names = ("shape", "target", "target_to_date", "actual", "actual_to_date")
    joined = Evidence(
        direction=np.concatenate([up.direction, both.direction]),
        slot=6,
        low=np.array([20.0, 18.0]),
        high=np.array([np.nan, 22.0]),
        **{name: np.concatenate([getattr(up, name), getattr(both, name)]) for name in names},
    )
    told = foresee(joined).probability
    assert told[0] == pytest.approx(said(up))
    assert told[1] == pytest.approx(said(both))


def test_once_a_year_is_foreseen_from_former_years_and_left_alone_without_them() -> None:
    falling = one(target=[[10.0]] * 5, actual=[[9.0], [8.8], [8.9], [8.7], [np.nan]], slot=0, shape=Shape.LEVEL)
    told = foresee(falling)
    assert told.risk[0] == Risk.HIGH
    assert told.sureness[0] == Sureness.LOW
    assert reasons(falling, told)[0][0].code is Why.YEARLY
    assert reasons(falling, told)[0][0].params == {"count": 4}
    new = one(target=[[10.0]], actual=[[np.nan]], slot=0, shape=Shape.LEVEL)
    assert foresee(new).risk[0] == Risk.UNKNOWN


@pytest.mark.requirement("Q-07")
@pytest.mark.parametrize(
    ("direction", "target", "more", "scheme"),
    [
        (Direction.INCREASING, 1200.0, {}, Scheme()),
        (Direction.INCREASING, 1200.0, {}, Scheme(achieved=95.0, decimals=0)),
        (Direction.DECREASING, 80.0, {}, Scheme()),
        (Direction.DECREASING, 80.0, {"baseline": 100.0}, Scheme(decreasing=DecreasingFormula.BASELINE_ELSE_RATIO)),
        (Direction.RANGE, 50.0, {"low": 40.0, "high": 60.0}, Scheme()),
        (Direction.NOMINAL, 50.0, {}, Scheme()),
        (Direction.DECREASING, 2.0, {"units_green": 1.0, "units_amber": 2.0}, Scheme()),
    ],
)
def test_what_is_enough_is_what_the_evaluation_calls_met(
    direction: Direction, target: float, more: dict[str, float], scheme: Scheme
) -> None:
    """A hair inside the side is «cumplida» at the end of the year, and a hair outside is not."""

    def met(figure: float) -> bool:
        block = Block(
            direction=[int(direction)], accumulation=[1], programmed=[[target] * 12], actual=[[figure] * 12], **more
        )
        return bool(evaluate(block, scheme).performance_class[0, -1] == PerformanceClass.ACHIEVED)

    block = Block(direction=[int(direction)], accumulation=[1], programmed=[[target] * 12], actual=[[1.0] * 12], **more)
    found = enough(block, np.array([target]), scheme)
    hair = 1e-5
    for side, inward in ((found.low[0], 1), (found.high[0], -1)):
        if not np.isnan(side):
            assert met(side + inward * hair)
            assert not met(side - inward * hair)
