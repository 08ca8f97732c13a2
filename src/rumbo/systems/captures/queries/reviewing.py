"""The queue of «Revisión»: what waits for the area's approval or for Planning."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.systems.captures.events import CaptureLight, light_reader
from rumbo.systems.captures.models import Capture, Evidence
from rumbo.systems.captures.queries.captures import evidence_of, visible_to
from rumbo.systems.captures.queries.months import of_open_months

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class Waiting:
    """One capture that waits, with what is needed to decide. `own`: the actor captured it and cannot review it."""

    capture: Capture
    light: CaptureLight | None
    evidence: tuple[Evidence, ...]
    own: bool


def queue_of(actor: Actor, institution: "Institution", *, units: Collection[int] | None = None) -> QuerySet[Capture]:
    """What the actor may approve or validate: the area's step first, then by area and code. Not read yet."""
    rows = of_open_months(visible_to(actor, institution).filter(_mine(actor, institution)), institution)
    if units is not None:
        rows = rows.filter(indicator__goal__unit__in=units)
    return rows.order_by(
        "state", "indicator__goal__unit__position", "indicator__goal__unit__code", "period", "indicator__code"
    )


def validated_of(
    actor: Actor, institution: "Institution", *, units: Collection[int] | None = None, text: str = ""
) -> QuerySet[Capture]:
    """What Planning validated in months that are still open, where the actor may return it; the newest first.

    Not read yet. What came by carga histórica was nobody's to capture: it is loaded again instead. `text` is looked
    for in the code and the name of the indicator.
    """
    rows = visible_to(actor, institution).filter(state=CaptureState.APPROVED, historical=False)
    rows = of_open_months(rows, institution)
    held = actor.units(Permission.VALIDATE, institution.pk)
    for some in (held, units):
        if some is not None:
            rows = rows.filter(indicator__goal__unit__in=some)
    if words := text.strip():
        rows = rows.filter(Q(indicator__code__icontains=words) | Q(indicator__name__icontains=words))
    return rows.order_by("-period", "indicator__goal__unit__position", "indicator__goal__unit__code", "indicator__code")


def queue_counts(queue: QuerySet[Capture], actor: Actor) -> dict[CaptureState, int]:
    """How many the actor can decide in each step: nobody reviews what they captured. One query."""
    others = queue.exclude(captured_by=actor.person_id) if actor.person_id is not None else queue
    found = others.order_by().values_list("state").annotate(found=Count("pk"))
    return {CaptureState(state): count for state, count in found}


def waiting_of(actor: Actor, captures: Sequence[Capture]) -> list[Waiting]:
    """With what is needed to decide. Two queries and one more for each month there is."""
    pieces = evidence_of(captures)
    lights = {
        (pk, period): light
        for period in {capture.period for capture in captures}
        for pk, light in light_reader.lights_of(
            [capture.indicator_id for capture in captures if capture.period == period], period
        ).items()
    }
    return [
        Waiting(
            capture=capture,
            light=lights.get((capture.indicator_id, capture.period)),
            evidence=tuple(pieces.get(capture.pk, ())),
            own=actor.person_id is not None and capture.captured_by_id == actor.person_id,
        )
        for capture in captures
    ]


def _mine(actor: Actor, institution: "Institution") -> Q:
    """In the step and the areas where the actor decides."""
    found = Q(pk__in=())
    for state, permission in (
        (CaptureState.AREA_REVIEW, Permission.APPROVE_AREA),
        (CaptureState.PLANNING_REVIEW, Permission.VALIDATE),
    ):
        units = actor.units(permission, institution.pk)
        mine = Q(state=state)
        found |= mine if units is None else mine & Q(indicator__goal__unit__in=units)
    return found
