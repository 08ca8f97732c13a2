"""When each quarter is due. The four dates of 2021 are those of the source."""

from datetime import date

import pytest

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.calendars import actions as calendars
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.organization.settings import InstitutionSettings, InvalidSetting
from rumbo.systems.transparency import queries
from rumbo.systems.transparency.states import deadline_of
from tests.cast import FOUNDED, FOUNDED_AT, SYSTEM

ON = date(2026, 12, 3)
OF_2021 = [
    (1, date(2021, 5, 15), date(2021, 5, 14)),
    (2, date(2021, 8, 14), date(2021, 8, 13)),
    (3, date(2021, 11, 14), date(2021, 11, 12)),
    (4, date(2022, 2, 14), date(2022, 2, 14)),
]


@pytest.mark.requirement("IECM-25", "Q-04")
@pytest.mark.parametrize(("number", "due", "safe"), OF_2021)
def test_forty_five_natural_days_do_not_roll_over(number: int, due: date, safe: date) -> None:
    found = deadline_of(Quarter(2021, number), days=45, moves=False, non_working=frozenset())
    assert (found.due, found.safe) == (due, safe)


@pytest.mark.requirement("Q-04")
def test_the_four_dates_of_a_year_with_the_institutions_calendar(institution: Institution) -> None:
    calendars.set_days(
        institution=institution, days={date(2021, 8, 13): "Día del personal"}, origin="institution",
        by=SYSTEM, at=FOUNDED_AT,
    )  # fmt: skip
    found = queries.due_dates(institution, 2021, on=ON)
    assert [deadline.due for deadline in found] == [due for _number, due, _safe in OF_2021]
    assert found[1].safe == date(2021, 8, 12)


@pytest.mark.requirement("Q-04")
def test_an_institution_may_decide_that_the_term_rolls_over_or_is_another(institution: Institution) -> None:
    organization.configure(
        institution=institution, values={"transparency_due_moves": True, "transparency_due_days": 30,
        "transparency_alert_days": 5}, effective_from=FOUNDED, by=SYSTEM, at=FOUNDED_AT, on=FOUNDED,
    )  # fmt: skip
    first, second, *_others = queries.due_dates(institution, 2021, on=ON)
    assert first.due == date(2021, 4, 30)
    assert second.due == date(2021, 7, 30)
    assert queries.deadline_for(institution, Quarter(2026, 3)).due == date(2026, 10, 30)
    assert queries.deadline_for(institution, Quarter(2025, 4)).due == date(2026, 1, 30)
    assert queries.deadline_for(institution, Quarter(2024, 2)).due == date(2024, 7, 30)


def test_a_term_that_ends_on_a_non_working_day_moves_only_if_decided() -> None:
    moved = deadline_of(Quarter(2021, 2), days=45, moves=True, non_working=frozenset())
    assert (moved.due, moved.safe) == (date(2021, 8, 16), date(2021, 8, 16))


@pytest.mark.requirement("IECM-26")
def test_days_left_and_late_count_natural_days() -> None:
    found = deadline_of(Quarter(2021, 2), days=45, moves=False, non_working=frozenset())
    assert found.days_left(date(2021, 8, 4)) == 10
    assert not found.is_late(None, date(2021, 8, 14))
    assert found.is_late(None, date(2021, 8, 15))
    assert found.is_late(date(2021, 8, 15), date(2022, 1, 1))
    assert not found.is_late(date(2021, 8, 14), date(2022, 1, 1))


@pytest.mark.parametrize(
    "values", [{"transparency_due_days": 0}, {"transparency_alert_days": 46}, {"transparency_text_limit": 40_000}]
)
def test_what_cannot_be_decided_is_refused(values: dict[str, int]) -> None:
    with pytest.raises(InvalidSetting):
        InstitutionSettings.from_values(values)
