"""Changing a value of a closed month: who needs it asks, who closes decides (decision G).

An adjustment gives the closed month's capture its new value, marked as corrected; the sealed results stay, and the
open month where it is applied counts it in its figures to date. A supplementary correction is applied by the closing
that supersedes the month, which calls `apply_correction`. So enters, too, what was not validated when the month closed
or had not even been captured: whoever decides it validates it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.systems.captures import events, queries
from rumbo.systems.captures.actions.allowed import demand, local_day
from rumbo.systems.captures.actions.drafting import title_of
from rumbo.systems.captures.actions.figuring import Readings, ResultOfReadings, check_readings, figured
from rumbo.systems.captures.actions.locks import hold_month
from rumbo.systems.captures.actions.refusals import (
    CorrectionDecided,
    CorrectionIncomplete,
    InexactValue,
    MonthStillOpen,
    NotDue,
    SelfReview,
    SupplementaryNeeded,
)
from rumbo.systems.captures.actions.submitting import locked
from rumbo.systems.captures.actions.telling import announce
from rumbo.systems.captures.models import Capture, Correction
from rumbo.systems.captures.rules.exact_decimals import is_exact
from rumbo.systems.indicators.queries import asked_of

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

Kind, State = Correction.Kind, Correction.State


@transaction.atomic
def request_correction(
    *,
    institution: "Institution",
    capture: Capture,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    readings: Readings | None = None,
    reasons: Mapping[date, str] | None = None,
    reason: str,
    kind: str = Kind.ADJUSTMENT,
    letter_number: str = "",
    by: Actor,
    at: datetime,
) -> Correction:
    """Ask to change what a closed month says. The area, its head or whoever closes may ask. Where the month has
    readings they are given instead of the two figures, which result from them. Of what was never captured, `capture`
    is one that is not saved yet.

    Raises Forbidden, MonthStillOpen, CorrectionIncomplete, InexactValue, NotAsked, NotDue, ResultOfReadings.
    """
    if hold_month(institution.pk, capture.period) is None:
        raise MonthStillOpen(capture.period)
    _demand_to_ask(institution, capture, by)
    capture = locked(capture) if capture.pk else _begun(institution, capture, by, at)
    asked_for = _after(capture, numerator, denominator, {"readings": readings or {}, "reasons": reasons or {}}, at)
    _check(capture, asked_for, reason)
    correction = Correction.objects.create(
        institution=institution,
        capture=capture,
        kind=kind,
        before_numerator=capture.numerator,
        before_denominator=capture.denominator,
        after_numerator=asked_for["numerator"],
        after_denominator=asked_for["denominator"],
        before_readings=capture.readings,
        after_readings=asked_for["readings"],
        reason=reason.strip(),
        letter_number=letter_number.strip(),
        requested_by=by.label,
        requested_on=local_day(institution, at),
    )
    _record(institution, correction, capture, "captures.request_correction", by, at)
    return correction


@transaction.atomic
def decide_correction(
    *, institution: "Institution", correction: Correction, approve: bool, reason: str, by: Actor, at: datetime
) -> Correction:
    """Refuse a request, or apply it as an adjustment of the next open month.

    Raises Forbidden, SelfReview (who asked does not decide), CorrectionDecided, CorrectionIncomplete,
    SupplementaryNeeded.
    """
    demand(by, Permission.CORRECT_CLOSED_MONTH, institution)
    if not reason.strip():
        raise CorrectionIncomplete(N_("Falta el motivo de la decisión. Escríbalo; la solicitud sigue pendiente."))
    if approve:
        if correction.kind == Kind.SUPPLEMENTARY:
            raise SupplementaryNeeded(correction.capture.period)
        applied_in = queries.next_open_period(institution, after=correction.capture.period)
        return apply_correction(
            institution=institution, correction=correction, applied_in=applied_in, reason=reason, by=by, at=at
        )
    hold_month(institution.pk, correction.capture.period)
    correction = _pending(correction, by)
    before = state_of(correction)
    _decided(institution, correction, State.REFUSED, reason, by, at)
    audit.record(
        chain=institution.slug,
        by=by,
        action="captures.refuse_correction",
        at=at,
        subject=correction,
        title=title_of(correction.capture),
        before=before,
    )
    return correction


@transaction.atomic
def apply_correction(
    *,
    institution: "Institution",
    correction: Correction,
    applied_in: int,
    reason: str,
    letter_number: str = "",
    by: Actor,
    at: datetime,
) -> Correction:
    """Give the capture its corrected value. `applied_in`: the open month that lists it as an adjustment, or the closed
    month itself when a supplementary closing calls this. The before-value is what was stored at this moment.

    Raises Forbidden, SelfReview, CorrectionDecided, CorrectionIncomplete (a supplementary one without its letter).
    """
    demand(by, Permission.CORRECT_CLOSED_MONTH, institution)
    hold_month(institution.pk, correction.capture.period)
    correction = _pending(correction, by)
    capture = locked(correction.capture)
    before, before_capture = state_of(correction), state_of(capture)
    correction.letter_number = letter_number.strip() or correction.letter_number
    if applied_in == capture.period:
        correction.kind = Kind.SUPPLEMENTARY
    if correction.kind == Kind.SUPPLEMENTARY and not correction.letter_number:
        raise CorrectionIncomplete(N_("Un cierre complementario necesita el número de su oficio. Escríbalo y repita."))
    correction.before_numerator, correction.before_denominator = capture.numerator, capture.denominator
    correction.before_readings = capture.readings
    correction.applied_in = applied_in
    _decided(institution, correction, State.APPLIED, reason, by, at)
    _given(institution, correction, capture, applied_in, by, at)
    common: dict[str, Any] = {"chain": institution.slug, "by": by, "at": at, "title": title_of(capture)}
    details = {"correction": str(correction.ref), "applied_in": applied_in}
    audit.record(**common, action="captures.correct", subject=capture, before=before_capture, details=details)
    audit.record(**common, action="captures.apply_correction", subject=correction, before=before)
    return correction


def _given(
    institution: "Institution", correction: Correction, capture: Capture, applied_in: int, by: Actor, at: datetime
) -> None:
    """The capture says what was corrected, and whoever listens hears of its month and of the one that lists it."""
    capture.numerator, capture.denominator = correction.after_numerator, correction.after_denominator
    capture.readings = correction.after_readings
    capture.corrected = True
    capture.version += 1
    if capture.state != CaptureState.APPROVED:
        capture.state = CaptureState.APPROVED
        capture.approved_by_id, capture.approved_on = by.person_id, local_day(institution, at)
    capture.save()
    periods = tuple(sorted({capture.period, applied_in}))
    events.capture_changed.announce(
        events.CaptureChanged(institution.pk, institution.fiscal_start, (capture.indicator_id,), periods, at, by)
    )


def _demand_to_ask(institution: "Institution", capture: Capture, by: Actor) -> None:
    unit_id = capture.indicator.goal.unit_id
    held = (Permission.CAPTURE, Permission.APPROVE_AREA, Permission.CORRECT_CLOSED_MONTH)
    if not any(by.may(permission, institution.pk, unit_id) for permission in held):
        raise Forbidden(N_("La corrección la solicita el área responsable. Pídala a su titular o a quien captura."))


def _begun(institution: "Institution", capture: Capture, by: Actor, at: datetime) -> Capture:
    """An empty capture of the closed month, for its correction to say what it should have said."""
    month = Period.of(capture.period)
    if month.month not in capture.indicator.months_due(institution.year_of(month)):
        raise NotDue(capture.indicator.code, capture.period)
    begun_already = Capture.objects.filter(indicator=capture.indicator, period=capture.period).first()
    if begun_already:  # somebody else asked while this form was open
        return locked(begun_already)
    capture.captured_by_id, capture.captured_at = by.person_id, at
    capture.save(force_insert=True)
    announce(institution, [capture], by, at)
    audit.record(
        chain=institution.slug,
        by=by,
        action="captures.save",
        at=at,
        subject=capture,
        title=title_of(capture),
        before={},
    )
    return locked(capture)


def _after(
    capture: Capture,
    numerator: Decimal | None,
    denominator: Decimal | None,
    said: dict[str, Any],
    at: datetime,
) -> dict[str, Any]:
    """What the capture would say: the two figures, or the readings with those that result from them."""
    if not (capture.readings and asked_of(capture.indicator).by_readings):
        return {"numerator": numerator, "denominator": denominator, "readings": {}}
    if numerator is not None or denominator is not None:
        raise ResultOfReadings(capture.indicator.code)
    check_readings(capture.indicator, capture.period, said, at.date())
    return figured(capture.indicator, capture.period, said, capture)


def _check(capture: Capture, after: dict[str, Any], reason: str) -> None:
    numerator, denominator = after["numerator"], after["denominator"]
    if not reason.strip():
        raise CorrectionIncomplete(N_("Falta el motivo de la corrección. Escríbalo; lo demás quedó como estaba."))
    if numerator is None or (asked_of(capture.indicator).has_denominator and denominator is None):
        raise CorrectionIncomplete(N_("Falta el valor corregido. Escríbalo completo; lo demás quedó como estaba."))
    for value in (numerator, denominator):
        if value is not None and not is_exact(value):
            raise InexactValue(str(value))
    same = (numerator, denominator, after["readings"]) == (capture.numerator, capture.denominator, capture.readings)
    if same and capture.state == CaptureState.APPROVED:
        raise CorrectionIncomplete(N_("El valor corregido es igual al que ya está. Revise cuál debe cambiar."))
    if capture.corrections.filter(state=State.REQUESTED).exists():
        raise CorrectionIncomplete(N_("Ya hay una solicitud pendiente para este dato. Espere a que se decida."))


def _pending(correction: Correction, by: Actor) -> Correction:
    """The row held and still undecided, by somebody who did not ask for it."""
    rows = Correction.objects.select_for_update(of=("self",)).select_related("capture__indicator")
    held = rows.get(pk=correction.pk)
    if held.state != State.REQUESTED:
        raise CorrectionDecided
    if by.person_id is not None and held.requested_by == by.label:
        raise SelfReview
    return held


def _decided(
    institution: "Institution", correction: Correction, state: Correction.State, reason: str, by: Actor, at: datetime
) -> None:
    correction.state = state
    correction.decided_by, correction.decided_on = by.label, local_day(institution, at)
    correction.decision_reason = reason.strip()
    correction.save()


def _record(
    institution: "Institution", correction: Correction, capture: Capture, action: str, by: Actor, at: datetime
) -> None:
    audit.record(chain=institution.slug, by=by, action=action, at=at, subject=correction, title=title_of(capture))
