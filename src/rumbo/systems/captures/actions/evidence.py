"""Proofs of a capture: attached by who captures, retired with a reason, never deleted."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.systems.captures.actions.allowed import demand, local_day
from rumbo.systems.captures.actions.drafting import title_of
from rumbo.systems.captures.actions.locks import share_months
from rumbo.systems.captures.actions.submitting import locked
from rumbo.systems.captures.models import Evidence
from rumbo.systems.captures.states import Move, after

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


class ReasonMissing(Refusal):
    """A proof is taken away with a reason."""


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
