"""A scale is seen before it is saved, from the keyboard, and given to one indicator."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from rumbo.systems.evaluation.models import Closing, SchemeAssignment, SchemeVersion
from tests.cast import Character
from tests.functional.conftest import DESKTOP, PHONE
from tests.systems.evaluation.conftest import close, first_quarter, programme, report

__all__ = ["close", "first_quarter", "programme", "report"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]
STRICT = {
    "En meta desde (%)": "99",
    "En riesgo desde (%); por debajo, en rezago": "96",
    "Cumplida desde (%)": "100",
    "Con buen desempeño desde (%)": "99",
    "Con desempeño regular desde (%); por debajo, deficiente": "96",
}


@pytest.mark.requirement("A1-12")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_scale_is_tried_saved_and_given_to_an_indicator(
    visit: Callable[..., Page],
    look: Callable[..., None],
    carmen: Character,
    first_quarter: list[Closing],
    size: dict[str, int],
) -> None:
    page = visit(carmen, "escalas/", on=size)
    look(page, "lista")
    page.get_by_role("link", name="Escala general").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Escala general")
    for label, value in STRICT.items():
        page.get_by_label(label, exact=True).fill(value)

    # bands that do not descend are said; nothing typed is lost
    page.get_by_label("En riesgo desde (%)").fill("120")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Las bandas del semáforo deben descender").first).to_be_visible()
    expect(page.get_by_label("En meta desde (%)")).to_have_value("99")
    look(page, "rechazada")

    # Enter shows what would change and saves nothing
    page.get_by_label("En riesgo desde (%)").fill("96")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Qué cambiaría")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="M001")).to_contain_text("77.5")
    assert SchemeVersion.objects.count() == 1  # that of the closings
    look(page, "ensayo")

    page.get_by_role("button", name="Guardar la versión").click()
    expect(page.get_by_text("Se guardó la versión 2.")).to_be_visible()
    page.get_by_role("link", name="Escalas de evaluación").click()
    page.get_by_role("link", name="Asignar una escala").click()
    page.get_by_label("Motivo").fill("Convenio con el Estado")
    page.get_by_label("Indicador").fill("M001")
    look(page, "asignar")
    page.get_by_role("button", name="Ver qué cambiaría").click()
    expect(page.get_by_role("heading", name="Qué cambiaría")).to_be_visible()
    assert not SchemeAssignment.objects.exists()
    page.get_by_role("button", name="Asignar la escala").click()
    expect(page.get_by_text("La escala quedó asignada")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Convenio con el Estado")).to_contain_text("M001")
    look(page, "asignada")
