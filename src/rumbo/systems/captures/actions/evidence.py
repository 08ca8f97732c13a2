"""Proofs of a capture: attached by who captures, retired with a reason, never deleted."""

from datetime import datetime
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from django.db import transaction

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.documents import actions as documents
from rumbo.foundation.documents import queries as files
from rumbo.foundation.organization import queries as organization
from rumbo.systems.captures.actions.allowed import demand, local_day
from rumbo.systems.captures.actions.drafting import title_of
from rumbo.systems.captures.actions.locks import share_months
from rumbo.systems.captures.actions.submitting import locked
from rumbo.systems.captures.models import Capture, Evidence
from rumbo.systems.captures.states import Move, after

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


LONGEST_NAME = 200


class ReasonMissing(Refusal):
    """A proof is taken away with a reason."""


def attach(
    *,
    institution: "Institution",
    capture: Capture,
    content: bytes | IO[bytes],
    file_name: str,
    kind: str = "",
    reserved: bool = False,
    by: Actor,
    at: datetime,
) -> Evidence:
    """Store a file and tie it to a capture that is being edited. `personal_data_found` says what it seems to contain.

    The bytes are on the disk before the transaction begins (decision X). The same file twice is one proof.
    Raises Forbidden, PeriodClosed, NotAllowed, documents.FileRefused.
    """
    demand(by, Permission.CAPTURE, institution, capture.indicator.goal.unit_id)
    after(capture.state, Move.SAVE)
    limit = organization.settings_on(institution, local_day(institution, at)).evidence_max_megabytes
    data = content if isinstance(content, bytes) else content.read(limit * documents.MEGABYTE + 1)
    stored = documents.store(institution=institution, content=data, declared_name=file_name, at=at, max_megabytes=limit)
    found = files.personal_data(data, stored.media_type)[:200]
    with transaction.atomic():
        share_months(institution.pk, [capture.period])
        capture = locked(capture)
        after(capture.state, Move.SAVE)
        same = capture.evidence.filter(digest=stored.digest, retired_on__isnull=True).first()
        if same:
            return same
        evidence = Evidence.objects.create(
            institution=institution,
            capture=capture,
            digest=stored.digest,
            file_name=_shown_name(file_name),
            media_type=stored.media_type,
            size=stored.size,
            kind=kind.strip()[:100],
            reserved=reserved,
            personal_data_found=found,
            attached_by_id=by.person_id,
            attached_at=at,
        )
        audit.record(
            chain=institution.slug,
            by=by,
            action="captures.attach",
            at=at,
            subject=evidence,
            title=f"{title_of(capture)} · {evidence.file_name}",
        )
    return evidence


def _shown_name(name: str) -> str:
    """The last part of what the browser said, whatever machine it came from, with its ending kept when it is long."""
    plain = PurePath(name.replace("\\", "/")).name
    ending = PurePath(plain).suffix
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(ending)] + ending


@transaction.atomic
def detach(*, institution: "Institution", evidence: Evidence, reason: str, by: Actor, at: datetime) -> Evidence:
    """Retire a proof: the file stays, the capture no longer counts it.

    Raises Forbidden, PeriodClosed, NotAllowed (the capture is under review), ReasonMissing.
    """
    capture = evidence.capture
    share_months(institution.pk, [capture.period])
    capture = locked(capture)
    demand(by, Permission.CAPTURE, institution, capture.indicator.goal.unit_id)
    after(capture.state, Move.SAVE)
    if not reason.strip():
        raise ReasonMissing(N_("Escriba por qué retira el archivo. No se retiró."))
    before = state_of(evidence)
    evidence.retired_on, evidence.retired_reason = local_day(institution, at), reason.strip()[:300]
    evidence.save(update_fields=["retired_on", "retired_reason"])
    audit.record(
        chain=institution.slug,
        by=by,
        action="captures.detach",
        at=at,
        subject=evidence,
        title=title_of(capture),
        before=before,
    )
    return evidence
