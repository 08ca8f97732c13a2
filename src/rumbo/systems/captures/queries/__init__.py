"""Reads. What a person may see starts from `visible_to`; the rest answers to the apps above, in plain values."""

from rumbo.systems.captures.queries.captures import (
    capture_by_ref,
    capture_of,
    captures_by_refs,
    captures_of,
    evidence_by_ref,
    evidence_of,
    may_open,
    subject_of,
    visible_to,
)
from rumbo.systems.captures.queries.commitments import (
    Commitment,
    commitment_before,
    commitments_due,
    commitments_of,
)
from rumbo.systems.captures.queries.corrections import (
    adjustments_in,
    correction_by_ref,
    corrections_of,
    corrections_requested,
)
from rumbo.systems.captures.queries.deadlines import business_days_between, due_day
from rumbo.systems.captures.queries.facts import facts_of, judgements_of, judgements_of_many
from rumbo.systems.captures.queries.months import (
    locked_months,
    month_lock,
    month_locked,
    next_open_period,
    working_period,
)
from rumbo.systems.captures.queries.owed import owed, owed_in, url_of
from rumbo.systems.captures.queries.pending import PendingUnit, omissions_by_unit, omissions_of
from rumbo.systems.captures.queries.readings import approved_readings, made_of, merged, month_in, stretches_in
from rumbo.systems.captures.queries.reviewing import Waiting, queue_counts, queue_of, validated_of, waiting_of
from rumbo.systems.captures.queries.sheet import Cell, Row, Sheet, Slot, sheet_of, slots_of
from rumbo.systems.captures.queries.values import (
    CORRECTED,
    HISTORICAL,
    LATE,
    RECORD,
    STATE,
    STATES,
    Value,
    value_records,
    values,
)
from rumbo.systems.captures.queries.year import MonthOfYear, year_of

__all__ = [
    "CORRECTED",
    "HISTORICAL",
    "LATE",
    "RECORD",
    "STATE",
    "STATES",
    "Cell",
    "Commitment",
    "MonthOfYear",
    "PendingUnit",
    "Row",
    "Sheet",
    "Slot",
    "Value",
    "Waiting",
    "adjustments_in",
    "approved_readings",
    "business_days_between",
    "capture_by_ref",
    "capture_of",
    "captures_by_refs",
    "captures_of",
    "commitment_before",
    "commitments_due",
    "commitments_of",
    "correction_by_ref",
    "corrections_of",
    "corrections_requested",
    "due_day",
    "evidence_by_ref",
    "evidence_of",
    "facts_of",
    "judgements_of",
    "judgements_of_many",
    "locked_months",
    "made_of",
    "may_open",
    "merged",
    "month_in",
    "month_lock",
    "month_locked",
    "next_open_period",
    "omissions_by_unit",
    "omissions_of",
    "owed",
    "owed_in",
    "queue_counts",
    "queue_of",
    "sheet_of",
    "slots_of",
    "stretches_in",
    "subject_of",
    "url_of",
    "validated_of",
    "value_records",
    "values",
    "visible_to",
    "waiting_of",
    "working_period",
    "year_of",
]
