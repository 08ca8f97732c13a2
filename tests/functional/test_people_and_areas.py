"""Coming in and administering people in a real browser: desktop, phone, keyboard, accessibility."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page, expect

from tests.cast import Character

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "jacaranda-en-marzo"
PAGES = ("personas/", "personas/agregar/", "personas/subir/", "areas/", "areas/agregar/", "calendario/")


def sign_in(page: Page, base: str, character: Character, *, to: str = "/cuenta/") -> None:
    character.person.password = make_password(PASSWORD)
    character.person.save()
    page.goto(f"{base}{to}")
    page.get_by_label("Correo").fill(character.email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_a_wrong_password_is_said_and_the_address_stays(
    live_server: object, page: Page, ana: Character, axe: Callable[[Page], None], screenshot: Callable[..., Path]
) -> None:
    page.goto(f"{live_server}/entrar/")
    axe(page)
    page.get_by_label("Correo").fill(ana.email)
    page.get_by_label("Contraseña").fill("otra")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("no coinciden")
    expect(page.get_by_label("Correo")).to_have_value(ana.email)
    axe(page)
    screenshot(page)


def test_signing_in_leads_back_and_the_account_shows_ones_roles(
    live_server: object, page: Page, ana: Character, axe: Callable[[Page], None], screenshot: Callable[..., Path]
) -> None:
    sign_in(page, str(live_server), ana)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mi cuenta")
    expect(page.get_by_text("Captura del área")).to_be_visible()
    axe(page)
    screenshot(page)


@pytest.mark.parametrize(("viewport", "width"), [("page", 1440), ("phone", 390)])
@pytest.mark.browser
def test_the_pages_of_people_areas_and_calendar_are_accessible_and_fit(
    live_server: object,
    request: pytest.FixtureRequest,
    everyone_of_the_cast: dict[str, Character],
    axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
    viewport: str,
    width: int,
) -> None:
    page: Page = request.getfixturevalue(viewport)
    sign_in(page, str(live_server), everyone_of_the_cast["fede"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Mi cuenta")
    for path in PAGES:
        page.goto(f"{live_server}/i/prueba/{path}")
        axe(page)
        # a phone widens its window for a page that does not fit: the page is measured against the screen
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is too wide"
        screenshot(page, path.replace("/", "-"))


def test_a_printed_link_is_opened_and_a_password_chosen(
    live_server: object,
    page_of: Callable[..., Page],
    fede: Character,
    ana: Character,
    axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
) -> None:
    page = page_of()
    sign_in(page, str(live_server), fede, to="/i/prueba/personas/?busca=ana")
    page.get_by_role("button", name="Imprimir enlace de acceso").click()
    expect(page.get_by_text(ana.email)).to_be_visible()
    address = page.locator("code").inner_text()
    axe(page)
    screenshot(page, "hoja")

    hers = page_of()
    hers.goto(address)
    axe(hers)
    hers.get_by_label("Contraseña nueva").fill(PASSWORD)
    hers.get_by_label("Repita la contraseña").fill(PASSWORD)
    hers.keyboard.press("Enter")
    expect(hers.get_by_text("Su contraseña quedó guardada.")).to_be_visible()
    hers.goto(address)
    expect(hers.get_by_role("heading", level=1)).to_have_text("Este enlace ya no abre")
