"""Several institutions under one roof, the name and emblem of one, and the trail that tells it, as people see them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization import actions
from rumbo.foundation.organization.models import Institution
from tests.cast import FOUNDED, FOUNDED_AT, NOW, SYSTEM, Character, make_institution
from tests.functional.conftest import DESKTOP, PHONE
from tests.whole.addresses import PIXEL

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_an_institution_is_opened_and_its_link_is_printed_once(
    visit: Callable[..., Page], look: Callable[..., None], fede: Character, size: dict[str, int]
) -> None:
    actions.give_installation(person=fede.person, runs=True, by=SYSTEM, at=NOW)
    page = visit(fede, on=size)
    page.locator(".person > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Instalación").press("Enter")
    page.wait_for_url("**/instalacion/")
    look(page, "instalacion")
    page.get_by_role("link", name="Abrir una institución").click()
    for label, value in {
        "Nombre de la institución": "Instituto Nuevo",
        "Clave para las direcciones": "Con Espacios",
        "Nombre de quien la administrará": "Nadia",
        "Su correo": "nadia@nuevo.example",
    }.items():
        page.get_by_label(label).fill(value)
    page.keyboard.press("Enter")
    expect(page.locator(".is-wrong").get_by_label("Clave para las direcciones")).to_have_value("Con Espacios")
    look(page, "rechazada")
    page.get_by_label("Clave para las direcciones").fill("nuevo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("La institución está abierta")
    address = page.locator("main ol code").inner_text()
    look(page, "abierta")
    page.context.clear_cookies()
    page.goto(address)
    expect(page.get_by_label("Contraseña nueva")).to_be_visible()


def test_who_has_a_place_in_two_institutions_changes_from_one_to_the_other(
    visit: Callable[..., Page], look: Callable[..., None], hugo: Character
) -> None:
    other = make_institution("ajena", "Institución Ajena")
    actions.add_membership(
        institution=other, person=hugo.person, role=Role.INSTITUTION_HEAD, by=SYSTEM, on=FOUNDED, at=FOUNDED_AT
    )
    page = visit(hugo, "/")
    look(page, "instituciones")
    page.get_by_role("link", name="Alcaldía de Prueba").click()
    page.wait_for_url("**/i/prueba/**")  # the page that was left has the same menu
    page.locator(".person > summary").click()
    other_place = page.locator(".person").get_by_role("link", name="Institución Ajena")
    expect(other_place).to_be_visible()
    look(page, "menu")
    other_place.click()
    page.wait_for_url("**/i/ajena/**")


@pytest.mark.requirement("A1-01")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_name_and_an_emblem_change_on_every_page_and_the_trail_says_what_was_there(
    visit: Callable[..., Page],
    look: Callable[..., None],
    institution: Institution,
    carmen: Character,
    eva: Character,
    size: dict[str, int],
) -> None:
    page = visit(carmen, "configuracion/identidad/", on=size)
    page.get_by_label("Nombre de la institución").fill("Alcaldía Renombrada")
    page.get_by_label("Nombre corto").fill("Renombrada")
    page.locator("input[type=file]").set_input_files({"name": "e.png", "mimeType": "image/png", "buffer": PIXEL})
    page.get_by_label("desde").first.fill("2026-11-01")
    look(page, "identidad")
    page.get_by_role("button", name="Guardar y continuar").click()
    expect(page.locator(".brand-name")).to_contain_text("Renombrada")
    expect(page.locator("img.brand-logo")).to_have_js_property("complete", True)
    expect(page.locator("img.brand-logo")).not_to_have_js_property("naturalWidth", 0)
    look(page, "renombrada")

    trail = visit(eva, "bitacora/", on=size)
    trail.get_by_label("Qué hizo").select_option("organization.change_identity")
    trail.get_by_role("button", name="Filtrar").press("Enter")
    trail.wait_for_url("**organization.change_identity**")
    look(trail, "bitacora")
    trail.locator("tbody a").first.press("Enter")
    trail.wait_for_url(re.compile(r"/bitacora/\d+/"))
    expect(trail.get_by_role("row").filter(has_text="Renombrada").first).to_contain_text("Alcaldía de Prueba")
    trail.get_by_text("Para verificar").click()
    expect(trail.get_by_text("organization.change_identity")).to_be_visible()
    look(trail, "evento")
