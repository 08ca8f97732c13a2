"""«¿Cómo se calculó?» on paper and as data says what the page says."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from pypdf import PdfReader

from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions as captures
from rumbo.systems.captures.models import Capture
from rumbo.systems.evaluation.models import Closing
from tests.cast import NOW, Character
from tests.systems.evaluation.conftest import FEBRUARY, Programme

pytestmark = pytest.mark.django_db
ADDRESS = "/i/prueba/tableros/meta/M001/calculo"

type Visitors = Callable[[Character], Client]


def test_a_stranger_takes_neither(client_of: Visitors, dario: Character, first_quarter: list[Closing]) -> None:
    for kind in ("json", "pdf"):
        assert client_of(dario).get(f"{ADDRESS}.{kind}?mes=2026-02").status_code == 404
    assert not Event.objects.filter(action="evaluation.report").exists()


def test_a_month_without_result_has_neither(client_of: Visitors, ana: Character, first_quarter: list[Closing]) -> None:
    for kind in ("json", "pdf"):
        assert client_of(ana).get(f"{ADDRESS}.{kind}?mes=2025-02").status_code == 404


def test_the_data_carry_the_whole_chain(client_of: Visitors, ana: Character, first_quarter: list[Closing]) -> None:
    told = client_of(ana).get(f"{ADDRESS}.json?mes=2026-02").json()
    assert told["schema_version"] == 1
    assert told["closing"]["digest"] == first_quarter[1].digest
    assert [month["actual"] for month in told["evidence"]] == [95, 60]
    chain = told["explanation"]
    assert chain["actual_to_date"] == {
        "symbols": chain["actual_to_date"]["symbols"],
        "numbers": "95 + 60 = 155",
        "value": 155,
    }
    assert chain["compliance"]["numbers"] == "100 × 155 ÷ 200 = 77.5"
    assert (chain["compliance_to_date"], chain["light"], chain["accumulation"]) == (77.5, "amber", "sum")
    assert [band["key"] for band in chain["light_bands"] if band["matched"]] == ["amber"]
    assert told["with_todays_values"] is None


def test_the_data_of_a_corrected_month_keep_the_sealed_figure_and_tell_todays(
    client_of: Visitors, ana: Character, carmen: Character, institution: Institution, programme: Programme,
    first_quarter: list[Closing],
) -> None:  # fmt: skip
    capture = Capture.objects.get(indicator=programme.ids["M001"], period=FEBRUARY.index)
    asked = captures.request_correction(
        institution=institution, capture=capture, numerator=Decimal(50), reason="Diez repetidas.", by=ana.actor, at=NOW
    )
    captures.decide_correction(
        institution=institution, correction=asked, approve=True, reason="Procede.", by=carmen.actor, at=NOW
    )
    told = client_of(ana).get(f"{ADDRESS}.json?mes=2026-02").json()
    assert told["explanation"]["compliance_to_date"] == 77.5
    assert told["with_todays_values"]["compliance_to_date"] == 72.5
    assert [(one["period"], one["before"], one["after"]) for one in told["corrected_later"]] == [("2026-02", 60, 50)]


def test_the_sheet_says_each_step_with_its_numbers(
    client_of: Visitors, ana: Character, first_quarter: list[Closing]
) -> None:
    answer = client_of(ana).get(f"{ADDRESS}.pdf?mes=2026-02")
    assert answer["Content-Type"] == "application/pdf"
    assert "prueba-2026-02-M001-memoria-de-calculo.pdf" in answer["Content-Disposition"]
    text = _text(answer.content)
    for said in ("Memoria de cálculo", "95 + 60 = 155", "100 × 155 ÷ 200 = 77.5", "En riesgo", first_quarter[1].digest):
        assert said in text, said


def test_the_sheet_of_an_open_month_says_that_it_is_provisional(
    client_of: Visitors, ana: Character, first_quarter: list[Closing]
) -> None:
    assert "provisional" in _text(client_of(ana).get(f"{ADDRESS}.pdf?mes=2026-03").content)


def test_taking_the_sheet_is_told_to_the_trail(
    client_of: Visitors, ana: Character, first_quarter: list[Closing]
) -> None:
    client_of(ana).get(f"{ADDRESS}.pdf?mes=2026-02")
    event = Event.objects.filter(action="evaluation.report").latest("pk")
    assert event.title == "Memoria de cálculo, M001, febrero de 2026"


def test_the_sheet_is_written_in_english_too(client_of: Visitors, ana: Character, first_quarter: list[Closing]) -> None:
    ana.person.language = "en"
    ana.person.save(update_fields=["language"])
    text = _text(client_of(ana).get(f"{ADDRESS}.pdf?mes=2026-02").content)
    assert "Calculation sheet" in text
    assert "Lo que se tomó" not in text


# Of many goals

MANY = "/i/prueba/tableros/calculo.json?mes=2026-02"


@pytest.mark.parametrize("figure", ["", "&dato=otro", "&dato=avance&area=NADA", "&dato=avance&eje=9"])
def test_what_is_no_figure_has_no_data(
    figure: str, client_of: Visitors, carmen: Character, first_quarter: list[Closing]
) -> None:
    assert client_of(carmen).get(f"{MANY}{figure}").status_code == 404


@pytest.mark.requirement("A1-09", "Q-07")
@pytest.mark.parametrize("figure", ["cumplimiento", "avance"])
@pytest.mark.parametrize("subject", ["", "&area=DESU", "&eje=1&nivel=1"])
def test_the_goals_of_a_mean_give_it(
    figure: str, subject: str, client_of: Visitors, carmen: Character, first_quarter: list[Closing]
) -> None:
    told = client_of(carmen).get(f"{MANY}&dato={figure}{subject}").json()
    rows = [(min(max(one["percentage"], 0), told["cap"] or 1e9), one["weight"]) for one in told["goals"]]
    mean = sum(value * weight for value, weight in rows) / sum(weight for _, weight in rows)
    assert told["value"] == told["operation"]["value"] == pytest.approx(mean, abs=0.0501)
    assert len(rows) == told["counts"]["counted"]
    assert told["closing"]["digest"] == first_quarter[1].digest
    assert (told["of"], told["code"]) == {
        "": ("institution", None), "&area=DESU": ("unit", "DESU"), "&eje=1&nivel=1": ("plan", "1"),
    }[subject]  # fmt: skip


def test_counts_say_how_many_there_are_of_each(
    client_of: Visitors, carmen: Character, first_quarter: list[Closing]
) -> None:
    browser = client_of(carmen)
    told = browser.get(f"{MANY}&dato=clases").json()
    assert (told["figure"], told["operation"], told["goals"]) == ("achieved_or_good_pct", None, [])
    counts = told["counts"]
    assert told["value"] == pytest.approx(100 * counts["achieved_or_good"] / counts["expected"], abs=0.0501)
    assert sum(counts["lights"].values()) == sum(counts["classes"].values()) == counts["goals"]
    assert browser.get(f"{MANY}&dato=cobertura").json()["figure"] == "coverage"
    page = browser.get("/i/prueba/tableros/calculo/?dato=cobertura&mes=2026-02").content.decode()
    assert 'href="/i/prueba/tableros/calculo.json?dato=cobertura&amp;mes=2026-02"' in page


def _text(content: bytes) -> str:
    whole = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(whole.replace("\u00a0", " ").split())
