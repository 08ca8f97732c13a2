"""What rows of any frequency show at the end of a month, side by side."""

import numpy as np
import pytest

from rumbo.core.engine import Block, Scheme, evaluate, rollup
from rumbo.core.engine.standing import side_by_side, standing
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear, ended_by, slots_of
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.light import Light

nan = float("nan")
MAY = Period(2026, 5)


def ends(frequency: Frequency, year: FiscalYear) -> list[int]:
    return [slot.period.index for slot in slots_of(frequency, year)]


def of(frequency: Frequency, actual: float, programmed: float = 10.0, start: int = 1) -> tuple[Block, list[int]]:
    """One row, reported alike in each slot that has ended by May."""
    slots = slots_of(frequency, FiscalYear.containing(MAY, start))
    cut = ended_by(slots, MAY.last_day)
    values = [actual if slot < cut else nan for slot in range(len(slots))]
    block = Block(direction=0, accumulation=0, programmed=[[programmed] * len(slots)], actual=[values], cut=cut)
    return block, [slot.period.index for slot in slots]


def test_a_month_before_every_slot_and_ends_of_other_columns_are_refused() -> None:
    block, end = of(Frequency.MONTHLY, 9)
    result = evaluate(block, Scheme())
    with pytest.raises(ValueError, match="no slot"):
        standing(result, end, end[0] - 1)
    with pytest.raises(ValueError, match="columns"):
        standing(result, end[1:], MAY.index)


@pytest.mark.parametrize(
    ("frequency", "age", "slots"),
    [(Frequency.WEEKLY, 0, 22), (Frequency.FORTNIGHTLY, 0, 10), (Frequency.MONTHLY, 0, 5), (Frequency.BIMONTHLY, 1, 2),
     (Frequency.QUARTERLY, 2, 1), (Frequency.FOUR_MONTHLY, 1, 1)],
)  # fmt: skip
def test_each_row_shows_its_last_slot_ended_and_how_old_it_is(frequency: Frequency, age: int, slots: int) -> None:
    block, end = of(frequency, 9)
    shown = standing(evaluate(block, Scheme()), end, MAY.index)
    assert (shown.age[0], shown.slot[0]) == (age, MAY.index - age)
    assert (shown.streak[0], shown.light[0], shown.compliance_to_date[0]) == (slots, Light.GREEN, 90.0)
    small = standing(evaluate(block, Scheme()), np.array(end, dtype=np.int32), MAY.index)
    assert (small.slot.dtype, small.age.dtype) == ("int64", "int64")


def test_what_has_not_ended_yet_is_not_due() -> None:
    slots = slots_of(Frequency.ANNUAL, FiscalYear(2026))
    due = [[False] * 11 + [True]]
    block = Block(direction=0, accumulation=0, programmed=[[nan] * 11 + [10.0]], actual=[[nan] * 12], due=due, cut=5)
    end = [month.index for month in FiscalYear(2026).months]
    shown = standing(evaluate(block, Scheme()), end, MAY.index)
    assert slots[0].period.index == end[-1]
    assert (shown.light[0], shown.age[0], shown.slot[0]) == (Light.NOT_DUE, -1, -1)


def test_an_institution_is_several_blocks_rolled_up_as_one() -> None:
    blocks = [of(Frequency.WEEKLY, 10), of(Frequency.QUARTERLY, 8), of(Frequency.MONTHLY, 6, start=4)]
    shown = side_by_side([standing(evaluate(block, Scheme()), end, MAY.index) for block, end in blocks])
    whole = rollup(
        pct=shown.compliance_to_date, year=shown.compliance_year, light=shown.light,
        performance_class=shown.performance_class, weight=np.array([1.0, 1.0, 2.0]), rows=range(3), nodes=[0] * 3,
        n_nodes=2, scheme=Scheme(), age=shown.age,
    )  # fmt: skip
    assert shown.age.tolist() == [0, 2, 0]
    assert shown.streak.tolist() == [22, 1, 2]
    assert (whole.counted[0], whole.compliance[0]) == (3, 75.0)
    assert whole.oldest.tolist() == [2, -1]
