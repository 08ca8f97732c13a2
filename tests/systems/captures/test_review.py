"""Ana sends, Beto gives the area's approval, Carmen validates; either returns with a typed reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.review import actions as review
from rumbo.foundation.review import queries as decisions
from rumbo.systems.captures import actions, events
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import FOUNDED_AT, NOW, SYSTEM, Character, Units, make_character
from tests.systems.captures.conftest import CAUSE, NOVEMBER

pytestmark = pytest.mark.django_db
type Save = Callable[..., Capture]


@pytest.fixture
def red(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is stored, the light is red at 71.2 %."""
    light = events.CaptureLight(light=Light.RED, compliance_to_date=71.2)
    monkeypatch.setattr(events.light_reader, "_read", lambda ids, period: dict.fromkeys(ids, light))


def test_an_empty_capture_is_not_sent(institution: Institution, save: Save, lamps: Indicator, ana: Character) -> None:
    capture = save(lamps, None)
    with pytest.raises(actions.Unfinished, match="Falta el valor de noviembre"):
        actions.submit(institution=institution, capture=capture, by=ana.actor, at=NOW)


@pytest.mark.usefixtures("red")
@pytest.mark.requirement("A1-12")
def test_a_goal_that_is_not_en_meta_is_not_sent_without_its_cause(
    institution: Institution, save: Save, lamps: Indicator, ana: Character
) -> None:
    capture = save(lamps, 40)
    with pytest.raises(actions.Unfinished) as refusal:
        actions.submit(institution=institution, capture=capture, by=ana.actor, at=NOW)
    assert str(refusal.value) == (
        "La meta quedó en 71.2\u00a0% de lo programado. "
        "Escriba la causa de la variación y la acción correctiva para poder enviarla."
    )
    capture.refresh_from_db()
    assert (capture.state, capture.numerator) == (CaptureState.DRAFT, 40)


def test_without_the_evidence_that_the_institution_asks_it_is_not_sent(
    institution: Institution, save: Save, lamps: Indicator, ana: Character
) -> None:
    organization.configure(
        institution=institution, values={"evidence_required": True}, effective_from=date(2026, 1, 1),
        by=SYSTEM, at=FOUNDED_AT,
    )  # fmt: skip
    Indicator.objects.filter(pk=lamps.pk).update(required_evidence="padrón con firma o fotografía")
    with pytest.raises(actions.Unfinished, match="padrón con firma o fotografía"):
        actions.submit(institution=institution, capture=save(lamps, 100, **CAUSE), by=ana.actor, at=NOW)


def test_the_area_head_does_not_send_for_who_captures(
    institution: Institution, save: Save, lamps: Indicator, beto: Character
) -> None:
    with pytest.raises(Forbidden):
        actions.submit(institution=institution, capture=save(lamps, 100), by=beto.actor, at=NOW)


def test_nobody_reviews_their_own(
    institution: Institution, units: Units, ana: Character, submitted: Save, lamps: Indicator
) -> None:
    organization.add_membership(
        institution=institution, person=ana.person, role=Role.AREA_HEAD, unit=units.desu, by=SYSTEM,
        on=date(2026, 1, 1), at=FOUNDED_AT,
    )  # fmt: skip
    capture = submitted(lamps, 100)
    with pytest.raises(actions.SelfReview, match="Usted capturó este dato; la revisión corresponde a otra persona"):
        actions.approve_area(institution=institution, capture=capture, by=ana.actor, at=NOW)
    with pytest.raises(actions.SelfReview):
        actions.return_(
            institution=institution, capture=capture, kind=ReturnReason.OTHER, text="x", by=ana.actor, at=NOW
        )


def test_who_sent_it_does_not_review_it_even_if_another_person_typed(
    institution: Institution, units: Units, ana: Character, save: Save, lamps: Indicator
) -> None:
    other = make_character(institution, "Olga", Role.CAPTURER, units.desu)
    organization.add_membership(
        institution=institution, person=ana.person, role=Role.AREA_HEAD, unit=units.desu, by=SYSTEM,
        on=date(2026, 1, 1), at=FOUNDED_AT,
    )  # fmt: skip
    capture = save(lamps, 100, by=other, cause_kind="other", cause="Se explica.", corrective_action="Se corrige.",
                   commitment_on=date(2027, 1, 1), responsible_post="JUD")  # fmt: skip
    actions.submit(institution=institution, capture=capture, by=ana.actor, at=NOW)
    with pytest.raises(actions.SelfReview):
        actions.approve_area(institution=institution, capture=capture, by=ana.actor, at=NOW)


def test_planning_waits_for_the_area(
    institution: Institution, submitted: Save, lamps: Indicator, carmen: Character
) -> None:
    with pytest.raises(actions.NotAllowed, match="no espera la revisión de Planeación"):
        actions.validate(institution=institution, capture=submitted(lamps, 100), by=carmen.actor, at=NOW)


def test_the_head_of_another_area_does_not_approve(
    institution: Institution, submitted: Save, lamps: Indicator, units: Units
) -> None:
    other = make_character(institution, "Omar", Role.AREA_HEAD, units.works)
    with pytest.raises(Forbidden):
        actions.approve_area(institution=institution, capture=submitted(lamps, 100), by=other.actor, at=NOW)


@pytest.mark.requirement("A1-01")
def test_two_steps_by_two_people_leave_their_decisions(
    institution: Institution, submitted: Save, lamps: Indicator, beto: Character, carmen: Character
) -> None:
    capture = submitted(lamps, 100)
    assert capture.state == CaptureState.AREA_REVIEW
    capture = actions.approve_area(institution=institution, capture=capture, by=beto.actor, at=NOW)
    assert capture.state == CaptureState.PLANNING_REVIEW
    capture = actions.validate(institution=institution, capture=capture, by=carmen.actor, at=NOW)
    capture.refresh_from_db()
    assert capture.state == CaptureState.APPROVED
    assert (capture.approved_by_id, capture.approved_on) == (carmen.person.pk, date(2026, 12, 3))
    said = [(one.step, one.verdict, one.person_name) for one in decisions.decisions_of("captures", capture.ref)]
    assert said == [
        ("capture", "submitted", "Ana"),
        ("area", "approved", "Beto"),
        ("planning", "approved", "Carmen"),
    ]
    assert audit.verify() == []


def test_one_step_where_the_institution_decided_so(institution: Institution, submitted: Save, lamps: Indicator) -> None:
    organization.configure(
        institution=institution, values={"review_steps": 1}, effective_from=date(2026, 1, 1), by=SYSTEM, at=FOUNDED_AT
    )
    assert submitted(lamps, 100).state == CaptureState.PLANNING_REVIEW


def test_a_return_needs_its_words(institution: Institution, submitted: Save, lamps: Indicator, beto: Character) -> None:
    capture = submitted(lamps, 100)
    with pytest.raises(review.ReasonMissing):
        actions.return_(
            institution=institution, capture=capture, kind=ReturnReason.WORDING, text=" ", by=beto.actor, at=NOW
        )
    capture.refresh_from_db()
    assert capture.state == CaptureState.AREA_REVIEW


def test_returned_with_a_reason_corrected_and_sent_again(
    institution: Institution, submitted: Save, lamps: Indicator, beto: Character, carmen: Character, save: Save,
    ana: Character,
) -> None:  # fmt: skip
    capture = actions.approve_area(institution=institution, capture=submitted(lamps, 100), by=beto.actor, at=NOW)
    capture = actions.return_(
        institution=institution, capture=capture, kind=ReturnReason.EVIDENCE_OTHER_PERIOD,
        text="La evidencia es de septiembre.", by=carmen.actor, at=NOW,
    )  # fmt: skip
    assert (capture.state, capture.times_returned) == (CaptureState.RETURNED, 1)
    assert decisions.last_returns("captures", [capture.ref])[capture.ref].reason == "La evidencia es de septiembre."
    capture = save(lamps, 110)
    assert capture.state == CaptureState.RETURNED
    capture = actions.submit(institution=institution, capture=capture, by=ana.actor, at=NOW)
    assert capture.state == CaptureState.AREA_REVIEW
    assert audit.verify() == []


def test_planning_may_return_what_it_validated_while_the_month_is_open(
    institution: Institution, submitted: Save, lamps: Indicator, beto: Character, carmen: Character
) -> None:
    capture = actions.approve_area(institution=institution, capture=submitted(lamps, 100), by=beto.actor, at=NOW)
    capture = actions.validate(institution=institution, capture=capture, by=carmen.actor, at=NOW)
    with pytest.raises(Forbidden):
        actions.return_(
            institution=institution, capture=capture, kind=ReturnReason.OTHER, text="No.", by=beto.actor, at=NOW
        )
    capture = actions.return_(
        institution=institution, capture=capture, kind=ReturnReason.OTHER_SOURCE,
        text="No coincide con el reporte del CESAC.", by=carmen.actor, at=NOW,
    )  # fmt: skip
    assert (capture.state, capture.approved_on) == (CaptureState.RETURNED, None)


def test_many_are_validated_at_once_and_the_others_say_why_not(
    institution: Institution, submitted: Save, save: Save, lamps: Indicator, requests_: Indicator, surveys: Indicator,
    beto: Character, carmen: Character,
) -> None:  # fmt: skip
    sent = [submitted(lamps, 100), submitted(requests_, 95, 100)]
    outcome = actions.approve_area_many(institution=institution, captures=sent, by=beto.actor, at=NOW)
    assert len(outcome.done) == 2
    draft = save(surveys, 5, period=NOVEMBER + 1)
    outcome = actions.validate_many(institution=institution, captures=[*outcome.done, draft], by=carmen.actor, at=NOW)
    assert {capture.indicator.code for capture in outcome.done} == {"M001", "M002"}
    ((refused, refusal),) = outcome.refused
    assert refused.pk == draft.pk
    assert isinstance(refusal, actions.NotAllowed)
    assert set(Capture.objects.values_list("state", flat=True)) == {CaptureState.APPROVED, CaptureState.DRAFT}
    assert audit.verify() == []


@pytest.mark.parametrize(
    ("day", "late"),
    [((2026, 12, 7), 0), ((2026, 12, 8), 1), ((2026, 12, 14), 5)],
    ids=["on the fifth business day", "the day after", "five business days later"],
)
def test_days_late_are_business_days_after_the_due_day(
    submitted: Save, lamps: Indicator, day: tuple[int, int, int], late: int
) -> None:
    assert submitted(lamps, 100, at=datetime(*day, 18, tzinfo=UTC)).days_late == late


def test_the_legal_day_is_that_of_the_institution(submitted: Save, lamps: Indicator) -> None:
    """23:30 of the due day in Mexico City is already the next day in UTC."""
    capture = submitted(lamps, 100, at=datetime(2026, 12, 8, 5, 30, tzinfo=UTC))
    assert (capture.submitted_on, capture.days_late) == (date(2026, 12, 7), 0)


def test_correcting_what_was_returned_is_not_a_second_delay(
    institution: Institution, submitted: Save, lamps: Indicator, beto: Character, ana: Character
) -> None:
    capture = submitted(lamps, 100)
    actions.return_(
        institution=institution, capture=capture, kind=ReturnReason.WORDING, text="Precise.", by=beto.actor, at=NOW
    )
    later = datetime(2026, 12, 20, 18, tzinfo=UTC)
    assert actions.submit(institution=institution, capture=capture, by=ana.actor, at=later).days_late == 0
