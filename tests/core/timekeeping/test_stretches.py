"""What the capture of a month asks for: the month, or the weeks or fortnights that end in it."""

from datetime import date
from itertools import pairwise

import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.stretches import stretches_of
from rumbo.core.vocabulary.frequency import Frequency


@pytest.mark.parametrize("frequency", [item for item in Frequency if item.by_months])
def test_what_is_measured_by_months_is_one_stretch(frequency: Frequency) -> None:
    (only,) = stretches_of(frequency, Period(2026, 2))
    assert (only.first_day, only.last_day) == (date(2026, 2, 1), date(2026, 2, 28))


def test_a_week_belongs_to_the_month_in_which_it_ends() -> None:
    found = stretches_of(Frequency.WEEKLY, Period(2026, 11))
    assert [one.last_day.day for one in found] == [1, 8, 15, 22, 29]
    assert found[0].first_day == date(2026, 10, 26)
    assert stretches_of(Frequency.WEEKLY, Period(2026, 12))[0].first_day == date(2026, 11, 30)


def test_a_month_has_two_fortnights() -> None:
    found = stretches_of(Frequency.FORTNIGHTLY, Period(2024, 2))
    assert [(one.first_day.day, one.last_day.day) for one in found] == [(1, 15), (16, 29)]


def test_every_week_of_ten_years_belongs_to_one_month() -> None:
    weeks = [one for index in range(2020 * 12, 2030 * 12) for one in stretches_of(Frequency.WEEKLY, Period.of(index))]
    assert all((b.first_day - a.last_day).days == 1 for a, b in pairwise(weeks))
