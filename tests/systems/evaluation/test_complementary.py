"""«¿Cómo se calculó?» of an indicator told beside the principal: the same doors, for the same people."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from rumbo.foundation.audit.models import Event
from rumbo.foundation.audit.queries import forget
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions as captures
from rumbo.systems.captures.models import Capture
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character
from tests.systems.evaluation.conftest import MARCH

pytestmark = pytest.mark.django_db
GOAL = "/i/prueba/tableros/meta/M001/"
KINDS = ("/", ".json", ".pdf")

type ClientOf = Callable[[Character], Client]


def address(kind: str = "/", code: str = "M001-1", goal: str = "M001", month: str = "2026-03") -> str:
    return f"/i/prueba/tableros/meta/{goal}/indicador/{code}/calculo{kind}?mes={month}"


def text_of(answer: object) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())  # type: ignore[attr-defined]


def printed(content: bytes) -> str:
    whole = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(whole.replace("\u00a0", " ").split())


# Refusals


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_signed_in_goes_to_sign_in(kind: str, beside: Indicator) -> None:
    assert Client().get(address(kind)).status_code == 302


@pytest.mark.parametrize("kind", KINDS)
def test_another_institution_does_not_exist(
    kind: str, beside: Indicator, client_of: ClientOf, dario: Character
) -> None:
    assert client_of(dario).get(address(kind)).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_an_area_takes_nothing_of_another_nor_who_administers_the_system(
    kind: str, beside: Indicator, client_of: ClientOf, ana: Character, beto: Character, fede: Character
) -> None:
    before = Event.objects.filter(action="evaluation.report").count()
    for someone in (ana, beto):
        client = client_of(someone)
        for code in ("O001", "O001-1", "M001-1"):  # what the other area has and has not is not told
            assert client.get(address(kind, code, "O001")).status_code == 403, (someone.role, code)
    assert client_of(fede).get(address(kind)).status_code == 403
    assert Event.objects.filter(action="evaluation.report").count() == before


@pytest.mark.parametrize(
    ("goal", "code", "month"),
    [
        ("M002", "M001-1", "2026-03"),
        ("M001", "M002", "2026-03"),
        ("M001", "M001-2", "2026-03"),
        ("M001", "m001-1", "2026-03"),
        ("M001", "M001-1", "2026-02"),  # sealed before it was measured
        ("M001", "M001-1", "2026-13"),
    ],
)
def test_what_the_goal_does_not_have_is_not_found(
    goal: str, code: str, month: str, beside: Indicator, client_of: ClientOf, carmen: Character
) -> None:
    for kind in KINDS:
        assert client_of(carmen).get(address(kind, code, goal, month)).status_code == 404, kind


@pytest.mark.requirement("A1-09", "Q-07")
def test_everyone_who_sees_the_goal_takes_each_of_the_three(
    beside: Indicator, client_of: ClientOf, everyone_of_the_cast: dict[str, Character]
) -> None:
    for name in ("ana", "beto", "rita", "carmen", "hugo", "gina", "ines", "eva"):
        client = client_of(everyone_of_the_cast[name])
        assert [client.get(address(kind)).status_code for kind in KINDS] == [200, 200, 200], name


# What they say


@pytest.mark.requirement("A1-09")
def test_the_page_says_whose_it_is_and_each_step_with_its_numbers(
    beside: Indicator, client_of: ClientOf, ana: Character
) -> None:
    page = text_of(client_of(ana).get(address()))
    for words in (
        "<h2>M001-1 · marzo de 2026</h2>", "Reparaciones a tiempo", "Indicador complementario de la meta M001",
        "100 × a_tiempo ÷ pedidas", "100 × 60 ÷ 90 = 66.666667", "83.3 %", 'href="/i/prueba/tableros/meta/M001/?mes=',
        f'href="{address(".pdf")}"', f'href="{address(".json")}"',
    ):  # fmt: skip
        assert words in page, words
    assert '<th scope="row">enero</th>' not in page  # nothing was programmed nor reported in it


def test_inside_a_page_it_comes_alone(beside: Indicator, client_of: ClientOf, ana: Character) -> None:
    part = client_of(ana).get(address(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert address().replace("&", "&amp;") in part


def test_the_data_say_that_it_does_not_give_the_percentage_of_the_goal(
    beside: Indicator, client_of: ClientOf, ana: Character
) -> None:
    client = client_of(ana)
    told = client.get(address(".json")).json()
    assert (told["goal"]["code"], told["indicator"]["code"], told["indicator"]["principal"]) == (
        "M001",
        "M001-1",
        False,
    )
    assert [(one["period"], one["actual"], one["actual_denominator"]) for one in told["evidence"]] == [
        ("2026-03", 60, 90)
    ]
    assert (told["explanation"]["compliance_to_date"], told["explanation"]["light"]) == (83.3, "amber")
    principal = client.get("/i/prueba/tableros/meta/M001/calculo.json?mes=2026-03").json()
    assert principal["indicator"]["principal"] is True


def test_the_address_of_the_principal_by_its_own_code_says_the_same_as_that_of_its_goal(
    beside: Indicator, client_of: ClientOf, ana: Character
) -> None:
    client = client_of(ana)
    assert (
        client.get(address(".json", "M001")).json()
        == client.get("/i/prueba/tableros/meta/M001/calculo.json?mes=2026-03").json()
    )


def test_the_sheet_names_the_indicator_and_its_goal_and_is_told_to_the_trail(
    beside: Indicator, client_of: ClientOf, ana: Character
) -> None:
    answer = client_of(ana).get(address(".pdf"))
    assert "prueba-2026-03-M001-1-memoria-de-calculo.pdf" in answer["Content-Disposition"]
    text = printed(answer.content)
    for words in ("Memoria de cálculo · M001-1", "M001 Meta M001", "Indicador complementario: se informa", "66.666667"):
        assert words in text, words
    event = Event.objects.filter(action="evaluation.report").latest("pk")
    assert event.title == "Memoria de cálculo, M001-1, marzo de 2026"


def test_once_sealed_it_gives_its_sealed_figure_though_it_is_corrected(
    beside: Indicator, institution: Institution, close: Callable[..., Closing], client_of: ClientOf, ana: Character,
    carmen: Character,
) -> None:  # fmt: skip
    closing = close(MARCH, accept_missing="No se midió.")
    capture = Capture.objects.get(indicator=beside.pk, period=MARCH.index)
    asked = captures.request_correction(
        institution=institution, capture=capture, numerator=Decimal(90), denominator=Decimal(90),
        reason="Treinta sin contar.", by=ana.actor, at=NOW,
    )  # fmt: skip
    captures.decide_correction(
        institution=institution, correction=asked, approve=True, reason="Procede.", by=carmen.actor, at=NOW
    )
    told = client_of(ana).get(address(".json")).json()
    assert told["closing"]["digest"] == closing.digest
    assert told["explanation"]["compliance_to_date"] == 83.3
    assert told["with_todays_values"]["compliance_to_date"] == 125.0


# Where it is found, and what it costs


@pytest.mark.requirement("Q-07")
def test_its_figure_on_the_page_of_the_goal_leads_to_it(beside: Indicator, client_of: ClientOf, ana: Character) -> None:
    client = client_of(ana)
    assert f'data-explain href="{address()}"' in text_of(client.get(f"{GOAL}?mes=2026-03"))
    assert "/indicador/M001-1/" not in text_of(client.get(f"{GOAL}?mes=2026-02"))  # it had no figure yet


@pytest.mark.requirement("Q-07")
def test_its_figure_in_the_capture_leads_to_it_too(beside: Indicator, client_of: ClientOf, ana: Character) -> None:
    client = client_of(ana)
    page = text_of(client.get("/i/prueba/captura/M001-1/2026-03/"))
    assert f'<a class="explain" href="{address()}">' in page
    assert client.get(address()).status_code == 200
    assert 'class="explain"' not in text_of(client.get("/i/prueba/captura/M001-1/2026-04/")), "nothing was stored yet"


def test_it_costs_what_that_of_the_principal_costs(beside: Indicator, client_of: ClientOf, carmen: Character) -> None:
    client, counts = client_of(carmen), []
    for code in ("M001", "M001-1"):
        client.get(address(code=code))
        forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(code=code)).status_code == 200
        counts.append(len(captured))
    assert counts[1] <= counts[0]
