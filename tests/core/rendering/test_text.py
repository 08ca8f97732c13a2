from datetime import date, time
from decimal import Decimal
from math import inf, nan

import pytest

from rumbo.core.rendering import text

NBSP = "\u00a0"


@pytest.mark.parametrize("value", [None, nan, inf, Decimal("NaN")])
def test_what_is_not_a_number_is_printed_as_a_dash(value: float | None) -> None:
    assert text.number(value) == "–"
    assert text.percent(value) == "–"
    assert text.pesos(value) == "–"
    assert text.points(value) == "–"


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_outside_the_year_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="month must be"):
        text.month_name(month)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234.5, None, "1,234.5"),
        (44820, None, "44,820"),
        (Decimal("1234.500000"), None, "1,234.5"),
        (0.000001, None, "0.000001"),
        (1234.5, 2, "1,234.50"),
        (-3, 1, "−3.0"),
        (-0.04, 1, "0.0"),
        (Decimal("-0.004"), 2, "0.00"),
        (Decimal("0.125"), 2, "0.13"),
        (99370.5, 0, "99,371"),
        (2.675, 2, "2.68"),  # as it is written, not the 2.67499… that a computer keeps
        (1e300, 0, format(1e300, ",.0f")),
        (10**15, 0, "1,000,000,000,000,000"),
    ],
)
def test_numbers_are_written_as_in_mexico(value: float, decimals: int | None, expected: str) -> None:
    assert text.number(value, decimals) == expected


def test_a_signed_number_says_its_plus_but_zero_has_no_sign() -> None:
    assert text.number(3, signed=True) == "+3"
    assert text.number(-3, signed=True) == "−3"
    assert text.number(0, 1, signed=True) == "0.0"


def test_percentages_keep_their_sign_on_the_same_line() -> None:
    assert text.percent(44.3) == f"44.3{NBSP}%"
    assert text.percent(44.3, language="en") == "44.3%"


def test_differences_are_points_and_never_percentages() -> None:
    assert text.points(-3.5) == f"−3.5{NBSP}puntos"
    assert text.points(1, 0, signed=True) == f"+1{NBSP}punto"
    assert text.points(2, language="en") == f"2.0{NBSP}points"


def test_pesos_put_the_minus_before_the_sign() -> None:
    assert text.pesos(Decimal("1234.5")) == "$1,234.50"
    assert text.pesos(-20) == "−$20.00"


def test_dates_are_long_in_text_and_short_in_tables() -> None:
    day = date(2026, 10, 31)
    assert text.long_date(day) == "31 de octubre de 2026"
    assert text.long_date(day, language="en") == "31 October 2026"
    assert text.short_date(date(2026, 3, 1)) == "01/03/2026"
    assert text.month_and_year(day) == "octubre de 2026"
    assert text.day_and_month(day) == "31 de octubre"
    assert text.clock_time(time(14, 5)) == "14:05"
    assert text.long_date(None) == text.short_date(None) == text.clock_time(None) == "–"


def test_months_are_lower_case_in_spanish() -> None:
    assert [text.month_name(m, short=True) for m in (1, 10, 12)] == ["ene", "oct", "dic"]
    assert text.month_name(9) == "septiembre"
    assert text.month_name(1, short=True, language="en") == "Jan"
