"""Writes of the evaluation: provisional results, closings, schemes."""

from rumbo.systems.evaluation.actions.closing import NotClosable, close, close_history, supersede
from rumbo.systems.evaluation.actions.evaluating import PeriodIsClosed, evaluate, evaluate_month
from rumbo.systems.evaluation.actions.foreseeing import foresee_after, foresee_month
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
from rumbo.systems.evaluation.actions.warnings import (
    WarningRefused,
    close_warning,
    decide_warning,
    do_warning,
    see_warnings,
)

__all__ = [
    "InvalidScheme",
    "NotClosable",
    "PeriodIsClosed",
    "SupportData",
    "SupportFile",
    "SupportRefused",
    "SupportSealed",
    "WarningRefused",
    "assign_scheme",
    "checked",
    "close",
    "close_history",
    "close_warning",
    "decide_warning",
    "do_warning",
    "edit_support",
    "evaluate",
    "evaluate_month",
    "foresee_after",
    "foresee_month",
    "record_support",
    "retire_support",
    "save_scheme",
    "see_warnings",
    "supersede",
]
