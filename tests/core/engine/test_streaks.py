"""What a year leaves to the next one: the light of each row at its own end, and since when."""

import numpy as np

from rumbo.core.engine import Block, Carried, Scheme, carried, evaluate
from rumbo.core.engine.block import NO_SLOT
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.light import Light

nan = float("nan")


def told(left: Carried) -> list[tuple[int, int, int]]:
    """(light, streak, since) of each row."""
    return list(zip(left.light.tolist(), left.streak.tolist(), left.since.tolist(), strict=True))


def test_a_year_of_which_only_the_first_month_has_ended_leaves_that_month() -> None:
    block = Block(direction=0, accumulation=0, programmed=[[10.0] * 12], actual=[[9.0, *[nan] * 11]], cut=1)
    assert told(carried(evaluate(block, Scheme()))) == [(Light.GREEN, 1, -12)]


def test_each_row_leaves_its_own_end_though_others_ended_later() -> None:
    """Eight of ten in two months of the first row, five of ten in all twelve of the second."""
    actual = [[8.0, 8.0, *[nan] * 10], [5.0] * 12]
    block = Block(direction=0, accumulation=0, programmed=[[10.0] * 12] * 2, actual=actual, cut=[2, 12])
    assert told(carried(evaluate(block, Scheme()))) == [(Light.AMBER, 2, -12), (Light.RED, 12, -12)]


def test_the_light_left_is_that_of_the_end_and_not_an_earlier_one() -> None:
    """Red in January and February, green from March on, in both rows."""
    plan = {"direction": 0, "accumulation": Accumulation.PERIODIC, "programmed": [[10.0] * 4] * 2}
    left = carried(evaluate(Block(actual=[[1.0, 1.0, 9.0, 9.0]] * 2, **plan), Scheme()))
    assert told(left) == [(Light.GREEN, 2, -2)] * 2
    assert (left.light.dtype, left.streak.dtype, left.since.dtype) == ("int8", "int16", "int16")
    nobody = Carried.nothing(2)
    assert (nobody.light.dtype, nobody.streak.dtype, nobody.since.dtype) == ("int8", "int16", "int16")


def test_a_row_that_owed_nothing_hands_on_what_it_had_received() -> None:
    """Three months ended: the yearly row is not due yet, and its two years in red are not lost beside a monthly one."""
    due = [[False] * 11 + [True], [True] * 12]
    block = Block(
        direction=0, accumulation=0, programmed=[[10.0] * 12] * 2, actual=[[nan] * 12, [10.0] * 3 + [nan] * 9],
        due=due, cut=3,
    )  # fmt: skip
    before = Carried(
        np.array([Light.RED, Light.RED], dtype=np.int8), np.array([2, 5], dtype=np.int16),
        np.array([-13, -5], dtype=np.int16),
    )  # fmt: skip
    assert told(carried(evaluate(block, Scheme(), before=before), before)) == [
        (Light.RED, 2, -25),
        (Light.GREEN, 3, -12),
    ]
    assert told(carried(evaluate(block, Scheme())))[0] == (0, 0, NO_SLOT)
