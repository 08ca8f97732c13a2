"""Reads of the evaluation. Nobody above or beside recomputes: a number is read here as it was stored."""

from rumbo.systems.evaluation.queries.closings import (
    closing_of,
    closings_of,
    current_closings_from,
    first_programmed_period,
    last_closed_period,
    latest_closing,
    open_periods,
)
from rumbo.systems.evaluation.queries.deliveries import deliveries_owed
from rumbo.systems.evaluation.queries.results import ResultRow, results_of
from rumbo.systems.evaluation.queries.schemes import scheme_in_force, scheme_version_on, schemes_by_month, schemes_of
from rumbo.systems.evaluation.queries.to_close import owed, owed_in
from rumbo.systems.evaluation.queries.warnings_owed import warnings_owed

__all__ = [
    "ResultRow",
    "closing_of",
    "closings_of",
    "current_closings_from",
    "deliveries_owed",
    "first_programmed_period",
    "last_closed_period",
    "latest_closing",
    "open_periods",
    "owed",
    "owed_in",
    "results_of",
    "scheme_in_force",
    "scheme_version_on",
    "schemes_by_month",
    "schemes_of",
    "warnings_owed",
]
