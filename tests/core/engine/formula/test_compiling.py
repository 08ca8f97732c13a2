"""A formula over arrays says what a slow evaluator says of each row, also where there is no result."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.engine.formula import compiled, read
from tests.reference import formulas as twin

NAMES = ("a", "b", "c")
nan = float("nan")
numbers = st.sampled_from(["0", "1", "2", "0.1", "0.25", "3", "100", "1000000"]).map(lambda text: ("number", text))
names = st.sampled_from(NAMES).map(lambda name: ("name", name))


def _larger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(st.sampled_from("+-*/"), inner, inner),
        st.tuples(st.just("-"), inner),
        st.tuples(st.just("abs"), inner),
        st.tuples(st.just("min"), inner, inner, inner),
        st.tuples(st.just("max"), inner, inner),
        st.tuples(st.just("round"), inner, st.integers(0, 3)),
        st.tuples(st.just("if"), st.sampled_from(["=", "≠", "<", "≤"]), inner, inner, inner, inner),
    )


expressions = st.recursive(numbers | names, _larger, max_leaves=14)
signs = st.fixed_dictionaries(
    {"+": st.just("+"), "-": st.sampled_from("-−–"), "*": st.sampled_from("*×·"), "/": st.sampled_from("/÷")}
)
cell = st.none() | st.sampled_from([0.0, 1.0, -2.5, 0.1, 0.2, 0.3, 7.0, 1e6]) | st.floats(-1e14, 1e14)
rows = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, cell)), min_size=2, max_size=6)


@settings(max_examples=300, deadline=None)
@given(expression=expressions, signs=signs, rows=rows)
def test_arrays_and_the_slow_evaluator_agree(expression: Any, signs: dict[str, str], rows: list[Any]) -> None:
    run = compiled(read(twin.write(expression, signs)))
    columns = {name: np.array([nan if row[name] is None else row[name] for row in rows]) for name in NAMES}
    expected = np.array([nan if (one := twin.evaluate(expression, row)) is None else one for row in rows])
    if not run.names:
        expected = expected[0]
    np.testing.assert_array_equal(run(columns), expected)
    if run.names:  # the same over [n, s]
        square = {name: np.tile(column, (3, 1)) for name, column in columns.items()}
        np.testing.assert_array_equal(run(square), np.tile(expected, (3, 1)))


def test_values_that_lack_or_do_not_fit_are_refused() -> None:
    run = compiled(read("a / b"))
    with pytest.raises(ValueError, match="no values for b"):
        run({"a": np.ones(2)})
    with pytest.raises(ValueError, match="shapes"):
        run({"a": np.ones(2), "b": np.ones(3)})


def test_a_zero_denominator_gives_no_result_and_never_infinity() -> None:
    run = compiled(read("a / b"))
    found = run({"a": np.array([1.0, 0.0, -1.0, 4.0]), "b": np.array([0.0, 0.0, -0.0, 2.0])})
    np.testing.assert_array_equal(found, [nan, nan, nan, 2])


def test_infinity_has_no_result_wherever_it_comes_from() -> None:
    values = {"a": np.array([np.inf, 1e308, 1e-300])}
    np.testing.assert_array_equal(compiled(read("1 / a"))(values), [nan, 1e-308, 1 / 1e-300])
    np.testing.assert_array_equal(compiled(read("1 / (a * 1000)"))(values), [nan, nan, 1 / (1e-300 * 1000)])


def test_a_blank_goes_down_no_branch() -> None:
    run = compiled(read("si(a > b, 1, 0)"))
    np.testing.assert_array_equal(run({"a": np.array([nan, 2.0]), "b": np.array([1.0, 1.0])}), [nan, 1])


def test_a_blank_in_the_branch_that_is_not_taken_does_no_harm() -> None:
    run = compiled(read("si(a = 0, 0, b / a)"))
    np.testing.assert_array_equal(run({"a": np.array([0.0, 2.0]), "b": np.array([nan, 6.0])}), [0, 3])


def test_what_is_given_is_never_handed_back_to_be_changed() -> None:
    given_array = np.array([1.0, 2.0])
    found = compiled(read("a"))({"a": given_array})
    found[0] = 9
    assert given_array[0] == 1


def test_a_constant_fills_the_shape_of_the_rows() -> None:
    found = compiled(read("0 * a + 5"))({"a": np.zeros((2, 3))})
    assert found.shape == (2, 3)
