"""A long page on a phone: its sections closed under a line that says what they hold, nothing lost elsewhere."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from playwright.sync_api import Page, expect

from rumbo.systems.evaluation.models import Closing
from tests.cast import Character
from tests.functional.conftest import PHONE
from tests.functional.test_shell_pages import enter
from tests.systems.evaluation.conftest import close, first_quarter, programme, report

__all__ = ["close", "first_quarter", "programme", "report"]
BOARD = "tableros/?mes=2026-02"
CLOSED = "details[data-fold]:not([open])"


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def test_a_desktop_has_every_section_open(
    visit: Callable[..., Page], first_quarter: list[Closing], carmen: Character
) -> None:
    page = visit(carmen, BOARD)
    expect(page.locator("details[data-fold]")).not_to_have_count(0)
    expect(page.locator(CLOSED)).to_have_count(0)


def test_without_scripts_a_phone_has_every_section_open(
    page_of: Callable[..., Page],
    live_server: Any,
    client_of: Callable[[Character], Client],
    first_quarter: list[Closing],
    carmen: Character,
) -> None:
    page = page_of(PHONE, java_script_enabled=False)
    enter(page, client_of(carmen), live_server)
    page.goto(f"{live_server.url}/i/prueba/{BOARD}")
    expect(page.get_by_text("Meta M001").last).to_be_visible()


def test_a_phone_sees_first_what_lags_and_opens_the_rest_with_a_touch_or_the_keyboard(
    visit: Callable[..., Page], look: Callable[..., None], first_quarter: list[Closing], carmen: Character
) -> None:
    page = visit(carmen, BOARD, on=PHONE)
    expect(page.get_by_role("heading", name="Lo que va en rezago y desde cuándo")).to_be_visible()
    areas = page.locator("section[aria-labelledby=areas]")
    expect(areas.get_by_role("table")).to_be_hidden()
    look(page, "cerrado")
    closed = height(page)
    areas.get_by_role("heading", name="Por área").tap()
    expect(areas.get_by_role("table")).to_be_visible()
    axes = page.locator("section[aria-labelledby=ejes] summary")
    axes.focus()
    page.keyboard.press("Enter")
    expect(page.locator("section[aria-labelledby=ejes]").get_by_role("table")).to_be_visible()
    look(page, "abierto")
    page.evaluate("document.querySelectorAll('details[data-fold]').forEach(fold => { fold.open = true; })")
    assert height(page) > 2 * closed


def test_an_address_and_a_link_of_the_page_open_the_section_that_they_name(
    visit: Callable[..., Page], first_quarter: list[Closing], carmen: Character
) -> None:
    page = visit(carmen, f"{BOARD}#lista", on=PHONE)
    goals = page.locator("section[aria-labelledby=lista]").get_by_role("table")
    expect(goals).to_be_visible()
    page.goto(page.url.split("#")[0])
    page.reload()
    expect(goals).to_be_hidden()
    page.get_by_role("link", name="Todas las metas").click()
    expect(goals).to_be_visible()


def test_a_filtered_list_is_open_and_what_filters_it_too(
    visit: Callable[..., Page], first_quarter: list[Closing], carmen: Character
) -> None:
    for path in (f"{BOARD}&semaforo=red", "metas/?area=DESU"):
        page = visit(carmen, path, on=PHONE)
        expect(page.locator("main").get_by_role("button", name="Filtrar")).to_be_visible()
    page = visit(carmen, "metas/", on=PHONE)
    expect(page.get_by_role("button", name="Filtrar")).to_be_hidden()
    page.get_by_text("Filtros").tap()
    expect(page.get_by_role("button", name="Filtrar")).to_be_visible()


def test_paper_has_every_section(visit: Callable[..., Page], first_quarter: list[Closing], carmen: Character) -> None:
    page = visit(carmen, BOARD, on=PHONE)
    expect(page.locator(CLOSED)).not_to_have_count(0)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(CLOSED)).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(CLOSED)).not_to_have_count(0)
