"""The operation of a month that results from readings, with its numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from rumbo.core.engine.explain_readings import Told, month_told, stretch_told
from rumbo.core.engine.formula import captured, names_in, read, told_sum
from rumbo.core.engine.formula.capturing import Kind, pair, single
from rumbo.core.engine.readings import Recipe, Stretch, month_of
from rumbo.core.vocabulary.accumulation import Accumulation

FIRST = date(2026, 11, 1)


def weeks(*rows: dict[str, float]) -> list[Stretch]:
    return [
        Stretch(FIRST + timedelta(days=7 * place), {name: Decimal(str(value)) for name, value in row.items()})
        for place, row in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (Accumulation.SUM, "2 + 7 = 9"),
        (Accumulation.AVERAGE, "(2 + 7) ÷ 2 = 4.5"),
        (Accumulation.LAST, "7"),
        (Accumulation.PERIODIC, "7"),
    ],
)
def test_weeks_without_a_formula_are_told_as_they_accumulate(mode: Accumulation, said: str) -> None:
    recipe = Recipe(("V",), mode, single("V"))
    assert month_told(recipe, None, month_of(recipe, weeks({"V": 2}, {"V": 7}))).numbers == said


@pytest.mark.parametrize("mode", [Accumulation.AVERAGE, Accumulation.SUM, Accumulation.LAST])
def test_one_week_alone_is_told_by_its_value(mode: Accumulation) -> None:
    recipe = Recipe(("V",), mode, single("V"))
    assert month_told(recipe, None, month_of(recipe, weeks({"V": 2}))).numbers == "2"


def test_what_does_not_fit_is_told_with_its_reason_and_a_mean_without_a_result() -> None:
    tree = read("a * b")
    great = weeks({"a": 10**13, "b": 10}, {"a": 10**13, "b": 12})  # 1.0 and 1.2 × 10¹⁴: fifteen whole digits
    for mode, said in (
        (Accumulation.LAST, "10,000,000,000,000 × 12 = 120,000,000,000,000"),
        (Accumulation.AVERAGE, "(100,000,000,000,000 + 120,000,000,000,000) ÷ 2"),
    ):
        recipe = Recipe(("a", "b"), mode, captured(tree, mode).shape, tree)
        month = month_of(recipe, great)
        told = month_told(recipe, tree, month)
        assert (month.numerator, told.numbers) == (None, said)
        assert told.problem is not None
        assert told.problem.code == "too_large"
    plain = Recipe(("V",), Accumulation.SUM, single("V"))
    told = month_told(plain, None, month_of(plain, weeks({"V": 6 * 10**13}, {"V": 4 * 10**13})))
    assert told.numbers == "60,000,000,000,000 + 40,000,000,000,000 = 100,000,000,000,000"
    assert told.problem is not None


def test_two_captured_values_are_told_one_over_the_other() -> None:
    recipe = Recipe(("a", "b"), Accumulation.RATIO, pair(Kind.RATIO, "a", "b"))
    month = month_of(recipe, weeks({"a": 2, "b": 4}, {"a": 3, "b": 5}))
    assert month_told(recipe, None, month).numbers == "(2 + 3) ÷ (4 + 5)"
    assert stretch_told(recipe, None, month.counted[0]).numbers == "2 ÷ 4"


def test_the_formula_is_told_with_what_was_added_of_each_variable() -> None:
    tree = read("100 * (a + b) / c")
    recipe = Recipe(names_in(tree), Accumulation.RATIO, captured(tree, Accumulation.RATIO).shape)
    month = month_of(recipe, weeks({"a": 1, "b": 2, "c": 6}, {"a": 3, "b": 4, "c": 4}))
    assert month_told(recipe, tree, month).numbers == "100 × (4 + 6) ÷ 10 = 100"
    assert stretch_told(recipe, tree, month.counted[1]).numbers == "100 × (3 + 4) ÷ 4 = 175"


def test_the_mean_of_results_is_told_by_its_results() -> None:
    tree = read("a / b")
    recipe = Recipe(("a", "b"), Accumulation.AVERAGE, captured(tree, Accumulation.AVERAGE).shape, tree)
    month = month_of(recipe, weeks({"a": 1, "b": 2}, {"a": 3, "b": 4}))
    assert month_told(recipe, tree, month) == Told("(0.5 + 0.75) ÷ 2 = 0.625")
    alone = month_of(recipe, weeks({"a": 1, "b": 2}, {"a": 3}))
    assert month_told(recipe, tree, alone) == Told("1 ÷ 2 = 0.5")


def test_what_has_no_result_says_why_and_no_number() -> None:
    tree = read("a / b")
    recipe = Recipe(("a", "b"), Accumulation.LAST, captured(tree, Accumulation.LAST).shape, tree)
    told = month_told(recipe, tree, month_of(recipe, weeks({"a": 1, "b": 0})))
    assert told.numbers == ""
    assert told.problem is not None
    assert "no calculable" in str(told.problem)


def test_a_sum_of_variables_is_named_with_the_names_of_people() -> None:
    shape = captured(read("(0.5 * a - b) / (c + 2 * d)"), Accumulation.RATIO).shape
    names = {"a": "Casos turnados", "b": "Casos repetidos", "c": "Casos"}
    assert told_sum(shape.upper, names) == "0.5 × Casos turnados − Casos repetidos"
    assert told_sum(shape.lower, names) == "Casos + 2 × d"
    assert told_sum((), names) == ""
