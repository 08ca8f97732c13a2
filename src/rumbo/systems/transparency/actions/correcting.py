"""What was published is not changed: it is corrected by a new version, which takes its place when it is published."""

from datetime import date, datetime

from django.db import transaction

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.actions import record as write_event
from rumbo.systems.transparency import queries
from rumbo.systems.transparency.actions.preparing import EDITABLE
from rumbo.systems.transparency.actions.steps import may_publish, taken, told
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.queries import COMPOSED

_KEPT = ("institution_id", "plan_id", "format_code", "fiscal_year", "quarter", "period_start", "period_end", "due_on",
         *EDITABLE, *COMPOSED)  # fmt: skip


class NotPublished(Refusal):
    """Only what was published is corrected: what was not is edited, or reopened."""


class AlreadyCorrected(Refusal):
    """There is a later version, or one in hand."""


def correct(
    *, record: DisclosureRecord, reason: str, post: str = "", by: Actor, on: date, at: datetime
) -> DisclosureRecord:
    """A new version in preparation, with the texts as they were published; the information is updated today.

    The one published stays in force until the new one is published. Raises Forbidden, NotPublished, AlreadyCorrected.
    """
    may_publish(by, record.institution_id)
    with transaction.atomic():
        record = taken(record)
        if record.published_on is None:
            raise NotPublished(
                N_("El registro %(record)s no se ha publicado: no se corrige, se edita o se reabre."),
                record=str(record),
            )
        if not reason.strip():
            raise NotPublished(N_("La corrección no se inició: escriba el motivo."))
        latest = queries.record_of(record.institution, record.period)
        if latest is not None and latest.pk != record.pk:
            raise AlreadyCorrected(
                N_("La versión %(version)s ya tiene otra que la corrige: %(latest)s. Abra esa."),
                version=record.version, latest=str(latest),
            )  # fmt: skip
        correction = DisclosureRecord(
            **{name: getattr(record, name) for name in _KEPT} | {"updated_on": on},
            version=record.version + 1,
            supersedes=record,
            first_published_on=record.first_published_on or record.published_on,
            correction_reason=reason.strip(),
            corrected_on=on,
            corrected_by=by.label,
            corrected_post=post[:200],
        )
        correction.save()
        return told(correction, "correct", by=by, at=at, details={"reason": correction.correction_reason})


def discard(*, record: DisclosureRecord, by: Actor, at: datetime) -> None:
    """A correction that was begun by mistake is dropped while it is not published; the published version stays.

    Raises Forbidden, NotPublished.
    """
    may_publish(by, record.institution_id)
    with transaction.atomic():
        record = taken(record)
        if not record.is_correction or record.published_on is not None:
            raise NotPublished(N_("Solo se descarta una corrección que todavía no se publica."))
        title = f"{record.period.label} · {record}"
        write_event(
            chain=record.institution.slug, by=by, action="transparency.discard", at=at, title=title, gone=[record],
            details={"reason": record.correction_reason},
        )  # fmt: skip
        record.delete()
