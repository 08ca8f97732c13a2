"""Carga histórica on a page: what the command does, with its faults shown before anything is applied."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures.models import Capture
from tests.cast import Character, Units
from tests.whole.settling import settle_goals, settle_plan

pytestmark = pytest.mark.django_db
PAGE = "/i/prueba/captura/historia/"
HEAD = ["Clave", "Periodo", "Numerador"]
type SignIn = Callable[[Character], Client]


def book(*rows: Sequence[Any]) -> SimpleUploadedFile:
    output = io.BytesIO()
    made = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = made.add_worksheet("Carga histórica")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    made.close()
    return SimpleUploadedFile("historia.xlsx", output.getvalue())


@pytest.fixture
def goals(institution: Institution, units: Units) -> None:
    settle_goals(institution, settle_plan(institution), {"M001": units.desu.pk})


@pytest.mark.parametrize("name", ["ana", "beto", "rita", "hugo", "fede"])
def test_only_who_closes_loads_history(
    goals: None, everyone_of_the_cast: dict[str, Character], client_of: SignIn, name: str
) -> None:
    client = client_of(everyone_of_the_cast[name])
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"file": book(HEAD, ["M001", "2026-01", 5])}).status_code == 403
    assert not Capture.objects.exists()


def test_what_is_wrong_is_said_by_its_cell_and_nothing_is_applied(
    goals: None, carmen: Character, client_of: SignIn
) -> None:
    wrong = book(HEAD, ["M001", "2026-01", 5], ["M999", "2026-02", 5], ["M001", "febrero", "x"])
    answer = client_of(carmen).post(PAGE, {"file": wrong})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Fila 3, columna A" in text
    assert "M999" in text
    assert not Capture.objects.exists()


def test_a_rehearsal_applies_nothing_and_the_real_one_everything(
    goals: None, carmen: Character, client_of: SignIn
) -> None:
    client, rows = client_of(carmen), (HEAD, ["M001", "2026-01", 5], ["M001", "2026-02", 6.5])
    answer = client.post(PAGE, {"file": book(*rows), "rehearse": "on"})
    assert "no se aplicó ninguna" in answer.content.decode()
    assert not Capture.objects.exists()
    assert not Event.objects.filter(action="captures.load_history").exists()
    assert client.post(PAGE, {"file": book(*rows)})["Location"] == "/i/prueba/cierre/"
    assert sorted(Capture.objects.values_list("numerator", "historical")) == [(5, True), (6.5, True)]
    assert Event.objects.get(action="captures.load_history").actor == carmen.email


def test_the_sheet_of_an_area_is_not_taken_for_history(goals: None, carmen: Character, client_of: SignIn) -> None:
    sheet = client_of(carmen).get("/i/prueba/captura/excel/").content
    answer = client_of(carmen).post(PAGE, {"file": SimpleUploadedFile("captura.xlsx", sheet)})
    assert answer.status_code == 422
    assert not Capture.objects.exists()


def test_the_template_has_the_columns_that_are_read(goals: None, carmen: Character, client_of: SignIn) -> None:
    content = client_of(carmen).get(f"{PAGE}plantilla.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    written = [str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row if cell.value]
    assert all(any(title in one for one in written) for title in HEAD)


def test_the_closing_leads_to_it(goals: None, carmen: Character, client_of: SignIn) -> None:
    assert f'href="{PAGE}"' in client_of(carmen).get("/i/prueba/cierre/").content.decode()
