"""What this app tells, inside its transaction, to the apps above it."""

from dataclasses import dataclass
from datetime import date

from rumbo.core.vocabulary.announcement import Announcement


@dataclass(frozen=True, slots=True)
class UnitRetiring:
    """A unit is about to be retired. Whoever still has work of it refuses, with the words of what remains."""

    institution_id: int
    unit_id: int
    on: date


unit_retiring: Announcement[UnitRetiring] = Announcement()


@dataclass(frozen=True, slots=True)
class FiscalStartMoving:
    """The institution is about to say that its years start in another month. Whoever already has something in the
    months of a year refuses: its columns would be of other months."""

    institution_id: int


fiscal_start_moving: Announcement[FiscalStartMoving] = Announcement()
