"""Corrections of closed months: asked, decided, and where they were applied."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.systems.captures.models import Capture, Correction

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def _visible_to(actor: Actor, institution: "Institution") -> QuerySet[Correction]:
    found = Correction.objects.filter(institution=institution).select_related("capture__indicator__goal__unit")
    units = actor.units(Permission.VIEW_BOARDS, institution.pk)
    return found if units is None else found.filter(capture__indicator__goal__unit__in=units)


def corrections_requested(actor: Actor, institution: "Institution") -> list[Correction]:
    """Those that wait for a decision, oldest first."""
    return list(_visible_to(actor, institution).filter(state=Correction.State.REQUESTED))


def correction_by_ref(actor: Actor, institution: "Institution", ref: UUID) -> Correction | None:
    return _visible_to(actor, institution).filter(ref=ref).first()


def corrections_of(capture: Capture) -> list[Correction]:
    """Everything asked about one capture, oldest first."""
    return list(Correction.objects.filter(capture=capture))


def adjustments_in(institution: "Institution", period: int) -> list[Correction]:
    """«Ajustes a meses anteriores»: what was applied in a month to captures of months before it."""
    return list(
        Correction.objects.filter(institution=institution, state=Correction.State.APPLIED, applied_in=period)
        .exclude(capture__period=period)
        .select_related("capture__indicator__goal__unit")
    )


def applied_to_indicator(indicator_id: int, first: int, last: int) -> list[Correction]:
    """What was applied to the captures of one indicator in some months, oldest decision first, with its capture."""
    return list(
        Correction.objects.filter(
            capture__indicator=indicator_id, capture__period__range=(first, last), state=Correction.State.APPLIED
        )
        .select_related("capture")
        .order_by("decided_on", "pk")
    )


def supplementary_requested(actor: Actor, institution: "Institution") -> list[Correction]:
    """Those that ask for a complementary closing and wait for it, by month."""
    found = _visible_to(actor, institution).filter(state=Correction.State.REQUESTED, kind=Correction.Kind.SUPPLEMENTARY)
    return list(found.order_by("capture__period", "pk"))
