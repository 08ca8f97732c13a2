"""Validating freezes the text; publishing dates it, late or in time."""

from datetime import date, datetime

from django.db import transaction

from rumbo.core.rendering.told import Day
from rumbo.core.rules import Judgement, Severity
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.states import state_of
from rumbo.systems.transparency import queries
from rumbo.systems.transparency.actions.steps import may_publish, must_be_draft, taken, told
from rumbo.systems.transparency.models import DisclosureRecord


class NotReady(Refusal):
    """A rule that blocks is not met. `judgements`: those that do not let it through."""

    judgements: tuple[Judgement, ...] = ()


class NotValidated(Refusal):
    """Only what is validated is published."""


class AlreadyPublished(Refusal):
    """What was published stays as it was published."""


def validate(*, record: DisclosureRecord, validated_on: date, by: Actor, on: date, at: datetime) -> DisclosureRecord:
    """The text is frozen with the day on which it was confirmed (IECM-21). Raises Forbidden, Frozen, NotReady."""
    may_publish(by, record.institution_id)
    with transaction.atomic():
        record = taken(record)
        must_be_draft(record)
        _must_be_ready(record, queries.findings_of(record, on=on, proposed={"validated_on": validated_on}))
        before = state_of(record)
        record.validated_on = validated_on
        record.save(update_fields=["validated_on"])
        return told(record, "validate", by=by, at=at, before=before)


def reopen(*, record: DisclosureRecord, reason: str, by: Actor, at: datetime) -> DisclosureRecord:
    """Back to preparation, with a reason, while it is not published. Raises Forbidden, NotValidated, AlreadyPublished,
    NotReady."""
    may_publish(by, record.institution_id)
    with transaction.atomic():
        record = taken(record)
        _must_be_validated(record)
        if not reason.strip():
            raise NotReady(N_("El registro no se reabrió: escriba el motivo."))
        before = state_of(record)
        record.validated_on = None
        record.save(update_fields=["validated_on"])
        return told(record, "reopen", by=by, at=at, before=before, details={"reason": reason.strip()})


def publish(*, record: DisclosureRecord, published_on: date, by: Actor, on: date, at: datetime) -> DisclosureRecord:
    """The day on which it appeared on the site; after its last day it stays marked as late (IECM-26).

    Raises Forbidden, NotValidated, AlreadyPublished, NotReady.
    """
    may_publish(by, record.institution_id)
    with transaction.atomic():
        record = taken(record)
        _must_be_validated(record)
        assert record.validated_on is not None  # noqa: S101  (for the type checker: just asked)
        if not record.validated_on <= published_on <= on:
            raise NotReady(
                N_("El registro no se publicó: la fecha de publicación va de la de validación (%(first)s) a hoy"
                   " (%(last)s)."),
                first=Day(record.validated_on), last=Day(on),
            )  # fmt: skip
        corrected = record.supersedes
        if corrected is not None and corrected.published_on and published_on < corrected.published_on:
            raise NotReady(
                N_("La corrección no se publicó: la versión que corrige se publicó el %(day)s, después de esa fecha."),
                day=Day(corrected.published_on),
            )
        before = state_of(record)
        record.published_on = published_on
        record.save(update_fields=["published_on"])
        return told(record, "publish", by=by, at=at, before=before, details={"late": record.published_late})


def _must_be_ready(record: DisclosureRecord, judgements: list[Judgement]) -> None:
    """What only warns lets through; what asks for a justification has it in the note."""
    pending = tuple(
        judgement
        for judgement in judgements
        if not judgement.finding.is_met and judgement.rule.severity is not Severity.WARNS
    )
    if pending:
        refusal = NotReady(
            N_("El registro %(record)s no se validó: %(reasons)s"),
            record=str(record),
            reasons=" ".join(judgement.finding.reason for judgement in pending),
        )
        refusal.judgements = pending
        raise refusal


def _must_be_validated(record: DisclosureRecord) -> None:
    if record.published_on is not None:
        raise AlreadyPublished(
            N_("El registro %(record)s ya se publicó el %(day)s y queda como se publicó. Para cambiar algo,"
               " corríjalo."),
            record=str(record), day=Day(record.published_on),
        )  # fmt: skip
    if record.validated_on is None:
        raise NotValidated(N_("El registro %(record)s todavía no está validado. Valídelo primero."), record=str(record))
