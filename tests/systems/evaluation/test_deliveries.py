"""The delivery of a month on its page and in the inbox."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from rumbo.foundation.contracts.models import Delivery
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries import deliveries_owed
from tests.cast import NOW, SYSTEM, TODAY, Character

pytestmark = pytest.mark.django_db
type Enter = Callable[[Character], Client]
PAGE = "/i/prueba/informes/2026-02/entrega/"


@pytest.fixture
def contract(institution: Institution, first_quarter: list[Closing]) -> None:
    """January is the first of eleven; January and February are closed."""
    organization.configure(
        institution=institution,
        values={"deliveries_total": 11, "first_delivery_period": "2026-01", "contractor_name": "Consultoría"},
        effective_from=date(2026, 1, 1), by=SYSTEM, at=NOW, on=TODAY,
    )  # fmt: skip


def owed(institution: Institution, who: Character) -> list[tuple[str, str]]:
    return [(line.kind, line.title) for line in deliveries_owed(who.actor, institution, on=TODAY)]


# Refusals


def test_who_has_no_reports_sees_no_delivery(
    client_of: Enter, contract: None, ana: Character, fede: Character, dario: Character
) -> None:
    assert [client_of(who).get(PAGE).status_code for who in (ana, fede, dario)] == [403, 403, 404]


def test_an_open_month_or_a_document_never_delivered_is_not_found(
    client_of: Enter, contract: None, gina: Character
) -> None:
    client = client_of(gina)
    assert client.get("/i/prueba/informes/2026-03/entrega/").status_code == 404
    assert client.get(PAGE + "1/informe-mensual.pdf").status_code == 404
    assert client.post("/i/prueba/informes/2026-03/entrega/entregar/").status_code == 404


def test_the_provider_sees_no_button_to_accept_and_is_refused(
    client_of: Enter, contract: None, gina: Character, ines: Character
) -> None:
    gina_at, ines_at = client_of(gina), client_of(ines)
    assert ines_at.post(PAGE + "entregar/").status_code == 403
    assert ines_at.post(PAGE + "aceptar/").status_code == 404  # nothing delivered yet
    gina_at.post(PAGE + "entregar/")
    assert "Aceptar la entrega" not in gina_at.get(PAGE).content.decode()
    assert gina_at.post(PAGE + "aceptar/").status_code == 403
    assert Delivery.objects.get().state == "delivered"


def test_an_observation_without_reasons_comes_back(
    client_of: Enter, contract: None, gina: Character, ines: Character
) -> None:
    client_of(gina).post(PAGE + "entregar/")
    answer = client_of(ines).post(PAGE + "observar/", {"reasons": ""})
    assert answer.status_code == 422
    assert "Escriba qué observa" in answer.content.decode()


# What it does


@pytest.mark.requirement("A1-24", "A1-26", "A1-21")
def test_a_month_is_delivered_observed_answered_and_accepted_in_the_browser(
    client_of: Enter, institution: Institution, contract: None, gina: Character, ines: Character
) -> None:
    gina_at, ines_at = client_of(gina), client_of(ines)
    assert owed(institution, gina) == [("deliver", "Entregar febrero de 2026")]
    assert owed(institution, ines) == []
    gina_at.post(PAGE + "entregar/")
    assert owed(institution, gina) == []
    assert owed(institution, ines) == [("accept", "Verificar la entrega de febrero de 2026")]
    page = ines_at.get(PAGE).content.decode()
    document = Delivery.objects.get().documents.get(name="informe-mensual.pdf")
    assert document.digest in page
    served = ines_at.get(PAGE + "1/informe-mensual.pdf")
    assert len(b"".join(served.streaming_content)) == document.size  # type: ignore[attr-defined]
    ines_at.post(PAGE + "observar/", {"reasons": "Falta el oficio firmado"})
    assert owed(institution, gina) == [("deliver", "Responder la observación de febrero de 2026")]
    seen = gina_at.get(PAGE).content.decode()
    assert "Falta el oficio firmado" in seen
    assert gina_at.post(PAGE + "entregar/", {"answer": ""}).status_code == 422
    gina_at.post(PAGE + "entregar/", {"answer": "Se anexa"})
    ines_at.post(PAGE + "aceptar/")
    assert (owed(institution, gina), owed(institution, ines)) == ([], [])
    assert [one.state for one in Delivery.objects.order_by("number")] == ["observed", "accepted"]
    assert "Aceptada" in ines_at.get("/i/prueba/informes/").content.decode()


def test_planning_owes_the_delivery_only_without_a_contractor(
    institution: Institution, contract: None, carmen: Character
) -> None:
    assert owed(institution, carmen) == []
    organization.configure(
        institution=institution,
        values={"deliveries_total": 11, "first_delivery_period": "2026-01", "contractor_name": ""},
        effective_from=date(2026, 2, 1), by=SYSTEM, at=NOW, on=TODAY,
    )  # fmt: skip
    assert [kind for kind, _title in owed(institution, carmen)] == ["deliver"]


def test_a_closing_after_the_delivery_is_told(
    client_of: Enter, institution: Institution, contract: None, gina: Character
) -> None:
    client_of(gina).post(PAGE + "entregar/")
    Delivery.objects.update(source_digest="0" * 64)
    assert "otro cierre" in client_of(gina).get(PAGE).content.decode()
