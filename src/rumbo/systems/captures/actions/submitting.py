"""Sending captures to review."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rumbo.core.rules import Judgement, Verdict
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.settings import InstitutionSettings
from rumbo.foundation.review import actions as review
from rumbo.foundation.review import queries as decisions
from rumbo.systems.captures import queries
from rumbo.systems.captures.actions.allowed import demand, local_day
from rumbo.systems.captures.actions.drafting import title_of
from rumbo.systems.captures.actions.locks import share_months
from rumbo.systems.captures.actions.outcome import Outcome
from rumbo.systems.captures.actions.refusals import Unfinished
from rumbo.systems.captures.actions.telling import announce
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.states import Move, after

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def submit(*, institution: "Institution", capture: Capture, by: Actor, at: datetime) -> Capture:
    """Send what is stored to its first review. Days late are counted at the first sending, in business days.

    Raises Forbidden, PeriodClosed, NotAllowed, Unfinished (the capture stays as it was, with everything typed).
    """
    return submit_many(institution=institution, captures=[capture], by=by, at=at).only


@transaction.atomic
def submit_many(*, institution: "Institution", captures: Sequence[Capture], by: Actor, at: datetime) -> Outcome:
    """Those that are ready are sent; the others stay as drafts and say what they lack. Raises PeriodClosed."""
    share_months(institution.pk, (capture.period for capture in captures))
    today = local_day(institution, at)
    settings = organization.settings_on(institution, today)
    dues: dict[int, date] = {}
    sent: list[tuple[Capture, dict[str, Any]]] = []
    refused: list[tuple[Capture, Refusal]] = []
    for row in locked_many(institution, captures):
        before = state_of(row)
        try:
            following = _following(institution, row, settings, by, today)
        except Refusal as refusal:
            refused.append((row, refusal))
            continue
        if row.submitted_on is None:
            if row.period not in dues:
                dues[row.period] = queries.due_day(institution, Period.of(row.period), settings.capture_due_day)
            row.days_late = queries.business_days_between(institution, dues[row.period], today)
        row.state, row.submitted_on = following, today
        row.version += 1
        sent.append((row, before))
    if sent:
        _tell(institution, sent, by, at)
    return Outcome(tuple(row for row, _ in sent), tuple(refused))


def locked(capture: Capture) -> Capture:
    """The same row, newest and held until the end, with what is asked of it: indicator, goal and area."""
    rows = Capture.objects.select_for_update(of=("self",)).select_related("indicator__goal__unit")
    return rows.get(pk=capture.pk)


def locked_many(institution: "Institution", captures: Sequence[Capture]) -> list[Capture]:
    rows = Capture.objects.select_for_update(of=("self",)).select_related("indicator__goal__unit")
    wanted = rows.filter(institution=institution.pk, pk__in=[capture.pk for capture in captures])
    return list(wanted.order_by("pk"))  # in one order: two people never wait for each other


def _following(institution: "Institution", row: Capture, settings: InstitutionSettings, by: Actor, today: date) -> str:
    """The state to which it goes on. Raises what keeps it from going."""
    demand(by, Permission.CAPTURE, institution, row.indicator.goal.unit_id)
    following = after(row.state, Move.SUBMIT, steps=settings.review_steps)
    blocked = [judgement for judgement in queries.judgements_of(row, settings, on=today) if _stops(judgement)]
    if blocked:
        raise Unfinished(blocked)
    return following


def _stops(judgement: Judgement) -> bool:
    """What blocks, and what asks for a justification that nobody wrote yet."""
    return judgement.blocks or judgement.finding.verdict is Verdict.NEEDS_JUSTIFICATION


def _tell(institution: "Institution", sent: Sequence[tuple[Capture, dict[str, Any]]], by: Actor, at: datetime) -> None:
    rows = [row for row, _ in sent]
    Capture.objects.bulk_update(rows, ["state", "submitted_on", "days_late", "version"], batch_size=500)
    cases = review.open_cases(subjects=[queries.subject_of(row) for row in rows], at=at)
    review.decide_many(cases=cases, step="capture", verdict=decisions.Verdict.SUBMITTED, by=by, at=at)
    announce(institution, rows, by, at)
    if len(sent) == 1:
        row, before = sent[0]
        audit.record(
            chain=institution.slug,
            by=by,
            action="captures.submit",
            at=at,
            subject=row,
            title=title_of(row),
            before=before,
        )
        return
    audit.record(
        chain=institution.slug,
        by=by,
        action="captures.submit_many",
        at=at,
        rows=rows,
        details={"captures": [title_of(row) for row in rows]},
    )
