"""Weeks and variables in a real browser: Ana types each, sees what results, and sends; on a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import Character
from tests.functional.conftest import DESKTOP, PHONE
from tests.systems.captures import conftest as goals
from tests.systems.captures import test_readings as readings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]
line, make_indicator = goals.line, goals.make_indicator
calls, served = readings.calls, readings.served
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])


@SIZES
def test_four_variables_are_typed_and_the_formula_answers_with_its_numbers(
    size: dict[str, int], served: Indicator, ana: Character, visit: Callable[..., Page], look: Callable[..., None]
) -> None:
    page = visit(ana, "captura/M005/2026-11/", on=size)
    for name, value in (("atendidos", "80"), ("turnados", "10"), ("recibidos", "1,003"), ("duplicados", "903")):
        page.get_by_label(f"Casos {name} (caso)").fill(value)
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("100 × (80 + 10) ÷ (1,003 − 903) = 90")).to_be_visible()
    look(page, "guardado")
    page.get_by_label("Casos recibidos (caso)").fill("mil")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("«mil» no es un número. Escríbalo como 1,250.5.", exact=True)).to_be_visible()
    look(page, "error")
    assert Capture.objects.get().denominator == 100


@SIZES
def test_weeks_are_typed_in_a_table_and_the_missing_one_is_named(
    size: dict[str, int], calls: Indicator, ana: Character, visit: Callable[..., Page], look: Callable[..., None]
) -> None:
    page = visit(ana, "captura/M004/2026-11/", on=size)
    for week, value in (("26 de octubre al 1 de noviembre", "20"), ("2 al 8 de noviembre", "25")):
        page.get_by_label(f"Llamadas, semana del {week}").fill(value)
    for week in ("9 al 15 de noviembre", "16 al 22 de noviembre"):
        page.get_by_label(f"Razón, si no hay dato de la semana del {week}").fill("Se cayó la línea.")
    page.get_by_role("button", name="Enviar a visto bueno").click()
    expect(
        page.get_by_role("alert").get_by_text("Falta el dato de la semana del 23 al 29 de noviembre.")
    ).to_be_visible()
    expect(page.get_by_text("20 + 25 = 45")).to_be_visible()
    look(page, "falta-una")


def test_weeks_yet_to_begin_are_closed(
    calls: Indicator, ana: Character, visit: Callable[..., Page], look: Callable[..., None]
) -> None:
    page = visit(ana, "captura/M004/2026-12/")
    expect(page.get_by_label("Llamadas, semana del 30 de noviembre al 6 de diciembre")).to_be_editable()
    expect(page.get_by_label("Llamadas, semana del 7 al 13 de diciembre")).to_be_disabled()
    look(page, "diciembre")
