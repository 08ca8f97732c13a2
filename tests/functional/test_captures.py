"""A month in a real browser: Ana captures, attaches, sends; Beto approves; Rita validates; nothing typed is lost."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character
from tests.functional.test_shell_pages import enter
from tests.systems.captures import conftest as goals

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
type ClientOf = Callable[[Character], Client]
line, make_indicator, lamps, requests_ = goals.line, goals.make_indicator, goals.lamps, goals.requests_
surveys, save, submitted = goals.surveys, goals.save, goals.submitted
SHEET = "/i/prueba/captura/"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 32 + b"IEND\xaeB`\x82"
SIZES = {"desk": "page", "phone": "phone"}


@pytest.fixture(autouse=True)
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors' clock stands on 3 December 2026."""
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: NOW)
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: NOW.date())


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= screen.width"))


def come_in(page: Page, server: Any, client_of: ClientOf, who: Character) -> None:
    page.context.clear_cookies()
    enter(page, client_of(who), server)


@pytest.mark.requirement("A1-09", "A1-12")
@pytest.mark.parametrize("size", SIZES)
def test_a_value_goes_from_who_captures_to_who_validates(
    size: str, request: pytest.FixtureRequest, live_server: Any, client_of: ClientOf, lamps: Indicator, ana: Character,
    beto: Character, rita: Character, axe: Callable[[Page], None], screenshot: Callable[..., Path],
) -> None:  # fmt: skip
    page: Page = request.getfixturevalue(SIZES[size])
    come_in(page, live_server, client_of, ana)
    page.goto(live_server.url + SHEET)
    page.get_by_role("link", name="M001").first.click()
    page.get_by_label("Realizado en noviembre").fill("1,090")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("Se guardó el borrador.")).to_be_visible()
    expect(page.locator("#captura").get_by_text("En meta")).to_be_visible()
    page.get_by_label("Archivo").set_input_files({"name": "foto.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_role("button", name="Adjuntar evidencia").click()
    expect(page.get_by_role("link", name="foto.png")).to_be_visible()
    axe(page)
    assert fits(page)
    screenshot(page, "captura")
    page.get_by_role("button", name="Enviar a visto bueno").click()
    page.wait_for_url(f"**{SHEET}")
    expect(page.get_by_text("M001 se envió.")).to_be_visible()
    for who, button, after in (
        (beto, "Dar visto bueno a las seleccionadas", CaptureState.PLANNING_REVIEW),
        (rita, "Validar seleccionadas", CaptureState.APPROVED),
    ):
        come_in(page, live_server, client_of, who)
        page.goto(live_server.url + SHEET + "revision/")
        page.get_by_label("M001", exact=True).check()
        axe(page)
        assert fits(page)
        screenshot(page, f"revision-{who.person.name}")
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text(re.compile("Se (validó|dio el visto bueno a) 1 captura."))).to_be_visible()
        assert Capture.objects.get().state == after


@pytest.mark.parametrize("size", SIZES)
def test_the_sheet_and_its_review_are_accessible_and_fit(
    size: str, request: pytest.FixtureRequest, live_server: Any, client_of: ClientOf, institution: Institution,
    lamps: Indicator, requests_: Indicator, surveys: Indicator, submitted: Callable[..., Capture],
    save: Callable[..., Capture], ana: Character, beto: Character, axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
) -> None:  # fmt: skip
    page: Page = request.getfixturevalue(SIZES[size])
    for month in range(1, 4):
        save(lamps, 100 + month, period=goals.NOVEMBER - month)
        save(requests_, 90 + month, 100, period=goals.NOVEMBER - month)
    back = submitted(lamps, 60)
    actions.return_(
        institution=institution, capture=back, kind=ReturnReason.WORDING, text="Precise la causa.", by=beto.actor,
        at=NOW,
    )  # fmt: skip
    sent = submitted(requests_, 88, 100)
    come_in(page, live_server, client_of, ana)
    page.goto(live_server.url + SHEET)
    expect(page.get_by_text("«Precise la causa.»")).to_be_visible()
    axe(page)
    assert fits(page)
    if size == "desk":
        screenshot(page, "hoja")
        # the twelve months are in sight, and nothing of the table hides to the right
        assert page.evaluate("(box => box.scrollWidth <= box.clientWidth + 1)(document.querySelector('.table-scroll'))")
        expect(page.get_by_role("columnheader", name="dic", exact=True)).to_be_in_viewport()
    else:
        expect(page.get_by_label("M001: Realizado en septiembre (pieza)")).to_be_hidden()
        page.locator(".goal", has_text="M001").get_by_text("Doce meses").click()
        expect(page.get_by_label("M001: Realizado en septiembre (pieza)")).to_have_value("102")
        axe(page)
    screenshot(page, "hoja")
    come_in(page, live_server, client_of, beto)
    page.goto(f"{live_server.url}{SHEET}revision/{sent.ref}/")
    page.get_by_text("Devolver con motivo").first.click()
    expect(page.get_by_role("button", name="Devolver con motivo")).to_be_visible()
    axe(page)
    assert fits(page)
    screenshot(page, "una")


def test_the_keyboard_goes_down_the_month_and_a_column_of_excel_fills_it(
    live_server: Any, page: Page, client_of: ClientOf, lamps: Indicator, requests_: Indicator, ana: Character
) -> None:
    come_in(page, live_server, client_of, ana)
    page.goto(live_server.url + SHEET)
    value, over, under = (
        page.locator(f"#{name}-{goals.NOVEMBER}")
        for name in (f"n-{lamps.pk}", f"n-{requests_.pk}", f"d-{requests_.pk}")
    )
    value.focus()
    page.keyboard.press("Enter")
    expect(over).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(under).to_be_focused()
    value.evaluate(
        """field => { const data = new DataTransfer(); data.setData("text/plain", "1,100\\n90\\n100\\n");
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    for field, typed in ((value, "1100"), (over, "90"), (under, "100")):
        expect(field).to_have_value(typed)
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("Se guardó la hoja como borrador.")).to_be_visible()
    assert set(Capture.objects.values_list("numerator", "denominator")) == {(1100, None), (90, 100)}


@pytest.mark.parametrize("size", SIZES)
def test_a_session_that_ends_while_capturing_loses_nothing(
    size: str, request: pytest.FixtureRequest, live_server: Any, client_of: ClientOf, lamps: Indicator, ana: Character
) -> None:
    page: Page = request.getfixturevalue(SIZES[size])
    come_in(page, live_server, client_of, ana)
    address = f"{live_server.url}{SHEET}M001/2026-11/"
    page.goto(address)
    field = page.get_by_label("Realizado en noviembre")
    field.fill("1,090")
    page.context.clear_cookies()
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.locator("#aviso-visible")).to_contain_text("Lo que escribió sigue aquí")
    expect(field).to_have_value("1,090")
    assert not Capture.objects.exists()
    come_in(page, live_server, client_of, ana)
    page.goto(address)
    page.get_by_role("button", name="Recuperar lo escrito").click()
    expect(field).to_have_value("1,090")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("Se guardó el borrador.")).to_be_visible()
    assert Capture.objects.get().numerator == 1090


def test_who_signs_in_again_in_another_tab_sends_what_was_typed_in_the_first(
    page: Page, live_server: Any, client_of: ClientOf, lamps: Indicator, ana: Character
) -> None:
    """As the notice says: signing in changes the token of the forms, and the first tab was drawn with the old one."""
    ana.person.set_password("la contraseña de Ana")
    ana.person.save()
    come_in(page, live_server, client_of, ana)
    page.goto(f"{live_server.url}{SHEET}M001/2026-11/")
    page.get_by_label("Realizado en noviembre").fill("1,090")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.locator("#aviso-visible")).to_contain_text("entre de nuevo en otra pestaña")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/entrar/")
    other.get_by_label("Correo").fill(ana.person.email)
    other.get_by_label("Contraseña").fill("la contraseña de Ana")
    other.get_by_role("button", name="Entrar").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Mis pendientes")
    page.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_text("Se guardó el borrador.")).to_be_visible()
    assert Capture.objects.get().numerator == 1090
