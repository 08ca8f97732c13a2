from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.engine.block import Block
from rumbo.core.engine.missing import pending
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.systems.indicators import programming
from rumbo.systems.indicators.programming import MonthTarget, moved

MONTHS = range(1, 13)


@pytest.mark.parametrize("amount", [Decimal(10) ** 14, "0.0000001", "NaN", "Infinity"])
def test_an_amount_that_would_be_stored_as_another_is_refused(amount: object) -> None:
    with pytest.raises(programming.AmountOutOfRange, match="más cifras"):
        programming.exact(amount)  # type: ignore[arg-type]


def test_nothing_to_share_by_is_said() -> None:
    with pytest.raises(programming.NothingToShareBy):
        programming.by_shares(Decimal(10), dict.fromkeys(MONTHS, Decimal(0)), 0)
    with pytest.raises(programming.NothingToShareBy):
        programming.by_shares(Decimal(10), {1: Decimal(-1), 2: Decimal(5)}, 0)


def test_equal_parts_give_what_is_left_over_to_the_first_months() -> None:
    assert list(programming.evenly(Decimal(100), MONTHS, 0).values()) == [9] * 4 + [8] * 8
    assert programming.evenly(Decimal("1.5"), [3, 6], 0) == {3: Decimal("0.8"), 6: Decimal("0.7")}


def test_a_season_leaves_its_idle_months_at_zero() -> None:
    shares = dict.fromkeys(MONTHS, Decimal(0)) | {7: Decimal(65), 8: Decimal(35)}
    parts = programming.by_shares(Decimal(1001), shares, 0)
    assert (parts[7], parts[8], sum(parts.values())) == (651, 350, 1001)


@settings(deadline=None)
@given(
    total=st.decimals(min_value=0, max_value=10**9, places=2),
    shares=st.lists(st.integers(0, 100), min_size=12, max_size=12).filter(any),
    decimals=st.integers(0, 4),
)
def test_the_parts_of_a_sum_always_add_up_to_it(total: Decimal, shares: list[int], decimals: int) -> None:
    parts = programming.by_shares(total, {month: Decimal(shares[month - 1]) for month in MONTHS}, decimals)
    assert sum(parts.values()) == total
    assert all(part >= 0 for part in parts.values())
    assert all(not parts[month] for month in MONTHS if not shares[month - 1])


def test_a_level_climbs_in_a_straight_line_to_the_target() -> None:
    line = programming.climbing(Decimal(80), Decimal(95), [3, 6, 9, 12], 1)
    assert list(line.values()) == [Decimal("83.8"), Decimal("87.5"), Decimal("91.3"), Decimal(95)]


def test_last_year_is_copied_with_its_factor_and_its_gaps() -> None:
    last = {2025 * 12: MonthTarget(Decimal(100)), 2025 * 12 + 5: MonthTarget(Decimal(10), Decimal(33))}
    copied = programming.as_last_year(last, Decimal("1.05"), 0)
    assert copied == {2026 * 12: MonthTarget(Decimal(105)), 2026 * 12 + 5: MonthTarget(Decimal(11), Decimal(35))}


# Of a year without any denominator, a month has none.
CASES = [
    (direction, numerator, denominator, by_parts)
    for direction in Direction
    for numerator in (None, 0, 5)
    for denominator, by_parts in ((None, False), (None, True), (0, True), (7, True))
]


@pytest.mark.parametrize("accumulation", list(Accumulation))
def test_who_owes_a_report_is_who_the_engine_says(accumulation: Accumulation) -> None:
    block = Block(
        direction=[direction for direction, *_ in CASES],
        accumulation=accumulation,
        programmed=np.array([[numerator, 5] for _, numerator, *_ in CASES], dtype=float),
        programmed_den=np.array([[den, 9 if parts else None] for _, _, den, parts in CASES], dtype=float),
        actual=np.full((len(CASES), 2), np.nan),
    )
    for kind in (Decimal, float):  # as the tables keep it, and as a long list is read
        ours = [
            programming.owes(amount(numerator, kind), amount(den, kind), direction, accumulation, by_parts=parts)
            for direction, numerator, den, parts in CASES
        ]
        assert ours == pending(block)[:, 0].tolist()


def amount[Number: (Decimal, float)](value: int | None, kind: type[Number]) -> Number | None:
    return None if value is None else kind(value)


def test_a_change_tells_each_value_that_moved_and_no_other() -> None:
    before = {
        "annual_target": "90",
        "low": None,
        "high": "5",
        "months": {"2026-07": ["9", "10"], "2026-08": ["9", "10"]},
    }
    after = {
        "annual_target": "80",
        "low": None,
        "high": "5",
        "months": {"2026-07": ["9", "12"], "2026-08": ["9", "10"]},
    }
    told = [(one.label(str), one.before, one.after) for one in moved(before, after)]
    assert told == [("Meta anual", 90, 80), ("Julio, denominador", 10, 12)]
