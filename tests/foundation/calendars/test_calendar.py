"""The calendar of each institution."""

from datetime import date

import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.calendars import actions, queries
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from tests.cast import NOW, SYSTEM, Character

pytestmark = pytest.mark.django_db
CHRISTMAS_EVE = date(2026, 12, 24)


def test_a_capturer_cannot_change_the_calendar(institution: Institution, ana: Character) -> None:
    with pytest.raises(Forbidden):
        actions.set_days(institution=institution, days={CHRISTMAS_EVE: "Nochebuena"}, by=ana.actor, at=NOW)
    with pytest.raises(Forbidden):
        actions.seed_statutory(institution=institution, years=[2026], by=ana.actor, at=NOW)
    assert queries.days_of_year(institution, 2026) == []


def test_a_day_without_a_reason_is_refused(institution: Institution, carmen: Character) -> None:
    with pytest.raises(actions.DayRefused, match="24/12/2026"):
        actions.set_days(institution=institution, days={CHRISTMAS_EVE: " "}, by=carmen.actor, at=NOW)


def test_a_day_that_is_not_there_cannot_be_taken_away(institution: Institution) -> None:
    with pytest.raises(actions.DayRefused):
        actions.remove_days(institution=institution, days=[CHRISTMAS_EVE], by=SYSTEM, at=NOW)


def test_the_law_gives_seven_days_a_year_and_the_handover(institution: Institution) -> None:
    actions.seed_statutory(institution=institution, years=[2023, 2024, 2026], by=SYSTEM, at=NOW)
    assert queries.non_working_days(institution, date(2026, 1, 1), date(2026, 12, 31)) == {
        date(2026, 1, 1), date(2026, 2, 2), date(2026, 3, 16), date(2026, 5, 1), date(2026, 9, 16),
        date(2026, 11, 16), date(2026, 12, 25),
    }  # fmt: skip
    assert date(2024, 10, 1) in queries.non_working_days(institution, date(2024, 1, 1), date(2024, 12, 31))
    assert date(2023, 3, 20) in queries.non_working_days(institution, date(2023, 1, 1), date(2023, 12, 31))


def test_seeding_twice_changes_nothing_and_keeps_own_names(institution: Institution) -> None:
    actions.set_days(institution=institution, days={date(2026, 5, 1): "Asueto"}, by=SYSTEM, at=NOW)
    assert len(actions.seed_statutory(institution=institution, years=[2026], by=SYSTEM, at=NOW)) == 6
    assert actions.seed_statutory(institution=institution, years=[2026], by=SYSTEM, at=NOW) == []
    assert queries.days_of_year(institution, 2026)[3].name == "Asueto"


def test_an_own_day_moves_what_is_due(institution: Institution, carmen: Character) -> None:
    assert queries.business_day_of_month(institution, Period(2026, 12), -1) == date(2026, 12, 31)
    actions.set_days(institution=institution, days={date(2026, 12, 31): "Fin de año"}, by=carmen.actor, at=NOW)
    assert queries.business_day_of_month(institution, Period(2026, 12).index, -1) == date(2026, 12, 30)
    actions.remove_days(institution=institution, days=[date(2026, 12, 31)], by=carmen.actor, at=NOW)
    assert queries.business_day_of_month(institution, Period(2026, 12), -1) == date(2026, 12, 31)
    assert [str(problem) for problem in audit.verify()] == []


def test_the_calendar_of_another_institution_does_not_count(
    institution: Institution, other_institution: Institution
) -> None:
    actions.seed_statutory(institution=other_institution, years=[2026], by=SYSTEM, at=NOW)
    assert queries.business_day_of_month(institution, Period(2026, 11), 11) == date(2026, 11, 16)
    assert queries.business_day_of_month(other_institution, Period(2026, 11), 11) == date(2026, 11, 17)


@pytest.mark.requirement("A1-25")
def test_due_dates_follow_what_the_institution_decided(institution: Institution, carmen: Character) -> None:
    assert queries.due_dates(institution, Period(2026, 10)).capture_due == date(2026, 11, 6)
    organization.configure(
        institution=institution,
        values={"capture_due_day": 3, "delivery_same_month": True},
        effective_from=date(2026, 10, 1),
        by=carmen.actor,
        at=NOW,
    )
    dates = queries.due_dates(institution, Period(2026, 10).index)
    assert (dates.capture_due, dates.delivery_due) == (date(2026, 11, 4), date(2026, 10, 30))
