"""Sending a capture to review."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.rules import Judgement, Verdict
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.settings import InstitutionSettings
from rumbo.foundation.review import actions as review
from rumbo.foundation.review import queries as decisions
from rumbo.systems.captures import events, queries
from rumbo.systems.captures.actions.allowed import demand, local_day
from rumbo.systems.captures.actions.drafting import title_of
from rumbo.systems.captures.actions.locks import share_months
from rumbo.systems.captures.actions.refusals import Unfinished
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.states import Move, after

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@transaction.atomic
def submit(*, institution: "Institution", capture: Capture, by: Actor, at: datetime) -> Capture:
    """Send what is stored to its first review. Days late are counted at the first sending, in business days.

    Raises Forbidden, PeriodClosed, NotAllowed, Unfinished (the capture stays as it was, with everything typed).
    """
    share_months(institution.pk, [capture.period])
    capture = locked(capture)
    demand(by, Permission.CAPTURE, institution, capture.indicator.goal.unit_id)
    today = local_day(institution, at)
    settings = organization.settings_on(institution, today)
    following = after(capture.state, Move.SUBMIT, steps=settings.review_steps)
    blocked = [judgement for judgement in queries.judgements_of(capture, settings, on=today) if _stops(judgement)]
    if blocked:
        raise Unfinished(blocked)
    before = state_of(capture)
    if capture.submitted_on is None:
        capture.days_late = _days_late(institution, capture.period, settings, today)
    capture.state, capture.submitted_on = following, today
    capture.version += 1
    capture.save()
    case = review.open_case(subject=queries.subject_of(capture), at=at)
    review.decide(case=case, step="capture", verdict=decisions.Verdict.SUBMITTED, by=by, at=at)
    events.capture_changed.announce(
        events.CaptureChanged(institution.pk, (capture.indicator_id,), (capture.period,), at, by)
    )
    audit.record(
        chain=institution.slug,
        by=by,
        action="captures.submit",
        at=at,
        subject=capture,
        title=title_of(capture),
        before=before,
    )
    return capture


def locked(capture: Capture) -> Capture:
    """The same row, newest and held until the end, with what is asked of it: indicator, goal and area."""
    rows = Capture.objects.select_for_update(of=("self",)).select_related("indicator__goal__unit")
    return rows.get(pk=capture.pk)


def _stops(judgement: Judgement) -> bool:
    """What blocks, and what asks for a justification that nobody wrote yet."""
    verdict = judgement.finding.verdict
    return judgement.blocks or verdict is Verdict.NEEDS_JUSTIFICATION


def _days_late(institution: "Institution", period: int, settings: InstitutionSettings, today: date) -> int:
    due = queries.due_day(institution, Period.of(period), settings.capture_due_day)
    return queries.business_days_between(institution, due, today)
