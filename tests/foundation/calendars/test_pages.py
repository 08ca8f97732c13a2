"""The page of the calendar."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from rumbo.foundation.calendars import queries
from rumbo.foundation.organization.models import Institution
from tests.cast import Character

pytestmark = pytest.mark.django_db
YEAR = "/i/prueba/calendario/"
WRITERS = {"carmen", "fede"}


@pytest.mark.parametrize("path", ["agregar/", "quitar/", "ley/"])
def test_only_who_configures_changes_it(
    client_of: Callable[[Character], Client], everyone_of_the_cast: dict[str, Character], path: str
) -> None:
    assert Client().post(YEAR + path).status_code == 302
    for who, person in everyone_of_the_cast.items():
        status = client_of(person).post(YEAR + path, {"day": "2026-12-24"}).status_code
        refused = 404 if who == "dario" else 403
        assert (status == refused) == (who not in WRITERS), who
        assert client_of(person).get(YEAR + path).status_code in (403, 404, 405)


def test_everybody_of_the_institution_reads_it(
    client_of: Callable[[Character], Client], everyone_of_the_cast: dict[str, Character]
) -> None:
    found = {who: client_of(person).get(YEAR).status_code for who, person in everyone_of_the_cast.items()}
    assert found == {who: 404 if who == "dario" else 200 for who in everyone_of_the_cast}


@pytest.mark.parametrize(
    "said",
    [
        {"start": "", "name": "X"},
        {"start": "24/12/2026x", "name": "X"},
        {"start": "2026-12-24", "name": ""},
        {"start": "2026-12-24", "end": "2026-12-20", "name": "X"},
        {"start": "2026-01-01", "end": "2026-12-31", "name": "X"},
    ],
)
def test_a_wrong_day_is_said_beside_its_field(
    client_of: Callable[[Character], Client], carmen: Character, institution: Institution, said: dict[str, str]
) -> None:
    assert client_of(carmen).post(YEAR + "agregar/", said).status_code == 422
    assert queries.days_of_year(institution, 2026) == []


def test_a_closed_period_is_added_and_a_day_of_it_taken_away(
    client_of: Callable[[Character], Client], carmen: Character, institution: Institution
) -> None:
    client = client_of(carmen)
    said = {"start": "2026-12-21", "end": "2026-12-31", "name": "Periodo vacacional"}
    assert client.post(YEAR + "agregar/", said)["Location"] == f"{YEAR}?anio=2026"
    assert len(queries.days_of_year(institution, 2026)) == 9
    client.post(YEAR + "quitar/", {"day": "2026-12-31"})
    assert queries.days_of_year(institution, 2026)[-1].day == date(2026, 12, 30)
    assert client.post(YEAR + "quitar/", {"day": "ayer"}).status_code == 404


def test_the_law_is_added_with_a_button_and_moves_what_is_due(
    client_of: Callable[[Character], Client], fede: Character
) -> None:
    client = client_of(fede)
    october = client.get(YEAR, {"anio": "2026"}).context["months"][9]
    assert october.close_due == date(2026, 11, 13)
    april = client.get(YEAR, {"anio": "2026"}).context["months"][3].capture_due
    client.post(YEAR + "ley/", {"anio": "2026"})
    assert client.get(YEAR, {"anio": "2026"}).context["months"][3].capture_due > april


@pytest.mark.parametrize("year", ["", "1", "99999", "dos mil", "²"])
def test_a_year_that_is_not_one_shows_this_one(
    client_of: Callable[[Character], Client], fede: Character, year: str
) -> None:
    assert client_of(fede).get(YEAR, {"anio": year}).status_code == 200


def test_a_calendar_without_business_days_does_not_break_the_page(
    client_of: Callable[[Character], Client], carmen: Character
) -> None:
    client = client_of(carmen)
    client.post(YEAR + "agregar/", {"start": "2026-02-01", "end": "2026-02-28", "name": "Cerrado"})
    assert len(client.get(YEAR, {"anio": "2026"}).context["months"]) == 11
