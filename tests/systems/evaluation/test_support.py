"""The log of technical support: who writes it, who reads what, and the report that tells it."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation import actions, reports
from rumbo.systems.evaluation.actions import SupportData, SupportFile, SupportRefused, SupportSealed
from rumbo.systems.evaluation.models import Closing, SupportEntry
from rumbo.systems.evaluation.queries.support import support_of
from tests.cast import NOW, TODAY, Character, Units
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, day_after, moment

pytestmark = pytest.mark.django_db
type Enter = Callable[[Character], Client]

PDF = b"%PDF-1.7\nlista\n%%EOF"
CALL = SupportData(
    kind=SupportKind.CALL,
    attended_on=date(2026, 2, 10),
    asked_on=date(2026, 2, 6),  # a Friday: two business days before
    subject="El indicador pide el mes",
    attended_by="Consultoría",
    hours=Decimal("0.5"),
    agreed="Restar enero",
    agreed_by=date(2026, 3, 6),
)
TYPED = {
    "kind": "visit", "unit": "DESU", "attended_on": "2024-03-04", "subject": "Tablero de parques",
    "people_count": "3", "people": "Enlace", "attended_by": "Consultoría", "hours": "1.5",
}  # fmt: skip


def write(institution: Institution, by: Character, on: date = date(2026, 2, 11), **more: Any) -> SupportEntry:
    file = more.pop("evidence", None)
    return actions.record_support(
        institution=institution, data=replace(CALL, **more), by=by.actor, on=on, at=moment(on), evidence=file
    )


# Refusals


def test_who_captures_or_only_reads_writes_nothing(
    institution: Institution, units: Units, ana: Character, hugo: Character, ines: Character
) -> None:
    for character in (ana, hugo, ines):
        with pytest.raises(Forbidden):
            write(institution, character)
    assert not SupportEntry.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"attended_on": date(2026, 2, 12)}, "todavía no llega"),
        ({"asked_on": date(2026, 2, 11)}, "se solicitó después"),
        ({"subject": " "}, "escriba el asunto"),
        ({"attended_by": ""}, "cargo de quien atendió"),
        ({"hours": Decimal(0)}, "de más de 0 a 24"),
        ({"hours": Decimal(25)}, "de más de 0 a 24"),
        ({"people_count": 0}, "al menos una persona"),
        ({"agreed": ""}, "falta lo acordado"),
        ({"agreed_by": date(2026, 2, 9)}, "vence antes"),
        ({"unit_id": 987654}, "no es de esta institución"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_what_to_do(
    institution: Institution, units: Units, gina: Character, wrong: dict[str, Any], told: str
) -> None:
    with pytest.raises(SupportRefused, match=told):
        write(institution, gina, **wrong)
    assert not Event.objects.filter(action="evaluation.record_support").exists()


def test_what_the_report_already_tells_is_neither_edited_nor_retired(
    institution: Institution, gina: Character, first_quarter: list[Closing]
) -> None:
    entry = write(institution, gina, on=day_after(FEBRUARY))
    SupportEntry.objects.filter(pk=entry.pk).update(period=FEBRUARY.index)  # as if told in time
    entry.refresh_from_db()
    for change in (
        lambda: actions.edit_support(entry=entry, data=CALL, by=gina.actor, on=TODAY, at=NOW),
        lambda: actions.retire_support(entry=entry, reason="Error", by=gina.actor, on=TODAY, at=NOW),
    ):
        with pytest.raises(SupportSealed, match=r"Febrero de 2026 ya está cerrado.*registre otra atención"):
            change()


def test_what_another_wrote_is_changed_by_planning_and_not_by_the_contractor(
    institution: Institution, units: Units, gina: Character, rita: Character
) -> None:
    entry = write(institution, rita)
    with pytest.raises(Forbidden, match="otra persona"):
        actions.edit_support(entry=entry, data=CALL, by=gina.actor, on=TODAY, at=NOW)
    own = write(institution, gina)
    changed = actions.edit_support(
        entry=own, data=replace(CALL, subject="Otro asunto"), by=rita.actor, on=TODAY, at=NOW
    )
    assert changed.subject == "Otro asunto"


def test_retiring_needs_a_reason_and_happens_once(institution: Institution, units: Units, gina: Character) -> None:
    entry = write(institution, gina)
    with pytest.raises(SupportRefused, match="por qué"):
        actions.retire_support(entry=entry, reason=" ", by=gina.actor, on=TODAY, at=NOW)
    actions.retire_support(entry=entry, reason="Duplicada", by=gina.actor, on=TODAY, at=NOW)
    with pytest.raises(SupportRefused, match="se retiró"):
        actions.retire_support(entry=entry, reason="Otra vez", by=gina.actor, on=TODAY, at=NOW)
    assert support_of(institution, FEBRUARY, []).lines == []


def test_a_false_proof_is_refused_and_nothing_is_written(
    institution: Institution, units: Units, gina: Character
) -> None:
    with pytest.raises(Exception, match="solo se aceptan"):
        write(institution, gina, evidence=SupportFile("lista.pdf", b"MZ programa"))
    assert not SupportEntry.objects.exists()


@pytest.mark.parametrize("path", ["", "bitacora.xlsx", "registrar/"])
def test_who_administers_or_belongs_elsewhere_does_not_enter(
    client_of: Enter, institution: Institution, units: Units, fede: Character, dario: Character, path: str
) -> None:
    assert client_of(fede).get(f"/i/prueba/acompanamiento/{path}").status_code == 403
    assert client_of(dario).get(f"/i/prueba/acompanamiento/{path}").status_code == 404


@pytest.mark.requirement("A1-16")
def test_an_area_sees_its_own_and_what_was_for_all(
    client_of: Enter, institution: Institution, units: Units, ana: Character, gina: Character, hugo: Character
) -> None:
    own = write(institution, gina, unit_id=units.parks.pk, subject="De parques")
    other = write(institution, gina, unit_id=units.works.pk, subject="De obras")
    write(institution, gina, subject="De todas")
    page = client_of(ana).get("/i/prueba/acompanamiento/").content.decode()
    assert ("De parques" in page, "De todas" in page, "De obras" in page) == (True, True, False)
    assert "Registrar una atención" not in page
    assert client_of(ana).get(f"/i/prueba/acompanamiento/{own.ref}/").status_code == 200
    assert client_of(ana).get(f"/i/prueba/acompanamiento/{other.ref}/").status_code == 404
    assert "De obras" in client_of(hugo).get("/i/prueba/acompanamiento/").content.decode()


def test_the_list_of_those_who_attended_is_not_for_everybody(
    client_of: Enter, institution: Institution, units: Units, ana: Character, beto: Character, hugo: Character,
    gina: Character, ines: Character,
) -> None:  # fmt: skip
    entry = write(institution, gina, unit_id=units.desu.pk, evidence=SupportFile("lista.pdf", PDF))
    everybody = write(institution, gina, evidence=SupportFile("lista.pdf", PDF))
    place = f"/i/prueba/acompanamiento/{entry.ref}/evidencia/"
    for character in (ana, hugo):
        assert client_of(character).get(place).status_code == 403
    for character in (beto, gina, ines):
        answer = client_of(character).get(place)
        assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert client_of(beto).get(f"/i/prueba/acompanamiento/{everybody.ref}/evidencia/").status_code == 403
    assert "lista.pdf" not in client_of(hugo).get("/i/prueba/acompanamiento/").content.decode()


# What it does


@pytest.mark.requirement("A1-16", "A1-17")
def test_an_attention_is_written_in_the_browser_and_in_the_trail(
    client_of: Enter, institution: Institution, units: Units, gina: Character
) -> None:
    client = client_of(gina)
    wrong = client.post("/i/prueba/acompanamiento/registrar/", TYPED | {"hours": "25"})
    assert wrong.status_code == 422
    assert "Tablero de parques" in wrong.content.decode()
    done = client.post("/i/prueba/acompanamiento/registrar/", TYPED, follow=True)
    assert "Se guardó la atención" in done.content.decode()
    entry = SupportEntry.objects.get()
    assert (entry.unit_id, entry.hours, entry.period) == (units.desu.pk, Decimal("1.5"), Period(2024, 3).index)
    client.post(f"/i/prueba/acompanamiento/{entry.ref}/", TYPED | {"people_count": "5"})
    client.post(f"/i/prueba/acompanamiento/{entry.ref}/retirar/", {"reason": "Duplicada"})
    entry.refresh_from_db()
    assert (entry.people_count, entry.retired_reason) == (5, "Duplicada")
    told = list(Event.objects.filter(action__contains="support").order_by("sequence").values_list("action", flat=True))
    assert told == ["evaluation.record_support", "evaluation.edit_support", "evaluation.retire_support"]
    assert audit.verify() == []


def test_what_is_written_after_the_closing_is_told_by_the_next_open_month(
    institution: Institution, gina: Character, first_quarter: list[Closing]
) -> None:
    late = write(institution, gina, on=day_after(FEBRUARY))
    assert late.period == Period(2026, 3).index
    assert [line.entry for line in support_of(institution, Period(2026, 3), []).lines] == [late]
    assert support_of(institution, FEBRUARY, []).lines == []


@pytest.mark.requirement("A1-16", "A1-17", "A1-06")
def test_the_report_tells_the_support_of_its_month_by_area_and_one_by_one(
    institution: Institution, units: Units, gina: Character, programme: Any, report: Any, close: Any
) -> None:
    on = date(2026, 1, 30)
    january = {"attended_on": date(2026, 1, 29), "asked_on": date(2026, 1, 26), "unit_id": units.desu.pk}
    write(institution, gina, on=on, **january)
    write(
        institution, gina, on=on, kind=SupportKind.TRAINING, people_count=7, people="Enlaces", hours=Decimal(2),
        subject="Captura del mes", **(january | {"asked_on": None, "unit_id": None}),
    )  # fmt: skip
    gone = write(institution, gina, on=on, subject="Por error", **january)
    actions.retire_support(entry=gone, reason="Error", by=gina.actor, on=on, at=moment(on))
    report(JANUARY, M001=95, M002=40, M003=(90, 100))
    close(JANUARY)
    everyone, desu = support_of(institution, JANUARY, [units.root, units.desu]).areas
    assert (everyone.unit, everyone.trainings, everyone.trained, everyone.hours) == (None, 1, 7, Decimal(2))
    assert (desu.unit, desu.advice, desu.slowest) == (units.desu, 1, 3)
    files = reports.produce("monthly", institution=institution, period=JANUARY, by=gina.actor, on=TODAY, at=NOW)
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["informe-mensual.pdf"])).pages)
    printed = " ".join(printed.split())
    assert "Captura del mes." in printed
    assert "Enlaces." in printed
    assert "3 días hábiles" in printed
    assert "Por error" not in printed
    sheet = openpyxl.load_workbook(io.BytesIO(files["informe-mensual.xlsx"]))["Acompañamiento"]
    told = [row for row in sheet.iter_rows(values_only=True) if row[3] in ("Captura del mes", CALL.subject)]
    assert [(row[1], row[4], row[7], row[11]) for row in told] == [
        ("Llamada", 1, 3, 0.5), ("Capacitación", 7, None, 2)
    ]  # fmt: skip


def test_the_workbook_has_what_the_filters_of_its_address_ask(
    client_of: Enter, institution: Institution, units: Units, gina: Character
) -> None:
    write(institution, gina, unit_id=units.desu.pk)
    write(institution, gina, kind=SupportKind.TRAINING, subject="Captura")
    answer = client_of(gina).get("/i/prueba/acompanamiento/bitacora.xlsx?tipo=training&mes=2026-02")
    rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert [row[3] for row in rows if row[1] in ("Capacitación", "Llamada")] == ["Captura"]


def test_the_list_goes_by_months_and_a_phone_folds_all_but_the_newest_unless_it_was_filtered(
    client_of: Enter, institution: Institution, gina: Character
) -> None:
    for day in (date(2026, 1, 20), date(2026, 2, 9), date(2026, 2, 10)):
        write(institution, gina, attended_on=day, asked_on=None)
    page = client_of(gina).get("/i/prueba/acompanamiento/").content.decode()
    months = page.split('<details class="fold attended-month"')[1:]
    assert ["data-fold" in month.split(">")[0] for month in months] == [False, True]
    assert "Febrero de 2026" in months[0]
    assert "2 atenciones" in months[0]
    assert "1 atención" in months[1]
    narrowed = client_of(gina).get("/i/prueba/acompanamiento/?tipo=call").content.decode()
    assert 'attended-month" data-fold' not in narrowed
    assert narrowed.count('attended-month"') == 2


def test_the_list_takes_the_same_queries_whatever_its_length(
    client_of: Enter, institution: Institution, units: Units, gina: Character
) -> None:
    client = client_of(gina)
    write(institution, gina, unit_id=units.desu.pk)
    client.get("/i/prueba/acompanamiento/")
    with CaptureQueriesContext(connection) as few:
        client.get("/i/prueba/acompanamiento/")
    for number in range(12):
        write(institution, gina, unit_id=units.works.pk, subject=f"Asunto {number}")
    client.get("/i/prueba/acompanamiento/")
    with CaptureQueriesContext(connection) as many:
        client.get("/i/prueba/acompanamiento/")
    assert len(few) == len(many)
