"""The month's figures from its readings, beside a slow plain twin."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.engine.formula import captured, names_in, read
from rumbo.core.engine.formula.capturing import single
from rumbo.core.engine.readings import Month, Recipe, Stretch, as_float, month_of, totals_of
from rumbo.core.vocabulary.accumulation import Accumulation

FIRST = date(2026, 11, 1)
FOUR = "100 * (a + b) / (c - d)"
figure = st.decimals(min_value=-(10**6), max_value=10**6, places=3)


def recipe(formula: str, mode: Accumulation) -> Recipe:
    tree = read(formula)
    found = captured(tree, mode)
    assert found.is_computed
    return Recipe(names_in(tree), mode, found.shape, tree if found.shape.kind == "result" else None)


def weeks(*rows: dict[str, Any] | str) -> list[Stretch]:
    """A text is the reason of a week without figures."""
    return [
        Stretch(FIRST + timedelta(days=7 * place), {}, row)
        if isinstance(row, str)
        else Stretch(FIRST + timedelta(days=7 * place), {name: Decimal(value) for name, value in row.items()})
        for place, row in enumerate(rows)
    ]


def test_weeks_without_figures_are_named_and_the_rest_counts() -> None:
    month = month_of(recipe("a + b", Accumulation.SUM), weeks({"a": 3, "b": 4}, {"a": 5}, {}, "No hubo servicio."))
    assert month.numerator == 7
    assert month.missing == (date(2026, 11, 8), date(2026, 11, 15))
    assert month.lacking[date(2026, 11, 8)] == ("b",)
    assert not month.is_complete


def test_a_reason_in_every_week_is_complete_and_has_no_value() -> None:
    month = month_of(recipe("a", Accumulation.SUM), weeks("Huelga.", "Huelga."))
    assert month.is_complete
    assert (month.numerator, month.denominator) == (None, None)


@pytest.mark.parametrize(
    ("mode", "value"),
    [(Accumulation.SUM, 9), (Accumulation.AVERAGE, Decimal("4.5")), (Accumulation.LAST, 7),
     (Accumulation.PERIODIC, 7), (Accumulation.CONSTANT, 7)],
)  # fmt: skip
def test_weeks_become_the_month_as_months_become_the_year(mode: Accumulation, value: Decimal) -> None:
    month = month_of(Recipe(("V",), mode, single("V")), weeks({"V": 2}, {"V": 7}, "Sin dato."))
    assert month.numerator == value


def test_what_divides_by_zero_has_no_value_and_says_why() -> None:
    by_week = recipe("a / b", Accumulation.AVERAGE)
    month = month_of(by_week, weeks({"a": 3, "b": 0}))
    assert (month.numerator, month.missing) == (None, ())
    assert "no calculable" in str(month.problems[0][1])
    told = month_of(
        by_week, [Stretch(FIRST, {"a": Decimal(3), "b": Decimal(0)}, "Nadie llamó."), *weeks({}, {"a": 3, "b": 4})[1:]]
    )
    assert told.is_complete
    assert told.numerator == Decimal("0.75")


def test_a_denominator_of_zero_is_a_figure_of_a_quotient() -> None:
    month = month_of(recipe("100 * (a + b) / (c - d)", Accumulation.RATIO), weeks({"a": 1, "b": 2, "c": 3, "d": 3}))
    assert month.numerator == 3
    assert month.denominator == 0
    assert month.is_complete


def test_a_result_that_does_not_fit_is_refused_and_not_cut() -> None:
    month = month_of(recipe("a * b", Accumulation.LAST), weeks({"a": 10**13, "b": 10**3}))
    assert month.numerator is None
    assert month.problems


@pytest.mark.parametrize(("share", "stored"), [("0.0000005", "0.000001"), ("-0.0000005", "0"), ("0.0000004", "0")])
def test_a_result_is_rounded_half_up_to_what_is_stored(share: str, stored: str) -> None:
    month = month_of(recipe(f"{share} * a", Accumulation.SUM), weeks({"a": 1}))
    assert month.numerator == Decimal(stored)


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.tuples(figure, figure, figure, figure)), min_size=1, max_size=5),
    st.sampled_from(Accumulation),
)
def test_a_month_is_what_a_plain_twin_says(rows: list[tuple[Decimal, ...] | None], mode: Accumulation) -> None:
    formula = {Accumulation.SUM: "a + 2 * b - c / 4 + d", Accumulation.RATE: "100 * (a + b - c - d) / (c + d)"}.get(
        mode, FOUR
    )
    stretches = weeks(*({} if row is None else dict(zip("abcd", row, strict=True)) for row in rows))
    found = month_of(recipe(formula, mode), stretches)
    top, bottom = _twin([row for row in rows if row is not None], mode)
    assert _near(found.numerator, top)
    assert _near(found.denominator, bottom)
    assert len(found.missing) == sum(row is None for row in rows)


def _twin(rows: list[tuple[Decimal, ...]], mode: Accumulation) -> tuple[Fraction | None, Fraction | None]:
    """As one would by hand."""
    if not rows:
        return None, None
    each = [tuple(Fraction(value) for value in row) for row in rows]
    if mode is Accumulation.SUM:
        return sum((a + 2 * b - c / 4 + d for a, b, c, d in each), Fraction(0)), None
    if mode is Accumulation.RATIO:
        return sum((a + b for a, b, _, _ in each), Fraction(0)), sum((c - d for _, _, c, d in each), Fraction(0))
    if mode is Accumulation.RATE:
        return sum((a + b for a, b, _, _ in each), Fraction(0)), sum((c + d for _, _, c, d in each), Fraction(0))
    values = [100 * (a + b) / (c - d) for a, b, c, d in each if c != d]
    if not values:
        return None, None
    return (sum(values, Fraction(0)) / len(values) if mode is Accumulation.AVERAGE else values[-1]), None


def _near(found: Decimal | None, exact: Fraction | None) -> bool:
    if found is None or exact is None:
        return found is None and exact is None
    return abs(Fraction(found) - exact) <= Fraction(1, 10**6) + abs(exact) / 10**12


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(figure, figure, figure, figure), min_size=1, max_size=5), min_size=1, max_size=12))
def test_the_year_of_a_quotient_of_sums_is_the_formula_of_what_was_added(
    months: list[list[tuple[Decimal, ...]]],
) -> None:
    """Exactly: no noise, no percentages averaged."""
    how = recipe(FOUR, Accumulation.RATIO)
    made: list[Month] = [
        month_of(how, weeks(*(dict(zip("abcd", row, strict=True)) for row in rows))) for rows in months
    ]
    a, b, c, d = (sum(Fraction(row[place]) for rows in months for row in rows) for place in range(4))
    assert sum(Fraction(one.numerator or 0) for one in made) == a + b
    assert sum(Fraction(one.denominator or 0) for one in made) == c - d


def test_each_variable_has_the_figure_with_which_the_formula_gives_the_month() -> None:
    rows = weeks({"a": 1, "b": 2, "c": 9, "d": 3}, {"a": 4, "b": 5, "c": 8, "d": 2})
    by_sums = recipe(FOUR, Accumulation.RATIO)
    assert totals_of(by_sums, month_of(by_sums, rows).counted) == {"a": 5, "b": 7, "c": 17, "d": 5}
    last = recipe(FOUR, Accumulation.LAST)
    assert totals_of(last, rows) == {"a": 4, "b": 5, "c": 8, "d": 2}
    mean = recipe(FOUR, Accumulation.AVERAGE)
    assert totals_of(mean, rows) == dict.fromkeys("abcd")
    assert totals_of(mean, rows[:1]) == {"a": 1, "b": 2, "c": 9, "d": 3}


def test_a_figure_is_computed_with_as_a_float_and_one_that_is_not_there_stays_so() -> None:
    assert (as_float(Decimal("0.5")), as_float(Decimal(0)), as_float(None)) == (0.5, 0.0, None)


def test_decimals_are_those_that_people_would_write() -> None:
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        month = month_of(recipe("a / b", Accumulation.LAST), weeks({"a": 2, "b": 3}))
    assert str(month.numerator) == "0.666667"
    assert str(month_of(recipe("100 * a", Accumulation.SUM), weeks({"a": 1})).numerator) == "100"
