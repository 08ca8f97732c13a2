"""Slots of every frequency, in fiscal years that start in any month."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear, Slot, ended_by, slots_of
from rumbo.core.vocabulary.frequency import Frequency

WITHOUT_GAPS = [frequency for frequency in Frequency if frequency is not Frequency.TWO_YEARLY]


def test_a_year_that_starts_in_no_month_is_refused() -> None:
    with pytest.raises(ValueError, match="13"):
        FiscalYear(2026, 13)


def test_two_yearly_slots_need_the_year_of_the_first_one() -> None:
    with pytest.raises(ValueError, match="two-yearly"):
        slots_of(Frequency.TWO_YEARLY, FiscalYear(2026))


@pytest.mark.parametrize(
    ("frequency", "slots"),
    [
        (Frequency.FORTNIGHTLY, 24),
        (Frequency.MONTHLY, 12),
        (Frequency.BIMONTHLY, 6),
        (Frequency.QUARTERLY, 4),
        (Frequency.FOUR_MONTHLY, 3),
        (Frequency.HALF_YEARLY, 2),
        (Frequency.ANNUAL, 1),
    ],
)
@pytest.mark.parametrize("start", range(1, 13))
def test_a_year_of_any_start_is_cut_in_as_many_slots(frequency: Frequency, slots: int, start: int) -> None:
    year = FiscalYear(2026, start)
    found = slots_of(frequency, year)
    assert len(found) == slots
    assert (found[0].first_day, found[-1].last_day) == (year.first.first_day, year.last.last_day)


@pytest.mark.parametrize("frequency", WITHOUT_GAPS)
@pytest.mark.parametrize("start", [1, 3, 7, 10])
def test_no_day_is_in_two_slots_nor_in_none_from_year_to_year(frequency: Frequency, start: int) -> None:
    found = [slot for year in range(2020, 2033) for slot in slots_of(frequency, FiscalYear(year, start))]
    assert all(after.first_day == before.last_day + timedelta(days=1) for before, after in pairwise(found))


def test_weeks_end_on_sunday_and_some_years_have_fifty_three() -> None:
    of_year = {year: slots_of(Frequency.WEEKLY, FiscalYear(year)) for year in range(2020, 2033)}
    assert {len(slots) for slots in of_year.values()} == {52, 53}
    assert len(of_year[2023]) == 53  # 1 January 2023 is a Sunday
    assert all(slot.last_day.weekday() == 6 for slots in of_year.values() for slot in slots)
    assert of_year[2026][0] == Slot(date(2025, 12, 29), date(2026, 1, 4))


def test_a_two_yearly_slot_ends_every_second_year() -> None:
    found = {
        year: slots_of(Frequency.TWO_YEARLY, FiscalYear(year), since=2024) for year in (2023, 2024, 2025, 2026, 2027)
    }
    assert [year for year, slots in found.items() if slots] == [2023, 2025, 2027]
    assert found[2025] == (Slot(date(2024, 1, 1), date(2025, 12, 31)),)


def test_a_slot_has_ended_the_day_it_ends() -> None:
    slots = slots_of(Frequency.QUARTERLY, FiscalYear(2026))
    assert [ended_by(slots, day) for day in (date(2026, 3, 30), date(2026, 3, 31), date(2027, 1, 1))] == [0, 1, 4]
    assert slots[0].period == Period(2026, 3)


def test_a_month_finds_its_fiscal_year_and_its_column() -> None:
    year = FiscalYear.containing(Period(2026, 6), start_month=7)
    assert (year.year, year.column(Period(2026, 6)), year.column(Period(2025, 7))) == (2025, 11, 0)
    assert FiscalYear.containing(Period(2026, 7), start_month=7).year == 2026
    assert len(year.months) == 12


@pytest.mark.parametrize("frequency", [item for item in Frequency if item.by_months and item != Frequency.TWO_YEARLY])
@pytest.mark.parametrize("start", range(1, 13))
def test_due_months_are_those_in_which_slots_end(frequency: Frequency, start: int) -> None:
    ends = tuple(slot.period.month for slot in slots_of(frequency, FiscalYear(2026, start)))
    assert frequency.due_months_from(start) == ends


def test_every_month_is_due_where_several_slots_end_in_each() -> None:
    assert Frequency.WEEKLY.due_months == Frequency.FORTNIGHTLY.due_months == tuple(range(1, 13))
    assert Frequency.TWO_YEARLY.due_months == Frequency.ANNUAL.due_months == (12,)
