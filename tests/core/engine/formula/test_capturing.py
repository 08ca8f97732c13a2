"""What the capture asks for under each formula, which are suggested, and which cannot be added month after month."""

from decimal import Decimal
from fractions import Fraction
from time import process_time

import pytest

from rumbo.core.engine.formula import Variable, captured, check, read, shape_of, suggest
from rumbo.core.vocabulary.accumulation import Accumulation

ADDED = (Accumulation.SUM, Accumulation.RATIO, Accumulation.RATE)
JUDGED_APART = (Accumulation.PERIODIC, Accumulation.LAST, Accumulation.AVERAGE, Accumulation.CONSTANT)


@pytest.mark.parametrize(
    "typed",
    ["(a + b) * (a + b) * (a + b)", "a * b", "a / b / c", "1 / a", "a * a / b", "round(a / b, 1)",
     "si(b = 0, 0, a / b)", "max(a, b)", "a / (b * 0)", "0 * a / b", "a / (b - b)", "1 / (1 / a + 1 / b)"],
)  # fmt: skip
def test_what_is_no_quotient_of_sums_is_never_added_and_says_what_to_do(typed: str) -> None:
    tree = read(typed)
    assert shape_of(tree).kind == "result"
    for mode in ADDED:
        (problem,) = captured(tree, mode).problems
        assert problem.blocks
        assert "Promedio de los meses" in str(problem)


@pytest.mark.parametrize(
    "typed", ["a * b", "max(a, b)", "si(b = 0, 0, a / b)", "100 * a / b", "a + 5", "(a + 5) / (b - c)"]
)
def test_of_months_that_are_not_added_any_formula_gives_the_value(typed: str) -> None:
    for mode in JUDGED_APART:
        found = captured(read(typed), mode)
        assert found.by_variables
        assert found.shape.kind == "result"


@pytest.mark.parametrize(
    ("typed", "upper", "lower", "factor"),
    [
        ("100 * (a + t) / (r - c)", {"a": 1, "t": 1}, {"r": 1, "c": -1}, "100"),
        ("(100 * a + 100 * t) / r", {"a": 1, "t": 1}, {"r": 1}, "100"),
        ("100 * (0.6 * a + 0.4 * b) / d", {"a": Fraction(3, 5), "b": Fraction(2, 5)}, {"d": 1}, "100"),
        ("(a + b + c) / 3 / d", {"a": 1, "b": 1, "c": 1}, {"d": 3}, "1"),
        ("a / b + c / (2 * b)", {"a": 1, "c": Fraction(1, 2)}, {"b": 1}, "1"),
        ("100 - 100 * a / b", {"b": 1, "a": -1}, {"b": 1}, "100"),
        ("-(a + b) / c", {"a": 1, "b": 1}, {"c": 1}, "-1"),
        ("2 - a / b", {"b": 2, "a": -1}, {"b": 1}, "1"),
        ("a / 3 / b", {"a": 1}, {"b": 3}, "1"),
    ],
)
def test_a_quotient_of_sums_is_captured_variable_by_variable(
    typed: str, upper: dict[str, int], lower: dict[str, int], factor: str
) -> None:
    found = captured(read(typed), Accumulation.RATIO)
    assert found.by_variables
    assert (dict(found.shape.upper), dict(found.shape.lower)) == (upper, lower)
    assert found.shape.factor == Decimal(factor)


def test_a_sum_of_variables_is_a_value_that_is_added() -> None:
    found = captured(read("2 * a + b - c"), Accumulation.SUM)
    assert found.by_variables
    assert not found.shape.by_parts
    assert dict(found.shape.upper) == {"a": 2, "b": 1, "c": -1}


def test_a_change_of_sums_is_made_of_what_there_is_and_its_base() -> None:
    found = captured(read("[(a + c) / (b + d) - 1] * 100"), Accumulation.RATE)
    assert (dict(found.shape.upper), dict(found.shape.lower)) == ({"a": 1, "c": 1}, {"b": 1, "d": 1})
    assert found.shape.factor == 100


@pytest.mark.parametrize(
    ("typed", "mode", "code"),
    [
        ("a + 5", Accumulation.SUM, "constant_added"),
        ("(a + 5) / b", Accumulation.RATIO, "constant_added"),
        ("a / (b + 5)", Accumulation.RATIO, "constant_added"),
        ("(a - b) / (b + 1)", Accumulation.RATE, "constant_added"),
        ("100 * a / b", Accumulation.SUM, "quotient_added"),
        ("100 * a / b", Accumulation.RATE, "no_rate"),
        ("100 * (a + b) / c", Accumulation.RATE, "no_rate"),
    ],
)
def test_what_would_be_counted_once_a_month_is_refused(typed: str, mode: Accumulation, code: str) -> None:
    (problem,) = captured(read(typed), mode).problems
    assert (problem.code, problem.blocks) == (code, True)


@pytest.mark.parametrize(
    "typed", [" + ".join(f"x{i} / {i + 2}" for i in range(120)), "*".join(["99999.9"] * 220) + "* a / b"]
)
def test_a_hostile_formula_is_told_apart_in_a_moment(typed: str) -> None:
    began = process_time()
    captured(read(typed), Accumulation.RATIO)
    assert process_time() - began < 1


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
    assert [one.code for one in captured(read("a + b"), Accumulation.RATIO).problems] == ["value_as_ratio"]
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
