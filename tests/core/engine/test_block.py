"""What a block takes and refuses: each array by its name and its shape."""

from typing import Any

import numpy as np
import pytest

from rumbo.core.engine import Block, Scheme, evaluate

nan = float("nan")
CELLS = ("programmed_den", "actual", "actual_den", "due")
FLOATS = (
    "factor", "baseline", "low", "high", "weight", "annual_target", "units_green", "units_amber", "units_below",
)  # fmt: skip
LINES = ("direction", "accumulation", *FLOATS, "cut")


def block(**arrays: Any) -> Block:
    """Two rows of three slots."""
    given = {"direction": 0, "accumulation": 0, "programmed": [[10.0] * 3] * 2, "actual": [[9.0] * 3] * 2} | arrays
    return Block(**given)


@pytest.mark.parametrize("name", LINES)
def test_a_line_of_other_rows_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} has shape \(3,\), expected \(2,\)$"):
        block(**{name: [0, 0, 0]})


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("shape", [(2, 1), (1, 3), (3, 2), (2,)])
def test_a_table_of_another_shape_is_refused_and_not_stretched(name: str, shape: tuple[int, ...]) -> None:
    told = str(shape).replace("(", r"\(").replace(")", r"\)")
    with pytest.raises(ValueError, match=rf"^{name} has shape {told}, expected \(2, 3\)$"):
        block(**{name: np.ones(shape)})


def test_a_table_of_one_row_is_refused_where_it_cannot_be_stretched() -> None:
    with pytest.raises(ValueError, match=r"^actual has shape \(2,\), expected \(1, 3\)$"):
        block(programmed=[[10.0] * 3], actual=[9.0, 9.0])


@pytest.mark.parametrize("programmed", [[10.0, 10.0], [[[10.0]]], 10.0])
def test_a_programme_that_is_not_a_table_is_refused(programmed: Any) -> None:
    dimensions = np.ndim(programmed)
    with pytest.raises(ValueError, match=rf"^programmed must be \[rows, slots\], not {dimensions} dimensions$"):
        block(programmed=programmed)


@pytest.mark.parametrize("name", ["programmed", *CELLS[:3], *FLOATS])
def test_an_infinite_value_is_refused_by_its_name(name: str) -> None:
    value = [[10.0, nan, float("-inf")]] * 2 if name in ("programmed", *CELLS) else [1.0, float("inf")]
    with pytest.raises(ValueError, match=f"^{name} holds an infinite value$"):
        block(**{name: value})


def test_one_value_is_of_every_row_and_one_row_of_slots_too() -> None:
    made = block(due=[1, 0, 1], actual=[7, 8, 9], cut=2, weight=3, direction=[1, 0])
    assert made.due.tolist() == [[True, False, True]] * 2
    assert made.actual.tolist() == [[7, 8, 9]] * 2
    assert (made.cut.tolist(), made.weight.tolist(), made.direction.tolist()) == ([2, 2], [3, 3], [1, 0])
    assert (made.rows, made.slots) == (2, 3)


def test_what_is_not_said_is_nothing_but_a_factor_and_a_weight_of_one_in_a_year_that_is_over() -> None:
    made = block()
    assert (made.factor.tolist(), made.weight.tolist(), made.cut.tolist()) == ([1, 1], [1, 1], [3, 3])
    assert made.due.all()
    for name in {*CELLS[::2], *FLOATS} - {"factor", "weight"}:
        assert np.isnan(getattr(made, name)).all(), name


def test_arrays_have_the_widths_they_are_said_to_have_whatever_numbers_were_given() -> None:
    made = block(programmed=[[10] * 3] * 2, actual=[[9] * 3] * 2, due=[[1, 0, 1]] * 2, cut=np.array([3, 3], dtype="i2"))
    kinds = {"direction": "int8", "accumulation": "int8", "due": "bool", "cut": "int64"}
    for name in Block.__slots__:
        assert getattr(made, name).dtype == kinds.get(name, "float64"), name
    assert evaluate(made, Scheme()).last_slot.tolist() == [[0, 0, 2]] * 2


def test_rows_are_taken_in_the_order_asked_for_and_an_array_is_changed_in_a_copy() -> None:
    made = block(actual=[[1, 2, 3], [4, 5, 6]])
    assert made.take(np.array([1, 0, 1])).actual[:, 0].tolist() == [4, 1, 4]
    other = made.replace(cut=1, weight=[2, 5])
    assert (other.cut.tolist(), other.weight.tolist(), other.actual.tolist()) == ([1, 1], [2, 5], made.actual.tolist())
    assert made.cut.tolist() == [3, 3]
