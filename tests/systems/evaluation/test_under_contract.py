"""The outreach contract: goals measured under it, given a scale of their own by Carmen; what is closed stays."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from rumbo.core.engine import Scheme
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit.queries import verify
from rumbo.foundation.contracts import actions as contracts
from rumbo.foundation.contracts import queries as known
from rumbo.foundation.contracts.models import Contract
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation import actions, queries
from rumbo.systems.evaluation.models import Closing, Result, SchemeAssignment, SchemeVersion
from rumbo.systems.evaluation.queries.sealed_month import month_of
from rumbo.systems.evaluation.queries.sealing import broken_seals
from rumbo.systems.evaluation.reports.monthly.other_scales import other_scales
from rumbo.systems.evaluation.reports.words import Voice
from rumbo.systems.indicators import actions as programme
from rumbo.systems.indicators import exchange
from rumbo.systems.indicators import queries as indicators
from rumbo.systems.indicators.models import Goal
from tests.cast import NOW, TODAY, Character
from tests.systems.evaluation.conftest import FEBRUARY, MARCH

pytestmark = pytest.mark.django_db
EASY = Scheme(green=20, amber=10, fair=10, good=20)
STRICT = Scheme(green=99, amber=96, achieved=100, good=99, fair=96)
CONTRACTS, ASSIGN = "/i/prueba/contratos/", "/i/prueba/escalas/asignar/"
NEW = {"number": "AD-12/2026", "title": "Difusión de los programas", "starts_on": "2026-02-01", "ends_on": ""}


def register(institution: Institution, by: Character, **more: Any) -> Contract:
    shared: dict[str, Any] = {"number": "AD-12/2026", "title": "Difusión", "starts_on": date(2026, 2, 1), "at": NOW}
    return contracts.save_contract(institution=institution, by=by.actor, **(shared | more))


def measure(
    institution: Institution, code: str, contract: Contract | None, by: Character, since: date | None = None
) -> None:
    """The goal as it was, under the contract; since this one starts, unless told."""
    goal = indicators.goal_by_code(institution, code)
    assert goal is not None
    same = ("code", "statement", "plan_element", "unit", "goal_type", "weight", "critical")
    programme.save_goal(
        institution=institution, goal=goal, contract=contract, contract_since=since, by=by.actor, at=NOW,
        **{name: getattr(goal, name) for name in same},
    )  # fmt: skip


def save(institution: Institution, decided: Scheme, by: Character, **more: Any) -> SchemeVersion:
    shared: dict[str, Any] = {"effective_from": date(2026, 1, 1), "at": NOW, "on": TODAY}
    return actions.save_scheme(
        institution=institution, parameters=decided.to_parameters(), by=by.actor, **(shared | more)
    )


def assign(institution: Institution, scheme: str, by: Character, **more: Any) -> SchemeAssignment:
    shared: dict[str, Any] = {"effective_from": date(2026, 3, 1), "reason": "Anexo técnico", "indicator": None}
    return actions.assign_scheme(
        institution=institution, scheme=scheme, by=by.actor, at=NOW, on=TODAY, **(shared | more)
    )


def lights(institution: Institution, period: Any) -> dict[str, Light]:
    return {row.code: row.light for row in queries.results_of(institution.pk, period)}


@pytest.fixture
def outreach(institution: Institution, first_quarter: list[Closing], carmen: Character) -> Contract:
    """M002, far behind, is measured under it; «anexo» is its scale, not yet assigned."""
    contract = register(institution, carmen)
    measure(institution, "M002", contract, carmen)
    save(institution, EASY, carmen, scheme="anexo", name="Anexo técnico")
    return contract


def test_who_does_not_keep_the_goals_neither_registers_nor_changes_a_contract(
    institution: Institution, carmen: Character, ana: Character, dario: Character, client: Client
) -> None:
    contract = register(institution, carmen)
    client.force_login(ana.person)
    assert client.get(CONTRACTS).status_code == 200
    for place in ("nuevo/", f"{contract.ref}/editar/"):
        assert client.get(CONTRACTS + place).status_code == 403
        assert client.post(CONTRACTS + place, NEW).status_code == 403
    with pytest.raises(Forbidden):
        register(institution, ana, number="AD-13/2026")
    client.force_login(dario.person)
    for place in ("", "nuevo/", f"{contract.ref}/"):
        assert client.get(CONTRACTS + place).status_code == 404
    assert client.get(f"/i/ajena/contratos/{contract.ref}/").status_code == 404
    assert Contract.objects.count() == 1


def test_a_number_taken_and_a_term_that_ends_before_it_starts_are_refused_beside_their_question(
    institution: Institution, carmen: Character, client: Client
) -> None:
    register(institution, carmen)
    client.force_login(carmen.person)
    for wrong, said in (
        ({}, "Ya hay un contrato con el número «AD-12/2026»"),
        ({"number": "AD-13/2026", "ends_on": "2026-01-01"}, "terminaría antes de empezar"),
    ):
        page = client.post(CONTRACTS + "nuevo/", NEW | wrong)
        assert page.status_code == 422
        assert said in page.content.decode()
    assert Contract.objects.count() == 1


def test_who_does_not_configure_may_not_give_a_contract_its_scale(
    institution: Institution, outreach: Contract, ana: Character, dario: Character, client: Client
) -> None:
    order = {"contract": str(outreach.ref), "scheme": "anexo", "effective_from": "2026-03-01", "reason": "Anexo"}
    for someone, status in ((ana, 403), (dario, 404)):
        client.force_login(someone.person)
        assert client.get(ASSIGN).status_code == status
        assert client.post(ASSIGN, order).status_code == status
    with pytest.raises(Forbidden):
        assign(institution, "anexo", ana, contract=outreach)
    assert not SchemeAssignment.objects.exists()


def test_a_scale_for_a_contract_and_an_indicator_at_once_is_refused(
    institution: Institution, outreach: Contract, carmen: Character, client: Client
) -> None:
    indicator = indicators.indicator_by_code(institution, "M001")
    with pytest.raises(actions.InvalidScheme, match="no a los dos"):
        assign(institution, "anexo", carmen, contract=outreach, indicator=indicator)
    client.force_login(carmen.person)
    both = {"contract": str(outreach.ref), "indicator": "M001", "scheme": "anexo", "effective_from": "2026-03-01"}
    page = client.post(ASSIGN, both | {"reason": "Anexo"})
    assert page.status_code == 422
    assert "Escriba un indicador o elija un contrato" in page.content.decode()


def test_the_goals_of_a_contract_change_their_light_from_the_date_on_and_the_closed_months_stay(
    institution: Institution, outreach: Contract, close: Callable[..., Closing], carmen: Character
) -> None:
    sealed, before = lights(institution, FEBRUARY), lights(institution, MARCH)
    assert (sealed["M002"], before["M002"]) == (Light.RED, Light.RED)
    assign(institution, "anexo", carmen, contract=outreach)
    assert lights(institution, FEBRUARY) == sealed
    assert lights(institution, MARCH) == before | {"M002": Light.GREEN}
    closing = close(MARCH, accept_missing="No remitió la captura.")
    rows = {row.indicator.code: row for row in closing.results.select_related("indicator", "scheme_version")}
    assert rows["M002"].light == Light.GREEN
    assert rows["M002"].scheme_version is not None
    assert rows["M002"].scheme_version.scheme == "anexo"
    assert rows["M001"].scheme_version is None
    (said,) = other_scales(Voice(), month_of(institution.pk, MARCH, closing=closing))
    assert said.startswith("Escala «Anexo técnico», versión 1: En meta, 20.0\xa0% o más · En riesgo, 10.0\xa0% o más.")
    assert "Evaluó: M002. Asignada al contrato AD-12/2026 desde el 1 de marzo de 2026." in said
    assert "Motivo: Anexo técnico." in said
    assert broken_seals() == []
    assert verify() == []


def test_an_assignment_that_starts_after_the_open_months_changes_nothing_yet(
    institution: Institution, outreach: Contract, carmen: Character
) -> None:
    before = list(Result.objects.order_by("pk").values())
    assign(institution, "anexo", carmen, contract=outreach, effective_from=date(2027, 1, 1))
    assert list(Result.objects.order_by("pk").values()) == before


def test_the_indicator_goes_before_its_contract_and_this_before_the_institution(
    institution: Institution, outreach: Contract, carmen: Character
) -> None:
    save(institution, STRICT, carmen, scheme="estricta", name="Estricta")
    assign(institution, "estricta", carmen)
    own = indicators.indicator_by_code(institution, "M002")
    assert own is not None
    days = {month: date(2026, month, 28) for month in range(3, 8)}
    assign(institution, "anexo", carmen, contract=outreach, effective_from=date(2026, 4, 1))
    assign(institution, "general", carmen, indicator=own, effective_from=date(2026, 5, 1))
    assign(institution, "", carmen, indicator=own, effective_from=date(2026, 6, 1))
    assign(institution, "", carmen, contract=outreach, effective_from=date(2026, 7, 1))
    schemes = queries.schemes_of(institution.pk)
    found = {month: schemes.version_on(day, own.pk) for month, day in days.items()}
    assert {month: one.scheme for month, one in found.items() if one} == {
        3: "estricta", 4: "anexo", 5: "general", 6: "anexo", 7: "estricta",
    }  # fmt: skip
    special = {month: schemes.special_on(day).get(own.pk) for month, day in days.items()}
    assert {month: one.scheme for month, one in special.items() if one} == {4: "anexo", 5: "general", 6: "anexo"}


def test_a_goal_that_leaves_its_contract_is_judged_by_the_institution_again(
    institution: Institution, outreach: Contract, carmen: Character
) -> None:
    assign(institution, "anexo", carmen, contract=outreach)
    assert lights(institution, MARCH)["M002"] == Light.GREEN
    measure(institution, "M002", None, carmen, date(2026, 3, 31))
    assert lights(institution, MARCH)["M002"] == Light.RED
    assert verify() == []


def test_what_was_altered_before_the_goal_had_a_contract_is_still_found(
    institution: Institution, outreach: Contract, carmen: Character
) -> None:
    assert verify() == []
    Goal.objects.filter(code="M001").update(sdg="11")
    measure(institution, "M001", outreach, carmen)
    assert ["ya no era como lo dejó" in one.message for one in verify()] == [True]


@pytest.mark.requirement("A1-12")
def test_carmen_sees_what_would_change_assigns_and_reads_it_in_the_page_of_the_contract(
    institution: Institution, outreach: Contract, carmen: Character, client: Client
) -> None:
    client.force_login(carmen.person)
    page = client.get(f"{ASSIGN}?contrato={outreach.ref}").content.decode()
    assert f'value="{outreach.ref}" selected' in page
    order = {"contract": str(outreach.ref), "scheme": "anexo", "effective_from": "2026-03-01", "reason": "Anexo 3"}
    text = client.post(ASSIGN, order | {"preview": "1"}).content.decode()
    # of the last closed month, only the trees are under the contract
    assert [code for code in ("M001", "M002", "M003", "O001") if f'data-label="Clave">{code}<' in text] == ["M002"]
    assert not SchemeAssignment.objects.exists()
    assert client.post(ASSIGN, order).status_code == 302
    assert "Contrato AD-12/2026" in client.get("/i/prueba/escalas/").content.decode()
    page = client.get(f"{CONTRACTS}{outreach.ref}/?mes=2026-03").content.decode()
    for said in ("Meta M002", "Anexo técnico, versión 1", "Motivo: Anexo 3", "En meta", "1 meta, al"):
        assert said in page
    assert "Meta M001" not in page
    sealed = client.get(f"{CONTRACTS}{outreach.ref}/?mes=2026-02").content.decode()
    assert "Escala general, versión 1" in sealed
    assert "En rezago" in sealed
    assert "Anexo técnico" in client.get(CONTRACTS).content.decode()


def test_who_sees_one_area_sees_its_goals_of_the_contract_and_how_many_there_are(
    institution: Institution, outreach: Contract, carmen: Character, ana: Character, client: Client
) -> None:
    measure(institution, "O001", outreach, carmen)  # of Obras, which is not Ana's
    client.force_login(ana.person)
    page = client.get(f"{CONTRACTS}{outreach.ref}/?mes=2026-03").content.decode()
    assert "Meta M002" in page
    assert "Meta O001" not in page
    assert "de un total de 2" in page
    measure(institution, "M002", None, carmen, date(2026, 3, 31))
    page = client.get(f"{CONTRACTS}{outreach.ref}/?mes=2026-03").content.decode()
    assert "Ninguna es de las áreas que ve su puesto." in page
    assert "ninguna meta se medía" not in page


def test_a_goal_says_its_contract_in_its_form_its_page_and_its_workbook_and_back(
    institution: Institution, first_quarter: list[Closing], carmen: Character, client: Client
) -> None:
    client.force_login(carmen.person)
    assert client.post(CONTRACTS + "nuevo/", NEW | {"supplier": "Medios del Valle"}).status_code == 302
    contract = known.contract_by_number(institution, "AD-12/2026")
    assert contract is not None
    goal = indicators.goal_by_code(institution, "M001")
    assert goal is not None
    page = client.get(f"/i/prueba/metas/{goal.ref}/editar/").content.decode()
    assert "AD-12/2026 · Difusión de los programas" in page
    book = openpyxl.load_workbook(io.BytesIO(exchange.template(institution, on=TODAY)))
    sheet = book["Metas"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Contrato" for cell in row))
    column = next(cell.column for cell in head if cell.value == "Contrato")
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == "M001")
    for said, errors in (("AD-99/2026", 1), ("AD-12/2026", 0)):
        sheet.cell(first, column).value = said
        saved = io.BytesIO()
        book.save(saved)
        checked = exchange.check(institution=institution, content=saved.getvalue(), on=TODAY)
        assert len(checked.errors) == errors
    loaded = exchange.apply(checked, by=carmen.actor, at=NOW)
    assert (loaded.created, loaded.updated) == (0, 1)
    page = client.get(f"/i/prueba/metas/{goal.ref}/").content.decode()
    assert "AD-12/2026" in page
    again = exchange.check(institution=institution, content=exchange.template(institution, on=TODAY), on=TODAY)
    assert exchange.apply(again, by=carmen.actor, at=NOW).updated == 0
    (goal,) = indicators.goals_under(contract.pk, date(2026, 2, 1))
    assert (goal.code, goal.contract_since) == ("M001", date(2026, 2, 1))
    assert indicators.goals_under(contract.pk, date(2026, 1, 31)) == []
    assert verify() == []


def test_a_contract_without_goals_or_before_any_result_has_a_page_too(
    institution: Institution, carmen: Character, client: Client
) -> None:
    contract = register(institution, carmen, ends_on=date(2026, 3, 1))
    client.force_login(carmen.person)
    page = client.get(f"{CONTRACTS}{contract.ref}/").content.decode()
    assert "Ninguna meta se mide bajo este contrato" in page
    assert "La de la institución" in page
