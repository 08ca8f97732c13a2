"""A contract is registered, a goal is measured under it, and its page leads to a scale of its own."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from rumbo.foundation.contracts.models import Contract
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.models import Closing, SchemeAssignment
from rumbo.systems.indicators.models import Goal
from tests.cast import Character
from tests.functional.conftest import DESKTOP, PHONE
from tests.systems.evaluation.conftest import close, first_quarter, programme, report

__all__ = ["close", "first_quarter", "programme", "report"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_contract_is_registered_named_by_a_goal_and_given_its_scale(
    visit: Callable[..., Page],
    look: Callable[..., None],
    carmen: Character,
    institution: Institution,
    first_quarter: list[Closing],
    size: dict[str, int],
) -> None:
    page = visit(carmen, "contratos/", on=size)
    look(page, "sin contratos")
    page.get_by_role("link", name="Registrar un contrato").click()
    page.get_by_label("Número del contrato").fill("AD-12/2026")
    page.get_by_label("Objeto").fill("Difusión de los programas")
    page.get_by_label("Vigente desde").fill("2026-02-01")
    page.get_by_label("Vigente hasta").fill("2026-01-01")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("terminaría antes de empezar").first).to_be_visible()
    expect(page.get_by_label("Objeto")).to_have_value("Difusión de los programas")
    look(page, "rechazado")
    page.get_by_label("Vigente hasta").fill("2026-12-31")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Se guardó el contrato AD-12/2026.")).to_be_visible()

    goal = Goal.objects.get(institution=institution, code="M002")
    page.goto(f"{page.url.split('/contratos/')[0]}/metas/{goal.ref}/editar/")
    page.get_by_label(re.compile("^Contrato")).select_option(label="AD-12/2026 · Difusión de los programas")
    page.get_by_role("button", name="Guardar").click()
    page.get_by_role("link", name="AD-12/2026 · Difusión de los programas").click()
    expect(page.get_by_role("row").filter(has_text="M002")).to_contain_text("En rezago")
    look(page, "contrato")

    page.get_by_role("link", name="Asignar una escala").click()
    page.get_by_label("Motivo").fill("Anexo técnico")
    page.get_by_role("button", name="Ver qué cambiaría").click()
    expect(page.get_by_role("heading", name="Qué cambiaría")).to_be_visible()
    look(page, "ensayo")
    page.get_by_role("button", name="Asignar la escala").click()
    expect(page.get_by_role("row").filter(has_text="Anexo técnico")).to_contain_text("Contrato AD-12/2026")
    assert SchemeAssignment.objects.get().contract == Contract.objects.get()
