"""The pages of what has several figures a month: form, review, correction, and the sheet that leads there."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character
from tests.systems.captures.conftest import CAUSE, DECEMBER, NOVEMBER
from tests.systems.captures.test_readings import (
    WEEKS,
    ClientOf,
    Read,
    calls,
    closed,
    december,
    month,
    read,
    served,
)

__all__ = ["calls", "closed", "december", "read", "served"]
pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_the_form_asks_for_each_variable_and_shows_what_results(
    served: Indicator, ana: Character, client_of: ClientOf
) -> None:
    browser, address = client_of(ana), "/i/prueba/captura/M005/2026-11/"
    page = text_of(browser.get(address))
    assert "Casos turnados (caso)" in page
    assert 'name="numerator"' not in page
    typed = {"version": "0", "r-20261130-atendidos": "80", "r-20261130-turnados": "10",
             "r-20261130-recibidos": "1,003", "r-20261130-duplicados": "903"}  # fmt: skip
    answer = browser.post(address, typed, headers={"HX-Request": "true"})
    assert "100 × (80 + 10) ÷ (1,003 − 903) = 90" in text_of(answer)
    assert "90.0 % en noviembre; 90.0 % acumulado." in text_of(answer)
    refused = browser.post(address, typed | {"version": "1", "r-20261130-turnados": "diez"})
    assert refused.status_code == 422
    assert "«diez» no es un número" in text_of(refused)
    assert Capture.objects.get().numerator == 90


def test_the_form_shows_the_weeks_of_the_month(
    calls: Indicator, ana: Character, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: datetime(2026, 11, 18, 18, tzinfo=UTC))
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: date(2026, 11, 18))
    browser, address = client_of(ana), "/i/prueba/captura/M004/2026-11/"
    page = text_of(browser.get(address))
    assert "Semana del 26 de octubre al 1 de noviembre" in page
    assert page.count("todavía no empieza") == 1
    typed = {"version": "0", "r-20261101-V": "20", "m-20261108": "Se cayó la línea.", "r-20261129-V": "7"}
    answer = browser.post(address, typed | {"accion": "enviar"})
    assert answer.status_code == 422
    assert "Falta el dato de la semana del 9 al 15 de noviembre." in text_of(answer)
    assert Capture.objects.get().numerator == 20, "a week that has not begun is not read"


@pytest.mark.parametrize("name", ["r-20261130-numerator", "r-20261131-V", "r-x-V", "m-20261130", "r-20261130-"])
def test_fields_that_the_form_does_not_have_say_nothing(
    name: str, calls: Indicator, ana: Character, client_of: ClientOf
) -> None:
    answer = client_of(ana).post("/i/prueba/captura/M004/2026-11/", {"version": "0", name: "3", "r-20261101-V": "<b>"})
    assert answer.status_code == 422
    assert "<b>" not in text_of(answer)
    assert not Capture.objects.exists()


def test_whoever_is_not_of_the_house_sees_nothing(served: Indicator, dario: Character, client_of: ClientOf) -> None:
    for address in ("/i/prueba/captura/M005/2026-11/", "/i/prueba/captura/excel/"):
        assert client_of(dario).get(address).status_code == 404


def test_the_review_shows_each_variable(
    institution: Institution, served: Indicator, read: Read, ana: Character, beto: Character, client_of: ClientOf
) -> None:
    capture = read(served, month(atendidos=80, turnados=10, recibidos=103, duplicados=3), **CAUSE)
    actions.submit(institution=institution, capture=capture, by=ana.actor, at=NOW)
    page = text_of(client_of(beto).get(f"/i/prueba/captura/revision/{capture.ref}/"))
    assert "<dt>Casos duplicados</dt><dd>3 caso</dd>" in page
    assert "Casos atendidos + Casos turnados" in page


def test_the_sheet_leads_to_the_page_of_what_has_readings(
    calls: Indicator, served: Indicator, read: Read, ana: Character, client_of: ClientOf
) -> None:
    read(calls, {WEEKS[0]: {"V": 20}, WEEKS[1]: {"V": 25}})
    page = text_of(client_of(ana).get("/i/prueba/captura/"))
    assert 'href="/i/prueba/captura/M004/2026-11/">45</a><small class="muted">2 de 5 semanas</small>' in page
    assert 'href="/i/prueba/captura/M005/2026-11/">Capturar</a>' in page
    assert f'name="n-{served.pk}-{NOVEMBER}"' not in page
    forced = {f"v-{served.pk}-{NOVEMBER}": "0", f"n-{served.pk}-{NOVEMBER}": "90"}
    answer = client_of(ana).post("/i/prueba/captura/guardar/", forced)
    assert answer.status_code == 422
    assert "resulta de sus variables" in text_of(answer)
    assert not Capture.objects.filter(indicator=served).exists()


def test_december_may_begin_before_november_is_closed(calls: Indicator, read: Read) -> None:
    assert read(calls, {date(2026, 12, 6): {"V": 2}}, period=DECEMBER).numerator == 2
