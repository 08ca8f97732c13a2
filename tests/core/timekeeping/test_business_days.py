"""Business and natural days, with the values of the sources (LFT art. 74 alone)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumbo.core.timekeeping.business_days import (
    NoSuchBusinessDay,
    add_business_days,
    add_natural_days,
    business_day_or_next,
    business_days_late,
    is_business_day,
    natural_days_late,
    nth_business_day,
)
from rumbo.core.timekeeping.deadlines import Counting, Term, month_dates
from rumbo.core.timekeeping.period import Period

LAW = frozenset(
    {
        date(2023, 1, 1), date(2023, 2, 6), date(2023, 3, 20), date(2023, 5, 1), date(2023, 9, 16),
        date(2023, 11, 20), date(2023, 12, 25), date(2026, 5, 1), date(2026, 11, 16), date(2026, 12, 25),
    }
)  # fmt: skip
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


def test_a_month_has_no_twenty_fourth_business_day() -> None:
    with pytest.raises(NoSuchBusinessDay, match="noviembre de 2026 no tiene 24 días hábiles"):
        nth_business_day(Period(2026, 11), 24, LAW)


def test_business_days_count_from_one() -> None:
    with pytest.raises(NoSuchBusinessDay):
        nth_business_day(Period(2026, 11), 0, LAW)


def test_a_calendar_without_business_days_is_refused_instead_of_searched_for_ever() -> None:
    class Always:
        def __contains__(self, day: object) -> bool:
            return True

    with pytest.raises(NoSuchBusinessDay, match="Revise el calendario"):
        add_business_days(date(2026, 1, 1), 1, Always())


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2023, 8, 31), -30, date(2023, 7, 20)),
        (date(2023, 3, 16), 5, date(2023, 3, 24)),  # 20 March is a holiday
        (date(2023, 8, 29), 5, date(2023, 9, 5)),
        (date(2026, 4, 30), 15, date(2026, 5, 22)),
    ],
)
def test_business_days_of_the_sources(start: date, count: int, due: date) -> None:
    assert add_business_days(start, count, LAW) == due
    assert Term(count).due_on(start, LAW) == due


def test_natural_days_of_the_sources() -> None:
    assert add_natural_days(date(2026, 4, 30), 15) == date(2026, 5, 15)
    assert Term(15, Counting.NATURAL).due_on(date(2026, 4, 30), LAW) == date(2026, 5, 15)


def test_the_end_of_the_goal_governs_when_it_comes_first() -> None:
    assert Term(5).due_on(date(2023, 8, 29), LAW, not_later_than=date(2023, 8, 31)) == date(2023, 8, 31)


def test_a_natural_term_moves_to_a_business_day_only_if_asked() -> None:
    act = date(2026, 4, 16)  # fifteen days later is the first of May, a Friday of rest
    assert Term(15, Counting.NATURAL).due_on(act, LAW) == date(2026, 5, 1)
    assert Term(15, Counting.NATURAL, moves=True).due_on(act, LAW) == date(2026, 5, 4)


def test_in_an_electoral_process_every_day_counts() -> None:
    process = [(date(2023, 9, 1), date(2023, 9, 30))]
    assert add_business_days(date(2023, 9, 15), 3, LAW, process) == date(2023, 9, 18)
    assert is_business_day(date(2023, 9, 16), LAW, process)


def test_the_business_days_of_a_month_count_from_either_end() -> None:
    november = Period(2026, 11)
    assert nth_business_day(november, 1, LAW) == date(2026, 11, 2)
    assert nth_business_day(november, 10, LAW) == date(2026, 11, 13)
    assert nth_business_day(november, 11, LAW) == date(2026, 11, 17)
    assert nth_business_day(november, -1, LAW) == date(2026, 11, 30)


def test_a_saturday_waits_for_monday() -> None:
    assert business_day_or_next(date(2026, 11, 14), LAW) == date(2026, 11, 17)
    assert business_day_or_next(date(2026, 11, 13), LAW) == date(2026, 11, 13)


def test_days_late_are_counted_from_the_day_after() -> None:
    assert business_days_late(date(2026, 11, 13), date(2026, 11, 13), LAW) == 0
    assert business_days_late(date(2026, 11, 13), date(2026, 11, 12), LAW) == 0
    assert business_days_late(date(2026, 11, 13), date(2026, 11, 17), LAW) == 1
    assert natural_days_late(date(2026, 11, 13), date(2026, 11, 17)) == 4
    assert natural_days_late(date(2026, 11, 13), date(2026, 11, 1)) == 0


@given(DAYS, st.integers(1, 200))
def test_going_and_coming_back_ends_on_the_same_business_day(start: date, count: int) -> None:
    day = business_day_or_next(start, LAW)
    assert add_business_days(add_business_days(day, count, LAW), -count, LAW) == day


@given(DAYS, st.integers(1, 100))
def test_what_is_due_in_n_business_days_is_n_days_late(start: date, count: int) -> None:
    assert business_days_late(start, add_business_days(start, count, LAW), LAW) == count


@given(DAYS)
def test_a_business_day_is_never_a_weekend(start: date) -> None:
    assert add_business_days(start, 1, LAW).weekday() < 5
    assert add_business_days(start, 1, LAW) - start <= timedelta(days=5)


@pytest.mark.requirement("A1-25")
def test_the_dates_of_an_evaluated_month_fall_in_the_next_one() -> None:
    dates = month_dates(Period(2026, 10), LAW, capture=5, area_review=7, close=10)
    assert (dates.capture_due, dates.area_review_due, dates.close_due, dates.delivery_due) == (
        date(2026, 11, 6), date(2026, 11, 10), date(2026, 11, 13), date(2026, 11, 30),
    )  # fmt: skip
    early = month_dates(Period(2026, 10), LAW, capture=5, area_review=7, close=10, delivery_same_month=True)
    assert early.delivery_due == date(2026, 10, 30)
