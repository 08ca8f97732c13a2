"""What was published is corrected by a new version; the one before stays readable."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution
from rumbo.systems.transparency import actions, queries
from rumbo.systems.transparency.actions import AlreadyCorrected, Frozen, NotPublished, NotReady
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.reports import file_name, record_workbook, standalone_page, transparency_files
from rumbo.systems.transparency.states import RecordState
from tests.cast import Character
from tests.systems.transparency.conftest import PUBLISHED, QUARTER, VALIDATED, at

pytestmark = pytest.mark.django_db
type Enter = Callable[[Character], Client]

BEGUN = date(2026, 11, 3)
DONE = date(2026, 11, 5)
LATER = date(2026, 11, 20)  # after the term: 14 November
WHY = "El hipervínculo llevaba al programa de 2025"
PAGE = "/i/prueba/transparencia/2026/3/"


def correct(record: DisclosureRecord, by: Character, reason: str = WHY, on: date = BEGUN) -> DisclosureRecord:
    return actions.correct(record=record, reason=reason, post="Planeación", by=by.actor_on(on), on=on, at=at(on))


def validate(record: DisclosureRecord, by: Character, day: date = DONE, on: date = LATER) -> DisclosureRecord:
    return actions.validate(record=record, validated_on=day, by=by.actor_on(on), on=on, at=at(on))


def publish(record: DisclosureRecord, by: Character, day: date = LATER) -> DisclosureRecord:
    return actions.publish(record=record, published_on=day, by=by.actor_on(day), on=day, at=at(day))


@pytest.fixture
def correction(published: DisclosureRecord, carmen: Character) -> DisclosureRecord:
    """Begun on 3 November, with the link mended."""
    begun = correct(published, carmen)
    return actions.edit(
        record=begun, values={"annual_plan_url": "https://www.prueba.example/poa-2026-v2.pdf"},
        by=carmen.actor_on(BEGUN), at=at(BEGUN),
    )  # fmt: skip


@pytest.fixture
def corrected(correction: DisclosureRecord, carmen: Character) -> DisclosureRecord:
    return publish(validate(correction, carmen), carmen)


# Refusals


def test_only_who_publishes_corrects_and_says_why(
    published: DisclosureRecord, rita: Character, gina: Character, carmen: Character
) -> None:
    for character in (rita, gina):
        with pytest.raises(Forbidden):
            correct(published, character)
    with pytest.raises(NotPublished, match="escriba el motivo"):
        correct(published, carmen, reason="  ")
    assert DisclosureRecord.objects.count() == 1


def test_what_was_not_published_is_not_corrected(validated: DisclosureRecord, carmen: Character) -> None:
    with pytest.raises(NotPublished, match="se edita o se reabre"):
        correct(validated, carmen)


def test_a_record_has_one_correction_in_hand_and_the_superseded_is_not_corrected(
    published: DisclosureRecord, correction: DisclosureRecord, carmen: Character
) -> None:
    with pytest.raises(AlreadyCorrected, match="2026-3-v2"):
        correct(published, carmen)
    publish(validate(correction, carmen), carmen)
    with pytest.raises(AlreadyCorrected, match="2026-3-v2"):
        correct(published, carmen, on=LATER)


@pytest.mark.requirement("IECM-20", "IECM-21", "IECM-22")
def test_the_dates_of_a_correction_follow_those_of_what_it_corrects(
    correction: DisclosureRecord, carmen: Character
) -> None:
    actions.edit(record=correction, values={"updated_on": PUBLISHED}, by=carmen.actor_on(BEGUN), at=at(BEGUN))
    with pytest.raises(NotReady, match=r"validación .* es anterior"):
        validate(correction, carmen, VALIDATED - timedelta(days=1))
    actions.edit(record=correction, values={"updated_on": date(2026, 10, 1)}, by=carmen.actor_on(BEGUN), at=at(BEGUN))
    with pytest.raises(NotReady, match=r"actualización .* es anterior a la de la versión"):
        validate(correction, carmen)
    actions.edit(record=correction, values={"updated_on": DONE}, by=carmen.actor_on(BEGUN), at=at(BEGUN))
    with pytest.raises(NotReady):  # validated before it was updated
        validate(correction, carmen, BEGUN)


def test_a_correction_is_not_published_before_what_it_corrects(published: DisclosureRecord, carmen: Character) -> None:
    same = correct(published, carmen, on=PUBLISHED)
    actions.edit(record=same, values={"updated_on": VALIDATED}, by=carmen.actor_on(BEGUN), at=at(BEGUN))
    validate(same, carmen, VALIDATED, PUBLISHED)
    with pytest.raises(NotReady, match="después de esa fecha"):
        actions.publish(record=same, published_on=VALIDATED, by=carmen.actor_on(LATER), on=LATER, at=at(LATER))


def test_what_is_published_is_not_discarded_and_stays_frozen(
    published: DisclosureRecord, corrected: DisclosureRecord, carmen: Character
) -> None:
    for record in (published, corrected):
        with pytest.raises(NotPublished, match="todavía no se publica"):
            actions.discard(record=record, by=carmen.actor_on(LATER), at=at(LATER))
        with pytest.raises(Frozen):
            actions.edit(record=record, values={"note": "Otra"}, by=carmen.actor_on(LATER), at=at(LATER))


def test_a_version_without_what_it_corrects_or_why_cannot_be_kept(
    published: DisclosureRecord, correction: DisclosureRecord
) -> None:
    for wrong in ({"correction_reason": ""}, {"supersedes": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DisclosureRecord.objects.filter(pk=correction.pk).update(**wrong)


def test_who_does_not_publish_has_no_page_to_correct(
    client_of: Enter, published: DisclosureRecord, gina: Character, ana: Character, dario: Character
) -> None:
    for path in ("corregir/", "descartar/"):
        assert [client_of(who).post(PAGE + path).status_code for who in (gina, ana, dario)] == [403, 403, 404]


def test_a_version_in_hand_or_that_does_not_exist_is_not_shown_to_everybody(
    client_of: Enter, correction: DisclosureRecord, ana: Character, hugo: Character
) -> None:
    assert client_of(ana).get(PAGE + "?version=2").status_code == 403
    assert client_of(hugo).get(PAGE + "?version=2").status_code == 200
    assert "?version=2" not in client_of(ana).get(PAGE).content.decode()
    for wrong in ("9", "x", "-1"):
        assert client_of(hugo).get(f"{PAGE}?version={wrong}").status_code == 404


# What it does


@pytest.mark.requirement("IECM-05", "IECM-20", "IECM-21")
def test_the_published_version_stays_in_force_until_the_correction_is_published(
    institution: Institution, published: DisclosureRecord, correction: DisclosureRecord, carmen: Character
) -> None:
    def in_force() -> tuple[int, str]:
        record = queries.public_record(institution, QUARTER)
        assert record is not None
        return record.version, record.annual_plan_url

    assert in_force() == (1, published.annual_plan_url)
    assert (correction.updated_on, correction.validated_on, correction.mission) == (BEGUN, None, published.mission)
    publish(validate(correction, carmen), carmen)
    assert in_force() == (2, "https://www.prueba.example/poa-2026-v2.pdf")
    before = queries.version_of(institution, QUARTER, 1)
    assert before is not None
    assert (before.annual_plan_url, before.published_on) == (published.annual_plan_url, PUBLISHED)
    assert before.successor is not None


@pytest.mark.requirement("IECM-25", "IECM-26")
def test_a_correction_after_the_term_does_not_make_late_what_was_on_time(
    institution: Institution, corrected: DisclosureRecord
) -> None:
    assert corrected.published_on is not None
    assert corrected.published_on > corrected.due_on
    assert not corrected.published_late
    (standing,) = [one for one in queries.standings_of(institution, on=LATER) if one.quarter == QUARTER]
    assert (standing.late, standing.days_late, standing.published) == (False, 0, True)
    found = {one.rule.code: one.finding for one in queries.findings_of(corrected, on=LATER)}
    assert found["transparency.published_in_time"].is_met


def test_a_correction_in_hand_is_owed_by_who_publishes_without_a_term(
    institution: Institution, correction: DisclosureRecord, carmen: Character, rita: Character
) -> None:
    def owed(who: Character) -> list[tuple[str, date | None]]:
        lines = queries.owed_in(who.actor_on(LATER), institution, on=LATER)
        return [(line.title.split(":")[0], line.due_on) for line in lines]

    assert owed(carmen) == [("Validar la corrección", None)]
    assert owed(rita) == []
    validate(correction, carmen)
    assert owed(carmen) == [("Publicar la corrección", None)]


def test_a_correction_begun_by_mistake_is_discarded_and_the_trail_says_so(
    institution: Institution, published: DisclosureRecord, correction: DisclosureRecord, carmen: Character
) -> None:
    actions.discard(record=correction, by=carmen.actor_on(LATER), at=at(LATER))
    assert [one.version for one in queries.versions_of(published)] == [1]
    assert Event.objects.filter(action="transparency.discard").count() == 1
    assert audit.verify() == []
    assert correct(published, carmen).version == 2


def test_the_trail_tells_every_step_and_verifies(corrected: DisclosureRecord) -> None:
    told = Event.objects.filter(action__startswith="transparency.").order_by("sequence")
    assert [event.action.partition(".")[2] for event in told][-4:] == ["correct", "edit", "validate", "publish"]
    assert audit.verify() == []


def test_a_third_version_corrects_the_second(corrected: DisclosureRecord, carmen: Character) -> None:
    third = correct(corrected, carmen, "Otra errata", LATER)
    assert (third.version, third.supersedes_id, third.first_published_on) == (3, corrected.pk, PUBLISHED)


@pytest.mark.requirement("IECM-02")
def test_the_files_show_the_version_in_force_and_link_those_before(
    institution: Institution, corrected: DisclosureRecord
) -> None:
    files = transparency_files(institution=institution, period=Period(2026, 9))
    assert set(files) == {f"a121-f22-b-2026-3{end}" for end in (".xlsx", ".html", "-v1.xlsx", "-v1.html")}
    page, before = files["a121-f22-b-2026-3.html"].decode(), files["a121-f22-b-2026-3-v1.html"].decode()
    assert "poa-2026-v2.pdf" in page
    assert WHY in page
    assert 'href="a121-f22-b-2026-3-v1.html"' in page
    assert "VERSIÓN SUSTITUIDA el 20/11/2026" in before
    assert "poa-2026-v2.pdf" not in before
    assert 'href="a121-f22-b-2026-3.html"' in before
    book = openpyxl.load_workbook(io.BytesIO(files["a121-f22-b-2026-3.xlsx"]))
    assert book.sheetnames == ["Formato", "Lectura", "Versiones"]
    header = next(row for row in book["Formato"].iter_rows(values_only=True) if row[0] == "Ejercicio")
    assert len([cell for cell in header if cell]) == 15
    rows = {row[0]: row for row in book["Versiones"].iter_rows(values_only=True) if isinstance(row[0], int)}
    assert rows[2][1:3] == ("Vigente", datetime(2026, 11, 20))  # noqa: DTZ001  (a cell keeps no zone)
    assert rows[2][5:] == (WHY, "Planeación", "a121-f22-b-2026-3.xlsx")
    assert rows[1][1] == "Sustituida"
    assert rows[1][7] == "a121-f22-b-2026-3-v1.xlsx"


def test_a_record_that_nobody_corrected_has_neither_history_nor_its_sheet(published: DisclosureRecord) -> None:
    assert openpyxl.load_workbook(io.BytesIO(record_workbook(published))).sheetnames == ["Formato", "Lectura"]
    assert "Versiones de este registro" not in standalone_page(published).decode()
    assert file_name(published, "xlsx") == "a121-f22-b-2026-3.xlsx"


def test_a_correction_goes_all_its_way_in_the_browser(
    client_of: Enter, institution: Institution, published: DisclosureRecord, carmen: Character, ana: Character
) -> None:
    client = client_of(carmen)
    assert "Corregir" in client.get(PAGE).content.decode()
    assert client.post(PAGE + "corregir/", {"reason": ""}).status_code == 422
    begun = client.post(PAGE + "corregir/", {"reason": WHY}, follow=True).content.decode()
    assert "Corrección: versión 2" in begun
    assert WHY in begun
    assert "Corrección: versión 2" in client.get(PAGE + "corregir/").content.decode()
    assert "En corrección" in client.get("/i/prueba/transparencia/").content.decode()
    assert "Continuar la corrección" in client.get(PAGE).content.decode()
    record = queries.record_of(institution, QUARTER)
    assert record is not None
    client.post(PAGE + "validar/", {"validated_on": record.updated_on.isoformat()})
    client.post(PAGE + "publicar/", {"published_on": record.updated_on.isoformat()})
    shown = client_of(ana).get(PAGE).content.decode()
    assert "Versiones de este registro" in shown
    assert WHY in shown
    old = client_of(ana).get(PAGE + "?version=1").content.decode()
    assert "Esta versión se sustituyó" in old
    answer = client_of(ana).get(PAGE + "descargar/xlsx/?version=1")
    assert "a121-f22-b-2026-3-v1.xlsx" in answer["Content-Disposition"]
    assert record_state(institution) is RecordState.PUBLISHED


def record_state(institution: Institution) -> RecordState:
    found = queries.public_record(institution, QUARTER)
    assert found is not None
    return found.state
