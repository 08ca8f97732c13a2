"""Writes of this app, as sentences."""

from rumbo.foundation.contracts.actions.deliveries import (
    DeliveredFile,
    NotDecidable,
    NotDeliverable,
    Source,
    accept,
    deliver,
    may_deliver,
    observe,
)
from rumbo.foundation.contracts.actions.registering import ContractNumberTaken, TermOutOfOrder, save_contract

__all__ = [
    "ContractNumberTaken",
    "DeliveredFile",
    "NotDecidable",
    "NotDeliverable",
    "Source",
    "TermOutOfOrder",
    "accept",
    "deliver",
    "may_deliver",
    "observe",
    "save_contract",
]
