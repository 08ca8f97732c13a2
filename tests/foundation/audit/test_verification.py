"""`verify` names what somebody touched behind the program's back."""

import hashlib

import pytest
from django.db import connection, transaction

from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit import queries
from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.audit.queries import verification
from rumbo.foundation.organization import actions
from rumbo.foundation.organization.models import Institution, Membership, Unit
from tests.cast import NOW, SYSTEM, TODAY, Character, Units

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [str(problem) for problem in queries.verify()]


@pytest.fixture
def own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No check of any other app; as it was, after the test."""
    monkeypatch.setattr(verification, "_checks", [])


def test_a_row_altered_in_the_database_is_named(units: Units) -> None:
    Unit.objects.filter(pk=units.works.pk).update(name="Otra cosa")
    assert found() == [f"organization.unit «DGO Otra cosa» ({units.works.ref}): no es como la dejó su último evento"]


def test_a_row_that_the_program_did_not_write_is_named(institution: Institution, units: Units) -> None:
    intruder = Unit.objects.create(institution=institution, code="X", name="Intrusa")
    assert found() == [
        f"organization.unit «X Intrusa» ({intruder.ref}): no tiene ningún evento: no la escribió el programa"
    ]


def test_a_deleted_row_is_named(ana: Character) -> None:
    ref = Membership.objects.get(person=ana.person).ref
    Membership.objects.filter(person=ana.person).delete()
    assert found() == [
        f"organization.membership «ana@prueba.example · Captura del área» ({ref}): se eliminó sin evento"
    ]


def test_an_altered_event_is_named(units: Units) -> None:
    event = Event.objects.get(action="organization.save_units")
    event.payload = event.payload.replace('"count":4', '"count":3')
    event.save()
    assert found() == ["prueba#2: el evento «organization.save_units» fue alterado"]


def test_an_event_altered_together_with_its_hash_breaks_the_next(ana: Character) -> None:
    event = Event.objects.get(action="organization.save_units")
    event.payload = event.payload.replace('"count":4', '"count":3')
    event.hash = hashlib.sha256((event.previous + event.payload).encode()).hexdigest()
    event.save()
    assert found() == ["prueba#3: no continúa al evento anterior"]


def test_the_columns_that_are_searched_cannot_say_something_else(units: Units) -> None:
    Event.objects.filter(action="organization.save_units").update(actor="otra@prueba.example")
    assert found() == ["prueba#2: los datos de búsqueda del evento «organization.save_units» fueron alterados"]


def test_an_event_taken_from_the_middle_is_missed(ana: Character) -> None:
    Event.objects.get(action="organization.save_units").delete()
    assert "prueba#3: falta el evento 2" in found()


def test_a_cut_tail_is_missed_because_of_the_head(institution: Institution, units: Units) -> None:
    Event.objects.get(action="organization.save_units").delete()
    assert "prueba#2: faltan los eventos posteriores al 1" in found()


def test_a_tail_cut_with_its_head_is_missed_because_of_what_was_printed(
    own_checks: None, institution: Institution, units: Units
) -> None:
    actions.configure(institution=institution, values={"review_steps": 1}, effective_from=TODAY, by=SYSTEM, at=NOW)
    printed = queries.head_hash("prueba")
    queries.register_check(lambda: [] if queries.is_in_chain("prueba", printed) else ["falta la huella impresa"])
    assert found() == []

    institution.configurations.all().delete()
    Event.objects.get(chain="prueba", sequence=3).delete()
    last = Event.objects.get(chain="prueba", sequence=2)
    Head.objects.filter(chain="prueba").update(sequence=2, hash=last.hash)
    assert found() == ["falta la huella impresa"]


def test_a_chain_without_its_head_is_missed(units: Units) -> None:
    Head.objects.filter(chain="prueba").delete()
    assert found() == ["prueba: falta la cabeza de la cadena"]


def test_nothing_is_recorded_outside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="fuera de una transacción"):
        audit.record(chain="", by=SYSTEM, action="x", at=NOW)


def test_what_the_program_did_is_sound(institution: Institution, ana: Character, fede: Character, units: Units) -> None:
    actions.save_unit(institution=institution, unit=units.works, code="DGO", name="Obras", by=SYSTEM, at=NOW)
    actions.retire_unit(unit=units.parks, reason="Reestructura", by=SYSTEM, on=TODAY, at=NOW)
    (membership,) = Membership.objects.filter(person=ana.person)
    actions.end_membership(membership=membership, reason="Cambio de área", by=fede.actor, on=TODAY, at=NOW)
    assert found() == []


def test_a_row_deleted_by_the_program_is_not_missed(institution: Institution) -> None:
    (unit,) = actions.save_units(
        institution=institution, rows=[actions.UnitRow(code="B", name="Borrador")], by=SYSTEM, at=NOW
    )
    with transaction.atomic():
        audit.record(chain="prueba", by=SYSTEM, action="organization.delete_unit", at=NOW, gone=[unit])
        unit.delete()
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_verify_reads_one_snapshot_and_leaves_the_connection_as_it_was(units: Units) -> None:
    assert found() == []
    with transaction.atomic():
        actions.save_unit(institution=units.root.institution, code="N", name="Nueva", by=SYSTEM, at=NOW)
    assert getattr(connection, "transaction_mode", "IMMEDIATE") == "IMMEDIATE"
