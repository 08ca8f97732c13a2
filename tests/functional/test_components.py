"""The components in a real browser: accessible, within the width of a phone, and careful with what was typed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

type Shot = Callable[..., Path]
type Check = Callable[[Page], None]


@pytest.fixture
def gallery(live_server: Any, settings: Any) -> str:
    settings.RUMBO_DEMO = True
    return f"{live_server.url}/galeria/"


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize(
    "viewport", [{"width": 1440, "height": 900}, {"width": 390, "height": 844}], ids=["desk", "phone"]
)
def test_every_component_is_accessible_and_fits(
    page_of: Callable[..., Page], gallery: str, axe: Check, screenshot: Shot, viewport: dict[str, int]
) -> None:
    page = page_of(viewport)
    page.goto(gallery)
    assert fits(page)
    axe(page)
    screenshot(page, "galeria")


def test_the_first_key_leads_to_the_content(page: Page, gallery: str) -> None:
    page.goto(gallery)
    first = page.locator("a, button, input, select, textarea, summary").first
    expect(first).to_have_text("Ir al contenido")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#contenido")).to_be_focused()


def test_what_was_typed_comes_back_after_the_page_was_lost(page: Page, gallery: str) -> None:
    page.goto(gallery)
    cause = page.locator("form[data-draft] textarea")
    cause.fill("Retraso en la contratación")
    page.wait_for_timeout(600)  # the draft is written a moment after the last key
    page.goto(gallery)
    expect(cause).to_have_value("")
    page.get_by_role("button", name="Recuperar lo escrito").click()
    expect(cause).to_have_value("Retraso en la contratación")


def test_a_discarded_draft_does_not_come_back(page: Page, gallery: str) -> None:
    page.goto(gallery)
    page.locator("form[data-draft] textarea").fill("Algo")
    page.wait_for_timeout(600)
    page.goto(gallery)
    page.get_by_role("button", name="Descartar").click()
    page.goto(gallery)
    expect(page.get_by_role("button", name="Recuperar lo escrito")).to_have_count(0)


def test_a_row_copied_from_a_spreadsheet_fills_the_months(page: Page, gallery: str) -> None:
    page.goto(gallery)
    first = page.locator("[data-paste-grid] input").nth(1)
    first.focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "1,234.5\\t$2,000.00\\tdoce\\n");
          const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(paste);
        }"""
    )
    grid = page.locator("[data-paste-grid] input")
    expect(grid.nth(0)).to_have_value("100")
    expect(grid.nth(1)).to_have_value("1234.5")
    expect(grid.nth(2)).to_have_value("2000.00")
    expect(grid.nth(3)).to_have_value("doce")
    expect(page.locator("#aviso-en-vivo")).to_have_text("Se llenaron 3 celdas.")


def test_a_table_is_sorted_and_what_is_unknown_goes_last(page: Page, gallery: str) -> None:
    page.goto(gallery)
    header = page.get_by_role("button", name="Cumplimiento al 31/10/2026")
    rows = page.locator("table[data-sort] tbody td[data-value]")
    header.click()
    assert rows.evaluate_all("cells => cells.map(cell => cell.dataset.value)") == ["44.3", "98.9", ""]
    header.click()
    assert rows.evaluate_all("cells => cells.map(cell => cell.dataset.value)") == ["98.9", "44.3", ""]
    expect(page.locator("th[aria-sort='descending']")).to_have_count(1)


def test_an_explanation_opens_and_closes_with_the_keyboard(page: Page, gallery: str) -> None:
    page.goto(gallery)
    page.get_by_role("button", name="Abrir explicación").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()


def test_pages_read_without_scripts(page_of: Callable[..., Page], gallery: str) -> None:
    page = page_of({"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(gallery)
    expect(page.get_by_text("En rezago").first).to_be_visible()
