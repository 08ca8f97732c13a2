"""The room where a month is closed, complementary closings, and two closings side by side."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions as captures
from rumbo.systems.captures.models import Capture, Correction
from rumbo.systems.evaluation import queries
from rumbo.systems.evaluation.models import Closing
from tests.cast import NOW, TODAY, Character, Units
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, MARCH, Programme

pytestmark = pytest.mark.django_db
CLOSING = "/i/prueba/cierre/"
type ClientOf = Callable[[Character], Client]


@pytest.fixture
def correction(
    institution: Institution, first_quarter: list[Closing], programme: Programme, ana: Character
) -> Correction:
    capture = Capture.objects.get(indicator=programme.ids["M001"], period=JANUARY.index)
    return captures.request_correction(
        institution=institution,
        capture=capture,
        numerator=Decimal(75),
        reason="Veinte piezas eran de diciembre.",
        kind=Correction.Kind.SUPPLEMENTARY,
        by=ana.actor,
        at=NOW,
    )


@pytest.mark.parametrize("name", ["ana", "beto", "rita", "hugo", "gina", "ines", "eva", "fede"])
@pytest.mark.parametrize("url", [CLOSING, f"{CLOSING}2026-01/complementario/"])
def test_only_who_closes_comes_in(
    url: str, name: str, first_quarter: list[Closing], client_of: ClientOf, everyone_of_the_cast: dict[str, Character]
) -> None:
    client = client_of(everyone_of_the_cast[name])
    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403
    assert Closing.objects.count() == 2


def test_it_names_the_next_month_and_who_is_missing(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    page = client_of(carmen).get(CLOSING)
    found = page.context["found"]
    assert found.period == MARCH
    assert (found.due, found.validated, found.unfinished) == (4, 3, 1)
    assert [(unit.unit_code, unit.codes) for unit in found.pending] == [("DESU", ["M003"])]
    assert "Cerrar marzo de 2026" in page.content.decode()


def test_an_omission_without_its_reason_is_not_accepted_and_nothing_is_lost(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character, units: Units
) -> None:
    page = client_of(carmen).post(CLOSING, {"reason": "  "})
    assert page.status_code == 422
    assert "Escriba por qué se acepta la omisión de esta área." in page.content.decode()
    assert Closing.objects.count() == 2


def test_one_reason_serves_every_area_and_one_area_may_have_its_own(
    institution: Institution, first_quarter: list[Closing], client_of: ClientOf, carmen: Character, units: Units
) -> None:
    reason = {"reason": "No remitió.", f"unit-{units.desu.pk}": "Avisó que no hubo solicitudes."}
    page = client_of(carmen).post(CLOSING, reason, follow=True)
    closing = queries.closing_of(institution.pk, MARCH)
    assert closing
    assert page.redirect_chain[-1][0] == f"{CLOSING}2026-03/1/"
    text = page.content.decode()
    assert closing.digest in text
    assert "Avisó que no hubo solicitudes." in text
    assert "Marzo de 2026 quedó cerrado." in text


def test_sending_it_twice_closes_once(first_quarter: list[Closing], client_of: ClientOf, carmen: Character) -> None:
    client = client_of(carmen)
    client.post(CLOSING, {"reason": "No remitió."})
    again = client.post(CLOSING, {})
    assert again.status_code == 422  # April waits for its own reasons
    assert Closing.objects.count() == 3


def test_who_closes_owes_the_oldest_month_with_its_day(
    institution: Institution, first_quarter: list[Closing], carmen: Character, rita: Character, ana: Character
) -> None:
    (line,) = queries.owed(carmen.actor, on=TODAY)
    assert (line.kind, line.title, line.url) == ("close", "Cerrar marzo de 2026", CLOSING)
    assert line.due_on == date(2026, 4, 14)  # the tenth business day of April
    assert line.detail == "Hay 8 meses más por cerrar"
    assert queries.owed(rita.actor, on=TODAY) == queries.owed(ana.actor, on=TODAY) == []
    assert queries.owed(carmen.actor, on=date(2026, 3, 20)) == []


def test_a_complementary_closing_needs_its_letter(
    correction: Correction, client_of: ClientOf, carmen: Character
) -> None:
    url = f"{CLOSING}2026-01/complementario/"
    page = client_of(carmen).post(url, {"reason": "Procede.", "letter_number": ""})
    assert page.status_code == 422
    assert Closing.objects.count() == 2


def test_a_complementary_closing_ends_in_the_list_of_what_changed(
    correction: Correction, client_of: ClientOf, carmen: Character
) -> None:
    client = client_of(carmen)
    assert "Veinte piezas eran de diciembre." in client.get(CLOSING).content.decode()
    page = client.post(
        f"{CLOSING}2026-01/complementario/",
        {"reason": "Procede.", "letter_number": "AP/12/2026", "corrections": [str(correction.ref)]},
        follow=True,
    )
    assert page.redirect_chain[-1][0] == f"{CLOSING}2026-01/1/comparar/"
    (goal,) = page.context["comparison"].goals
    assert (goal.before.compliance_to_date, goal.after.compliance_to_date, goal.change) == (95.0, 75.0, -20.0)
    assert "Cierre complementario núm. 1" in page.content.decode()
    assert "AP/12/2026" in page.content.decode()
    old = client.get(f"{CLOSING}2026-01/1/").content.decode()
    assert "Lo sustituyó el Cierre complementario núm. 1" in old


def test_a_month_that_is_open_has_no_complementary_closing(
    first_quarter: list[Closing], client_of: ClientOf, carmen: Character
) -> None:
    assert client_of(carmen).get(f"{CLOSING}2026-03/complementario/").status_code == 404
    assert client_of(carmen).get(f"{CLOSING}{FEBRUARY}/complementario/").status_code == 200
