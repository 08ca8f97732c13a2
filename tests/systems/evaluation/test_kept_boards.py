"""A board that was drawn already is given again, but never what another may not see nor what is no longer so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.queries import forget
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.models import Closing, Result
from tests.cast import NOW, SYSTEM, TODAY, Character, Units
from tests.systems.evaluation.conftest import MARCH

pytestmark = pytest.mark.django_db
BOARD = "/i/prueba/tableros/"
OPEN = f"{BOARD}?mes=2026-03"
AREA = "/i/prueba/tableros/area/DESU/"
type ClientOf = Callable[[Character], Client]


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode().replace("\u00a0", " ")


def asked(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, url)
    return len(captured)


@pytest.fixture
def board(client_of: ClientOf, carmen: Character, first_quarter: list[Closing]) -> Client:
    """Carmen, who has just looked at the boards."""
    client = client_of(carmen)
    for url in (BOARD, OPEN, AREA):
        page(client, url)
    return client


def test_who_may_not_see_it_is_refused_what_another_looked_at(
    board: Client, client_of: ClientOf, ana: Character, dario: Character
) -> None:
    assert client_of(dario).get(AREA).status_code == 404
    assert client_of(ana).get("/i/prueba/tableros/eje/1/").status_code == 403
    assert client_of(ana).get(BOARD).status_code == 302


def test_who_sees_less_is_not_given_the_links_of_who_sees_everything(
    board: Client, client_of: ClientOf, ana: Character
) -> None:
    whole = page(board, AREA)
    mine = page(client_of(ana), AREA)
    assert "Tablero de la institución" in whole
    assert "Tablero de la institución" not in mine
    assert "Direccion General de Obras" not in mine


@pytest.mark.requirement("A1-10")
@pytest.mark.parametrize("url", [BOARD, OPEN, AREA])
def test_a_board_drawn_already_asks_only_who_looks_and_whether_anything_was_written(url: str, board: Client) -> None:
    assert asked(board, url) <= 6


def test_a_board_drawn_already_is_the_same_page(board: Client) -> None:
    again = page(board, BOARD)
    forget()
    assert _without_token(page(board, BOARD)) == _without_token(again)


def test_a_new_capture_is_seen_at_once(board: Client, report: Callable[..., None]) -> None:
    before = page(board, OPEN)
    report(MARCH, M003=(10, 100))
    assert _without_token(page(board, OPEN)) != _without_token(before)


def test_an_open_month_computed_again_is_seen_at_once(board: Client, institution: Institution) -> None:
    """Also where its newest result has the number of the newest before it, as may happen beside a capture."""
    whole = (OPEN, f"{AREA}?mes=2026-03", "/i/prueba/tableros/eje/1/?mes=2026-03")
    provisional = Result.objects.filter(closing=None, period=MARCH.index).order_by("pk")
    provisional.update(compliance_to_date=81.7)
    forget()
    for url in whole:
        assert "81.7 %" in page(board, url), url
    newest = list(provisional.values_list("pk", flat=True))[-1]
    actions.evaluate_month(institution=institution, period=MARCH, by=SYSTEM, at=NOW)
    computed = list(provisional.values_list("pk", flat=True))
    for pk in computed:
        Result.objects.filter(pk=pk).update(id=pk - computed[-1] + newest)
    for url in whole:
        assert "81.7 %" not in page(board, url), url
    assert not audit.verify()


def test_a_month_that_is_closed_is_no_longer_shown_as_open(board: Client, close: Callable[..., Closing]) -> None:
    assert "Mes abierto" in page(board, OPEN)
    close(MARCH, accept_missing="No se midió.")
    assert "Mes abierto" not in page(board, OPEN)


def test_a_new_name_of_an_area_is_seen_at_once(board: Client, institution: Institution, units: Units) -> None:
    row = organization.UnitRow("DESU", "Servicios de la Ciudad", parent=units.root.code)
    organization.save_units(institution=institution, rows=[row], by=SYSTEM, at=NOW)
    for url in (BOARD, AREA):
        assert "Servicios de la Ciudad" in page(board, url), url


def test_each_language_has_its_own_page(board: Client, carmen: Character) -> None:
    carmen.person.language = "en"
    carmen.person.save(update_fields=["language"])
    assert "Semáforo" not in page(board, BOARD)


def test_tomorrow_commitments_are_counted_again(board: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    few = asked(board, BOARD)
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: TODAY + timedelta(days=1))
    assert asked(board, BOARD) > few


def test_a_filtered_list_is_not_kept(board: Client) -> None:
    url = f"{BOARD}?busca=alumbrado"
    assert asked(board, url) == asked(board, url) > 6


def _without_token(text: str) -> str:
    """The page without the token that each answer has its own of."""
    return "\n".join(line for line in text.splitlines() if "csrf" not in line.lower())
