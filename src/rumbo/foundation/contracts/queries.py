"""Reads of contracts and deliveries. Whoever asks has already been let in."""

from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.contracts.models import Contract, DeliveredDocument, Delivery
from rumbo.foundation.contracts.states import DeliveryState

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

__all__ = [
    "DeliveryState",
    "contract_by_number",
    "contract_by_ref",
    "contracts_of",
    "deliveries_of",
    "document_of",
    "is_running",
    "latest_by_period",
    "latest_of",
]


def contracts_of(institution: "Institution") -> list[Contract]:
    """The newest first."""
    return list(Contract.objects.filter(institution=institution))


def contract_by_ref(institution: "Institution", ref: str) -> Contract | None:
    return Contract.objects.filter(institution=institution, ref=ref).first()


def contract_by_number(institution: "Institution", number: str) -> Contract | None:
    return Contract.objects.filter(institution=institution, number=number.strip()).first()


def is_running(contract: Contract, on: date) -> bool:
    """Whether its term holds that day."""
    return contract.starts_on <= on and (contract.ends_on is None or on <= contract.ends_on)


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
