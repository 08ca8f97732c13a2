"""Failed sign-ins: counted per address, known or not, and forgotten on success."""

from datetime import datetime, timedelta

from django.db import transaction

from rumbo.foundation.audit import actions as audit
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actor import SystemActor
from rumbo.foundation.organization.models import FailedSignIn

FAILURES_BEFORE_LOCK = 5  # ours: enough for a slip of the keyboard
LOCK = timedelta(minutes=15)  # ours
KEPT = timedelta(days=1)  # rows of addresses that nobody has would otherwise fill the table


def note_failure(*, email: str, at: datetime) -> datetime | None:
    """One more failure; with the fifth in a row, until when the address waits. The lock of a person is recorded."""
    with transaction.atomic():
        FailedSignIn.objects.filter(last_at__lt=at - KEPT).delete()
        FailedSignIn.objects.get_or_create(digest=queries.address_digest(email), defaults={"last_at": at})
        row = FailedSignIn.objects.select_for_update().get(digest=queries.address_digest(email))
        row.failures = 1 if row.last_at < at - LOCK else row.failures + 1
        row.last_at = at
        if row.failures >= FAILURES_BEFORE_LOCK:
            row.failures, row.locked_until = 0, at + LOCK
            person = queries.person_by_email(email)
            if person is not None:
                audit.record(
                    chain=audit.INSTALLATION,
                    by=SystemActor(),
                    action="organization.lock_person",
                    at=at,
                    title=person.email,
                    details={"until": row.locked_until},
                )
        row.save()
        return row.locked_until if row.locked_until and row.locked_until > at else None


def forget_failures(*, email: str) -> None:
    """After the right password, or a new one."""
    FailedSignIn.objects.filter(digest=queries.address_digest(email)).delete()
