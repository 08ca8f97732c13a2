"""Ana types; what she types is kept, and nobody else's work is lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions, events
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, SYSTEM, Character, Units, make_character
from tests.systems.captures.conftest import DECEMBER, NOVEMBER

pytestmark = pytest.mark.django_db
type Save = Callable[..., Capture]


def test_who_reviews_does_not_capture(save: Save, lamps: Indicator, beto: Character, carmen: Character) -> None:
    for person in (beto, carmen):
        with pytest.raises(Forbidden):
            save(lamps, 10, by=person)


def test_another_area_is_refused(save: Save, works: Indicator) -> None:
    with pytest.raises(Forbidden):
        save(works, 10)


def test_somebody_of_another_institution_is_refused(save: Save, lamps: Indicator, dario: Character) -> None:
    with pytest.raises(Forbidden):
        save(lamps, 10, by=dario)


def test_a_month_that_has_not_begun_is_refused(save: Save, lamps: Indicator) -> None:
    with pytest.raises(actions.NotStarted, match="Enero de 2027 todavía no empieza"):
        save(lamps, 10, period=DECEMBER + 1)


def test_a_month_that_the_frequency_does_not_measure_is_refused(save: Save, surveys: Indicator) -> None:
    with pytest.raises(actions.NotDue, match="M003 no corresponde en noviembre de 2026"):
        save(surveys, 3)


@pytest.mark.parametrize("value", ["1.2345678", "100000000000000"])
def test_a_value_that_would_be_stored_as_another_is_refused(save: Save, lamps: Indicator, value: str) -> None:
    with pytest.raises(actions.InexactValue):
        save(lamps, value)
    assert not Capture.objects.exists()


def test_a_closed_month_is_refused_with_what_to_do(
    save: Save, lamps: Indicator, institution: Institution, carmen: Character
) -> None:
    at = datetime(2026, 12, 14, 18, tzinfo=UTC)
    actions.lock_month(institution=institution, period=NOVEMBER, accepted="No reportó.", by=carmen.actor, at=at)
    with pytest.raises(actions.PeriodClosed) as refusal:
        save(lamps, 10)
    assert str(refusal.value) == (
        "Noviembre de 2026 se cerró el 14/12/2026. Para cambiar un dato, use «Solicitar corrección de un mes cerrado»."
    )


@pytest.mark.requirement("A1-01", "A1-11")
def test_a_value_keeps_its_date_its_author_and_its_event(save: Save, lamps: Indicator, ana: Character) -> None:
    capture = save(lamps, "44.5")
    capture.refresh_from_db()
    assert (capture.numerator, capture.state, capture.version) == (Decimal("44.5"), CaptureState.DRAFT, 1)
    assert (capture.captured_by_id, capture.captured_at) == (ana.person.pk, NOW)
    (event,) = audit.history_of("captures.capture", str(capture.ref))
    assert (event.actor, event.action, event.title) == (ana.email, "captures.save", "M001 · 2026-11")
    assert audit.verify() == []


def test_saving_the_same_again_changes_nothing(save: Save, lamps: Indicator) -> None:
    first = save(lamps, 10)
    again = save(lamps, 10, version=0)
    assert (again.pk, again.version) == (first.pk, 1)
    assert len(audit.history_of("captures.capture", str(first.ref))) == 1


def test_two_people_who_edit_at_once_are_told_and_nothing_is_lost(
    save: Save, lamps: Indicator, institution: Institution, units: Units
) -> None:
    other = make_character(institution, "Olga", Role.CAPTURER, units.desu)
    seen = save(lamps, 10)
    save(lamps, 20, by=other, version=seen.version, at=datetime(2026, 12, 3, 18, 41, tzinfo=UTC))
    with pytest.raises(actions.Conflict) as refusal:
        save(lamps, 30, version=seen.version)
    assert str(refusal.value) == (
        "Otra persona (Captura del área (DESU)) guardó esta captura a las 12:41. "
        "Su versión no se perdió: compárelas y elija."
    )
    assert refusal.value.current.numerator == 20
    assert refusal.value.attempted["numerator"] == 30


def test_what_waits_for_review_is_not_edited(save: Save, submitted: Save, lamps: Indicator) -> None:
    submitted(lamps, 100)
    with pytest.raises(actions.NotAllowed, match="En visto bueno del área"):
        save(lamps, 50)


def test_a_missing_value_needs_its_reason_and_its_date(
    institution: Institution, lamps: Indicator, ana: Character
) -> None:
    for reason, expected in (("", date(2026, 12, 20)), ("Falta el acta", None), ("Falta el acta", date(2026, 12, 2))):
        with pytest.raises(actions.UnavailableIncomplete):
            actions.mark_unavailable(
                institution=institution, indicator=lamps, period=NOVEMBER, reason=reason, expected_on=expected,
                version=None, by=ana.actor, at=NOW,
            )  # fmt: skip


def test_a_value_that_is_not_available_is_said_and_later_replaced(
    institution: Institution, lamps: Indicator, ana: Character, save: Save
) -> None:
    save(lamps, 10)
    capture = actions.mark_unavailable(
        institution=institution, indicator=lamps, period=NOVEMBER, reason="El proveedor entrega el día 15.",
        expected_on=date(2026, 12, 15), version=None, by=ana.actor, at=NOW,
    )  # fmt: skip
    assert (capture.numerator, capture.expected_on) == (None, date(2026, 12, 15))
    capture = save(lamps, 12)
    assert (capture.not_available_reason, capture.expected_on) == ("", None)


def test_a_sheet_is_saved_whole_or_not_at_all(
    institution: Institution, lamps: Indicator, works: Indicator, requests_: Indicator, ana: Character
) -> None:
    mine = actions.Draft(lamps, NOVEMBER, {"numerator": Decimal(90)})
    other = actions.Draft(works, NOVEMBER, {"numerator": Decimal(90)})
    with pytest.raises(Forbidden):
        actions.save_drafts(institution=institution, drafts=[mine, other], by=ana.actor, at=NOW)
    assert not Capture.objects.exists()
    parks = actions.Draft(requests_, NOVEMBER, {"numerator": Decimal(80), "denominator": Decimal(100)})
    saved = actions.save_drafts(institution=institution, drafts=[mine, parks], by=ana.actor, at=NOW)
    assert [capture.numerator for capture in saved] == [90, 80]
    assert audit.verify() == []


def test_each_change_is_announced_inside_the_transaction(save: Save, lamps: Indicator) -> None:
    heard: list[events.CaptureChanged] = []

    def refuse(news: events.CaptureChanged) -> None:
        heard.append(news)
        raise RuntimeError("an app above could not follow")

    events.capture_changed.subscribe(refuse)
    try:
        with pytest.raises(RuntimeError):
            save(lamps, 10)
    finally:
        events.capture_changed._handlers.remove(refuse)
    assert (heard[0].indicator_ids, heard[0].periods) == ((lamps.pk,), (NOVEMBER,))
    assert not Capture.objects.exists()


def test_the_operating_user_may_save_too(institution: Institution, lamps: Indicator) -> None:
    capture = actions.save_draft(
        institution=institution, indicator=lamps, period=NOVEMBER, entry={"numerator": Decimal(1)}, version=0,
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    assert capture.captured_by_id is None
