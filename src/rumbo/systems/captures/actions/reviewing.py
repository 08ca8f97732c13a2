"""The two reviews: the area's approval and Planning's validation; and returning with a typed reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.review import actions as review
from rumbo.foundation.review import queries as decisions
from rumbo.systems.captures import queries
from rumbo.systems.captures.actions.allowed import demand, local_day, refuse_own
from rumbo.systems.captures.actions.drafting import title_of
from rumbo.systems.captures.actions.locks import share_months
from rumbo.systems.captures.actions.outcome import Outcome
from rumbo.systems.captures.actions.submitting import locked, locked_many
from rumbo.systems.captures.actions.telling import announce
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.states import Move, after

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

PERMISSIONS = {Move.APPROVE_AREA: Permission.APPROVE_AREA, Move.VALIDATE: Permission.VALIDATE}
STEPS = {Move.APPROVE_AREA: "area", Move.VALIDATE: "planning"}


def approve_area(*, institution: "Institution", capture: Capture, by: Actor, at: datetime) -> Capture:
    """The area's head gives the «visto bueno». Raises Forbidden, PeriodClosed, NotAllowed, SelfReview."""
    return _decide(institution, [capture], Move.APPROVE_AREA, by, at).only


def approve_area_many(*, institution: "Institution", captures: Sequence[Capture], by: Actor, at: datetime) -> Outcome:
    """Those that can, go on; the others say why not. One transaction, one event. Raises PeriodClosed."""
    return _decide(institution, captures, Move.APPROVE_AREA, by, at)


def validate(*, institution: "Institution", capture: Capture, by: Actor, at: datetime) -> Capture:
    """Planning validates. Raises Forbidden, PeriodClosed, NotAllowed, SelfReview."""
    return _decide(institution, [capture], Move.VALIDATE, by, at).only


def validate_many(*, institution: "Institution", captures: Sequence[Capture], by: Actor, at: datetime) -> Outcome:
    """«Validar seleccionadas (12)». Those that can, go on; the others say why not. Raises PeriodClosed."""
    return _decide(institution, captures, Move.VALIDATE, by, at)


@transaction.atomic
def _decide(institution: "Institution", captures: Sequence[Capture], move: Move, by: Actor, at: datetime) -> Outcome:
    share_months(institution.pk, (capture.period for capture in captures))
    rows = locked_many(institution, captures)
    sent = decisions.has_submitted("captures", by.person_id, [row.ref for row in rows]) if by.person_id else frozenset()
    done: list[Capture] = []
    refused: list[tuple[Capture, Refusal]] = []
    for row in rows:
        try:
            demand(by, PERMISSIONS[move], institution, row.indicator.goal.unit_id)
            following = after(row.state, move)
            refuse_own(by, row, submitted=row.ref in sent)
        except Refusal as refusal:
            refused.append((row, refusal))
        else:
            _advance(institution, row, following, by, at)
            done.append(row)
    if done:
        _tell(institution, done, move, by, at)
    return Outcome(tuple(done), tuple(refused))


def _advance(institution: "Institution", row: Capture, following: CaptureState, by: Actor, at: datetime) -> None:
    row.state = following
    row.version += 1
    if following is CaptureState.APPROVED:
        row.approved_by_id, row.approved_on = by.person_id, local_day(institution, at)


def _tell(institution: "Institution", done: list[Capture], move: Move, by: Actor, at: datetime) -> None:
    Capture.objects.bulk_update(done, ["state", "version", "approved_by", "approved_on"], batch_size=500)
    cases = review.open_cases(subjects=[queries.subject_of(row) for row in done], at=at)
    review.decide_many(
        cases=cases, step=STEPS[move], verdict=decisions.Verdict.APPROVED, by=by, at=at, final=move is Move.VALIDATE
    )
    announce(institution, done, by, at)
    if len(done) == 1:
        row = done[0]
        audit.record(chain=institution.slug, by=by, action=f"captures.{move}", at=at, subject=row, title=title_of(row))
        return
    audit.record(
        chain=institution.slug,
        by=by,
        action=f"captures.{move}_many",
        at=at,
        rows=done,
        details={"captures": [title_of(row) for row in done]},
    )


@transaction.atomic
def return_(
    *, institution: "Institution", capture: Capture, kind: ReturnReason, text: str, by: Actor, at: datetime
) -> Capture:
    """Send a capture back to who made it, with the type of the reason and its words.

    The area's head returns what waits for them; Planning, what waits for it or what it validated (month open).
    Raises Forbidden, PeriodClosed, NotAllowed, SelfReview, review.ReasonMissing.
    """
    share_months(institution.pk, [capture.period])
    row = locked(capture)
    unit_id = row.indicator.goal.unit_id
    following = after(row.state, Move.RETURN)
    of_area = row.state == CaptureState.AREA_REVIEW
    if not (of_area and by.may(Permission.APPROVE_AREA, institution.pk, unit_id)):
        demand(by, Permission.VALIDATE, institution, unit_id)
    refuse_own(by, row)
    before = state_of(row)
    case = review.open_case(subject=queries.subject_of(row), at=at)
    review.decide(
        case=case,
        step="area" if of_area else "planning",
        verdict=decisions.Verdict.RETURNED,
        by=by,
        at=at,
        reason_kind=kind,
        reason=text,
    )
    row.state = following
    row.approved_by_id = row.approved_on = None
    row.times_returned += 1
    row.version += 1
    row.save()
    announce(institution, [row], by, at)
    audit.record(
        chain=institution.slug,
        by=by,
        action="captures.return",
        at=at,
        subject=row,
        title=title_of(row),
        before=before,
        details={"reason_kind": kind.value, "reason": text},
    )
    return row
