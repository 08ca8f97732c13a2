"""Where a delivery stands. Pure."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class DeliveryState(StrEnum):
    TO_DELIVER = "to_deliver"
    DELIVERED = "delivered"
    OBSERVED = "observed"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DeliveryState.TO_DELIVER: N_("Por entregar"),
    DeliveryState.DELIVERED: N_("Entregada, por verificar"),
    DeliveryState.OBSERVED: N_("Observada"),
    DeliveryState.ACCEPTED: N_("Aceptada"),
}
