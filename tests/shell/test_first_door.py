"""The first door, the menu, and the pages of refusal."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization import actions
from rumbo.foundation.organization.models import Institution
from rumbo.shell.sections import FOOTER, SECTIONS, Section, address
from tests.cast import FOUNDED, FOUNDED_AT, SYSTEM, Character

type SignIn = Callable[[Character], Client]


def test_nobody_is_sent_to_sign_in(db: None) -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/entrar/")


@pytest.mark.parametrize("path", ["", "reglas/", "configuracion/", "bitacora/", "pendientes/"])
def test_nobody_learns_whether_an_institution_exists(institution: Institution, path: str) -> None:
    real, invented = Client().get(f"/i/prueba/{path}"), Client().get(f"/i/inventada/{path}")
    assert (real.status_code, invented.status_code) == (302, 302)


@pytest.mark.parametrize("path", ["", "reglas/", "configuracion/", "bitacora/", "bitacora/1/", "pendientes/"])
def test_another_institution_does_not_exist(
    client_of: SignIn, institution: Institution, dario: Character, path: str
) -> None:
    assert client_of(dario).get(f"/i/prueba/{path}").status_code == 404


def test_a_page_of_another_post_says_whose_it_is(client_of: SignIn, ana: Character) -> None:
    answer = client_of(ana).get("/i/prueba/configuracion/")
    assert answer.status_code == 403
    assert "pídala a la Dirección de Planeación" in answer.content.decode()


def test_an_address_with_nothing_speaks_of_the_work_and_not_of_the_machine(client_of: SignIn, ana: Character) -> None:
    answer = client_of(ana).get("/i/prueba/no-hay/")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "No hay nada en esta dirección" in text
    assert "404" not in text


def test_a_form_of_an_ended_session_says_that_nothing_typed_was_lost(ana: Character) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana.person)
    answer = client.post("/idioma/", {"language": "en"})
    assert answer.status_code == 403
    assert "lo que escribió sigue ahí" in answer.content.decode()
    assert answer["X-Session-Ended"]  # what asks for a part of a page says the same, and not that it is somebody else's


def test_who_owes_work_lands_on_it(client_of: SignIn, ana: Character) -> None:
    assert client_of(ana).get("/")["Location"] == "/i/prueba/"


def test_the_institution_that_opens_first_opens(client_of: SignIn, ana: Character) -> None:
    first = actions.create_institution(slug="primera", name="Primera", position=0, by=SYSTEM, on=FOUNDED, at=FOUNDED_AT)
    Institution.objects.filter(slug="prueba").update(on_first_screen=False)
    actions.add_membership(institution=first, person=ana.person, role=Role.CLOSER, by=SYSTEM, on=FOUNDED, at=FOUNDED_AT)
    assert client_of(ana).get("/")["Location"] == "/i/primera/"


def test_who_has_no_place_is_told_what_to_ask_for(client_of: SignIn, ana: Character) -> None:
    ana.person.memberships.all().delete()
    text = client_of(ana).get("/").content.decode()
    assert "no tiene lugar en ninguna institución" in text


def menu_of(client: Client) -> list[str]:
    return [link.label for link in client.get("/i/prueba/").context["nav"]]


def test_the_menu_has_only_what_the_role_may_open(
    client_of: SignIn, everyone_of_the_cast: dict[str, Character]
) -> None:
    menus = {name: menu_of(client_of(person)) for name, person in everyone_of_the_cast.items() if name != "dario"}
    assert all(menu[0] == "Mis pendientes" for menu in menus.values())
    assert {name for name, menu in menus.items() if "Bitácora" in menu} == {"eva", "fede"}
    assert {name for name, menu in menus.items() if "Configuración" in menu} == {"carmen", "fede"}
    assert {name for name, menu in menus.items() if "Captura" in menu} <= {"ana", "beto"}


@pytest.mark.parametrize(
    ("name", "path", "label"),
    [
        ("carmen", "configuracion/papel/", "Configuración"),
        ("carmen", "escalas/general/", "Configuración"),
        ("carmen", "areas/", "Configuración"),
        ("fede", "areas/", "Áreas y personas"),
        ("carmen", "captura/historia/", "Cierre"),
        ("carmen", "captura/correcciones/", "Revisión"),
        ("ana", "captura/", "Captura"),
    ],
)
def test_the_menu_says_where_one_is(
    client_of: SignIn, everyone_of_the_cast: dict[str, Character], name: str, path: str, label: str
) -> None:
    nav = client_of(everyone_of_the_cast[name]).get(f"/i/prueba/{path}").context["nav"]
    assert [link.label for link in nav if link.current] == [label]


def test_the_menu_stands_in_groups_that_begin_where_the_role_has_something_before(
    client_of: SignIn, carmen: Character, fede: Character
) -> None:
    apart = {
        character.role: [link.label for link in client_of(character).get("/i/prueba/").context["nav"] if link.apart]
        for character in (carmen, fede)
    }
    assert apart == {carmen.role: ["Tableros", "Calendario"], fede.role: ["Programa de gobierno", "Áreas y personas"]}


def test_the_demonstration_is_said_on_every_page(client_of: SignIn, carmen: Character) -> None:
    Institution.objects.update(nature="demonstration", short_name="Alcaldía Miguel Hidalgo")
    text = client_of(carmen).get("/i/prueba/").content.decode()
    assert "DATOS DE DEMOSTRACIÓN. No corresponden a resultados reales de la Alcaldía Miguel Hidalgo." in text


def test_test_data_are_said_on_every_page(client_of: SignIn, carmen: Character) -> None:
    Institution.objects.update(nature="test_data", short_name="Instituto X")
    assert "DATOS REALES DE PRUEBA" in client_of(carmen).get("/i/prueba/").content.decode()


def test_real_data_carry_no_notice(client_of: SignIn, carmen: Character) -> None:
    assert "data-notice" not in client_of(carmen).get("/i/prueba/").content.decode()


def test_the_language_is_remembered_with_the_person(client_of: SignIn, ana: Character) -> None:
    client = client_of(ana)
    answer = client.post("/idioma/", {"language": "en", "next": "/i/prueba/"})
    assert answer["Location"] == "/i/prueba/"
    ana.person.refresh_from_db()
    assert ana.person.language == "en"
    assert '<html lang="en">' in client.get("/i/prueba/").content.decode()


@pytest.mark.parametrize("target", ["https://otro.example/", "//otro.example/", "javascript:alert(1)", ""])
def test_the_language_form_does_not_send_to_other_sites(db: None, target: str) -> None:
    assert Client().post("/idioma/", {"language": "es", "next": target})["Location"] == "/"


def test_a_language_that_does_not_exist_is_spanish(db: None) -> None:
    answer = Client().post("/idioma/", {"language": "xx"})
    assert answer.cookies["django_language"].value == "es"


def test_the_language_is_changed_only_by_a_form(db: None) -> None:
    assert Client().get("/idioma/").status_code == 405


@pytest.mark.parametrize("name", ["shell:inbox", "shell:rules", "shell:setup"])
def test_a_page_has_one_title(client_of: SignIn, carmen: Character, name: str) -> None:
    text = client_of(carmen).get(reverse(name, kwargs={"slug": "prueba"})).content.decode()
    assert text.count("<h1") == 1
    assert "<title>" in text


@pytest.mark.parametrize("section", [*SECTIONS, *FOOTER], ids=lambda section: section.name)
def test_every_section_has_its_address(section: Section) -> None:
    assert address(section.name, "prueba"), "no app has this address"


@pytest.mark.parametrize("name", ["ana", "beto", "rita", "carmen", "hugo", "gina", "ines", "eva", "fede"])
def test_what_the_menu_offers_opens(client_of: SignIn, everyone_of_the_cast: dict[str, Character], name: str) -> None:
    client = client_of(everyone_of_the_cast[name])
    answers = {
        link.label: client.get(link.url, follow=True).status_code for link in client.get("/i/prueba/").context["nav"]
    }
    assert set(answers.values()) == {200}, answers
