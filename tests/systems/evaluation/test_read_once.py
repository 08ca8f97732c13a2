"""What a board reads at once says the same as what it asks one by one."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.audit.queries import forget
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries import results_of
from rumbo.systems.evaluation.queries.board_months import board_months, closed_months
from rumbo.systems.evaluation.queries.light_rows import light_rows
from rumbo.systems.evaluation.queries.listing import Filters, first_listed, listed, of_areas, rows_of
from rumbo.systems.evaluation.queries.standings import courses_of_goals, year_of_goals
from rumbo.systems.evaluation.queries.tallies import tallied, tallies
from tests.cast import Character, Units
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, MARCH, Programme, day_after

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Character], Client]


@pytest.mark.parametrize("period", [FEBRUARY, MARCH])
def test_the_goals_of_an_area_read_whole_are_those_that_the_database_sorts(
    period: Period, institution: Institution, first_quarter: list[Closing], units: Units
) -> None:
    month = board_months(institution, day_after(MARCH), closed_months(institution)).of(period)
    assert month is not None
    for areas in ([units.desu.pk, units.parks.pk], [units.works.pk]):
        found = of_areas(institution.pk, month, areas)
        assert found == rows_of(listed(institution.pk, month, Filters(units=areas)))
        assert Counter(tallied(found)) == Counter(
            {one._replace(goals=1): one.goals for one in tallies(institution.pk, month, units=areas)}
        )
    assert of_areas(institution.pk + 1, month, [units.desu.pk]) == []


def test_an_area_of_many_goals_says_the_same_as_one_of_few(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(carmen)
    shown = {}
    for most in (150, 0):
        forget()
        monkeypatch.setattr("rumbo.systems.evaluation.presenters.area_board.FEW", most)
        board = client.get("/i/prueba/tableros/area/DESU/").context["board"]
        shown[most] = [board.goals.rows, board.extra["bars"], board.extra["warned"], board.extra["lines"], board.kpis]
    assert shown[0] == shown[150]


def test_the_course_of_a_goal_leaves_out_closings_that_were_superseded(
    institution: Institution, first_quarter: list[Closing], programme: Programme
) -> None:
    months = board_months(institution, day_after(MARCH), closed_months(institution))
    month = months.of(FEBRUARY)
    assert month is not None
    rows = results_of(institution.pk, FEBRUARY)
    told = year_of_goals(institution.pk, month, rows)
    known = {
        pk: {period: one.compliance_to_date for period, one in year.items() if one.compliance_to_date is not None}
        for pk, year in told.items()
    }
    assert courses_of_goals(months, month, rows) == known
    Closing.objects.filter(period=JANUARY.index).update(current=False)
    later = board_months(institution, day_after(MARCH), closed_months(institution))
    assert all(JANUARY.index not in year for year in courses_of_goals(later, month, rows).values())


@pytest.mark.parametrize("period", [FEBRUARY, MARCH])
@pytest.mark.parametrize("by_area", [False, True])
@pytest.mark.parametrize("by_line", [False, True])
def test_a_list_that_opens_is_the_first_page_of_the_one_that_is_asked_for(
    period: Period, by_area: bool, by_line: bool, institution: Institution, first_quarter: list[Closing], units: Units,
    programme: Programme,
) -> None:  # fmt: skip
    month = board_months(institution, day_after(MARCH), closed_months(institution)).of(period)
    assert month is not None
    lines = list(programme.plan.elements.filter(code="1.1").values_list("pk", flat=True))
    limits = {"units": [units.desu.pk] if by_area else None, "elements": lines if by_line else None}
    found = first_listed(institution.pk, month, **limits)
    assert found == rows_of(listed(institution.pk, month, Filters(**limits)))
    assert len(found) == (2 if by_area else 3 if by_line else 4)
    light = light_rows(institution.pk, month, **limits)
    assert {row.indicator_id: row.compliance_to_date for row in light} == {
        row.indicator_id: row.compliance_to_date for row in found
    }
    assert first_listed(institution.pk + 1, month, **limits) == []


def test_an_open_month_is_rolled_up_once_for_all_its_boards(
    institution: Institution, first_quarter: list[Closing], client_of: ClientOf, carmen: Character, dario: Character
) -> None:
    client, asked = client_of(carmen), []
    for url in ("/i/prueba/tableros/area/DESU/?mes=2026-03", "/i/prueba/tableros/area/DESU-PJ/?mes=2026-03"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        asked.append(sum("programmed_year" in query["sql"] and "JOIN" not in query["sql"] for query in captured))
        assert client_of(dario).get(url).status_code == 404
    assert asked == [1, 0]
