"""Writes of the evaluation: provisional results, closings, schemes."""

from rumbo.systems.evaluation.actions.closing import NotClosable, close, close_history, supersede
from rumbo.systems.evaluation.actions.evaluating import PeriodIsClosed, evaluate, evaluate_month
from rumbo.systems.evaluation.actions.schemes import InvalidScheme, assign_scheme, checked, save_scheme
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
    "InvalidScheme",
    "NotClosable",
    "PeriodIsClosed",
    "SupportData",
    "SupportFile",
    "SupportRefused",
    "SupportSealed",
    "assign_scheme",
    "checked",
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
