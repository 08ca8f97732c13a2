"""Several institutions in one installation: who opens them, the wall between them, and what each is called."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit.models import Event
from rumbo.foundation.audit.queries import verify
from rumbo.foundation.organization import actions, queries
from rumbo.foundation.organization.models import Institution, Membership, Person
from tests.cast import NOW, SYSTEM, TODAY, Character
from tests.whole.addresses import PIXEL

type SignIn = Callable[[Character], Client]
PAGE = "/instalacion/"
NEW = {
    "name": "Instituto Nuevo", "short_name": "Nuevo", "slug": "nuevo", "admin_name": "Nadia",
    "admin_email": "nadia@nuevo.example",
}  # fmt: skip
IDENTITY = "/i/prueba/configuracion/identidad/"
TYPED = {"name": "Alcaldía Renombrada", "short_name": "Renombrada", "home": "board", "effective_from": "2026-11-01"}


@pytest.fixture
def runner(fede: Character) -> Character:
    """Fede administers his institution, and runs the installation too."""
    actions.give_installation(person=fede.person, runs=True, by=SYSTEM, at=NOW)
    fede.person.refresh_from_db()
    return fede


def test_nobody_is_sent_to_sign_in(db: None) -> None:
    for address in (PAGE, f"{PAGE}abrir/", f"{PAGE}administran/"):
        assert Client().post(address)["Location"].startswith("/entrar/")


def test_administering_an_institution_is_not_running_the_installation(
    everyone_of_the_cast: dict[str, Character], client_of: SignIn
) -> None:
    before = Institution.objects.count(), Event.objects.count()
    for character in everyone_of_the_cast.values():
        client = client_of(character)
        assert client.get(PAGE).status_code == 403
        assert client.get(f"{PAGE}abrir/").status_code == 403
        assert client.post(f"{PAGE}abrir/", NEW).status_code == 403
        assert client.post(f"{PAGE}administran/", {"email": character.email}).status_code == 403
    assert (Institution.objects.count(), Event.objects.count()) == before


def test_the_action_asks_again(carmen: Character) -> None:
    with pytest.raises(Forbidden):
        actions.open_institution(**NEW, by=carmen.actor, on=TODAY, at=NOW)
    with pytest.raises(Forbidden):
        actions.give_installation(person=carmen.person, runs=True, by=carmen.actor, at=NOW)


def test_who_opens_an_institution_does_not_enter_it_and_nobody_else_sees_it(
    runner: Character, carmen: Character, client_of: SignIn
) -> None:
    answer = client_of(runner).post(f"{PAGE}abrir/", NEW)
    assert "nadia@nuevo.example" in answer.content.decode()
    assert answer["Cache-Control"].startswith("max-age=0")
    opened = Institution.objects.get(slug="nuevo")
    for who in (runner, carmen):
        browser = client_of(who)
        for place in ("", "personas/", "bitacora/", "configuracion/", "tableros/", "captura/"):
            assert browser.get(f"/i/nuevo/{place}").status_code == 404, place
    assert "Instituto Nuevo" not in client_of(carmen).get("/i/prueba/").content.decode()
    assert list(Membership.objects.filter(institution=opened).values_list("person__email", "role")) == [
        ("nadia@nuevo.example", "administrator")
    ]
    with pytest.raises(Forbidden):
        actions.add_membership(
            institution=opened, person=carmen.person, role=Role.CLOSER, by=runner.actor, on=TODAY, at=NOW
        )
    assert verify() == []


def test_its_administration_chooses_a_password_and_sees_only_its_own(runner: Character, client_of: SignIn) -> None:
    answer = client_of(runner).post(f"{PAGE}abrir/", NEW)
    nadia = Character(Person.objects.get(email=NEW["admin_email"]), Role.ADMINISTRATOR, None)
    assert answer.context["address"].startswith("http://testserver/")
    assert Client().get(answer.context["address"]).status_code == 200
    browser = client_of(nadia)
    assert browser.get("/i/nuevo/configuracion/").status_code == 200
    assert browser.get("/i/prueba/").status_code == 404
    assert browser.get(PAGE).status_code == 403
    assert "Alcaldía de Prueba" not in browser.get("/i/nuevo/").content.decode()


def test_nobody_names_themselves(runner: Character, client_of: SignIn) -> None:
    answer = client_of(runner).post(f"{PAGE}abrir/", NEW | {"admin_email": runner.email, "admin_name": "Fede"})
    assert answer.status_code == 422
    assert "Nadie se da un papel a sí mismo" in answer.content.decode()
    assert not Institution.objects.filter(slug="nuevo").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "Con Espacios"}, "no sirve como clave"),
        ({"slug": "prueba"}, "ya existe"),
        ({"name": ""}, "obligatorio"),
    ],
)
def test_what_is_wrong_leaves_nothing(runner: Character, client_of: SignIn, wrong: dict[str, str], said: str) -> None:
    before = Institution.objects.count(), Person.objects.count()
    answer = client_of(runner).post(f"{PAGE}abrir/", NEW | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (Institution.objects.count(), Person.objects.count()) == before


def test_who_already_has_a_password_is_given_no_link(runner: Character, carmen: Character, client_of: SignIn) -> None:
    """A link would let whoever opens institutions into somebody's account."""
    carmen.person.set_password("jacaranda-en-marzo")
    carmen.person.save()
    answer = client_of(runner).post(f"{PAGE}abrir/", NEW | {"admin_email": carmen.email})
    assert "ya tiene contraseña" in answer.content.decode()
    assert answer.context["address"] == ""
    assert Person.objects.get(pk=carmen.person.pk).name == "Carmen"


def test_the_page_tells_of_each_institution_and_nothing_of_what_is_inside(
    runner: Character, dario: Character, client_of: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = client_of(runner)
    with django_assert_max_num_queries(8):
        text = client.get(PAGE).content.decode()
    assert "Institución Ajena" in text
    assert "dario" not in text.lower()


def test_it_is_given_and_withdrawn_and_never_from_oneself(
    runner: Character, carmen: Character, client_of: SignIn
) -> None:
    client = client_of(runner)
    client.post(f"{PAGE}administran/", {"email": carmen.email})
    assert [one.email for one in queries.who_run_the_installation()] == [carmen.email, runner.email]
    client.post(f"{PAGE}administran/", {"email": runner.email, "withdraw": "1"})
    assert len(queries.who_run_the_installation()) == 2
    client.post(f"{PAGE}administran/", {"email": carmen.email, "withdraw": "1"})
    client.post(f"{PAGE}administran/", {"email": "nadie@x.mx"})
    assert [one.email for one in queries.who_run_the_installation()] == [runner.email]
    assert Event.objects.filter(chain="", action="organization.withdraw_installation").count() == 1
    assert verify() == []


# What it is called


def rename(institution: Institution, by: Character, **more: Any) -> Institution:
    said: dict[str, Any] = {
        "name": "Alcaldía Renombrada", "short_name": "Renombrada", "home": "board", "logo": "",
        "effective_from": date(2026, 11, 1),
    }  # fmt: skip
    return actions.change_identity(institution=institution, **said | more, by=by.actor, on=TODAY, at=NOW)


def test_who_may_not_configure_renames_nothing(institution: Institution, ana: Character) -> None:
    with pytest.raises(Forbidden):
        rename(institution, ana)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"effective_from": date(2027, 1, 1)}, "no ha llegado"),
        ({"name": " "}, "Falta el nombre"),
        ({"name": "x" * 201}, "hasta 200"),
        ({"home": "otra"}, "página de inicio"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    institution: Institution, carmen: Character, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(actions.InstitutionRefused, match=said):
        rename(institution, carmen, **more)
    assert Institution.objects.get(pk=institution.pk).name == "Alcaldía de Prueba"


def test_a_new_name_holds_from_its_day_and_documents_of_before_keep_theirs(
    institution: Institution, carmen: Character
) -> None:
    renamed = rename(institution, carmen)
    assert queries.as_called_on(renamed, date(2026, 10, 31)).name == "Alcaldía de Prueba"
    assert queries.as_called_on(renamed, date(2026, 11, 1)).name == "Alcaldía Renombrada"
    assert queries.as_called_on(renamed, date(2020, 1, 1)).name == "Alcaldía de Prueba"
    with pytest.raises(actions.InstitutionRefused, match="que rige desde el 01/11/2026"):
        rename(renamed, carmen, name="Otra", effective_from=date(2026, 10, 1))
    assert rename(renamed, carmen, name="Tercera", effective_from=date(2026, 12, 1)).name == "Tercera"
    assert queries.as_called_on(renamed, date(2026, 11, 30)).name == "Alcaldía Renombrada"
    assert verify() == []


def test_the_trail_keeps_what_it_was_and_what_it_is(institution: Institution, carmen: Character) -> None:
    rename(institution, carmen, home="inbox")
    event = Event.objects.get(action="organization.change_identity")
    for said in ('"name":"Alcaldía de Prueba"', '"name":"Alcaldía Renombrada"', '"home":"board"', '"home":"inbox"'):
        assert said in event.payload
    assert event.actor == carmen.email


def test_saying_the_same_writes_nothing(institution: Institution, carmen: Character) -> None:
    before = Event.objects.count()
    rename(institution, carmen, name=institution.name, short_name=institution.short_name)
    assert Event.objects.count() == before
    assert queries.identities_of(institution) == []


def test_the_name_and_the_emblem_are_changed_in_the_set_up(carmen: Character, client_of: SignIn) -> None:
    client = client_of(carmen)
    picture = SimpleUploadedFile("logo.png", PIXEL, "image/png")
    answer = client.post(IDENTITY, TYPED | {"logo": picture})
    assert answer["Location"] == "/i/prueba/configuracion/institucion/"
    page = client.get("/i/prueba/configuracion/").content.decode()
    assert "Alcaldía Renombrada, desde el 01/11/2026." in page
    logo = Institution.objects.get(slug="prueba").logo
    assert f'src="/i/prueba/emblema/{logo[:16]}/"' in page
    shown = client.get(f"/i/prueba/emblema/{logo[:16]}/")
    assert (shown.content, shown["Content-Type"]) == (PIXEL, "image/png")
    client.post(IDENTITY, TYPED | {"short_name": "Otra vez"})
    assert Institution.objects.get(slug="prueba").logo == logo  # what is not touched stays
    client.post(IDENTITY, TYPED | {"without_logo": "on", "effective_from": "2026-11-02"})
    assert Institution.objects.get(slug="prueba").logo == ""
    assert client.get(f"/i/prueba/emblema/{logo[:16]}/").status_code == 404
    assert verify() == []


def test_an_emblem_of_another_kind_is_refused_and_nothing_changes(carmen: Character, client_of: SignIn) -> None:
    for content, name in ((b"%PDF-1.7\n%%EOF", "logo.pdf"), (b"<svg onload='x'/>", "logo.svg"), (PIXEL, "logo.pdf")):
        answer = client_of(carmen).post(IDENTITY, TYPED | {"logo": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422, name
    assert Institution.objects.get(slug="prueba").name == "Alcaldía de Prueba"


def test_the_emblem_of_another_institution_does_not_exist(
    carmen: Character, dario: Character, client_of: SignIn
) -> None:
    client_of(carmen).post(IDENTITY, TYPED | {"logo": SimpleUploadedFile("l.png", PIXEL)})
    logo = Institution.objects.get(slug="prueba").logo
    assert client_of(dario).get(f"/i/prueba/emblema/{logo[:16]}/").status_code == 404
    assert client_of(dario).get(f"/i/ajena/emblema/{logo[:16]}/").status_code == 404
