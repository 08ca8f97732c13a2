from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions, exchange, queries
from rumbo.foundation.planning.actions import ElementRow
from rumbo.foundation.planning.models import Plan
from rumbo.shell import clock
from tests.cast import NOW, SYSTEM, TODAY, Character
from tests.foundation.planning.test_exchange import HEADER, workbook

type SignIn = Callable[[Character], Client]


def url(institution: Institution, name: str, **where: object) -> str:
    return reverse(f"planning:{name}", kwargs={"slug": institution.slug} | where)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def filled_plan(plan: Plan) -> Plan:
    rows = [
        ElementRow(1, "OE1", "Garantizar procesos electorales eficientes"),
        ElementRow(1, "OE2", "Asegurar los mecanismos de participación"),
        ElementRow(2, "1.1", "Agilizar el voto", parent=(1, "OE1")),
        ElementRow(2, "6.1", "Transparentar la función", suggested=(1, "OE1")),
        ElementRow(2, "7.1", "Usar nuevas tecnologías"),
    ]
    actions.load_plan(plan=plan, elements=rows, by=SYSTEM, at=NOW)
    return plan


WRITES = ["create", "texts", "swot", "add", "upload"]


@pytest.mark.parametrize("name", WRITES)
def test_who_only_reads_the_plan_may_not_change_it(
    institution: Institution, filled_plan: Plan, ana: Character, client_of: SignIn, name: str
) -> None:
    assert client_of(ana).get(url(institution, name)).status_code == 403
    assert client_of(ana).post(url(institution, name), {}).status_code == 403


@pytest.mark.parametrize("name", ["plan", "template", *WRITES])
def test_another_institution_does_not_exist(
    institution: Institution, filled_plan: Plan, dario: Character, client_of: SignIn, name: str
) -> None:
    assert client_of(dario).get(url(institution, name)).status_code == 404


def test_nobody_is_sent_to_sign_in(institution: Institution, filled_plan: Plan, client: Client) -> None:
    assert client.get(url(institution, "plan")).status_code == 302


def test_everyone_in_the_institution_sees_the_plan(
    institution: Institution, filled_plan: Plan, everyone_of_the_cast: dict[str, Character], client_of: SignIn
) -> None:
    for name, character in everyone_of_the_cast.items():
        if name != "dario":
            page = client_of(character).get(url(institution, "plan"))
            assert page.status_code == 200
            assert "Agilizar el voto" in page.content.decode()


def test_an_institution_without_plan_says_what_to_do(
    institution: Institution, carmen: Character, ana: Character, client_of: SignIn
) -> None:
    assert "Créelo aquí o súbalo desde Excel" in client_of(carmen).get(url(institution, "plan")).content.decode()
    assert "La Dirección de Planeación lo cargará" in client_of(ana).get(url(institution, "plan")).content.decode()


def test_a_plan_is_created_in_the_browser(institution: Institution, carmen: Character, client_of: SignIn) -> None:
    said = {
        "name": "Programa 2024-2027", "kind_name": "Programa de gobierno", "term_start": "2024-10-01",
        "term_end": "2024-01-01", "levels": "Eje / Ejes\nLínea / Líneas",
    }  # fmt: skip
    wrong = client_of(carmen).post(url(institution, "create"), said)
    assert wrong.status_code == 422
    assert "El periodo termina antes de empezar" in wrong.content.decode()
    assert client_of(carmen).post(url(institution, "create"), said | {"term_end": "2027-09-30"}).status_code == 302
    plan = queries.plan_of(institution, TODAY)
    assert plan is not None
    assert [level.plural for level in queries.levels_of(plan)] == ["Ejes", "Líneas"]


@pytest.mark.requirement("IECM-18")
def test_texts_are_changed_and_not_applicable_excludes_the_alignment(
    institution: Institution, plan: Plan, carmen: Character, client_of: SignIn
) -> None:
    said = {
        "name": plan.name, "kind_name": "Programa institucional", "term_start": "2024-10-01", "term_end": "2027-09-30",
        "mission": "Organizar elecciones", "higher_plan_alignment": "Sí", "higher_plan_not_applicable_reason": "No",
    }  # fmt: skip
    assert client_of(carmen).post(url(institution, "texts"), said).status_code == 422
    client_of(carmen).post(url(institution, "texts"), said | {"higher_plan_alignment": ""})
    assert queries.whole(plan.pk).mission == "Organizar elecciones"


@pytest.mark.requirement("Q-03", "IECM-12")
def test_the_situation_analysis_is_cut_again_by_hand(
    institution: Institution, plan: Plan, carmen: Character, client_of: SignIn
) -> None:
    text = "Sin espacios accesibles\r\nNo hay rampas.\r\n\r\nSin diagnóstico"
    client_of(carmen).post(url(institution, "swot"), {"weakness": text})
    page = client_of(carmen).get(url(institution, "swot")).content.decode()
    assert "Sin espacios accesibles\nNo hay rampas.\n\nSin diagnóstico" in page
    items = [item for block in queries.swot_of(plan).values() for item in block]
    assert [(item.headline, item.explanation) for item in items] == [
        ("Sin espacios accesibles", "No hay rampas."),
        ("Sin diagnóstico", ""),
    ]


def test_an_element_is_added_changed_and_retired(
    institution: Institution, filled_plan: Plan, carmen: Character, client_of: SignIn
) -> None:
    browser = client_of(carmen)
    parent = queries.element_by_code(filled_plan, "OE2")
    assert parent is not None
    said = {"level": "2", "code": "1.1", "statement": "Nueva", "parent": str(parent.ref)}
    taken = browser.post(url(institution, "add"), said)
    assert "La clave 1.1 ya nombra a otro elemento" in taken.content.decode()
    assert browser.post(url(institution, "add"), said | {"code": "2.1"}).status_code == 302
    element = queries.element_by_code(filled_plan, "2.1")
    assert element is not None
    assert element.parent_id == parent.pk
    browser.post(url(institution, "edit", ref=element.ref), said | {"code": "2.1", "statement": "Otra"})
    assert "Otra" in browser.get(url(institution, "plan")).content.decode()
    retire = url(institution, "retire", ref=parent.ref)
    assert "de él dependen otros elementos" in browser.post(retire, {"reason": "x"}).content.decode()
    browser.post(url(institution, "retire", ref=element.ref), {"reason": "Se fusiona"})
    assert browser.get(url(institution, "edit", ref=element.ref)).status_code == 404


@pytest.mark.requirement("IECM-16", "Q-01")
def test_a_person_links_what_waits(
    institution: Institution, filled_plan: Plan, carmen: Character, ana: Character, client_of: SignIn
) -> None:
    first, second = queries.unlinked_of(filled_plan)
    other = queries.element_by_code(filled_plan, "OE2")
    assert other is not None
    said = {"elemento": [str(first.ref)], f"padre-{second.ref}": str(other.ref)}
    assert client_of(ana).post(url(institution, "link"), said).status_code == 403
    assert client_of(carmen).get(url(institution, "link")).status_code == 405
    client_of(carmen).post(url(institution, "link"), said)
    assert queries.unlinked_of(filled_plan) == []
    linked = {element.code: element.parent_id for element in queries.elements_of(filled_plan)}
    assert (linked["6.1"], linked["7.1"]) == (first.suggested_parent_id, other.pk)


def test_the_search_keeps_the_branch_where_it_finds(
    institution: Institution, filled_plan: Plan, ana: Character, client_of: SignIn
) -> None:
    page = client_of(ana).get(url(institution, "plan"), {"busca": "AGILIZAR"}).content.decode()
    assert "Agilizar el voto" in page
    assert "Asegurar los mecanismos" not in page
    assert "Nada coincide" in client_of(ana).get(url(institution, "plan"), {"busca": "zzz"}).content.decode()


@pytest.mark.requirement("IECM-31")
def test_a_workbook_with_warnings_is_applied_when_a_person_sends_it_again(
    institution: Institution, plan: Plan, carmen: Character, client_of: SignIn
) -> None:
    browser = client_of(carmen)
    content = workbook(Plan=[HEADER, ["Línea de acción", "11 .1", None, "Mejorar", None]])

    def send() -> str:
        file = SimpleUploadedFile("plan.xlsx", content)
        return browser.post(url(institution, "upload"), {"file": file}, follow=True).content.decode()

    assert "se leyó como «11.1»" in send()
    assert queries.elements_of(plan) == []
    assert "se aplicaron todas" in send()
    assert [element.code for element in queries.elements_of(plan)] == ["11.1"]


def test_the_workbook_comes_down_with_what_there_is(
    institution: Institution, filled_plan: Plan, ana: Character, client_of: SignIn
) -> None:
    answer = client_of(ana).get(url(institution, "template"))
    checked = exchange.check(institution=institution, content=answer.content, on=TODAY)
    assert (checked.errors, len(checked.elements)) == ([], 5)


def test_the_page_takes_the_same_queries_whatever_the_number_of_lines(
    institution: Institution, plan: Plan, carmen: Character, client_of: SignIn
) -> None:
    browser = client_of(carmen)

    def cost(lines: int) -> int:
        rows = [ElementRow(1, "1", "x")] + [ElementRow(2, f"1.{n}", "x", suggested=(1, "1")) for n in range(lines)]
        actions.load_plan(plan=plan, elements=rows, by=SYSTEM, at=NOW)
        browser.get(url(institution, "plan"))
        with CaptureQueriesContext(connection) as made:
            browser.get(url(institution, "plan"))
        return len(made)

    few = cost(2)
    assert cost(60) == few
    assert few <= 20  # ten at most of the base page, and ten of the plan
