from datetime import date

import pytest

from rumbo.core.timekeeping.business_days import business_day_or_previous
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.quarter import InvalidQuarter, Quarter


@pytest.mark.parametrize("text", ["2021-0", "2021-5", "2021", "21-2", "2021-02", "1800-1"])
def test_what_is_not_a_quarter_is_refused_saying_how_it_is_written(text: str) -> None:
    with pytest.raises(InvalidQuarter, match="2021-2"):
        Quarter.parse(text)


@pytest.mark.requirement("IECM-04", "IECM-05")
def test_a_quarter_knows_its_days_and_its_label() -> None:
    quarter = Quarter.parse("2021-2")
    assert (quarter.start, quarter.end) == (date(2021, 4, 1), date(2021, 6, 30))
    assert quarter.label == "SEGUNDO TRIMESTRE 2021"
    assert str(quarter) == "2021-2"


def test_every_month_belongs_to_one_quarter() -> None:
    assert [Quarter.containing(Period(2021, month)).number for month in range(1, 13)] == [
        1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4,
    ]  # fmt: skip
    assert Quarter.containing(date(2024, 2, 29)) == Quarter(2024, 1)


def test_quarters_follow_each_other_across_years() -> None:
    assert Quarter(2021, 4).plus(1) == Quarter(2022, 1)
    assert Quarter(2021, 1).plus(-1) == Quarter(2020, 4)
    assert Quarter(2021, 4) < Quarter(2022, 1)


@pytest.mark.requirement("Q-04")
def test_the_business_day_on_or_before_goes_back_over_holidays() -> None:
    assert business_day_or_previous(date(2021, 8, 13), frozenset()) == date(2021, 8, 13)
    assert business_day_or_previous(date(2021, 8, 14), frozenset()) == date(2021, 8, 13)
    assert business_day_or_previous(date(2021, 8, 15), frozenset({date(2021, 8, 13)})) == date(2021, 8, 12)
