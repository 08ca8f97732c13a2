"""The life of a record: prepared, edited, validated, reopened, published; refusals first."""

from datetime import date, timedelta

import pytest

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning.models import Plan
from rumbo.systems.transparency import actions, queries
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.states import RecordState
from tests.cast import NOW, SYSTEM, TODAY, Character, Units
from tests.systems.transparency.conftest import PUBLISHED, QUARTER, VALIDATED, at

NEXT = Quarter(2026, 4)


def test_who_captures_cannot_prepare(institution: Institution, plan: Plan, ana: Character) -> None:
    with pytest.raises(Forbidden):
        actions.prepare(institution=institution, quarter=QUARTER, units=[], by=ana.actor, on=TODAY, at=NOW)
    assert queries.records_of(institution) == []


@pytest.mark.requirement("IECM-21")
@pytest.mark.parametrize("who", ["rita", "gina"])
def test_who_prepares_neither_edits_nor_validates_nor_publishes(
    who: str, draft: DisclosureRecord, everyone_of_the_cast: dict[str, Character]
) -> None:
    by = everyone_of_the_cast[who].actor
    with pytest.raises(Forbidden):
        actions.edit(record=draft, values={"note": "x"}, by=by, at=NOW)
    with pytest.raises(Forbidden):
        actions.validate(record=draft, validated_on=TODAY, by=by, on=TODAY, at=NOW)
    with pytest.raises(Forbidden):
        actions.publish(record=draft, published_on=TODAY, by=by, on=TODAY, at=NOW)
    with pytest.raises(Forbidden):
        actions.reopen(record=draft, reason="x", by=by, at=NOW)


def test_a_quarter_without_plan_or_that_has_not_begun_is_not_prepared(
    institution: Institution, carmen: Character
) -> None:
    with pytest.raises(actions.NoPlan):
        actions.prepare(institution=institution, quarter=QUARTER, units=[], by=carmen.actor, on=TODAY, at=NOW)
    with pytest.raises(actions.NotBegun, match="01/01/2027"):
        actions.prepare(institution=institution, quarter=Quarter(2027, 1), units=[], by=carmen.actor, on=TODAY, at=NOW)


@pytest.mark.requirement("IECM-05")
def test_a_quarter_has_one_record(institution: Institution, draft: DisclosureRecord, rita: Character) -> None:
    with pytest.raises(actions.AlreadyPrepared):
        actions.prepare(institution=institution, quarter=QUARTER, units=[], by=rita.actor, on=TODAY, at=NOW)


@pytest.mark.requirement("IECM-01", "IECM-08", "IECM-09", "IECM-11", "IECM-12", "IECM-14", "IECM-15", "IECM-17")
def test_a_record_says_what_the_plan_says(draft: DisclosureRecord) -> None:
    assert draft.mission == "Servir a la demarcación."
    assert draft.situation_analysis == (
        "FORTALEZAS INSTITUCIONALES\n\nAutonomía\nReconocida por la ley.\n\nPersonal\n\n"
        "DEBILIDADES INSTITUCIONALES\n\nRegistros dispersos\nEn hojas de cálculo.\n\n"
        "OPORTUNIDADES INSTITUCIONALES\n\nTrámites en línea\nYa se usan.\n\n"
        "AMENAZAS INSTITUCIONALES\n\nLluvias\nCada año más intensas."
    )
    assert draft.objectives == "OE1. Ordenar la ciudad."
    assert draft.action_lines.splitlines() == [
        "Línea de acción 1.1. Reparar luminarias. Con prontitud.",
        "Línea de acción 1.2. Podar árboles.",
        "Línea de acción 1.10. Barrer calles.",
    ]
    assert draft.higher_plan_alignment == "No aplica. La institución no forma parte del Gobierno Central."
    assert draft.responsible_units == "Alcaldía de Prueba\nDirección Ejecutiva de Servicios Urbanos"
    assert (draft.format_code, draft.due_on) == ("a121-f22-b", date(2026, 11, 14))
    assert draft.state is RecordState.DRAFT


def test_what_is_composed_follows_the_plan_only_when_asked(
    draft: DisclosureRecord, plan: Plan, rita: Character
) -> None:
    planning.describe_plan(plan=plan, mission="Otra misión.", by=SYSTEM, at=NOW)
    draft.refresh_from_db()
    assert draft.mission == "Servir a la demarcación."
    assert queries.sheet_of(draft, on=TODAY).changed == ("Misión",)
    again = actions.recompose(record=draft, by=rita.actor, on=TODAY, at=NOW)
    assert (again.mission, again.updated_on) == ("Otra misión.", TODAY)
    assert queries.sheet_of(again, on=TODAY).changed == ()


@pytest.mark.requirement("IECM-20", "IECM-22", "IECM-23")
def test_dates_links_and_note_are_edited_until_it_is_validated(draft: DisclosureRecord, carmen: Character) -> None:
    values = {"note": "Se actualizó el enlace.", "updated_on": date(2026, 9, 30)}
    edited = actions.edit(record=draft, values=values, by=carmen.actor, at=NOW)
    assert (edited.note, edited.updated_on) == ("Se actualizó el enlace.", date(2026, 9, 30))
    with pytest.raises(TypeError):
        actions.edit(record=draft, values={"mission": "x"}, by=carmen.actor, at=NOW)


@pytest.mark.requirement("IECM-18", "IECM-22")
@pytest.mark.parametrize(
    ("values", "validated_on", "said"),
    [
        ({"annual_plan_url": ""}, VALIDATED, "Falta: Programa Operativo Anual"),
        ({"responsible_units": ""}, VALIDATED, "Falta: Áreas responsables"),
        ({"updated_on": VALIDATED + timedelta(days=1)}, VALIDATED, "posterior a la de validación"),
        ({}, QUARTER.end, "no es posterior al término del periodo"),
        ({}, VALIDATED + timedelta(days=1), "todavía no llega"),
    ],
)
def test_what_a_rule_impedes_is_not_validated_and_says_why(
    draft: DisclosureRecord, carmen: Character, values: dict[str, object], validated_on: date, said: str
) -> None:
    draft = actions.edit(record=draft, values=values, by=carmen.actor, at=at(VALIDATED))
    with pytest.raises(actions.NotReady, match=said) as refused:
        actions.validate(
            record=draft, validated_on=validated_on, by=carmen.actor_on(VALIDATED), on=VALIDATED, at=at(VALIDATED)
        )
    assert refused.value.judgements
    draft.refresh_from_db()
    assert draft.state is RecordState.DRAFT


@pytest.mark.requirement("Q-05")
def test_the_fourth_quarter_asks_for_the_annual_content_or_a_note(
    institution: Institution, units: Units, plan: Plan, carmen: Character
) -> None:
    day = date(2027, 1, 20)
    record = actions.prepare(
        institution=institution, quarter=NEXT, units=["AP"], by=carmen.actor_on(day), on=day, at=at(day)
    )
    stale = {"updated_on": date(2026, 3, 1)}
    record = actions.edit(record=record, values=stale, by=carmen.actor_on(day), at=at(day))
    with pytest.raises(actions.NotReady, match="contenido anual"):
        actions.validate(record=record, validated_on=day, by=carmen.actor_on(day), on=day, at=at(day))
    record = actions.edit(record=record, values={"note": "No cambió."}, by=carmen.actor_on(day), at=at(day))
    done = actions.validate(record=record, validated_on=day, by=carmen.actor_on(day), on=day, at=at(day))
    assert done.due_on == date(2027, 2, 14)


@pytest.mark.requirement("IECM-21")
def test_what_is_validated_is_frozen(validated: DisclosureRecord, plan: Plan, carmen: Character) -> None:
    planning.describe_plan(plan=plan, mission="Otra misión.", by=SYSTEM, at=NOW)
    for change in (
        lambda: actions.edit(record=validated, values={"note": "x"}, by=carmen.actor, at=NOW),
        lambda: actions.recompose(record=validated, by=carmen.actor, on=TODAY, at=NOW),
        lambda: actions.validate(record=validated, validated_on=TODAY, by=carmen.actor, on=TODAY, at=NOW),
    ):
        with pytest.raises(actions.Frozen):
            change()
    validated.refresh_from_db()
    assert (validated.mission, validated.validated_on) == ("Servir a la demarcación.", VALIDATED)


def test_what_is_validated_is_reopened_with_a_reason_until_it_is_published(
    validated: DisclosureRecord, carmen: Character
) -> None:
    with pytest.raises(actions.NotReady, match="motivo"):
        actions.reopen(record=validated, reason="  ", by=carmen.actor, at=NOW)
    opened = actions.reopen(record=validated, reason="Falta un enlace.", by=carmen.actor, at=NOW)
    assert opened.state is RecordState.DRAFT


def test_what_is_published_stays(published: DisclosureRecord, carmen: Character) -> None:
    with pytest.raises(actions.AlreadyPublished):
        actions.reopen(record=published, reason="Falta un enlace.", by=carmen.actor, at=NOW)
    with pytest.raises(actions.AlreadyPublished):
        actions.publish(record=published, published_on=TODAY, by=carmen.actor, on=TODAY, at=NOW)


def test_only_what_is_validated_is_published_and_not_before_or_after_it_can_be(
    draft: DisclosureRecord, carmen: Character
) -> None:
    with pytest.raises(actions.NotValidated):
        actions.publish(record=draft, published_on=TODAY, by=carmen.actor, on=TODAY, at=NOW)
    record = actions.validate(record=draft, validated_on=VALIDATED, by=carmen.actor, on=VALIDATED, at=at(VALIDATED))
    for day in (VALIDATED - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(actions.NotReady):
            actions.publish(record=record, published_on=day, by=carmen.actor, on=TODAY, at=NOW)


@pytest.mark.requirement("IECM-25", "IECM-26")
@pytest.mark.parametrize(("day", "late"), [(date(2026, 11, 14), False), (date(2026, 11, 15), True)])
def test_a_publication_after_its_last_day_is_marked(
    validated: DisclosureRecord, carmen: Character, day: date, late: bool
) -> None:
    done = actions.publish(record=validated, published_on=day, by=carmen.actor, on=TODAY, at=NOW)
    assert done.published_late is late


@pytest.mark.requirement("A1-05")
def test_every_step_is_in_the_trail_and_the_trail_verifies(
    published: DisclosureRecord, institution: Institution
) -> None:
    told = audit.history_of("transparency.disclosurerecord", str(published.ref))
    assert [event.action for event in told] == [
        "transparency.prepare", "transparency.validate", "transparency.publish",
    ]  # fmt: skip
    assert audit.verify() == []
    DisclosureRecord.objects.filter(pk=published.pk).update(note="cambiada por fuera")
    assert [problem for problem in audit.verify() if "2026-3" in str(problem)]


def test_the_public_record_exists_once_published(
    institution: Institution, draft: DisclosureRecord, carmen: Character
) -> None:
    assert queries.public_record(institution, QUARTER) is None
    validated = actions.validate(record=draft, validated_on=VALIDATED, by=carmen.actor, on=VALIDATED, at=at(VALIDATED))
    assert queries.public_record(institution, QUARTER) is None
    actions.publish(record=validated, published_on=PUBLISHED, by=carmen.actor, on=PUBLISHED, at=at(PUBLISHED))
    found = queries.public_record(institution, QUARTER)
    assert found is not None
    assert found.published_on == PUBLISHED
