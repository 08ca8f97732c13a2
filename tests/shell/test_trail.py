"""The pages of the trail show one institution's chain, and change nothing."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization import actions
from rumbo.foundation.organization.models import Institution
from tests.cast import NOW, SYSTEM, Character

type SignIn = Callable[[Character], Client]


@pytest.mark.parametrize("name", ["ana", "beto", "rita", "carmen", "hugo", "gina", "ines"])
def test_only_who_audits_or_administers_reads_it(
    client_of: SignIn, everyone_of_the_cast: dict[str, Character], name: str
) -> None:
    assert client_of(everyone_of_the_cast[name]).get("/i/prueba/bitacora/").status_code == 403


def test_an_event_of_another_chain_does_not_exist(client_of: SignIn, eva: Character, dario: Character) -> None:
    last = Event.objects.filter(chain="ajena").latest("sequence").sequence
    here = Event.objects.filter(chain="prueba").latest("sequence").sequence
    assert client_of(eva).get(f"/i/prueba/bitacora/{max(last, here) + 1}/").status_code == 404
    assert "ajena" not in client_of(eva).get("/i/prueba/bitacora/").content.decode()


def test_it_cannot_be_written_to(client_of: SignIn, eva: Character) -> None:
    before = Event.objects.count()
    client_of(eva).post("/i/prueba/bitacora/", {"action": "x"})
    assert Event.objects.count() == before


@pytest.mark.requirement("A1-01")
def test_it_tells_who_did_what_and_when(client_of: SignIn, eva: Character, ana: Character) -> None:
    text = client_of(eva).get("/i/prueba/bitacora/?accion=organization.add_membership&texto=ana").content.decode()
    assert "ana@prueba.example" in text
    assert "sistema" in text
    assert "Cargó áreas</strong>" not in text


def test_it_is_filtered_by_day(client_of: SignIn, eva: Character) -> None:
    client = client_of(eva)
    assert "Ningún evento" in client.get("/i/prueba/bitacora/?hasta=2023-11-30").content.decode()
    assert "Ningún evento" not in client.get("/i/prueba/bitacora/?desde=2023-12-01&hasta=2023-12-01").content.decode()


def test_a_day_that_is_not_one_filters_nothing(client_of: SignIn, eva: Character) -> None:
    assert client_of(eva).get("/i/prueba/bitacora/?desde=ayer&pagina=cien").status_code == 200


def test_an_event_shows_what_changed(client_of: SignIn, eva: Character) -> None:
    found = Event.objects.filter(chain="prueba", action="organization.create_institution").get()
    text = client_of(eva).get(f"/i/prueba/bitacora/{found.sequence}/").content.decode()
    assert found.hash in text
    assert "Alcaldía de Prueba" in text


def test_its_queries_do_not_grow_with_the_trail(
    client_of: SignIn, eva: Character, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(eva)
    client.get("/i/prueba/bitacora/")
    with django_assert_max_num_queries(14):
        client.get("/i/prueba/bitacora/")


def test_it_is_filtered_by_who_what_and_when_together(client_of: SignIn, eva: Character, ana: Character) -> None:
    client = client_of(eva)
    asked = "?persona=sistema&accion=organization&desde=2023-12-01&hasta=2023-12-01&texto=ana"
    text = client.get(f"/i/prueba/bitacora/{asked}").content.decode()
    assert text.count("Dio un papel</strong>") == 1
    assert "Cargó áreas</strong>" not in text
    assert "Ningún evento" in client.get("/i/prueba/bitacora/?persona=ana@prueba.example").content.decode()


def test_the_filters_are_words_and_people(client_of: SignIn, eva: Character, ana: Character) -> None:
    text = client_of(eva).get("/i/prueba/bitacora/").content.decode()
    assert '<option value="organization.save_units">Cargó áreas</option>' in text
    assert '<option value="ana@prueba.example">Ana</option>' in text
    assert "Institución, áreas y personas" in text


def test_its_pages_ask_the_same_however_long_it_is(
    client_of: SignIn, eva: Character, institution: Institution, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(eva)
    client.get("/i/prueba/bitacora/")
    with CaptureQueriesContext(connection) as few:
        client.get("/i/prueba/bitacora/")
    asked = len(few)  # now: the next request begins the list anew
    for number in range(120):
        actions.save_unit(institution=institution, code=f"U{number}", name="Área", by=SYSTEM, at=NOW)
    client.get("/i/prueba/bitacora/")  # what is remembered until something is written
    with django_assert_num_queries(asked):
        text = client.get("/i/prueba/bitacora/?pagina=2").content.decode()
    assert text.count("Guardó un área</strong>") == 50
