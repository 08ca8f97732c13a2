"""Writes of the evaluation: provisional results, closings, schemes."""

from rumbo.systems.evaluation.actions.closing import NotClosable, close, close_history, supersede
from rumbo.systems.evaluation.actions.evaluating import PeriodIsClosed, evaluate, evaluate_month
from rumbo.systems.evaluation.actions.schemes import save_scheme

__all__ = [
    "NotClosable",
    "PeriodIsClosed",
    "close",
    "close_history",
    "evaluate",
    "evaluate_month",
    "save_scheme",
    "supersede",
]
