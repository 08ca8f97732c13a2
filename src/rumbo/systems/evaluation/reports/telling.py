"""Taking a document is told to the trail: who, when, of which month, and the digest of each file."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Actor
from rumbo.foundation.audit import actions as audit
from rumbo.systems.evaluation.reports.delivery.lists import digests

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def tell(
    kind: str,
    title: str,
    files: Mapping[str, bytes],
    *,
    institution: "Institution",
    period: Period,
    by: Actor,
    at: datetime,
) -> None:
    """`title`: what the document is called, without its month."""
    with transaction.atomic():
        audit.record(
            chain=institution.slug,
            by=by,
            action="evaluation.report",
            at=at,
            title=f"{title}, {period.label}",
            details={"kind": kind, "period": str(period), "files": digests(files)},
        )
