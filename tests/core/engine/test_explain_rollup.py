"""The figure of many goals explains itself with the numbers that make it."""

import numpy as np
import pytest

from rumbo.core.engine import Scheme, rollup
from rumbo.core.engine.explain_rollup import explain_mean


def test_nothing_counted_has_no_operation() -> None:
    assert explain_mean([None, None], [1, 1], Scheme()).value is None
    nothing = explain_mean([], [], Scheme())
    assert (nothing.symbols, nothing.numbers) == ("Σ (w × mín(x, 100)) ÷ Σ w", "")


def test_a_goal_without_its_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        explain_mean([80.0, 90.0], [1], Scheme())


@pytest.mark.parametrize("cap", [100.0, None])
def test_a_percentage_below_zero_counts_as_none_of_the_goal(cap: float | None) -> None:
    """A goal that goes back from its baseline has a negative percentage; a mean takes it as 0."""
    assert explain_mean([-25.0, 50.0], [1, 1], Scheme(cap=cap)).numbers.endswith("50 ÷ 2 = 25")


def test_what_is_added_is_told_with_four_decimals_at_most() -> None:
    assert explain_mean([33.35, 50.2], [1, 1], Scheme()).numbers == "83.55 ÷ 2 = 41.8"  # half up of 41.775
    assert explain_mean([10.12345, 10], [1, 1], Scheme(decimals=5)).numbers == "20.1234 ÷ 2 = 10.06173"


def test_each_goal_counts_within_the_cap_and_by_its_weight() -> None:
    found = explain_mean([167.0, 50.0, None], [1, 3, 9], Scheme())
    assert found.symbols == "Σ (w × mín(x, 100)) ÷ Σ w"
    assert found.numbers == "250 ÷ 4 = 62.5"
    assert found.value == 62.5


def test_without_cap_the_whole_figure_counts() -> None:
    found = explain_mean([150.0, 50.0], [1, 1], Scheme(cap=None))
    assert (found.symbols, found.value) == ("Σ (w × x) ÷ Σ w", 100.0)


@pytest.mark.parametrize("seed", range(5))
def test_it_gives_what_the_roll_up_gives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pct = np.round(rng.uniform(0, 180, 40), 1)
    pct[rng.random(40) < 0.2] = np.nan
    weight = rng.integers(1, 5, 40).astype(np.float64)
    light = np.where(np.isnan(pct), 0, 3)
    rolled = rollup(
        pct=pct, year=pct, light=light, performance_class=np.zeros(40, dtype=np.int64), weight=weight,
        rows=range(40), nodes=[0] * 40, n_nodes=1, scheme=Scheme(),
    )  # fmt: skip
    given = [None if np.isnan(value) else float(value) for value in pct]
    assert explain_mean(given, weight.tolist(), Scheme()).value == rolled.compliance[0]
