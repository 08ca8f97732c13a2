"""The page of reports and its files, as every role."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.models import Closing
from tests.cast import Character

pytestmark = pytest.mark.django_db
PAGE = "/i/prueba/informes/"
MAY_READ = {"rita", "carmen", "hugo", "gina", "ines", "eva"}
MAY_PREPARE = {"rita", "carmen", "gina"}


def test_nobody_signed_in_is_sent_to_sign_in(institution: Institution) -> None:
    answer = Client().get(PAGE)
    assert answer.status_code == 302


@pytest.mark.parametrize("path", ["", "2026-02/resultados.csv"])
def test_each_role_gets_its_answer(
    path: str,
    everyone_of_the_cast: dict[str, Character],
    client_of: Callable[[Character], Client],
    first_quarter: list[Closing],
) -> None:
    for name, character in everyone_of_the_cast.items():
        expected = 404 if name == "dario" else 200 if name in MAY_READ else 403
        assert client_of(character).get(PAGE + path).status_code == expected, name


def test_the_whole_delivery_is_for_who_prepares_it(
    everyone_of_the_cast: dict[str, Character],
    client_of: Callable[[Character], Client],
    institution: Institution,
) -> None:
    for name, character in everyone_of_the_cast.items():
        # nothing is closed: whoever may prepare is sent back with the reason
        expected = 404 if name == "dario" else 302 if name in MAY_PREPARE else 403
        assert client_of(character).get(PAGE + "2026-02/entrega.zip").status_code == expected, name


def test_an_open_month_sends_back_with_the_reason(
    client_of: Callable[[Character], Client], gina: Character, first_quarter: list[Closing]
) -> None:
    answer = client_of(gina).get(PAGE + "2026-03/informe-mensual.pdf", follow=True)
    assert answer.redirect_chain
    assert "no está cerrado" in answer.content.decode()


@pytest.mark.parametrize("path", ["2026-02/otro.pdf", "2026-13/resultados.csv", "febrero/resultados.csv"])
def test_what_does_not_exist_is_not_found(
    path: str, client_of: Callable[[Character], Client], gina: Character, first_quarter: list[Closing]
) -> None:
    assert client_of(gina).get(PAGE + path).status_code == 404


def test_a_file_is_downloaded_under_its_own_name_and_recorded(
    client_of: Callable[[Character], Client], hugo: Character, first_quarter: list[Closing]
) -> None:
    answer = client_of(hugo).get(PAGE + "2026-02/informe-mensual.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="prueba-2026-02-informe-mensual.pdf"'
    assert Event.objects.get(action="evaluation.report").actor == hugo.email


def test_the_delivery_comes_packed_with_its_digests(
    client_of: Callable[[Character], Client], gina: Character, first_quarter: list[Closing]
) -> None:
    answer = client_of(gina).get(PAGE + "2026-02/entrega.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "huellas.txt" in names
    assert "informe-mensual.pdf" in names


def test_the_page_lists_closed_months_with_their_documents(
    client_of: Callable[[Character], Client],
    gina: Character,
    hugo: Character,
    first_quarter: list[Closing],
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(27):
        page = client_of(gina).get(PAGE).content.decode()
    assert "febrero de 2026" in page
    assert "/i/prueba/informes/2026-01/informe-mensual.pdf" in page
    assert "marzo de 2026" not in page
    assert "entrega.zip" in page
    assert "entrega.zip" not in client_of(hugo).get(PAGE).content.decode()


def test_without_closings_the_page_says_what_to_do(
    client_of: Callable[[Character], Client], gina: Character, institution: Institution
) -> None:
    assert "Todavía no hay meses cerrados" in client_of(gina).get(PAGE).content.decode()


@pytest.mark.parametrize("name", ["resultados.csv", "informe-mensual.pdf", "entrega.zip"])
def test_asking_whether_a_document_is_there_tells_nothing_to_the_trail(
    client_of: Callable[[Character], Client], gina: Character, first_quarter: list[Closing], name: str
) -> None:
    """A browser or a scanner asks with HEAD; who takes the document asks with GET."""
    client, before = client_of(gina), Event.objects.count()
    assert client.head(f"{PAGE}2026-02/{name}").status_code == 405
    assert client.get(f"{PAGE}2026-02/{name}", headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert Event.objects.count() == before
