"""What every write of a record does: asks first, takes the row, keeps the event."""

from datetime import datetime
from typing import Any

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit.actions import record as write_event
from rumbo.systems.transparency.models import DisclosureRecord


class Frozen(Refusal):
    """What was validated is not changed."""


def may_prepare(by: Actor, institution_id: int) -> None:
    """Raises Forbidden."""
    if not by.may(Permission.PREPARE_REPORTS, institution_id):
        raise Forbidden(N_("El registro de transparencia lo prepara la Dirección de Planeación."))


def may_publish(by: Actor, institution_id: int) -> None:
    """Raises Forbidden."""
    if not by.may(Permission.PUBLISH_TRANSPARENCY, institution_id):
        raise Forbidden(
            N_("El registro de transparencia lo valida y publica quien cierra el mes en la Dirección de Planeación.")
        )


def taken(record: DisclosureRecord) -> DisclosureRecord:
    """The row again, held until the transaction ends."""
    return (
        DisclosureRecord.objects.select_for_update(of=("self",)).select_related("institution", "plan").get(pk=record.pk)
    )


def must_be_draft(record: DisclosureRecord) -> None:
    """Raises Frozen."""
    if record.validated_on is not None:
        raise Frozen(
            N_("El registro %(record)s ya está validado y no se modifica. Si requiere un cambio, reábralo antes de"
               " publicarlo."),
            record=str(record),
        )  # fmt: skip


def told(
    record: DisclosureRecord,
    action: str,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
) -> DisclosureRecord:
    """The event of a saved record, which is given back."""
    write_event(
        chain=record.institution.slug, by=by, action=f"transparency.{action}", at=at, subject=record,
        title=f"{record.period.label} · {record}", before=before, details=details,
    )  # fmt: skip
    return record
