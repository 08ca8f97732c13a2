"""«¿Cómo se calculó?» of a month that results from variables or weeks: the page, the sheet on paper and the data."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character
from tests.systems.captures.conftest import CAUSE, NOVEMBER, line, make_indicator
from tests.systems.captures.test_readings import WEEKS, Read, calls, december, month, read, served, speed

__all__ = ["calls", "december", "line", "make_indicator", "read", "served", "speed"]
pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Character], Client]
NEEDED = ("atendidos", "turnados", "recibidos", "duplicados")


def asked(browser: Client, code: str, kind: str = "") -> Any:
    return browser.get(f"/i/prueba/tableros/meta/{code}/calculo{kind or '/'}?mes=2026-11")


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def printed_of(answer: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


@pytest.mark.requirement("A1-08")
def test_each_variable_is_told_with_its_value_and_the_formula_with_its_numbers(
    served: Indicator, read: Read, ana: Character, client_of: ClientOf
) -> None:
    read(served, month(atendidos=80, turnados=10, recibidos=103, duplicados=3))
    browser = client_of(ana)
    page = text_of(asked(browser, "M005"))
    assert "100 × (80 + 10) ÷ (103 − 3) = 90" in page
    assert "<dt>Casos turnados</dt><dd>10 caso</dd>" in page
    told = asked(browser, "M005", ".json").json()
    assert told["operation_of_month"] == {
        "symbols": "100 × (atendidos + turnados) ÷ (recibidos − duplicados)",
        "numbers": "100 × (80 + 10) ÷ (103 − 3) = 90",
        "variables": {"atendidos": 80, "turnados": 10, "recibidos": 103, "duplicados": 3},
    }
    assert [one["symbol"] for one in told["indicator"]["variables"]] == list(NEEDED)
    assert told["evidence"][-1]["readings"]["2026-11-30"]["figures"]["duplicados"] == "3"
    printed = printed_of(asked(browser, "M005", ".pdf"))
    for words in ("(80 + 10) ÷ (103 − 3) = 90", "Casos duplicados"):
        assert words in printed, words


def test_each_week_is_told_with_its_figure_or_its_reason(
    calls: Indicator, read: Read, ana: Character, client_of: ClientOf
) -> None:
    read(calls, {WEEKS[0]: {"V": 20}, WEEKS[1]: {"V": 25}}, {WEEKS[2]: "Sin servicio."})
    page = text_of(asked(client_of(ana), "M004"))
    assert "<dt>Semana del 2 al 8 de noviembre</dt><dd><code>25</code>" in page
    assert "Sin servicio." in page
    assert "20 + 25 = 45" in page


def test_the_mean_of_what_a_formula_gives_is_told(
    speed: Indicator, read: Read, ana: Character, client_of: ClientOf
) -> None:
    read(speed, month(km=30, horas=4))
    page = text_of(asked(client_of(ana), "M006"))
    assert "km ÷ horas" in page
    assert "30 ÷ 4 = 7.5" in page


def test_what_was_sent_in_the_evening_is_of_that_day_on_paper_too(
    institution: Institution, served: Indicator, read: Read, ana: Character, client_of: ClientOf
) -> None:
    """Half past seven of the 3rd in Mexico City is the 4th in UTC."""
    capture = read(served, month(atendidos=80, turnados=10, recibidos=103, duplicados=3))
    evening = datetime(2026, 12, 4, 1, 30, tzinfo=UTC)
    actions.submit(institution=institution, capture=capture, by=ana.actor, at=evening)
    (said,) = asked(client_of(ana), "M005", ".json").json()["decisions"]
    assert (said["step"], said["verdict"], said["at"]) == ("capture", "submitted", "2026-12-04T01:30:00+00:00")
    assert ana.person.name not in said.values()
    page = text_of(asked(client_of(ana), "M005"))
    assert 'Enviada a revisión <span class="muted">03/12/2026' in page
    printed = printed_of(asked(client_of(ana), "M005", ".pdf"))
    assert "03/12/2026 Enviada a revisión" in printed
    assert "04/12/2026" not in printed


@pytest.mark.requirement("A1-08")
def test_the_year_is_the_formula_of_what_was_added_month_after_month(
    institution: Institution, served: Indicator, read: Read, ana: Character, beto: Character, carmen: Character,
    client_of: ClientOf,
) -> None:  # fmt: skip
    """September to November."""
    rows = {9: (70, 5, 105, 5), 10: (61, 4, 90, 10), 11: (80, 10, 103, 3)}
    for number, values in rows.items():
        period = NOVEMBER - 11 + number
        day = max(one.last_day for one in stretches(served, period))
        capture = read(served, {day: dict(zip(NEEDED, values, strict=True))}, period=period, **CAUSE)
        for step, who in ((actions.submit, ana), (actions.approve_area, beto), (actions.validate, carmen)):
            step(institution=institution, capture=capture, by=who.actor, at=NOW)  # type: ignore[operator]
    told = asked(client_of(ana), "M005", ".json").json()
    above, below = 70 + 5 + 61 + 4 + 80 + 10, 105 - 5 + 90 - 10 + 103 - 3
    assert told["explanation"]["actual_to_date"]["value"] == pytest.approx(100 * above / below)
    assert Capture.objects.filter(state="approved").count() == 3
    assert audit.verify() == []


def stretches(indicator: Indicator, period: int) -> Any:
    from rumbo.systems.indicators.queries import asked_of

    return asked_of(indicator).stretches(period)
