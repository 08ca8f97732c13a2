"""Boards: who sees which, what they say, and that they cost the same whatever there is to show."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.audit.queries import forget
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import FOUNDED_AT, NOW, SYSTEM, TODAY, Character, Units
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, MARCH, Programme, goal_row

pytestmark = pytest.mark.django_db
BOARD = "/i/prueba/tableros/"
AREA, PARKS, WORKS = (f"/i/prueba/tableros/area/{code}/" for code in ("DESU", "DESU-PJ", "DGO"))
type ClientOf = Callable[[Character], Client]


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


# Who sees what


def test_nobody_signed_in_goes_to_sign_in(first_quarter: list[Closing]) -> None:
    assert Client().get(BOARD).status_code == 302


def test_another_institution_does_not_exist(
    first_quarter: list[Closing], client_of: ClientOf, dario: Character
) -> None:
    for url in (BOARD, AREA, "/i/prueba/tableros/meta/M001/", "/i/prueba/cierre/2026-01/1/"):
        assert client_of(dario).get(url).status_code == 404, url


def test_who_administers_the_system_has_no_boards(
    first_quarter: list[Closing], client_of: ClientOf, fede: Character
) -> None:
    assert client_of(fede).get(BOARD).status_code == 403


@pytest.mark.parametrize(
    "url",
    [
        WORKS,
        "/i/prueba/tableros/area/AP/",
        "/i/prueba/tableros/eje/1/",
        "/i/prueba/tableros/meta/O001/",
        "/i/prueba/tableros/meta/O001/calculo/",
        "/i/prueba/tableros/calculo/?dato=cumplimiento",
        "/i/prueba/tableros/calculo/?dato=cumplimiento&area=DGO",
        "/i/prueba/tableros/calculo.json?dato=cumplimiento&area=DGO",
        "/i/prueba/cierre/2026-01/1/",
    ],
)
def test_an_area_sees_nothing_of_another_nor_of_the_whole(
    url: str, first_quarter: list[Closing], client_of: ClientOf, ana: Character, beto: Character
) -> None:
    for someone in (ana, beto):
        assert client_of(someone).get(url).status_code == 403, someone.role


def test_an_area_is_not_led_to_the_closing_of_the_whole(
    first_quarter: list[Closing], institution: Institution, client_of: ClientOf, beto: Character, carmen: Character
) -> None:
    actions.supersede(
        institution=institution, period=JANUARY, by=carmen.actor, at=NOW, on=TODAY, reason="Oficio", letter_number="1"
    )
    for url, text in ((AREA, "Huella"), ("/i/prueba/tableros/meta/M001/", "Lo que decían los cierres sustituidos")):
        its_own, planning = (client_of(someone).get(url).content.decode() for someone in (beto, carmen))
        assert text in its_own
        assert "/cierre/" not in its_own
        assert "/cierre/" in planning


@pytest.mark.requirement("A1-07")
def test_who_sees_one_area_is_taken_to_its_board(
    first_quarter: list[Closing], client_of: ClientOf, ana: Character, beto: Character
) -> None:
    for someone in (ana, beto):
        client = client_of(someone)
        response = client.get(f"{BOARD}?mes=2026-01")
        assert response.headers["Location"] == f"{AREA}?mes=2026-01"
        assert client.get(AREA).status_code == client.get(PARKS).status_code == 200


def test_planning_the_head_and_who_verifies_see_everything(
    first_quarter: list[Closing], client_of: ClientOf, everyone_of_the_cast: dict[str, Character]
) -> None:
    for name in ("rita", "carmen", "hugo", "gina", "ines", "eva"):
        client = client_of(everyone_of_the_cast[name])
        for url in (BOARD, AREA, WORKS, "/i/prueba/tableros/eje/1/", "/i/prueba/tableros/meta/O001/"):
            assert client.get(url).status_code == 200, (name, url)


@pytest.mark.parametrize(
    "url",
    [
        f"{BOARD}?mes=2026-13",
        f"{BOARD}?mes=octubre",
        f"{BOARD}?mes=2031-01",
        "/i/prueba/tableros/area/NADA/",
        "/i/prueba/tableros/eje/9/",
        "/i/prueba/tableros/meta/NADA/",
        "/i/prueba/tableros/calculo/?dato=otro",
        "/i/prueba/tableros/calculo/?dato=avance&area=NADA",
        "/i/prueba/tableros/calculo.json?dato=avance&area=NADA",
        "/i/prueba/tableros/lista.pdf",
        "/i/prueba/cierre/2026-01/7/",
        "/i/prueba/cierre/ayer/1/",
        "/i/prueba/cierre/2026-01/1/comparar/",
    ],
)
def test_what_does_not_exist_is_not_found(
    url: str, first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    assert client_of(carmen).get(url).status_code == 404


def test_an_institution_without_results_says_so(
    institution: Institution, client_of: ClientOf, carmen: Character
) -> None:
    assert "Todavía no hay resultados" in text_of(client_of(carmen), BOARD)


# What they say


@pytest.mark.requirement("A1-02", "A1-10", "A1-12")
def test_a_board_opens_with_the_last_closed_month(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    page = text_of(client_of(carmen), BOARD)
    assert "Tablero de febrero de 2026" in page
    assert "Corte al 28 de febrero de 2026. Cierre núm. 1, del 10/03/2026." in page
    assert first_quarter[1].digest[:12] in page
    assert "74.2 %" in page  # compliance of the institution
    assert "1 de 3" in page  # achieved or good


@pytest.mark.requirement("A1-12")
def test_it_says_what_lags_and_since_when(first_quarter: list[Closing], client_of: ClientOf, carmen: Character) -> None:
    page = client_of(carmen).get(BOARD).context["board"]
    assert [(goal.row.code, goal.since) for goal in page.lagging] == [("M002", JANUARY)]
    assert [goal.row.code for goal in page.advanced] == ["M002", "M003"]
    assert [goal.change for goal in page.advanced] == [5.0, 2.8]


def test_an_open_month_is_marked_provisional_and_rolled_up_by_the_engine(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    client = client_of(carmen)
    assert "Mes abierto, resultados provisionales" in text_of(client, f"{BOARD}?mes=2026-03")
    board = client.get(f"{BOARD}?mes=2026-03").context["board"]
    assert board.subject.now.goals == 4
    assert [row.place for row in board.goals.rows][:2] == [1, 2]
    assert board.goals.rows[0].row.code == "O001"


def test_january_is_not_compared_with_december(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    board = client_of(carmen).get(f"{BOARD}?mes=2026-01").context["board"]
    assert board.opened.before is None
    assert board.subject.compliance_change is None


@pytest.mark.requirement("A1-04", "A1-07", "A1-08")
def test_the_board_of_an_area_has_everything_below_it_and_nothing_else(
    first_quarter: list[Closing], client_of: ClientOf, beto: Character
) -> None:
    client = client_of(beto)
    board = client.get(AREA).context["board"]
    assert {row.row.code for row in board.goals.rows} == {"M001", "M002", "M003"}
    page = text_of(client, AREA)
    assert "Enlace de planeación de Servicios Urbanos" in page
    assert "Alumbrado y áreas verdes" in page
    assert "O001" not in page
    assert board.extra["on_time"] == (3, 3)
    assert "Comentarios de la persona titular del área" in page


def test_an_area_is_told_how_it_stands_against_the_institution(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    assert "29.2 puntos bajo la institución (74.2 %)" in text_of(client_of(carmen), PARKS)


@pytest.mark.requirement("Q-10")
def test_the_page_of_a_goal_names_the_base_of_each_percentage(
    first_quarter: list[Closing], client_of: ClientOf, ana: Character
) -> None:
    page = text_of(client_of(ana), "/i/prueba/tableros/meta/M001/")
    for words in ("Del mes de febrero", "Cumplimiento al corte", "Avance anual, sobre la meta del año"):
        assert words in page
    for figure in ("60.0 %", "77.5 %", "12.9 %"):
        assert figure in page


# What they cost


def queries(client: Client, url: str) -> int:
    """Of a page that nobody looked at since something was written."""
    client.get(url)
    forget()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "url",
    [BOARD, f"{BOARD}?mes=2026-03", AREA, "/i/prueba/tableros/eje/1/", "/i/prueba/tableros/meta/M001/",
     "/i/prueba/tableros/meta/M001/calculo/", "/i/prueba/tableros/calculo/?dato=avance", "/i/prueba/cierre/"],
)  # fmt: skip
def test_more_goals_and_more_months_cost_no_more_queries(
    url: str, institution: Institution, first_quarter: list[Closing], units: Units, programme: Programme,
    client_of: ClientOf, carmen: Character, report: Callable[..., None], close: Callable[..., Closing],
) -> None:  # fmt: skip
    client = client_of(carmen)
    before = queries(client, url)
    hundred = {month: MonthTarget(Decimal(100)) for month in range(3, 13)}
    line = programme.plan.elements.get(code="1.1").pk
    rows = [goal_row(f"X{number:03d}", units.parks.pk, line, hundred) for number in range(30)]
    indicators.load_goals(institution=institution, goals=rows, by=SYSTEM, at=FOUNDED_AT)
    if "mes=" not in url:
        for period in (MARCH, Period(2026, 4)):
            close(period, accept_missing="No se midió.")
    assert queries(client, url) <= before


@pytest.mark.requirement("A1-10", "A1-12")
@pytest.mark.parametrize(
    ("url", "most"), [(BOARD, 24), (f"{BOARD}?mes=2026-03", 26), (AREA, 20), (PARKS, 20), (f"{AREA}?mes=2026-03", 24)]
)
def test_a_board_asks_no_more_of_the_database_than_it_did(
    url: str, most: int, first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    assert queries(client_of(carmen), url) <= most


def test_the_list_of_another_page_leaves_the_bars_of_an_area_as_they_were(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    client = client_of(carmen)
    bars = client.get(AREA).context["board"].extra["bars"]
    assert bars
    for filters in ("orden=clave", "semaforo=red", "busca=nada", "pagina=2"):
        assert client.get(f"{AREA}?{filters}").context["board"].extra["bars"] == bars, filters


def test_a_month_that_is_not_asked_for_is_not_read(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    board = client_of(carmen).get(f"{BOARD}?mes=2026-01").context["board"]
    assert set(board.snapshot.months) == {JANUARY.index}
    assert FEBRUARY.index not in board.snapshot.months
