"""Whoever keeps results hears which captures changed, inside the same transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rumbo.core.vocabulary.permission import Actor
from rumbo.systems.captures import events
from rumbo.systems.captures.models import Capture

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def announce(institution: "Institution", captures: Sequence[Capture], by: Actor, at: datetime) -> None:
    """One announcement of all of them."""
    events.capture_changed.announce(
        events.CaptureChanged(
            institution_id=institution.pk,
            fiscal_start=institution.fiscal_start,
            indicator_ids=tuple(sorted({capture.indicator_id for capture in captures})),
            periods=tuple(sorted({capture.period for capture in captures})),
            at=at,
            by=by,
        )
    )
