"""What is handed in and what is attended: the provider writes, the requesting area decides, each on their screen."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from rumbo.foundation.contracts.models import Delivery
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.models import Closing, SupportEntry
from tests.cast import NOW, SYSTEM, TODAY, Character, Units
from tests.functional.conftest import PHONE
from tests.systems.evaluation.conftest import close, first_quarter, programme, report

__all__ = ["close", "first_quarter", "programme", "report"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]
PAGE = "informes/2026-02/entrega/"
PATIENT = 60_000  # ms: the documents of a month are made while one waits


@pytest.fixture
def contract(institution: Institution, first_quarter: list[Closing]) -> None:
    organization.configure(
        institution=institution,
        values={"deliveries_total": 11, "first_delivery_period": "2026-01", "contractor_name": "Consultoría"},
        effective_from=date(2026, 1, 1), by=SYSTEM, at=NOW, on=TODAY,
    )  # fmt: skip


@pytest.mark.requirement("A1-24", "A1-26", "A1-21")
def test_a_month_is_delivered_observed_from_a_phone_answered_and_accepted_with_the_keyboard(
    visit: Callable[..., Page], look: Callable[..., None], contract: None, gina: Character, ines: Character
) -> None:
    provider = visit(gina, "informes/")
    look(provider, "informes")
    provider.get_by_role("row", name="febrero de 2026").get_by_role("link", name="Por entregar").click()
    provider.get_by_role("button", name="Entregar febrero de 2026").click(timeout=PATIENT, no_wait_after=True)
    expect(provider.get_by_text("Se hizo la entrega núm. 1.")).to_be_visible(timeout=PATIENT)
    expect(provider.get_by_role("button", name="Aceptar la entrega")).to_have_count(0)
    look(provider, "entregada")

    asking = visit(ines, on=PHONE)
    asking.get_by_role("link", name="Verificar la entrega de febrero de 2026").first.click()
    asking.wait_for_url("**/entrega/")
    look(asking, "por-verificar")
    with asking.expect_download(timeout=PATIENT) as download:
        asking.get_by_role("link", name="resultados.csv").click()
    assert download.value.path().stat().st_size == Delivery.objects.get().documents.get(name="resultados.csv").size
    asking.get_by_label("Qué se observa").fill("Falta el oficio firmado")
    asking.get_by_role("button", name="Observar la entrega").click()
    expect(asking.get_by_text("Se observó la entrega.")).to_be_visible()
    look(asking, "observada")

    provider.reload()
    provider.get_by_label("Qué se corrigió").fill("Se anexa firmado")
    provider.get_by_role("button", name="Entregar de nuevo").click(timeout=PATIENT, no_wait_after=True)
    expect(provider.get_by_role("heading", name="Entrega núm. 2")).to_be_visible(timeout=PATIENT)
    expect(provider.get_by_text("Falta el oficio firmado")).to_be_visible()

    desk = visit(ines, PAGE)
    look(desk, "segunda")
    desk.get_by_label("Qué se observa").focus()
    for _reach in range(3):  # the button that observes, the one that accepts: the order of the page
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.textContent.trim()") == "Aceptar la entrega":
            break
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Se aceptó la entrega de febrero de 2026.")).to_be_visible()
    assert [one.state for one in Delivery.objects.order_by("number")] == ["observed", "accepted"]


@pytest.mark.requirement("A1-16", "A1-17")
def test_an_attention_is_written_on_a_phone_read_by_its_area_and_retired_with_its_reason(
    visit: Callable[..., Page], look: Callable[..., None], units: Units, gina: Character, ana: Character
) -> None:
    page = visit(gina, "acompanamiento/", on=PHONE)
    look(page, "vacia")
    page.get_by_role("link", name="Registrar una atención").first.click()
    page.get_by_label("Tipo").select_option("visit")
    page.get_by_label("Área atendida").select_option("DESU")
    page.get_by_label("Fecha de atención").fill("2026-12-01")
    page.get_by_label("Asunto o tema").fill("Tablero de parques")
    page.get_by_label("Personas atendidas").fill("3")
    page.get_by_label("Horas").fill("25")
    page.get_by_label("Quién atendió").fill("Consultoría")
    look(page, "formulario")
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator(".is-wrong").get_by_label("Horas")).to_be_visible()
    expect(page.get_by_label("Asunto o tema")).to_have_value("Tablero de parques")
    look(page, "rechazada")
    page.get_by_label("Horas").fill("1.5")
    page.get_by_label("Evidencia").set_input_files(
        {"name": "lista.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nlista\n%%EOF"}
    )
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Se guardó la atención.")).to_be_visible()
    look(page, "lista")

    area = visit(ana, "acompanamiento/")
    row = area.get_by_role("row").filter(has_text="Tablero de parques")
    expect(row).to_contain_text("1.5")
    expect(area.get_by_role("link", name="Registrar una atención")).to_have_count(0)
    expect(area.get_by_text("lista.pdf")).to_have_count(0)
    look(area, "area")
    row.get_by_role("link", name="Tablero de parques").focus()
    area.keyboard.press("Enter")
    expect(area.get_by_role("heading", level=1)).to_have_text("Visita: Tablero de parques")
    look(area, "una")

    page.get_by_role("link", name="Tablero de parques").click()
    page.get_by_label("Motivo").fill("Duplicada")
    look(page, "retirar")
    page.get_by_role("button", name="Retirar la atención").click()
    expect(page.get_by_text("La atención se retiró")).to_be_visible()
    assert SupportEntry.objects.get().retired_reason == "Duplicada"
