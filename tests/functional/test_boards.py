"""Boards, explanations and the closing in a browser: accessible, within a phone's width, every figure explained."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from rumbo.systems.evaluation.models import Closing
from rumbo.systems.indicators.models import Indicator
from tests.cast import Character
from tests.functional.test_shell_pages import SIZES, enter
from tests.systems.evaluation.conftest import beside, close, first_quarter, programme, report

__all__ = ["beside", "close", "first_quarter", "programme", "report"]  # the story that the boards tell


@pytest.mark.requirement("A1-07", "A1-10")
@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "tableros/",
        "tableros/?mes=2026-03",
        "tableros/area/DESU/",
        "tableros/eje/1/",
        "tableros/meta/M001/",
        "tableros/meta/M003/calculo/",
        "tableros/calculo/?dato=avance",
        "cierre/",
        "cierre/2026-02/1/",
        "cierre/2026-01/complementario/",
    ],
)
def test_a_page_is_accessible_and_fits(
    page_of: Callable[..., Page],
    live_server: Any,
    client_of: Callable[[Character], Client],
    carmen: Character,
    first_quarter: list[Closing],
    axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
    size: dict[str, int],
    path: str,
) -> None:
    page = page_of(size)
    enter(page, client_of(carmen), live_server)
    page.goto(f"{live_server.url}/i/prueba/{path}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    axe(page)
    screenshot(page, "pagina")


@pytest.mark.requirement("A1-09")
@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_the_figure_of_a_complementary_indicator_opens_its_explanation(
    page_of: Callable[..., Page],
    live_server: Any,
    client_of: Callable[[Character], Client],
    carmen: Character,
    beside: Indicator,
    axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
    size: dict[str, int],
) -> None:
    page = page_of(size)
    enter(page, client_of(carmen), live_server)
    page.goto(f"{live_server.url}/i/prueba/tableros/meta/M001/?mes=2026-03")
    page.get_by_role("row", name="M001-1").get_by_role("link", name="83.3").click()
    dialog = page.get_by_role("dialog", name="¿Cómo se calculó?")
    expect(dialog.get_by_role("heading", name="M001-1 · marzo de 2026")).to_be_visible()
    dialog.get_by_role("link", name="Abrir en su página").click()
    expect(page.get_by_text("100 × 60 ÷ 90 = 66.666667").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    axe(page)
    screenshot(page, "complementario")


def test_a_figure_opens_its_explanation_over_the_page_and_closes_with_the_keyboard(
    page: Page,
    live_server: Any,
    client_of: Callable[[Character], Client],
    carmen: Character,
    first_quarter: list[Closing],
    axe: Callable[[Page], None],
) -> None:
    enter(page, client_of(carmen), live_server)
    page.goto(f"{live_server.url}/i/prueba/tableros/")
    dialog = page.locator("#explicacion")
    expect(dialog).to_be_hidden()
    figure = page.locator(".goals a.figure").nth(1)
    figure.focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("100 × 155 ÷ 200 = 77.5")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(figure).to_be_focused()
    page.get_by_role("link", name="¿Cómo se calculó? Cobertura").click()
    expect(dialog.get_by_role("heading", name="Cobertura · febrero de 2026")).to_be_visible()
    dialog.get_by_role("button", name="Cerrar").click()
    expect(dialog).to_be_hidden()


def test_without_scripts_a_figure_leads_to_its_explanation(
    page_of: Callable[..., Page],
    live_server: Any,
    client_of: Callable[[Character], Client],
    carmen: Character,
    first_quarter: list[Closing],
) -> None:
    page = page_of(SIZES[0], java_script_enabled=False)
    enter(page, client_of(carmen), live_server)
    page.goto(f"{live_server.url}/i/prueba/tableros/?mes=2026-02")
    page.locator(".goals a.figure").nth(1).click()
    expect(page).to_have_url(f"{live_server.url}/i/prueba/tableros/meta/M001/calculo/?mes=2026-02")
    expect(page.get_by_text("100 × 155 ÷ 200 = 77.5")).to_be_visible()


def test_the_filters_of_the_list_stay_in_the_address(
    page: Page,
    live_server: Any,
    client_of: Callable[[Character], Client],
    carmen: Character,
    first_quarter: list[Closing],
) -> None:
    enter(page, client_of(carmen), live_server)
    page.goto(f"{live_server.url}/i/prueba/tableros/")
    page.get_by_role("combobox", name="Semáforo").select_option("red")
    page.get_by_role("button", name="Filtrar").click()
    page.wait_for_url("**semaforo=red**")
    expect(page.locator(".goals tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Quitar filtros").click()
    expect(page.locator(".goals tbody tr")).to_have_count(4)
