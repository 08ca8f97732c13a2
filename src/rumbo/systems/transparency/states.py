"""Where a quarter's record stands, and when it is due. Pure."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rumbo.core.timekeeping.business_days import business_day_or_previous
from rumbo.core.timekeeping.deadlines import Counting, Term
from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.marking import N_


class RecordState(StrEnum):
    TO_PREPARE = "to_prepare"
    DRAFT = "draft"
    VALIDATED = "validated"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    RecordState.TO_PREPARE: N_("Por preparar"),
    RecordState.DRAFT: N_("En preparación"),
    RecordState.VALIDATED: N_("Validada"),
    RecordState.PUBLISHED: N_("Publicada"),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is the last day of the term; `safe`, the last business day on or before it (Q-04)."""

    quarter: Quarter
    due: date
    safe: date

    def days_left(self, on: date) -> int:
        """Natural days; negative once it is overdue."""
        return (self.due - on).days

    def is_late(self, published_on: date | None, on: date) -> bool:
        """Published after the last day, or still not published when it has gone by (IECM-26)."""
        return (published_on or on) > self.due


def deadline_of(quarter: Quarter, *, days: int, moves: bool, non_working: Container[date]) -> Deadline:
    """Natural days counted from the day after the quarter ends; no roll-over unless the institution says so (IECM-25,
    Q-04)."""
    due = Term(days, Counting.NATURAL, moves).due_on(quarter.end, non_working)
    return Deadline(quarter, due, business_day_or_previous(due, non_working))
