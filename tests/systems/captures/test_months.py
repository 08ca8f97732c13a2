"""Carmen closes; what is closed stays, and changes only by a correction. The past is loaded at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from time import process_time

import pytest

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions, events, queries
from rumbo.systems.captures.actions import HistoryRow
from rumbo.systems.captures.models import Capture, Correction, MonthLock, Omission
from rumbo.systems.indicators.models import Goal, Indicator
from tests.cast import NOW, Character, Units
from tests.systems.captures.conftest import NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db
type Save = Callable[..., Capture]
CLOSING = datetime(2026, 12, 14, 18, tzinfo=UTC)


@pytest.fixture
def approved(institution: Institution, submitted: Save, beto: Character, carmen: Character) -> Save:
    """Through the whole route."""

    def through(indicator: Indicator, value: int, **more: object) -> Capture:
        capture = submitted(indicator, value, **more)
        capture = actions.approve_area(institution=institution, capture=capture, by=beto.actor, at=NOW)
        return actions.validate(institution=institution, capture=capture, by=carmen.actor, at=NOW)

    return through


@pytest.fixture
def closed(institution: Institution, lamps: Indicator, approved: Save, carmen: Character) -> Capture:
    """November of the lamps: validated, and the month locked."""
    capture = approved(lamps, 100)
    actions.lock_month(institution=institution, period=NOVEMBER, by=carmen.actor, at=CLOSING)
    return capture


# Locking


def test_only_who_closes_locks_a_month(institution: Institution, ana: Character, beto: Character) -> None:
    for person in (ana, beto):
        with pytest.raises(Forbidden):
            actions.lock_month(institution=institution, period=NOVEMBER, by=person.actor, at=CLOSING)


def test_a_month_with_pending_areas_is_not_locked(
    institution: Institution, lamps: Indicator, works: Indicator, save: Save, carmen: Character
) -> None:
    save(lamps, 40)
    with pytest.raises(actions.UnitsPending) as refusal:
        actions.lock_month(institution=institution, period=NOVEMBER, by=carmen.actor, at=CLOSING)
    pending = {unit.unit_code: (unit.by_state, unit.codes) for unit in refusal.value.pending}
    assert pending == {"DESU": ({CaptureState.DRAFT: 1}, ["M001"]), "DGO": ({CaptureState.MISSING: 1}, ["O001"])}
    assert not MonthLock.objects.exists()


def test_every_omission_needs_its_own_reason(
    institution: Institution, lamps: Indicator, works: Indicator, units: Units, carmen: Character
) -> None:
    with pytest.raises(actions.UnitsPending, match="Dirección General de Obras"):
        actions.lock_month(
            institution=institution, period=NOVEMBER, accepted={units.desu.pk: "Cambio de titular."},
            by=carmen.actor, at=CLOSING,
        )  # fmt: skip
    reasons = {units.desu.pk: "Cambio de titular.", units.works.pk: "No respondió dos oficios."}
    actions.lock_month(institution=institution, period=NOVEMBER, accepted=reasons, by=carmen.actor, at=CLOSING)
    kept = [(one.unit.code, one.count, one.reason) for one in queries.omissions_of(institution, NOVEMBER)]
    assert kept == [("DESU", 1, "Cambio de titular."), ("DGO", 1, "No respondió dos oficios.")]
    event = Event.objects.get(action="captures.lock_month")
    assert "No respondió dos oficios." in event.payload


def test_a_month_is_locked_once(institution: Institution, closed: Capture, carmen: Character) -> None:
    with pytest.raises(actions.PeriodClosed):
        actions.lock_month(institution=institution, period=NOVEMBER, by=carmen.actor, at=CLOSING)


def test_what_owes_nothing_is_not_an_omission(
    institution: Institution, surveys: Indicator, make_indicator: Callable[..., Indicator], units: Units
) -> None:
    """A quarterly indicator in November, one with zero programmed, and one of a retired goal."""
    make_indicator("M056", units.desu, {11: (0, None)})
    retired = make_indicator("M057", units.desu, {11: (5, None)})
    Goal.objects.filter(pk=retired.goal_id).update(retired_on=date(2026, 6, 1), retired_reason="Se fusionó.")
    assert queries.omissions_by_unit(institution, NOVEMBER) == []


def test_nothing_of_a_locked_month_is_decided_or_proved(
    institution: Institution, closed: Capture, carmen: Character, ana: Character
) -> None:
    with pytest.raises(actions.PeriodClosed):
        actions.return_(
            institution=institution, capture=closed, kind=ReturnReason.OTHER, text="x", by=carmen.actor, at=CLOSING
        )
    with pytest.raises((actions.PeriodClosed, actions.NotAllowed)):
        actions.attach(
            institution=institution, capture=closed, content=b"x", file_name="a.pdf", by=ana.actor, at=CLOSING
        )


# Corrections


def ask(
    institution: Institution, capture: Capture, by: Character, value: int | None = 60, **more: object
) -> Correction:
    typed: dict[str, object] = {"reason": "Se contó dos veces."} | more
    amount = None if value is None else Decimal(value)
    return actions.request_correction(
        institution=institution,
        capture=capture,
        numerator=amount,
        by=by.actor,
        at=CLOSING,
        **typed,  # type: ignore[arg-type]
    )


def test_an_open_month_is_not_corrected(
    institution: Institution, approved: Save, lamps: Indicator, beto: Character
) -> None:
    with pytest.raises(actions.MonthStillOpen):
        ask(institution, approved(lamps, 100), beto)


def test_a_correction_that_says_nothing_is_refused(
    institution: Institution, closed: Capture, beto: Character, dario: Character
) -> None:
    with pytest.raises(Forbidden):
        ask(institution, closed, dario)
    for wrong in ({"reason": " "}, {"value": None}, {"value": 100}):
        with pytest.raises(actions.CorrectionIncomplete):
            ask(institution, closed, beto, **wrong)  # type: ignore[arg-type]
    ask(institution, closed, beto)
    with pytest.raises(actions.CorrectionIncomplete, match="Ya hay una solicitud pendiente"):
        ask(institution, closed, beto)


def test_who_asks_does_not_decide(institution: Institution, closed: Capture, carmen: Character) -> None:
    correction = ask(institution, closed, carmen)
    with pytest.raises(actions.SelfReview):
        actions.decide_correction(
            institution=institution, correction=correction, approve=True, reason="Sí.", by=carmen.actor, at=CLOSING
        )


def test_only_who_closes_decides(institution: Institution, closed: Capture, beto: Character, rita: Character) -> None:
    correction = ask(institution, closed, beto)
    with pytest.raises(Forbidden):
        actions.decide_correction(
            institution=institution, correction=correction, approve=True, reason="Sí.", by=rita.actor, at=CLOSING
        )


def test_an_adjustment_enters_the_next_open_month(
    institution: Institution, closed: Capture, beto: Character, carmen: Character
) -> None:
    correction = ask(institution, closed, beto)
    heard: list[events.CaptureChanged] = []
    events.capture_changed.subscribe(heard.append)
    try:
        decided = actions.decide_correction(
            institution=institution, correction=correction, approve=True, reason="Procede.", by=carmen.actor, at=CLOSING
        )
    finally:
        events.capture_changed._handlers.remove(heard.append)
    assert (decided.state, decided.applied_in) == (Correction.State.APPLIED, NOVEMBER + 1)
    assert (decided.before_numerator, decided.after_numerator) == (100, 60)
    closed.refresh_from_db()
    assert (closed.numerator, closed.corrected, closed.state) == (60, True, CaptureState.APPROVED)
    assert heard[0].periods == (NOVEMBER, NOVEMBER + 1)
    assert [one.pk for one in queries.adjustments_in(institution, NOVEMBER + 1)] == [correction.pk]
    assert audit.verify() == []
    with pytest.raises(actions.CorrectionDecided):
        actions.decide_correction(
            institution=institution, correction=decided, approve=False, reason="No.", by=carmen.actor, at=CLOSING
        )


@pytest.mark.parametrize("sent", [True, False], ids=["sent and not validated", "never captured"])
def test_what_was_omitted_enters_by_a_correction(
    sent: bool, institution: Institution, lamps: Indicator, submitted: Save, beto: Character, carmen: Character
) -> None:
    """Also with the value that it already had: what it lacked was being validated."""
    capture = submitted(lamps, 100) if sent else Capture(institution=institution, indicator=lamps, period=NOVEMBER)
    actions.lock_month(institution=institution, period=NOVEMBER, accepted="Tarde.", by=carmen.actor, at=CLOSING)
    correction = ask(institution, capture, beto, value=100)
    actions.decide_correction(
        institution=institution, correction=correction, approve=True, reason="Procede.", by=carmen.actor, at=CLOSING
    )
    stored = Capture.objects.get()
    assert (stored.numerator, stored.state, stored.corrected) == (100, CaptureState.APPROVED, True)
    assert (stored.approved_by_id, stored.approved_on) == (carmen.person.pk, CLOSING.date())
    assert audit.verify() == []


def test_what_was_not_due_is_not_asked_for(
    institution: Institution, lamps: Indicator, surveys: Indicator, beto: Character, carmen: Character
) -> None:
    actions.lock_month(institution=institution, period=NOVEMBER, accepted="Tarde.", by=carmen.actor, at=CLOSING)
    with pytest.raises(actions.NotDue):
        ask(institution, Capture(institution=institution, indicator=surveys, period=NOVEMBER), beto)
    assert not Capture.objects.exists()


def test_a_refused_correction_changes_nothing(
    institution: Institution, closed: Capture, beto: Character, carmen: Character
) -> None:
    correction = ask(institution, closed, beto)
    decided = actions.decide_correction(
        institution=institution,
        correction=correction,
        approve=False,
        reason="Sin soporte.",
        by=carmen.actor,
        at=CLOSING,
    )
    closed.refresh_from_db()
    assert (decided.state, decided.applied_in, closed.numerator) == (Correction.State.REFUSED, None, 100)
    assert audit.verify() == []


def test_a_supplementary_correction_waits_for_its_closing_and_its_letter(
    institution: Institution, closed: Capture, beto: Character, carmen: Character
) -> None:
    correction = ask(institution, closed, beto, kind="supplementary")
    with pytest.raises(actions.SupplementaryNeeded):
        actions.decide_correction(
            institution=institution, correction=correction, approve=True, reason="Sí.", by=carmen.actor, at=CLOSING
        )
    with pytest.raises(actions.CorrectionIncomplete, match="oficio"):
        actions.apply_correction(
            institution=institution, correction=correction, applied_in=NOVEMBER, reason="Sí.", by=carmen.actor,
            at=CLOSING,
        )  # fmt: skip
    applied = actions.apply_correction(
        institution=institution, correction=correction, applied_in=NOVEMBER, reason="Sí.", letter_number="DP/113/2026",
        by=carmen.actor, at=CLOSING,
    )  # fmt: skip
    assert (applied.kind, applied.letter_number) == (Correction.Kind.SUPPLEMENTARY, "DP/113/2026")
    assert queries.adjustments_in(institution, NOVEMBER) == []
    assert audit.verify() == []


# The past


def history(indicator: Indicator, *values: int) -> list[HistoryRow]:
    return [HistoryRow(indicator.pk, OCTOBER - place, Decimal(value)) for place, value in enumerate(values)]


def test_the_past_is_loaded_only_by_who_closes(institution: Institution, lamps: Indicator, ana: Character) -> None:
    with pytest.raises(Forbidden):
        actions.load_history(institution=institution, rows=history(lamps, 1), by=ana.actor, at=NOW)


def test_the_past_does_not_write_over_what_a_person_captured(
    institution: Institution, lamps: Indicator, save: Save, carmen: Character
) -> None:
    save(lamps, 5, period=OCTOBER)
    with pytest.raises(actions.AlreadyCaptured, match="M001 ya tiene en octubre de 2026"):
        actions.load_history(institution=institution, rows=history(lamps, 1, 2), by=carmen.actor, at=NOW)
    assert Capture.objects.count() == 1


def test_the_past_does_not_enter_a_closed_month(
    institution: Institution, closed: Capture, lamps: Indicator, carmen: Character
) -> None:
    rows = [HistoryRow(lamps.pk, NOVEMBER, Decimal(1))]
    with pytest.raises(actions.PeriodClosed):
        actions.load_history(institution=institution, rows=rows, by=carmen.actor, at=CLOSING)


def test_the_past_has_no_deadline_and_may_be_loaded_again(
    institution: Institution, lamps: Indicator, carmen: Character
) -> None:
    assert actions.load_history(institution=institution, rows=history(lamps, 1, 2), by=carmen.actor, at=NOW) == 2
    capture = Capture.objects.get(period=OCTOBER)
    assert (capture.historical, capture.days_late, capture.state) == (True, 0, CaptureState.APPROVED)
    assert actions.load_history(institution=institution, rows=history(lamps, 1, 2), by=carmen.actor, at=NOW) == 0
    assert actions.load_history(institution=institution, rows=history(lamps, 1, 3), by=carmen.actor, at=NOW) == 1
    assert Event.objects.filter(action="captures.load_history").count() == 2
    assert audit.verify() == []


@pytest.mark.slow
def test_fifty_four_thousand_rows_take_seconds(
    institution: Institution, lamps: Indicator, carmen: Character, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1,500 indicators, 36 months. Whoever follows the news is measured elsewhere."""
    monkeypatch.setattr(events.capture_changed, "_handlers", [])
    goals = Goal.objects.bulk_create(
        Goal(
            institution=institution, plan_element=lamps.goal.plan_element, unit=lamps.goal.unit, code=f"G{number}",
            statement="x",
        )
        for number in range(1500)
    )  # fmt: skip
    made = Indicator.objects.bulk_create(
        Indicator(institution=institution, goal=goal, code=goal.code, name="x", unit_of_measure="x", direction=0,
                  accumulation=0)
        for goal in goals
    )  # fmt: skip
    rows = [HistoryRow(one.pk, OCTOBER - month, Decimal(month)) for one in made for month in range(36)]
    start = process_time()
    assert actions.load_history(institution=institution, rows=rows, by=carmen.actor, at=NOW) == 54_000
    assert process_time() - start < 30
    assert Capture.objects.count() == 54_000


# What others ask


def test_values_are_those_of_the_year_asked(institution: Institution, lamps: Indicator, save: Save) -> None:
    save(lamps, 7, period=OCTOBER)
    (value,) = queries.values([lamps.pk], FiscalYear(2026))
    assert value == (lamps.pk, OCTOBER, Decimal(7), None, "draft", 0, False, False)
    assert queries.values([lamps.pk], FiscalYear(2025)) == []
    assert queries.values([lamps.pk], FiscalYear(2026), up_to=OCTOBER - 1) == []


def test_the_working_month_is_the_one_after_the_last_closed(institution: Institution, carmen: Character) -> None:
    on = date(2026, 12, 3)
    assert queries.working_period(institution, on) == NOVEMBER
    actions.lock_month(institution=institution, period=OCTOBER, by=carmen.actor, at=NOW)
    assert queries.working_period(institution, on) == NOVEMBER
    actions.lock_month(institution=institution, period=NOVEMBER, by=carmen.actor, at=NOW)
    assert queries.working_period(institution, on) == NOVEMBER + 1
    assert queries.next_open_period(institution, after=OCTOBER) == NOVEMBER + 1
    assert Omission.objects.count() == 0
