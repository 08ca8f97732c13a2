"""What can be done with a capture. Each sentence is one transaction with its event in the trail."""

from rumbo.systems.captures.actions.corrections import apply_correction, decide_correction, request_correction
from rumbo.systems.captures.actions.drafting import Draft, Entry, mark_unavailable, save_draft, save_drafts
from rumbo.systems.captures.actions.evidence import attach, detach
from rumbo.systems.captures.actions.figuring import NotAsked, ResultOfReadings, StretchNotBegun
from rumbo.systems.captures.actions.history import HistoryRow, load_history
from rumbo.systems.captures.actions.locking import lock_month
from rumbo.systems.captures.actions.outcome import Outcome
from rumbo.systems.captures.actions.refusals import (
    AlreadyCaptured,
    Conflict,
    CorrectionDecided,
    CorrectionIncomplete,
    InexactValue,
    MonthStillOpen,
    NotDue,
    NotStarted,
    PeriodClosed,
    SelfReview,
    SupplementaryNeeded,
    UnavailableIncomplete,
    Unfinished,
    UnitsPending,
)
from rumbo.systems.captures.actions.reviewing import (
    approve_area,
    approve_area_many,
    return_,
    validate,
    validate_many,
)
from rumbo.systems.captures.actions.submitting import submit, submit_many
from rumbo.systems.captures.states import NotAllowed

__all__ = [
    "AlreadyCaptured",
    "Conflict",
    "CorrectionDecided",
    "CorrectionIncomplete",
    "Draft",
    "Entry",
    "HistoryRow",
    "InexactValue",
    "MonthStillOpen",
    "NotAllowed",
    "NotAsked",
    "NotDue",
    "NotStarted",
    "Outcome",
    "PeriodClosed",
    "ResultOfReadings",
    "SelfReview",
    "StretchNotBegun",
    "SupplementaryNeeded",
    "UnavailableIncomplete",
    "Unfinished",
    "UnitsPending",
    "apply_correction",
    "approve_area",
    "approve_area_many",
    "attach",
    "decide_correction",
    "detach",
    "load_history",
    "lock_month",
    "mark_unavailable",
    "request_correction",
    "return_",
    "save_draft",
    "save_drafts",
    "submit",
    "submit_many",
    "validate",
    "validate_many",
]
