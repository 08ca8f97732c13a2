"""The pages of the shell as each role sees them: accessible, and within the width of a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import Character

SIZES = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]


def enter(page: Page, client: Client, server: Any) -> None:
    """The session of a test client, given to the browser."""
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": server.url}])


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("ana", ""),
        ("carmen", "configuracion/"),
        ("carmen", "configuracion/escalas/"),
        ("fede", "bitacora/"),
        ("fede", "bitacora/1/"),
        ("hugo", "reglas/"),
        ("hugo", "configuracion/"),
    ],
)
def test_a_page_is_accessible_and_fits(
    page_of: Callable[..., Page],
    live_server: Any,
    client_of: Callable[[Character], Client],
    everyone_of_the_cast: dict[str, Character],
    axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
    size: dict[str, int],
    name: str,
    path: str,
) -> None:
    page = page_of(size)
    enter(page, client_of(everyone_of_the_cast[name]), live_server)
    page.goto(f"{live_server.url}/i/prueba/{path}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    axe(page)
    screenshot(page, "pagina")


def test_the_menu_of_the_phone_opens_and_closes(
    page_of: Callable[..., Page], live_server: Any, client_of: Callable[[Character], Client], carmen: Character
) -> None:
    page = page_of(SIZES[1])
    enter(page, client_of(carmen), live_server)
    page.goto(f"{live_server.url}/i/prueba/")
    link = page.get_by_role("link", name="Configuración")
    expect(link).to_be_hidden()
    page.locator(".nav-toggle > summary").click()
    expect(link.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()


def test_a_session_that_ends_while_typing_loses_nothing(
    page: Page, live_server: Any, client_of: Callable[[Character], Client], carmen: Character
) -> None:
    address = f"{live_server.url}/i/prueba/configuracion/institucion/"
    client = client_of(carmen)
    enter(page, client, live_server)
    page.goto(address)
    field = page.get_by_label("Área que revisa y cierra")
    field.fill("Coordinación de Planeación")
    client.session.flush()
    page.get_by_role("button", name="Guardar y continuar").click()
    page.wait_for_url("**/entrar/**")
    enter(page, client_of(carmen), live_server)
    page.goto(address)
    expect(field).to_have_value("Dirección de Planeación")
    page.get_by_role("button", name="Recuperar lo escrito").click()
    expect(field).to_have_value("Coordinación de Planeación")
    page.get_by_role("button", name="Guardar y continuar").click()
    page.wait_for_url("**/configuracion/areas/")
    page.goto(address)
    expect(field).to_have_value("Coordinación de Planeación")
    expect(page.get_by_role("button", name="Recuperar lo escrito")).to_have_count(0)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_menu_of_who_sees_most_fits_one_line_of_a_desk(
    page: Page, live_server: Any, client_of: Callable[[Character], Client], carmen: Character, language: str
) -> None:
    enter(page, client_of(carmen), live_server)
    page.goto(f"{live_server.url}/i/prueba/")
    if language == "en":
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    places = page.locator(".nav a").evaluate_all(
        "links => links.map(link => Math.round(link.getBoundingClientRect().top))"
    )
    assert len(places) >= 11
    assert len(set(places)) == 1, "a second line"
