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
