"""The list from most to least compliant: filtered, sorted, shared by its address and downloaded."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from rumbo.systems.evaluation.models import Closing
from rumbo.systems.indicators.models import Goal
from tests.cast import Character

pytestmark = pytest.mark.django_db
BOARD = "/i/prueba/tableros/"


@pytest.fixture
def codes(
    first_quarter: list[Closing], client_of: Callable[[Character], Client], carmen: Character
) -> Callable[..., list[str]]:
    client = client_of(carmen)

    def of(query: str = "") -> list[str]:
        return [row.row.code for row in client.get(f"{BOARD}?mes=2026-02&{query}").context["board"].goals.rows]

    return of


@pytest.mark.requirement("A1-22")
def test_it_comes_from_most_to_least_compliant(codes: Callable[..., list[str]]) -> None:
    assert codes() == ["M003", "M001", "M002", "O001"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("semaforo=red", ["M002"]),
        ("clase=good", ["M003"]),
        ("clase=none", ["O001"]),
        ("criticas=on", ["M002"]),
        ("busca=o001", ["O001"]),
        ("busca=Indicador+M001", ["M001"]),
        ("area=DESU", ["M003", "M001", "M002"]),
        ("area=DESU-PJ", ["M002"]),
        ("area=DESU&semaforo=amber", ["M001"]),
        ("busca=nada", []),
    ],
)
def test_filters_narrow_it(query: str, expected: list[str], codes: Callable[..., list[str]]) -> None:
    assert codes(query) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("lugar", ["M003", "M001", "M002", "O001"]),
        ("-lugar", ["M002", "M001", "M003", "O001"]),
        ("cumplimiento", ["M002", "M001", "M003", "O001"]),
        ("clave", ["M001", "M002", "M003", "O001"]),
        ("-clave", ["O001", "M003", "M002", "M001"]),
        ("-racha", ["M002", "M003", "M001", "O001"]),
    ],
)
def test_columns_sort_it_and_what_has_no_figure_stays_last(
    order: str, expected: list[str], codes: Callable[..., list[str]]
) -> None:
    assert codes(f"orden={order}") == expected


@pytest.mark.parametrize("query", ["semaforo=morado", "orden=contraseña", "area=NADA", "pagina=99", "clase=", "eje=7"])
def test_what_an_address_gets_wrong_is_ignored(query: str, codes: Callable[..., list[str]]) -> None:
    assert codes(query) == ["M003", "M001", "M002", "O001"]


def test_what_a_goal_says_of_itself_cannot_write_on_the_page(
    first_quarter: list[Closing], client_of: Callable[[Character], Client], carmen: Character
) -> None:
    Goal.objects.filter(code="M001").update(statement='<script>alert("meta")</script>', code='M"<b>')
    page = client_of(carmen).get(BOARD).content.decode()
    assert "<script>alert" not in page
    assert 'M"<b>' not in page
    assert "&lt;script&gt;alert" in page


def test_the_workbook_reads_back_with_its_closing_and_its_filters(
    first_quarter: list[Closing], client_of: Callable[[Character], Client], carmen: Character
) -> None:
    response = client_of(carmen).get(f"{BOARD}lista.xlsx?mes=2026-02&area=DESU")
    assert response.headers["Content-Disposition"] == 'attachment; filename="metas-prueba-2026-02.xlsx"'
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert first_quarter[1].digest in " ".join(str(cell) for cell in rows[1])
    (header,) = [number for number, row in enumerate(rows) if row[:2] == ["Lugar", "Clave"]]
    body = [row for row in rows[header + 1 :] if row[1]]
    assert [row[1] for row in body] == ["M003", "M001", "M002"]
    assert [row[9] for row in body] == [102.8, 77.5, 45.0]
    assert body[2][12] == "■ En rezago"


def test_the_csv_reads_back_and_an_area_gets_only_its_own(
    first_quarter: list[Closing], client_of: Callable[[Character], Client], beto: Character
) -> None:
    response = client_of(beto).get(f"{BOARD}lista.csv?mes=2026-02")
    text = response.content.decode("utf-8-sig")
    assert response.content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Clave"] for row in rows] == ["M003", "M001", "M002"]
    assert rows[1]["Cumplimiento al 28/02/2026"] == "77.5"
    assert rows[1]["Semáforo"] == "En riesgo"


def test_a_cell_of_the_csv_is_never_a_formula(
    first_quarter: list[Closing], client_of: Callable[[Character], Client], carmen: Character
) -> None:
    Goal.objects.filter(code="M001").update(statement='=HYPERLINK("http://mal.example")')
    text = client_of(carmen).get(f"{BOARD}lista.csv").content.decode("utf-8-sig")
    statements = [row["Meta"] for row in csv.DictReader(io.StringIO(text))]
    assert '\'=HYPERLINK("http://mal.example")' in statements
