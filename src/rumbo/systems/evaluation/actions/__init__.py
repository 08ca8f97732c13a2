"""Writes of the evaluation: provisional results, closings, schemes."""

from rumbo.systems.evaluation.actions.closing import NotClosable, close, close_history, supersede
from rumbo.systems.evaluation.actions.evaluating import PeriodIsClosed, evaluate, evaluate_month
from rumbo.systems.evaluation.actions.schemes import save_scheme
from rumbo.systems.evaluation.actions.support import (
    SupportData,
    SupportFile,
    SupportRefused,
    SupportSealed,
    edit_support,
    record_support,
    retire_support,
)

__all__ = [
    "NotClosable",
    "PeriodIsClosed",
    "SupportData",
    "SupportFile",
    "SupportRefused",
    "SupportSealed",
    "close",
    "close_history",
    "edit_support",
    "evaluate",
    "evaluate_month",
    "record_support",
    "retire_support",
    "save_scheme",
    "supersede",
]
