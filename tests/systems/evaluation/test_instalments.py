"""The deliveries that the contract of the reports asks for, on the page of that contract."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from rumbo.foundation.contracts import actions as contracts
from rumbo.foundation.contracts.models import Contract, Delivery
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries.instalments import instalments_of
from tests.cast import NOW, SYSTEM, TODAY, Character

pytestmark = pytest.mark.django_db
type Enter = Callable[[Character], Client]
HEADING = 'id="entregas"'


@pytest.fixture
def service(institution: Institution, first_quarter: list[Closing]) -> Contract:
    """January is the first of eleven months; January and February are closed, the second was delivered late."""
    organization.configure(
        institution=institution,
        values={"deliveries_total": 11, "first_delivery_period": "2026-01", "contract_number": "AD-01/2026"},
        effective_from=date(2026, 1, 1), by=SYSTEM, at=NOW, on=TODAY,
    )  # fmt: skip
    contract = _register(institution, "AD-01/2026")
    Delivery.objects.create(
        institution=institution, period=2026 * 12 + 1, number=1, source="Cierre núm. 1", source_digest="0" * 64,
        due_on=date(2026, 3, 31), delivered_on=date(2026, 4, 2), delivered_by="Prestador",
    )  # fmt: skip
    return contract


def _register(institution: Institution, number: str) -> Contract:
    return contracts.save_contract(
        institution=institution, number=number, title="Seguimiento", starts_on=date(2026, 1, 30), by=SYSTEM, at=NOW
    )


def _page(contract: Contract) -> str:
    return f"/i/prueba/contratos/{contract.ref}/"


def test_who_reads_no_reports_sees_no_deliveries(client_of: Enter, service: Contract, ana: Character) -> None:
    page = client_of(ana).get(_page(service))
    assert page.status_code == 200
    assert HEADING not in page.content.decode()


def test_another_contract_has_no_deliveries(client_of: Enter, service: Contract, carmen: Character) -> None:
    other = _register(service.institution, "AD-02/2026")
    assert instalments_of(service.institution, other, on=TODAY) == []
    page = client_of(carmen).get(_page(other)).content.decode()
    assert HEADING not in page
    assert "Ninguna meta se mide bajo este contrato" in page


@pytest.mark.requirement("A1-21", "A1-24")
def test_each_month_of_the_contract_says_when_it_is_due_and_what_became_of_it(
    client_of: Enter, service: Contract, carmen: Character
) -> None:
    january, february, march, *rest = instalments_of(service.institution, service, on=TODAY)
    assert (january.elsewhere, january.delivery, january.overdue) == (True, None, False)
    assert february.delivery is not None
    assert february.due_on == date(2026, 3, 31)
    assert (march.closed, march.due_on) == (False, date(2026, 4, 30))
    assert [one.number for one in rest] == list(range(4, 12))
    page = client_of(carmen).get(_page(service)).content.decode()
    assert HEADING in page
    assert "Ninguna meta se mide bajo este contrato" not in page
    for said in ("Entregada, por verificar: 1", "2 días naturales después", "La entrega 1, de enero", "sigue abierto"):
        assert said in page
    assert page.count("/entrega/") == 1


def test_a_closed_month_whose_day_passed_without_delivery_is_overdue(service: Contract) -> None:
    Delivery.objects.all().delete()
    february = instalments_of(service.institution, service, on=date(2026, 4, 1))[1]
    assert (february.closed, february.delivery, february.overdue) == (True, None, True)
