"""Reads: what was decided about a subject. Whether the reader may see the subject is its owner's question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rumbo.core.vocabulary.verdict import verdict_label
from rumbo.foundation.review.models import Decision

Verdict = Decision.Verdict


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as it is shown: who by name and post, when, what, and why when it was returned."""

    subject_ref: UUID
    step: str
    verdict: str
    reason_kind: str
    reason: str
    person_id: int | None
    person_name: str
    post: str
    at: datetime

    @property
    def label(self) -> str:
        return verdict_label(self.step, self.verdict)


def decisions_of(app_label: str, ref: UUID) -> list[Decided]:
    """Everything decided about one subject, oldest first. One query."""
    return decisions_of_many(app_label, [ref]).get(ref, [])


def decisions_of_many(app_label: str, refs: Iterable[UUID]) -> dict[UUID, list[Decided]]:
    """By subject, oldest first. One query."""
    wanted = list(refs)
    if not wanted:
        return {}
    rows = Decision.objects.filter(case__app_label=app_label, case__subject_ref__in=wanted).order_by("at", "pk")
    found: dict[UUID, list[Decided]] = {}
    for row in rows.select_related("case", "person"):
        found.setdefault(row.case.subject_ref, []).append(_shown(row))
    return found


def last_returns(app_label: str, refs: Iterable[UUID]) -> dict[UUID, Decided]:
    """The newest return of each subject that has one. One query."""
    returned = {
        ref: [one for one in decided if one.verdict == Decision.Verdict.RETURNED]
        for ref, decided in decisions_of_many(app_label, refs).items()
    }
    return {ref: decided[-1] for ref, decided in returned.items() if decided}


def has_submitted(app_label: str, person_id: int, refs: Iterable[UUID]) -> frozenset[UUID]:
    """Of these subjects, those that the person sent to review at least once. One query."""
    return frozenset(
        Decision.objects.filter(
            case__app_label=app_label,
            case__subject_ref__in=list(refs),
            person_id=person_id,
            verdict=Decision.Verdict.SUBMITTED,
        ).values_list("case__subject_ref", flat=True)
    )


def _shown(row: Decision) -> Decided:
    return Decided(
        subject_ref=row.case.subject_ref,
        step=row.step,
        verdict=row.verdict,
        reason_kind=row.reason_kind,
        reason=row.reason,
        person_id=row.person_id,
        person_name=row.person.name if row.person else "",
        post=row.post,
        at=row.at,
    )
