"""Weeks and fortnights inside a message, in both languages."""

from datetime import date

from rumbo.core.rendering.stretches import Stretches, stretch_name
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.stretches import stretches_of
from rumbo.core.vocabulary.frequency import Frequency

WEEKS = stretches_of(Frequency.WEEKLY, Period(2026, 11))
ENGLISH = {
    "semana del %(first)s al %(last)s": "week of %(first)s to %(last)s",
    "enero": "January",
    " y %(more)s más": " and %(more)s more",
}


def english(source: str) -> str:
    return ENGLISH.get(source, source)


def test_a_week_that_begins_in_the_month_before_says_both_months() -> None:
    assert stretch_name(WEEKS[0], str) == "semana del 26 de octubre al 1 de noviembre"
    assert stretch_name(WEEKS[1], str) == "semana del 2 al 8 de noviembre"
    assert stretch_name(WEEKS[1], english) == "week of 2 to 8 November"


def test_half_a_month_is_a_fortnight() -> None:
    first, second = stretches_of(Frequency.FORTNIGHTLY, Period(2026, 2))
    assert stretch_name(first, str) == "quincena del 1 al 15 de febrero"
    assert (second.first_day, stretch_name(second, str)) == (date(2026, 2, 16), "quincena del 16 al 28 de febrero")


def test_of_many_the_first_are_named_and_the_rest_counted() -> None:
    told = Stretches(WEEKS).told(str)
    assert told.endswith("semana del 9 al 15 de noviembre y 2 más")
    assert Stretches(WEEKS).told(english).endswith("and 2 more")
    assert Stretches(WEEKS[:1]).told(str) == "semana del 26 de octubre al 1 de noviembre"
