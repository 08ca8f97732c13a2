"""The queue of what waits, page by page, and where a supplementary correction is taken."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

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
VALIDATED = QUEUE + "validadas/"


@pytest.fixture(autouse=True)
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors' clock stands on 3 December 2026."""
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: NOW)
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: NOW.date())


def test_fifty_come_on_a_page_and_the_heading_counts_them_all(
    institution: Institution, make_many: Callable[..., list[Indicator]], units: Units, ana: Character,
    beto: Character, client_of: ClientOf,
) -> None:  # fmt: skip
    for indicator in make_many([f"M{number:03d}" for number in range(52)], units.desu, {11: 100}):
        Capture.objects.create(
            institution=institution, indicator=indicator,
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


@pytest.fixture
def validated(
    institution: Institution, lamps: Indicator, submitted: Save, beto: Character, carmen: Character
) -> Capture:
    """November of the lamps, validated by Carmen while the month is open."""
    sent = actions.approve_area(institution=institution, capture=submitted(lamps, 100), by=beto.actor, at=NOW)
    return actions.validate(institution=institution, capture=sent, by=carmen.actor, at=NOW)


RETURN = {"kind": "evidence_insufficient", "text": "Falta la bitácora firmada."}


def test_what_was_validated_is_returned_by_planning_alone_and_with_its_reason(
    validated: Capture, ana: Character, beto: Character, carmen: Character, client_of: ClientOf
) -> None:
    address = f"{QUEUE}{validated.ref}/devolver/"
    assert client_of(ana).post(address, RETURN).status_code == 403
    assert client_of(beto).post(address, RETURN).status_code == 403
    assert client_of(carmen).post(address, RETURN | {"text": ""}).status_code == 422
    assert client_of(carmen).post(address, RETURN | {"kind": ""}).status_code == 422
    validated.refresh_from_db()
    assert validated.state == CaptureState.APPROVED
    assert client_of(carmen).post(address, RETURN).status_code == 302
    validated.refresh_from_db()
    assert (validated.state, validated.approved_by, validated.times_returned) == (CaptureState.RETURNED, None, 1)


def test_what_was_validated_in_a_month_that_closed_is_corrected_and_not_returned(
    institution: Institution, validated: Capture, carmen: Character, client_of: ClientOf
) -> None:
    actions.lock_month(institution=institution, period=NOVEMBER, accepted={}, by=carmen.actor, at=NOW)
    client = client_of(carmen)
    assert client.post(f"{QUEUE}{validated.ref}/devolver/", RETURN).status_code == 422
    one = client.get(f"{QUEUE}{validated.ref}/").content.decode()
    assert "devolver/" not in one
    assert "M001/2026-11/correccion/" in one
    assert str(validated.ref) not in client.get(VALIDATED).content.decode()
    assert str(validated.ref) not in client.get("/i/prueba/captura/M001/2026-11/").content.decode()


def test_who_captured_it_is_not_offered_to_return_it(
    validated: Capture, carmen: Character, client_of: ClientOf
) -> None:
    Capture.objects.update(captured_by=carmen.person)
    client = client_of(carmen)
    assert "la revisión corresponde a otra persona" in client.get(VALIDATED).content.decode()
    assert "devolver/" not in client.get(f"{QUEUE}{validated.ref}/").content.decode()
    assert client.post(f"{QUEUE}{validated.ref}/devolver/", RETURN).status_code == 422


def test_planning_finds_what_it_validated_by_area_and_by_name(
    institution: Institution, validated: Capture, works: Indicator, carmen: Character, client_of: ClientOf
) -> None:
    client = client_of(carmen)
    old = Capture.objects.create(
        institution=institution, indicator=works, period=NOVEMBER, numerator=10, captured_at=NOW, historical=True,
        state=CaptureState.APPROVED, approved_on=NOW.date(),
    )  # fmt: skip
    everything = client.get(VALIDATED).content.decode()
    assert f"/revision/{validated.ref}/" in everything
    assert str(old.ref) not in everything  # loaded from a file: nobody captured it
    for query, found in (("area=DESU", True), ("area=DGO", False), ("busca=m001", True), ("busca=parques", False)):
        assert (str(validated.ref) in client.get(f"{VALIDATED}?{query}").content.decode()) is found, query


@pytest.mark.parametrize(("name", "offered"), [("ana", False), ("beto", False), ("eva", False), ("carmen", True)])
def test_the_page_of_a_value_offers_the_return_to_planning(
    validated: Capture, everyone_of_the_cast: dict[str, Character], client_of: ClientOf, name: str, offered: bool
) -> None:
    page = client_of(everyone_of_the_cast[name]).get("/i/prueba/captura/M001/2026-11/").content.decode()
    assert (f"/captura/revision/{validated.ref}/" in page) is offered


def test_the_list_of_the_validated_asks_the_same_for_one_and_for_many(
    institution: Institution, make_indicator: Callable[..., Indicator], units: Units, validated: Capture,
    ana: Character, carmen: Character, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client = client_of(carmen)
    client.get(VALIDATED)
    with django_assert_num_queries(QUERIES):
        client.get(VALIDATED)
    for number in range(10, 18):
        Capture.objects.create(
            institution=institution, indicator=make_indicator(f"M{number:03d}", units.desu, {11: (100, None)}),
            period=NOVEMBER, numerator=100, captured_at=NOW, captured_by=ana.person, state=CaptureState.APPROVED,
            approved_on=NOW.date(), approved_by=carmen.person,
        )  # fmt: skip
    client.get(VALIDATED)  # what was just written is read again once
    with django_assert_num_queries(QUERIES):
        assert client.get(VALIDATED).content.decode().count("Devolver<") == 9


QUERIES = 12


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
