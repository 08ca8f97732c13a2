"""Every address of capture and review, as every role; and what each page does."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture, Correction, Evidence
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character, Units
from tests.remembering import remembered
from tests.systems.captures.conftest import CAUSE, NOVEMBER

pytestmark = pytest.mark.django_db
type Save = Callable[..., Capture]
type ClientOf = Callable[[Character], Client]
BASE = "/i/prueba/captura/"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 32 + b"IEND\xaeB`\x82"


@pytest.fixture(autouse=True)
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors' clock stands on 3 December 2026."""
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: NOW)
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: NOW.date())


@pytest.fixture
@remembered
def world(
    institution: Institution, lamps: Indicator, works: Indicator, submitted: Save, save: Save, carmen: Character
) -> dict[str, str]:
    """A capture in each state that an address needs, with evidence and a correction; addresses by name."""
    sent = submitted(lamps, 100)
    closed = Capture.objects.create(
        institution=institution, indicator=lamps, period=NOVEMBER - 1, numerator=90, captured_at=NOW,
        state=CaptureState.APPROVED, approved_on=NOW.date(),
    )  # fmt: skip
    actions.lock_month(institution=institution, period=NOVEMBER - 1, accepted="Se acepta.", by=carmen.actor, at=NOW)
    correction = Correction.objects.create(
        institution=institution, capture=closed, after_numerator=80, reason="Error", requested_by="x",
        requested_on=NOW.date(),
    )  # fmt: skip
    piece = Evidence.objects.create(
        institution=institution, capture=sent, digest="0" * 64, file_name="a.pdf", media_type="application/pdf",
        size=3, attached_at=NOW,
    )  # fmt: skip
    return {
        "home": BASE,
        "save_sheet": BASE + "guardar/",
        "send_sheet": BASE + "enviar/",
        "download": BASE + "excel/",
        "upload": BASE + "subir/",
        "review": BASE + "revision/",
        "decide_many": BASE + "revision/decidir/",
        "review_one": f"{BASE}revision/{sent.ref}/",
        "validated": BASE + "revision/validadas/",
        "return": f"{BASE}revision/{sent.ref}/devolver/",
        "corrections": BASE + "correcciones/",
        "correction": f"{BASE}correcciones/{correction.ref}/",
        "evidence": f"{BASE}evidencia/{piece.ref}/",
        "retire_evidence": f"{BASE}evidencia/{piece.ref}/retirar/",
        "form": BASE + "M001/2026-11/",
        "unavailable": BASE + "M001/2026-11/sin-dato/",
        "attach": BASE + "M001/2026-11/evidencia/",
        "ask_correction": BASE + "M001/2026-10/correccion/",
    }


CAPTURES, REVIEWS, SEES = (
    {"ana"},
    {"beto", "rita", "carmen"},
    {"ana", "beto", "rita", "carmen", "hugo", "gina", "ines", "eva"},
)
# Who gets past the door. `evidence` is 404 for them: the file of the fixture is not on the disk.
OPEN_TO: dict[str, set[str]] = {
    "home": SEES, "save_sheet": CAPTURES, "send_sheet": CAPTURES, "download": SEES, "upload": CAPTURES,
    "review": REVIEWS, "validated": {"rita", "carmen"}, "decide_many": REVIEWS, "review_one": REVIEWS,
    "return": REVIEWS, "corrections": {"carmen"}, "correction": {"carmen"}, "evidence": SEES,
    "retire_evidence": CAPTURES, "form": SEES, "unavailable": CAPTURES, "attach": CAPTURES,
    "ask_correction": {"ana", "beto", "carmen"},
}  # fmt: skip
POSTS = {"save_sheet", "send_sheet", "decide_many", "return", "retire_evidence", "unavailable", "attach"}


@pytest.mark.parametrize("name", OPEN_TO)
def test_an_address_opens_only_to_its_roles(
    name: str, world: dict[str, str], everyone_of_the_cast: dict[str, Character], client_of: ClientOf
) -> None:
    def status(who: Character | None) -> int:
        client = client_of(who) if who else Client()
        return (client.post if name in POSTS else client.get)(world[name]).status_code

    assert set(OPEN_TO) == set(world)
    assert status(None) == 302
    answers = {who: status(character) for who, character in everyone_of_the_cast.items()}
    assert answers.pop("dario") == 404
    assert {who for who, code in answers.items() if code == 403} == set(answers) - OPEN_TO[name], answers
    assert all(code < 500 for code in answers.values()), answers


def test_another_area_is_403_and_what_does_not_exist_404(
    works: Indicator, lamps: Indicator, ana: Character, client_of: ClientOf
) -> None:
    client = client_of(ana)
    assert client.get(BASE + "O001/2026-11/").status_code == 403
    assert client.get(BASE + "M999/2026-11/").status_code == 404
    assert client.get(BASE + "M001/2026-13/").status_code == 404
    assert client.get(BASE + "M001/noviembre/").status_code == 404


def test_the_form_says_what_it_wants_and_what_results(
    lamps: Indicator, save: Save, ana: Character, client_of: ClientOf
) -> None:
    save(lamps, 90, period=NOVEMBER - 1)
    save(lamps, 100)
    page = client_of(ana).get(BASE + "M001/2026-11/").content.decode()
    assert "<strong>Solo lo realizado en noviembre</strong> (no el acumulado)." in page
    assert "Acumulado resultante: 190 de 1,100 programados." in page


def test_a_ratio_asks_for_its_two_values_by_name(
    requests_: Indicator, save: Save, ana: Character, client_of: ClientOf
) -> None:
    save(requests_, 88, 100)
    page = client_of(ana).get(BASE + "M002/2026-11/").content.decode()
    assert "Solicitudes concluidas en plazo, en noviembre" in page
    assert "Solicitudes recibidas, en noviembre" in page
    assert "88.0\u00a0% en noviembre; 88.0\u00a0% acumulado." in page


def test_saving_a_draft_answers_with_its_light(lamps: Indicator, ana: Character, client_of: ClientOf) -> None:
    answer = client_of(ana).post(
        BASE + "M001/2026-11/",
        {"version": "0", "numerator": "1,234.5", "accion": "guardar"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.lstrip().startswith('<section class="card" id="captura"')
    assert "Se guardó el borrador." in page
    assert "En meta" in page
    assert Capture.objects.get().numerator == Decimal("1234.5")


def test_a_badly_written_number_comes_back_as_it_was_typed(
    lamps: Indicator, ana: Character, client_of: ClientOf
) -> None:
    answer = client_of(ana).post(BASE + "M001/2026-11/", {"version": "0", "numerator": "1.250,5"})
    assert answer.status_code == 422
    assert "«1.250,5» no es un número" in answer.content.decode()
    assert 'value="1.250,5"' in answer.content.decode()
    assert not Capture.objects.exists()


def test_sending_without_the_cause_keeps_the_draft_and_says_what_is_missing(
    lamps: Indicator, ana: Character, client_of: ClientOf
) -> None:
    answer = client_of(ana).post(BASE + "M001/2026-11/", {"version": "0", "numerator": "40", "accion": "enviar"})
    assert answer.status_code == 422
    assert "Escriba la causa de la variación y la acción correctiva para poder enviarla." in answer.content.decode()
    assert Capture.objects.get().state == CaptureState.DRAFT


def test_with_cause_and_commitment_it_is_sent(lamps: Indicator, ana: Character, client_of: ClientOf) -> None:
    typed = {"version": "0", "numerator": "40", "accion": "enviar", **CAUSE, "commitment_on": "2027-01-31"}
    answer = client_of(ana).post(BASE + "M001/2026-11/", typed)
    assert (answer.status_code, answer["Location"]) == (302, BASE)
    assert Capture.objects.get().state == CaptureState.AREA_REVIEW


def test_a_conflict_shows_both_versions_and_lets_the_person_choose(
    lamps: Indicator, save: Save, ana: Character, client_of: ClientOf
) -> None:
    save(lamps, 20)
    client = client_of(ana)
    answer = client.post(BASE + "M001/2026-11/", {"version": "0", "numerator": "30"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Su versión no se perdió: compárelas y elija." in page
    assert "<dt>Lo guardado</dt><dd>20</dd><dt>Lo suyo</dt><dd>30</dd>" in page
    assert 'name="version" value="1"' in page
    assert client.post(BASE + "M001/2026-11/", {"version": "1", "numerator": "30"}).status_code == 302
    assert Capture.objects.get().numerator == 30


def test_the_value_is_sent_as_not_available(lamps: Indicator, ana: Character, client_of: ClientOf) -> None:
    client = client_of(ana)
    assert client.post(BASE + "M001/2026-11/sin-dato/", {"reason": ""}).status_code == 422
    typed = {"reason": "El proveedor entrega el 15.", "expected_on": "2026-12-15"}
    assert client.post(BASE + "M001/2026-11/sin-dato/", typed).status_code == 302
    assert Capture.objects.get().state == CaptureState.AREA_REVIEW


def test_the_sheet_saves_what_changed_or_nothing(
    lamps: Indicator, requests_: Indicator, ana: Character, client_of: ClientOf
) -> None:
    client = client_of(ana)
    cell, other = f"{lamps.pk}-{NOVEMBER}", f"{requests_.pk}-{NOVEMBER}"
    typed = {f"v-{cell}": "0", f"n-{cell}": "100", f"v-{other}": "0", f"n-{other}": "ochenta", f"d-{other}": "100"}
    answer = client.post(BASE + "guardar/", typed)
    assert answer.status_code == 422
    assert 'value="ochenta"' in answer.content.decode()
    assert not Capture.objects.exists()
    answer = client.post(BASE + "guardar/", typed | {f"n-{other}": "80"})
    assert answer.status_code == 302
    assert set(Capture.objects.values_list("numerator", "denominator")) == {(100, None), (80, 100)}


def test_the_sheet_sends_what_is_ready_and_says_what_the_rest_lacks(
    lamps: Indicator, requests_: Indicator, save: Save, ana: Character, client_of: ClientOf
) -> None:
    save(lamps, 10)
    save(requests_, 95, 100)
    page = client_of(ana).post(BASE + "enviar/", follow=True).content.decode()
    assert "Se envió 1 captura a revisión." in page
    assert "M001: La meta quedó en" in page


def test_the_queue_validates_what_was_chosen(
    institution: Institution, lamps: Indicator, requests_: Indicator, submitted: Save, beto: Character,
    client_of: ClientOf,
) -> None:  # fmt: skip
    sent = [submitted(lamps, 100), submitted(requests_, 95, 100)]
    client = client_of(beto)
    page = client.get(BASE + "revision/").content.decode()
    assert "Dar visto bueno a las seleccionadas" in page
    answer = client.post(
        BASE + "revision/decidir/", {"accion": "visto-bueno", "captura": [str(one.ref) for one in sent]}, follow=True
    )
    assert "Se dio el visto bueno a 2 capturas." in answer.content.decode()
    assert set(Capture.objects.values_list("state", flat=True)) == {CaptureState.PLANNING_REVIEW}


def test_a_return_reaches_who_captured_with_its_reason(
    lamps: Indicator, submitted: Save, beto: Character, ana: Character, client_of: ClientOf
) -> None:
    capture = submitted(lamps, 100)
    client = client_of(beto)
    assert client.post(f"{BASE}revision/{capture.ref}/devolver/", {"kind": "wording"}).status_code == 422
    typed = {"kind": "evidence_other_period", "text": "La evidencia es de septiembre."}
    assert client.post(f"{BASE}revision/{capture.ref}/devolver/", typed).status_code == 302
    page = client_of(ana).get(BASE + "M001/2026-11/").content.decode()
    assert "Devuelta por la persona titular del área el 03/12/2026: «La evidencia es de septiembre.»" in page


def test_evidence_is_told_by_its_content_and_served_with_care(
    lamps: Indicator, ana: Character, gina: Character, client_of: ClientOf
) -> None:
    client = client_of(ana)
    false = SimpleUploadedFile("foto.png", b"MZ this is a program")
    page = client.post(BASE + "M001/2026-11/evidencia/", {"file": false}, follow=True).content.decode()
    assert "«foto.png» no se adjuntó" in page
    assert not Evidence.objects.exists()
    client.post(BASE + "M001/2026-11/evidencia/", {"file": SimpleUploadedFile("foto.png", PNG), "reserved": "on"})
    piece = Evidence.objects.get()
    answer = client.get(f"{BASE}evidencia/{piece.ref}/")
    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="foto.png"'
    assert client_of(gina).get(f"{BASE}evidencia/{piece.ref}/").status_code == 403


def test_a_proof_is_retired_with_a_reason(lamps: Indicator, ana: Character, client_of: ClientOf) -> None:
    client = client_of(ana)
    client.post(BASE + "M001/2026-11/evidencia/", {"file": SimpleUploadedFile("foto.png", PNG)})
    piece = Evidence.objects.get()
    client.post(f"{BASE}evidencia/{piece.ref}/retirar/", {"reason": ""})
    assert Evidence.objects.get().retired_on is None
    client.post(f"{BASE}evidencia/{piece.ref}/retirar/", {"reason": "Es de otro mes."})
    assert Evidence.objects.get().retired_reason == "Es de otro mes."


def test_a_correction_is_asked_and_decided(
    institution: Institution, lamps: Indicator, world: dict[str, str], beto: Character, carmen: Character,
    client_of: ClientOf,
) -> None:  # fmt: skip
    Correction.objects.all().delete()
    typed = {"numerator": "85", "reason": "Se contó dos veces.", "kind": "adjustment"}
    assert client_of(beto).post(world["ask_correction"], typed).status_code == 302
    correction = Correction.objects.get()
    address = f"{BASE}correcciones/{correction.ref}/"
    client = client_of(carmen)
    assert client.post(address, {"accion": "aprobar", "reason": ""}).status_code == 422
    answer = client.post(address, {"accion": "aprobar", "reason": "Procede."}, follow=True)
    assert "Se aplicó el ajuste." in answer.content.decode()
    correction.refresh_from_db()
    assert (correction.state, correction.applied_in) == ("applied", NOVEMBER)
    assert Capture.objects.get(period=NOVEMBER - 1).numerator == 85


def test_a_closed_month_is_read_and_offers_its_correction(
    world: dict[str, str], ana: Character, client_of: ClientOf
) -> None:
    client = client_of(ana)
    page = client.get(BASE + "M001/2026-10/").content.decode()
    assert "Solicitar corrección de un mes cerrado" in page
    assert 'name="numerator"' not in page
    assert client.post(BASE + "M001/2026-10/", {"version": "1", "numerator": "1"}).status_code == 422


@pytest.mark.parametrize("address", ["", "revision/", "M001/2026-11/"])
def test_queries_do_not_grow_with_the_goals(
    address: str, make_indicator: Callable[..., Indicator], units: Units, submitted: Save, ana: Character,
    beto: Character, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(beto if address == "revision/" else ana)

    def count() -> int:
        client.get(BASE + address)  # what was just written is read again once
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BASE + address).status_code == 200
        return len(queries)

    submitted(make_indicator("M001", units.desu, {11: (100, None)}), 100)
    few = count()
    for number in range(2, 8):
        submitted(make_indicator(f"M00{number}", units.desu, {11: (100, None)}), 100)
    assert count() == few
    assert few < 60


def test_the_sheet_goes_to_excel_and_says_so(lamps: Indicator, ana: Character, client_of: ClientOf) -> None:
    answer = client_of(ana).get(BASE + "excel/")
    assert answer["Content-Disposition"] == 'attachment; filename="captura-prueba-2026.xlsx"'
    assert answer.content[:2] == b"PK"


def test_an_upload_that_is_not_a_workbook_is_told_so(lamps: Indicator, ana: Character, client_of: ClientOf) -> None:
    answer = client_of(ana).post(BASE + "subir/", {"file": SimpleUploadedFile("hoja.xlsx", b"%PDF-1.7 nothing")})
    assert answer.status_code == 422
    assert "El archivo es un PDF, no un libro de Excel." in answer.content.decode()


def test_after_the_session_ends_nothing_is_answered_but_the_way_in(lamps: Indicator) -> None:
    answer = Client().post(BASE + "M001/2026-11/", {"numerator": "1"})
    assert answer.status_code == 302
    assert "/entrar/" in answer["Location"]
