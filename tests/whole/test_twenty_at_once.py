"""Twenty people capture at once through the pages, each with a session of their own: no error and nothing is lost."""

import threading
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures.models import Capture
from rumbo.systems.evaluation.models import Result
from tests.cast import NOW, Units, make_character
from tests.whole.serving import Browser, served
from tests.whole.settling import CAUSE, YEAR, settle_goals, settle_plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE, MONTHS = 20, 10
PASSWORD = "una-clave-solo-de-las-pruebas"


def value_of(person: int, month: int) -> Decimal:
    """A value that tells by itself whose it is and of which month."""
    return Decimal(f"{100 + person}.{month:02}")


def capture_the_year(browser: Browser, email: str, code: str, person: int) -> None:
    """Signs in, and month by month opens the form, types, and sends."""
    browser.get("/entrar/")
    browser.post("/entrar/", {"email": email, "password": PASSWORD, "next": "/"})
    for month in range(1, MONTHS + 1):
        path = f"/i/prueba/captura/{code}/{YEAR}-{month:02}/"
        browser.get(path)
        typed = {"version": browser.value_of("version"), "numerator": value_of(person, month), "accion": "enviar"}
        browser.post(path, CAUSE | typed)


@pytest.mark.requirement("A1-11")
def test_twenty_people_send_two_hundred_captures_and_nothing_is_lost(
    institution: Institution, units: Units, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [make_character(institution, f"Persona{number}", Role.CAPTURER, units.desu) for number in range(PEOPLE)]
    monkeypatch.setattr(settings, "RUMBO_DEMO", True)  # the only place where passwords may be set
    organization.set_passwords(people=[one.person for one in people], password=PASSWORD, at=NOW)
    codes = [f"M{number:03}" for number in range(PEOPLE)]
    settle_goals(institution, settle_plan(institution), dict.fromkeys(codes, units.desu.pk))
    head = Head.objects.get(chain="prueba").sequence

    log = tmp_path / "serve.txt"
    with served(log, RUMBO_DEMO="1", RUMBO_TODAY="2026-12-03") as port:
        browsers = [Browser(port) for _ in people]
        threads = [
            threading.Thread(target=capture_the_year, args=(browser, one.email, code, number))
            for number, (browser, one, code) in enumerate(zip(browsers, people, codes, strict=True))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(180)

    each = [200, 302, *[200, 302] * MONTHS]  # page of sign-in, in; and each month its page, sent
    assert [browser.statuses for browser in browsers] == [each] * PEOPLE, log.read_text()
    assert "Traceback" not in log.read_text()
    stored = {
        (capture.indicator.code, capture.period): (capture.numerator, capture.state, capture.version)
        for capture in Capture.objects.select_related("indicator")
    }
    assert stored == {
        (code, YEAR * 12 + month - 1): (value_of(number, month), CaptureState.AREA_REVIEW, 2)
        for number, code in enumerate(codes)
        for month in range(1, MONTHS + 1)
    }
    told = Event.objects.filter(sequence__gt=head, chain="prueba")
    for action in ("captures.save", "captures.submit"):
        assert told.filter(action=action).count() == PEOPLE * MONTHS
    assert Head.objects.get(chain="prueba").sequence == head + 2 * PEOPLE * MONTHS
    assert Result.objects.filter(closing=None, actual__isnull=False).count() >= PEOPLE * MONTHS
    assert audit.verify() == []
