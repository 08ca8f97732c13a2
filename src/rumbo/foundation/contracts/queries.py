"""Reads of the deliveries. Whoever asks has already been let in."""

from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.contracts.models import DeliveredDocument, Delivery
from rumbo.foundation.contracts.states import DeliveryState

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

__all__ = ["DeliveryState", "deliveries_of", "document_of", "latest_by_period", "latest_of"]


def deliveries_of(institution: "Institution", period: Period) -> list[Delivery]:
    """Of a month, newest first, with their documents. Two queries."""
    return list(Delivery.objects.filter(institution=institution, period=period.index).prefetch_related("documents"))


def latest_of(institution: "Institution", period: Period) -> Delivery | None:
    return Delivery.objects.filter(institution=institution, period=period.index).first()


def latest_by_period(institution_id: int) -> dict[int, Delivery]:
    """The newest delivery of each month that has one. One query."""
    found: dict[int, Delivery] = {}
    for delivery in Delivery.objects.filter(institution_id=institution_id).order_by("period", "number"):
        found[delivery.period] = delivery
    return found


def document_of(institution: "Institution", period: Period, number: int, name: str) -> DeliveredDocument | None:
    return DeliveredDocument.objects.filter(
        institution=institution, delivery__period=period.index, delivery__number=number, name=name
    ).first()
