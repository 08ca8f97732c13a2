"""Which formulas the monthly capture feeds, which are suggested, and which are only kept as a document."""

from decimal import Decimal

import pytest

from rumbo.core.engine.formula import Variable, captured, check, read, shape_of, suggest
from rumbo.core.vocabulary.accumulation import Accumulation


@pytest.mark.parametrize(
    "typed",
    ["100 * a", "a + b", "(a + b) * (a + b) * (a + b)", "a * b", "a / b / c", "1 / a", "a / a", "a * a / b",
     "round(a / b, 1)",
     "si(b = 0, 0, a / b)", "a / 3 / b", "max(a, b)", "a / (b * 0)", "0 * a / b", "2 - a / b", "a + 1"],
)  # fmt: skip
def test_what_the_capture_cannot_feed_is_only_a_document(typed: str) -> None:
    tree = read(typed)
    assert shape_of(tree).kind == "document"
    found = captured(tree, Accumulation.RATIO)
    assert not found.is_computed
    assert not found.problems[0].blocks


@pytest.mark.parametrize(
    ("typed", "factor"),
    [("a / b", "1"), ("100 * a / b", "100"), ("a / b * 100", "100"), ("100 * (a / b)", "100"), ("a * 100 / b", "100"),
     ("(100 * a) / b", "100"), ("a / (b / 1000)", "1000"), ("a / (b * 4)", "0.25"), ("-a / b", "-1"),
     ("(40 + 60) * a / b", "100"), ("a / b * 100 %", "1"), ("a * c / (c * b)", "1"), ("1 / b * a", "1")],
)  # fmt: skip
def test_a_quotient_is_recognised_however_it_is_written(typed: str, factor: str) -> None:
    shape = shape_of(read(typed))
    assert (shape.kind, shape.numerator, shape.denominator) == ("ratio", "a", "b")
    assert shape.factor == Decimal(factor)
    assert captured(read(typed), Accumulation.RATIO).is_computed


@pytest.mark.parametrize(
    ("typed", "factor"),
    [("(a - b) / b", "1"), ("100 * (a - b) / b", "100"), ("[(a / b) - 1] * 100", "100"), ("100 * a / b - 100", "100"),
     ("(b - a) / b", "-1"), ("100 - 100 * a / b", "-100"), ("(a - b) * 100 / (b + b - b)", "100")],
)  # fmt: skip
def test_a_change_is_recognised_however_it_is_written(typed: str, factor: str) -> None:
    shape = shape_of(read(typed))
    assert (shape.kind, shape.numerator, shape.denominator) == ("rate", "a", "b")
    assert shape.factor == Decimal(factor)
    assert captured(read(typed), Accumulation.RATE).is_computed


def test_a_variable_alone_is_the_captured_value() -> None:
    assert shape_of(read("(a)")).kind == "value"
    assert captured(read("a * 100 %"), Accumulation.SUM).is_computed


def test_a_formula_and_an_accumulation_that_disagree_are_told() -> None:
    assert [one.code for one in captured(read("100 * a / b"), Accumulation.AVERAGE).problems] == ["ratio_as_value"]
    assert [one.code for one in captured(read("a / b - 1"), Accumulation.RATIO).problems] == ["rate_as_value"]
    assert [one.code for one in captured(read("a"), Accumulation.RATIO).problems] == ["value_as_ratio"]


A, B = Variable("a", unit="caso"), Variable("b", unit="caso")


@pytest.mark.parametrize(
    ("mode", "variables", "unit", "first"),
    [
        (Accumulation.SUM, [A], "caso", "a"),
        (Accumulation.RATIO, [A, B], "%", "100 * a / b"),
        (Accumulation.RATIO, [A, B], "minutos", "a / b"),
        (Accumulation.RATIO, [A, B], "por cada 100,000 habitantes", "100000 * a / b"),
        (Accumulation.RATIO, [A, B], "casos por cada mil habitantes", "1000 * a / b"),
        (Accumulation.RATIO, [A, B], "defunciones por cada cien mil", "100000 * a / b"),
        (Accumulation.SUM, [A, B], "caso", "a + b"),
    ],
)
def test_a_formula_is_suggested_from_what_is_known(
    mode: Accumulation, variables: list[Variable], unit: str, first: str
) -> None:
    found = suggest(mode, variables, unit)
    assert found[0].formula == first
    for suggestion in found:
        assert check(suggestion.formula, variables).is_sound


def test_nothing_is_suggested_from_nothing() -> None:
    assert suggest(Accumulation.SUM, [], "%") == []
    assert suggest(Accumulation.RATIO, [A], "%") == []
    assert suggest(Accumulation.SUM, [Variable("dos palabras")], "%") == []
