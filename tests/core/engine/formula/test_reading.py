"""How people write a formula, and how it is read."""

import pytest

from rumbo.core.engine.formula import FormulaError, Limits, attempt, names_in, read, symbols

VALUES = {"a": 45.0, "b": 60.0, "c": 3.0, "año": 4.0}


@pytest.mark.parametrize(
    ("typed", "code", "instead"),
    [
        ("1,250 * a", "comma_in_number", "1250"),
        ("0,5 * a", "comma_in_number", ""),
        ("max(0,5)", "comma_in_number", "0, 5"),
        ("casos atendidos / b", "spaces", "casos_atendidos"),
        ("a entre b", "spoken", "÷"),
        ("a x b", "spoken", "×"),
        ("mx(a, b)", "not_a_function", "máx"),
        ("(a]", "crossed", ""),
        ("()", "value_missing", ""),
        ("a + ", "value_missing", ""),
        ("si(a, b, c)", "condition", ""),
        ("si(a > b, c)", "arguments", ""),
        ("min(a)", "arguments", ""),
        ("100 a", "operation_missing", ""),
    ],
)
def test_a_slip_is_refused_with_what_was_probably_meant(typed: str, code: str, instead: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read(typed, known=["a", "b", "c", "casos_atendidos"])
    assert (caught.value.problem.code, caught.value.problem.instead) == (code, instead)


def test_a_limit_can_be_raised_but_never_missed() -> None:
    long = " + ".join(["a"] * 500)
    with pytest.raises(FormulaError, match="elementos"):
        read(long)
    tree = read(long, limits=Limits(length=10_000, tokens=2_000))
    assert attempt(tree, {"a": 1.0}).value == 500


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("100 × a ÷ b", 75),
        ("100 · a ∕ b", 75),
        ("[100 * a] / {b}", 75),
        ("b − a – 5 — 5", 5),
        ("50 % × b", 30),
        ("50% * b", 30),
        ("a / b * 100%", 0.75),
        ("b - a * 2", -30),
        ("(b - a) * 2", 30),
        ("b / a / c", 60 / 45 / 3),
        ("-a * -2", 90),
        ("5 - -3 + 0*a", 8),
        (".5 * b", 30),
        ("MAX(a; b; 100)", 100),
        ("mínimo(a, b)", 45),
        ("Redondear(100 * a / 7, 1)", 642.9),
        ("redondear(a / 2)", 23),
        ("absoluto(a - b)", 15),
        ("si(a < b, 1, 0)", 1),
        ("SI(a >= b; 1; 0)", 0),
        ("if(a = 45, 7, 8)", 7),
        ("si(a <> 45, 7, 8)", 8),
        ("si(0 ≤ a ≤ 45, 1, 0)", 1),
        ("si(0 < a < 45, 1, 0)", 0),
        ("si(0.1 + 0.2 = 0.3, a, 0)", 45),
        ("an\u0303o * 2", 8),
        ("a\u00a0+\n b", 105),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(typed: str, expected: float) -> None:
    assert attempt(read(typed), VALUES).value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("100*a/b", "100 × a ÷ b"),
        ("a-(b-c)", "a − (b − c)"),
        ("(a-b)-c", "a − b − c"),
        ("a/(b*c)", "a ÷ (b × c)"),
        ("a*(b+c)*2", "a × (b + c) × 2"),
        ("a - (-b)", "a − (−b)"),
        ("-(a+b)", "−(a + b)"),
        ("1250000*a", "1,250,000 × a"),
        ("round(a/b,2)", "redondear(a ÷ b, 2)"),
        ("si(a>=b;a;b)", "si(a ≥ b, a, b)"),
        ("50% * a", "50 % × a"),
    ],
)
def test_a_formula_is_printed_so_that_it_reads_back_the_same(typed: str, printed: str) -> None:
    assert symbols(read(typed)) == printed
    again = read(printed.replace("1,250,000", "1250000"))
    assert symbols(again) == printed
    assert attempt(again, VALUES).value == attempt(read(typed), VALUES).value


def test_names_come_once_in_their_order() -> None:
    assert names_in(read("b + a * b / c")) == ("b", "a", "c")
