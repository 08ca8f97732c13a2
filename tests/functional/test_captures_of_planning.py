"""What Planning does with many captures: page by page, area by area, back to their area, and those of other years."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.views.choosing import MOST_ROWS
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character, Units
from tests.functional.conftest import DESKTOP, PHONE
from tests.systems.captures import conftest as goals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]
line, make_indicator, lamps, works = goals.line, goals.make_indicator, goals.lamps, goals.works
make_many, save, submitted = goals.make_many, goals.save, goals.submitted
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def validated(
    institution: Institution, lamps: Indicator, submitted: Callable[..., Capture], beto: Character, carmen: Character
) -> Capture:
    sent = actions.approve_area(institution=institution, capture=submitted(lamps, 100), by=beto.actor, at=NOW)
    return actions.validate(institution=institution, capture=sent, by=carmen.actor, at=NOW)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_what_was_validated_is_found_and_returned_with_its_reason(
    visit: Callable[..., Page],
    look: Callable[..., None],
    validated: Capture,
    carmen: Character,
    ana: Character,
    size: dict[str, int],
) -> None:
    page = visit(carmen, "captura/revision/", on=size)
    page.get_by_role("link", name="Validadas de meses abiertos").click()
    page.wait_for_url("**/revision/validadas/")
    look(page, "lista")
    page.get_by_label("Buscar").fill("nadie")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ninguna coincide")).to_be_visible()
    page.get_by_label("Buscar").fill("m001")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Devolver M001").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ya está validada")).to_be_visible()
    look(page, "una")
    page.get_by_role("button", name="Devolver con motivo").click()
    assert Capture.objects.get().state == CaptureState.APPROVED, "nothing is returned without a reason"
    page.get_by_label("Motivo").select_option("evidence_insufficient")
    page.locator("form textarea").fill("Falta la bitácora firmada.")
    page.get_by_role("button", name="Devolver con motivo").click()
    expect(page.get_by_text("M001 se devolvió con su motivo.")).to_be_visible()
    assert Capture.objects.get().state == CaptureState.RETURNED

    area = visit(ana, "captura/", on=size)
    expect(area.get_by_text("«Falta la bitácora firmada.»")).to_be_visible()


def test_a_long_sheet_goes_page_by_page_and_remembers_its_area(
    visit: Callable[..., Page],
    look: Callable[..., None],
    make_many: Callable[..., list[Indicator]],
    works: Indicator,
    units: Units,
    carmen: Character,
) -> None:
    make_many([f"M{number:03d}" for number in range(1, MOST_ROWS + 1)], units.desu, {11: 100})
    page = visit(carmen, "captura/")
    rows = page.locator("tbody tr:not(.group)")
    expect(rows).to_have_count(MOST_ROWS)
    page.get_by_role("link", name="Siguiente").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    look(page, "segunda")
    page.get_by_label("Área").select_option("DGO")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Ver", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Captura · Dirección General de Obras")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("O001")
    page.goto(page.url.partition("?")[0])  # later, from the menu
    expect(page.get_by_label("Área")).to_have_value("DGO")
    look(page, "area")


def book(*rows: Sequence[Any]) -> dict[str, Any]:
    output = io.BytesIO()
    made = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = made.add_worksheet("Carga histórica")
    for number, row in enumerate((["Clave", "Periodo", "Numerador"], *rows)):
        sheet.write_row(number, 0, row)
    made.close()
    return {"name": "historia.xlsx", "mimeType": XLSX, "buffer": output.getvalue()}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_months_of_before_are_loaded_whole_or_not_at_all(
    visit: Callable[..., Page],
    look: Callable[..., None],
    lamps: Indicator,
    carmen: Character,
    size: dict[str, int],
) -> None:
    page = visit(carmen, "cierre/", on=size)
    page.get_by_role("link", name="Carga histórica").click()
    page.wait_for_url("**/captura/historia/")
    look(page, "vacia")
    with page.expect_download():
        page.get_by_role("link", name="Descargar en Excel").click()
    page.get_by_label("Archivo de Excel").set_input_files(book(["M001", "2026-01", 5], ["M999", "2026-02", 5]))
    page.get_by_role("button", name="Subir Excel").click()
    expect(page.get_by_text("Fila 3, columna A")).to_be_visible()
    expect(page.locator("section:focus #s-resultado")).to_be_visible()
    look(page, "por-corregir")
    with page.expect_download() as marked:
        page.get_by_role("link", name="Descargar el archivo con las celdas marcadas").click()
    assert marked.value.suggested_filename.endswith(".xlsx")
    assert not Capture.objects.exists()
    page.get_by_label("Archivo de Excel").set_input_files(book(["M001", "2026-01", 5], ["M001", "2026-02", 6]))
    page.get_by_label("Solo revisar, sin aplicar nada").check()
    page.get_by_role("button", name="Subir Excel").click()
    expect(page.get_by_text("Solo se revisó: no se aplicó ninguna.")).to_be_visible()
    assert not Capture.objects.exists()
    page.get_by_label("Archivo de Excel").set_input_files(book(["M001", "2026-01", 5], ["M001", "2026-02", 6]))
    page.get_by_label("Solo revisar, sin aplicar nada").uncheck()
    page.get_by_role("button", name="Subir Excel").click()
    expect(page.get_by_text("Se leyeron bien 2 filas y se aplicaron todas.")).to_be_visible()
    look(page, "cargada")
    assert list(Capture.objects.order_by("period").values_list("numerator", "historical")) == [(5, True), (6, True)]
