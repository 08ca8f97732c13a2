"""What must not be known, must not start, and must not be believed because a file says so."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.documents import queries as documents
from rumbo.foundation.documents.models import StoredFile
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution, Person
from rumbo.shell.command import demo
from rumbo.shell.command.parsing import BadInput
from rumbo.shell.demonstration.loading.setting_up import PASSWORD
from rumbo.shell.settings import DEMO_KEY
from rumbo.systems.captures.models import Evidence
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character
from tests.whole.addresses import EVERYBODY, INSIDE, World, make_world

REFUSED, MISSING = 403, 404
OWN_KEY = "una clave propia, larga y secreta, de una instalación que trabaja"


def rumbo(home: Path, *words: str, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """The command, or some code, in a process with these variables alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RUMBO_")}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code or "from rumbo.shell.command import main; main()", *words],
        env=kept | {"RUMBO_HOME": str(home), "LANG": "es_MX.UTF-8", "DJANGO_SETTINGS_MODULE": "rumbo.shell.settings"}
        | variables,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


# Starting


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "Falta la clave secreta"),
        ({"RUMBO_SECRET_KEY": DEMO_KEY}, "es la de la demostración, que es pública"),
        ({"RUMBO_SECRET_KEY": "corta-pero-variada-0123456789"}, "es fácil de adivinar"),
        ({"RUMBO_SECRET_KEY": "x" * 60}, "secrets.token_urlsafe(50)"),
        ({"RUMBO_SECRET_KEY": OWN_KEY, "RUMBO_TODAY": "2026-12-03"}, "RUMBO_TODAY"),
    ],
)
def test_it_does_not_serve_with_what_everybody_knows(tmp_path: Path, variables: dict[str, str], said: str) -> None:
    answer = rumbo(tmp_path, "serve", "--port", "1", **variables)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("words", [("serve", "--port", "1"), ("demo", "--no-serve"), ("audit", "verify")])
def test_an_installation_is_never_taken_for_the_demonstration(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Its key would be public and its day another one."""
    (tmp_path / "secret.key").write_text(OWN_KEY)
    answer = rumbo(tmp_path, *words, RUMBO_DEMO="1", RUMBO_TODAY="2026-12-03")
    assert answer.returncode == 2
    assert "no es la demostración" in answer.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.key"]


@pytest.mark.django_db
def test_the_demonstration_is_not_loaded_into_a_database_that_is_in_use(
    institution: Institution, settings: Settings, tmp_path: Path
) -> None:
    """Its accounts have a password that everybody knows."""
    settings.HOME, settings.DEMONSTRATION = tmp_path, tmp_path / "demonstration"
    with pytest.raises(BadInput, match="RUMBO_DATABASE_URL") as refused:
        demo.make_room()
    assert list(tmp_path.iterdir()) == []
    name = connection.settings_dict["NAME"]
    assert re.search(rf"dropdb .*{re.escape(str(name))}'? && createdb .*{re.escape(str(name))}'?$", str(refused.value))


def test_the_words_that_empty_a_database_name_its_server_and_never_its_password() -> None:
    """A demonstration that was cut in the middle, in PostgreSQL, is not repaired by itself: it is said how."""
    database = {"NAME": "rumbo demo", "HOST": "db.local", "PORT": "5433", "USER": "rumbo", "PASSWORD": "secreta"}
    assert demo.emptying(database) == (
        "dropdb -h db.local -p 5433 -U rumbo 'rumbo demo' && createdb -h db.local -p 5433 -U rumbo 'rumbo demo'"
    )
    assert demo.emptying({"NAME": "rumbo", "HOST": "", "PORT": "", "USER": ""}) == "dropdb rumbo && createdb rumbo"


def test_outside_the_demonstration_cookies_go_only_over_https(tmp_path: Path) -> None:
    shown = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,"
        " s.SECURE_HSTS_SECONDS > 0, s.DEBUG)"
    )
    answer = rumbo(tmp_path, code=shown, RUMBO_SECRET_KEY=OWN_KEY)
    assert answer.stdout.split() == ["True", "True", "True", "Lax", "True", "False"], answer.stderr


@pytest.mark.django_db
def test_outside_the_demonstration_nobody_has_a_password_set_beforehand(
    everyone_of_the_cast: dict[str, Character], settings: Settings
) -> None:
    settings.RUMBO_DEMO = False
    people = [character.person for character in everyone_of_the_cast.values()]
    with pytest.raises(Forbidden):
        organization.set_passwords(people=people, password=PASSWORD, at=NOW)
    assert not [person for person in Person.objects.all() if person.has_usable_password()]


# What each answer carries


@pytest.fixture
def world(institution: Institution, settled: dict[str, Indicator], everyone_of_the_cast: dict[str, Character]) -> World:
    return make_world(institution, settled, everyone_of_the_cast)


@pytest.mark.django_db
@pytest.mark.slow
def test_every_page_carries_its_defences(
    world: World, everyone_of_the_cast: dict[str, Character], client_of: Callable[[Character], Client]
) -> None:
    for place, answer in every_answer(world, everyone_of_the_cast, client_of):
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'self'" in policy, place
        assert "object-src 'none'" in policy, place
        assert "frame-ancestors 'none'" in policy, place
        assert "unsafe" not in policy, place
        assert answer.headers.get("X-Frame-Options") == "DENY", place
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", place
        assert answer.headers.get("Referrer-Policy") == "same-origin", place
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page = answer.content.decode()  # type: ignore[attr-defined]
            assert " style=" not in page, f"{place}: the policy would drop it"
            assert "<script>" not in page, place
            assert " onclick=" not in page, place


def every_answer(
    world: World, cast: dict[str, Character], client_of: Callable[[Character], Client]
) -> Iterator[tuple[str, HttpResponseBase]]:
    """Each page as one who may see it, as one who may not, and those outside every institution."""
    clients = {who: client_of(cast[who]) for who in (*sorted(EVERYBODY), "dario")}
    for name, address in INSIDE.items():
        place = reverse(name, kwargs={"slug": "prueba", **address.of(world)}) + address.query
        yield place, clients[min(address.roles)].get(place)
        for refused in sorted(EVERYBODY - address.roles)[:1]:
            yield f"{place} as {refused}", clients[refused].get(place)
    yield "404", clients["dario"].get("/i/prueba/")
    for place in PUBLIC:
        yield place, Client().get(place)


PUBLIC = ("/entrar/", "/entrar/?next=/i/prueba/personas/", "/galeria/", "/estilo/acento-9d2449.css", "/no/hay/", "/",
          "/i/prueba/", "/primera-contrasena/00000000-0000-0000-0000-000000000000/x/")  # fmt: skip


@pytest.mark.django_db
def test_pages_that_anybody_opens_name_nobody(world: World) -> None:
    words = {person.email for person in Person.objects.all()} | {"prueba.example", "Alcaldía de Prueba", "DESU"}
    for place in PUBLIC:
        answer = Client().get(place, follow=True)
        assert not [word for word in words if word in answer.content.decode()], place


@pytest.mark.django_db
@pytest.mark.requirement("IECM-25")
def test_what_is_made_to_be_published_carries_no_address_of_a_person(
    world: World, carmen: Character, client_of: Callable[[Character], Client]
) -> None:
    names = {person.name for person in Person.objects.all()}
    page = client_of(carmen).get("/i/prueba/transparencia/2026/3/descargar/html/")
    assert page.status_code == 200
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL)
    assert "2026" in text
    assert re.findall(r"\S+@\S+", text) == []
    assert [name for name in names if re.search(rf"\b{name}\b", text)] == []


# Evidence that is not what it says


FALSE = {
    "programa.pdf": b"MZ\x90\x00" + b"\x00" * 200,
    "pagina.pdf": b"<html><script>alert(1)</script></html>",
    "foto.pdf": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 32 + b"IEND\xaeB`\x82",
    "dibujo.png": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "vacio.pdf": b"",
    "orden.sh": b"#!/bin/sh\nrm -rf /\n",
    "../../secreto.pdf.exe": b"%PDF-1.7\n%%EOF",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FALSE)
@pytest.mark.requirement("A1-11")
def test_a_proof_that_is_not_what_its_name_says_is_not_kept(
    name: str, settled: dict[str, Indicator], ana: Character, client_of: Callable[[Character], Client]
) -> None:
    files = {path for path in documents.folder().rglob("*") if path.is_file()} if documents.folder().exists() else set()
    client = client_of(ana)
    file = SimpleUploadedFile(name, FALSE[name], content_type="application/pdf")
    answer = client.post("/i/prueba/captura/M001/2026-11/evidencia/", {"file": file}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "no se adjuntó" in page or "No llegó ningún archivo" in page
    assert "../" not in page
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, 0)
    after = {path for path in documents.folder().rglob("*") if path.is_file()} if documents.folder().exists() else set()
    assert after == files
