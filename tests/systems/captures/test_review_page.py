"""The queue of what waits, page by page, and where a supplementary correction is taken."""

from collections.abc import Callable

import pytest
from django.test import Client

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture, Correction
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character, Units
from tests.systems.captures.conftest import NOVEMBER

pytestmark = pytest.mark.django_db
type Save = Callable[..., Capture]
type ClientOf = Callable[[Character], Client]
QUEUE = "/i/prueba/captura/revision/"


@pytest.fixture(autouse=True)
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors' clock stands on 3 December 2026."""
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: NOW)
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: NOW.date())


def test_fifty_come_on_a_page_and_the_heading_counts_them_all(
    institution: Institution, make_indicator: Callable[..., Indicator], units: Units, ana: Character, beto: Character,
    client_of: ClientOf,
) -> None:  # fmt: skip
    for number in range(52):
        Capture.objects.create(
            institution=institution, indicator=make_indicator(f"M{number:03d}", units.desu, {11: (100, None)}),
            period=NOVEMBER, numerator=100, captured_at=NOW, captured_by=ana.person, state=CaptureState.AREA_REVIEW,
        )  # fmt: skip
    client = client_of(beto)
    first = client.get(QUEUE).content.decode()
    assert first.count('name="captura"') == 50
    assert '<span class="count">52</span>' in first
    assert client.get(QUEUE + "?pagina=2").content.decode().count('name="captura"') == 2


def test_a_ratio_is_reviewed_in_the_unit_of_its_programme(
    requests_: Indicator, submitted: Save, beto: Character, client_of: ClientOf
) -> None:
    submitted(requests_, 79, 100)
    page = client_of(beto).get(QUEUE).content.decode()
    assert '<strong>79.0</strong> <small class="muted">79 / 100</small>' in page
    assert 'data-label="Programado del mes">90.0<' in page


def test_what_a_person_captured_has_no_box(
    lamps: Indicator, submitted: Save, beto: Character, client_of: ClientOf
) -> None:
    capture = submitted(lamps, 100)
    Capture.objects.update(captured_by=beto.person)
    page = client_of(beto).get(QUEUE).content.decode()
    assert str(capture.ref) in page
    assert 'name="captura"' not in page


@pytest.mark.parametrize(("kind", "linked"), [("supplementary", True), ("adjustment", False)])
def test_a_supplementary_correction_leads_to_the_closing_of_its_month(
    institution: Institution, lamps: Indicator, carmen: Character, client_of: ClientOf, kind: str, linked: bool
) -> None:
    closed = Capture.objects.create(
        institution=institution, indicator=lamps, period=NOVEMBER - 1, numerator=90, captured_at=NOW,
        state=CaptureState.APPROVED, approved_on=NOW.date(),
    )  # fmt: skip
    actions.lock_month(institution=institution, period=NOVEMBER - 1, accepted="Se acepta.", by=carmen.actor, at=NOW)
    correction = Correction.objects.create(
        institution=institution, capture=closed, after_numerator=80, reason="Error", requested_by="x",
        requested_on=NOW.date(), kind=kind, letter_number="AMH/1/2026",
    )  # fmt: skip
    page = client_of(carmen).get(f"/i/prueba/captura/correcciones/{correction.ref}/").content.decode()
    assert ('href="/i/prueba/cierre/2026-10/complementario/"' in page) is linked
