"""Captures and their evidence, as far as whoever asks may see them."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.review.actions import Subject
from rumbo.systems.captures.models import Capture, Evidence

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def visible_to(actor: Actor, institution: "Institution") -> QuerySet[Capture]:
    """Captures of the areas whose boards the actor may see."""
    found = Capture.objects.filter(institution=institution).select_related(
        "indicator__goal__unit", "captured_by", "approved_by"
    )
    units = actor.units(Permission.VIEW_BOARDS, institution.pk)
    return found if units is None else found.filter(indicator__goal__unit__in=units)


def capture_by_ref(actor: Actor, institution: "Institution", ref: UUID) -> Capture | None:
    return visible_to(actor, institution).filter(ref=ref).first()


def captures_by_refs(actor: Actor, institution: "Institution", refs: Collection[UUID]) -> list[Capture]:
    return list(visible_to(actor, institution).filter(ref__in=refs))


def capture_of(institution: "Institution", indicator_id: int, period: int) -> Capture | None:
    return (
        Capture.objects.filter(institution=institution, indicator=indicator_id, period=period)
        .select_related("indicator__goal__unit", "captured_by", "approved_by")
        .first()
    )


def captures_of(
    institution: "Institution", indicator_ids: Collection[int], first: int, last: int
) -> dict[tuple[int, int], Capture]:
    """By indicator and period, each with `pieces`, the count of its evidence. One query."""
    rows = Capture.objects.filter(
        institution=institution, indicator__in=indicator_ids, period__range=(first, last)
    ).annotate(pieces=Count("evidence", filter=Q(evidence__retired_on__isnull=True)))
    return {(capture.indicator_id, capture.period): capture for capture in rows}


def evidence_of(captures: Iterable[Capture]) -> dict[int, list[Evidence]]:
    """What is attached and not retired, by capture, in the order in which it was attached. One query."""
    found: dict[int, list[Evidence]] = {}
    rows = Evidence.objects.filter(capture__in=list(captures), retired_on__isnull=True)
    for piece in rows.select_related("attached_by"):
        found.setdefault(piece.capture_id, []).append(piece)
    return found


def evidence_by_ref(actor: Actor, institution: "Institution", ref: UUID) -> Evidence | None:
    """A piece of a capture that the actor may see. Whether they may open it, `may_open` says."""
    return (
        Evidence.objects.filter(capture__in=visible_to(actor, institution), ref=ref)
        .select_related("capture__indicator__goal")
        .first()
    )


def may_open(actor: Actor, institution: "Institution", piece: Evidence) -> bool:
    """Reserved evidence opens only to its own area and to who may see reserved evidence there."""
    if not piece.reserved:
        return True
    unit_id = piece.capture.indicator.goal.unit_id
    held = (Permission.CAPTURE, Permission.APPROVE_AREA, Permission.VIEW_RESERVED_EVIDENCE)
    return any(actor.may(permission, institution.pk, unit_id) for permission in held)


def subject_of(capture: Capture) -> Subject:
    """How a capture is named to those who review it. Needs its indicator."""
    title = f"{capture.indicator.code} · {Period.of(capture.period)}"
    return Subject(capture.institution_id, "captures", capture.ref, title)
