"""Writes: a case is opened by the owner of its subject and each step leaves its decision (decision L).

The owner calls these inside its own transaction and writes the audit event, whose subject is the thing reviewed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.organization.actor import PersonActor
from rumbo.foundation.review.models import Case, Decision


class ReasonMissing(Refusal):
    """A return says why, with its type and in words."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case is about: an app, the `ref` of its row and the title by which people know it."""

    institution_id: int
    app_label: str
    ref: UUID
    title: str


@transaction.atomic
def open_case(*, subject: Subject, at: datetime) -> Case:
    """The case of a subject, opened again when it had been closed. A subject has one case for life."""
    return open_cases(subjects=[subject], at=at)[0]


@transaction.atomic
def open_cases(*, subjects: Sequence[Subject], at: datetime) -> list[Case]:
    """Cases of many subjects of one app, in their order, in three queries at most."""
    if not subjects:
        return []
    app_label = subjects[0].app_label
    found = Case.objects.filter(app_label=app_label, subject_ref__in=[subject.ref for subject in subjects])
    cases = {case.subject_ref: case for case in found}
    closed = [case.pk for case in cases.values() if case.closed_at]
    if closed:
        Case.objects.filter(pk__in=closed).update(closed_at=None)
    new = [_new(subject, at) for subject in subjects if subject.ref not in cases]
    cases |= {case.subject_ref: case for case in Case.objects.bulk_create(new)}
    return [cases[subject.ref] for subject in subjects]


def _new(subject: Subject, at: datetime) -> Case:
    return Case(
        institution_id=subject.institution_id,
        app_label=subject.app_label,
        subject_ref=subject.ref,
        title=subject.title[:300],
        opened_at=at,
    )


@transaction.atomic
def decide(
    *,
    case: Case,
    step: str,
    verdict: Decision.Verdict,
    by: Actor,
    at: datetime,
    reason_kind: str = "",
    reason: str = "",
    final: bool = False,
) -> Decision:
    """Leave the decision of one step. `final` closes the case. Raises ReasonMissing."""
    return decide_many(
        cases=[case], step=step, verdict=verdict, by=by, at=at, reason_kind=reason_kind, reason=reason, final=final
    )[0]


@transaction.atomic
def decide_many(
    *,
    cases: Sequence[Case],
    step: str,
    verdict: Decision.Verdict,
    by: Actor,
    at: datetime,
    reason_kind: str = "",
    reason: str = "",
    final: bool = False,
) -> list[Decision]:
    """The same decision on many cases, in two queries at most. Raises ReasonMissing."""
    if verdict is Decision.Verdict.RETURNED and (reason_kind not in set(ReturnReason) or not reason.strip()):
        raise ReasonMissing(
            N_("Falta el motivo de la devolución. Elija su tipo y escriba qué debe corregirse; no se devolvió nada.")
        )
    if final:
        Case.objects.filter(pk__in=[case.pk for case in cases]).update(closed_at=at)
    return Decision.objects.bulk_create(
        Decision(
            case=case,
            institution_id=case.institution_id,
            step=step,
            verdict=verdict,
            reason_kind=reason_kind,
            reason=reason.strip(),
            person_id=by.person_id,
            post=_post(by, case.institution_id),
            at=at,
        )
        for case in cases
    )


def _post(by: Actor, institution: int) -> str:
    return by.post_in(institution)[:200] if isinstance(by, PersonActor) else ""
