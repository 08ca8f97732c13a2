"""A past lived again: at each slot of each year, what would have been said with what was known then.

Of (year, slot) are used earlier years, the programme of the whole year and the actuals up to the slot, of the goal and
of the others. The record is cut before anything is computed, so what is not known cannot be read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from rumbo.core.engine.block import Floats, Ints, Small
from rumbo.core.engine.foresight.calibration import Calibration, Lesson, calibrate
from rumbo.core.engine.foresight.evidence import Cube, Evidence
from rumbo.core.engine.foresight.experience import INNATE, Experience
from rumbo.core.engine.foresight.foresee import Foresight, foresee, last_outcome, left_of_the_year, year_ends
from rumbo.core.engine.foresight.projection import LEAN_YEARS
from rumbo.core.engine.foresight.shapes import infer


@dataclass(frozen=True, eq=False, slots=True)
class Record:
    """As `Evidence`, of every year there is; `shape` None infers it from what is known at each cut."""

    direction: Small
    target: Cube
    target_to_date: Cube
    actual: Cube
    actual_to_date: Cube
    shape: Small | None = None

    def take(self, rows: Ints) -> "Record":
        names = ("direction", "target", "target_to_date", "actual", "actual_to_date")
        shape = None if self.shape is None else self.shape[rows]
        return replace(self, **{name: getattr(self, name)[rows] for name in names}, shape=shape)

    def known_at(self, year: int, slot: int) -> Evidence:
        """`year` is a position in the record, `slot` from 1."""
        first = max(0, year - LEAN_YEARS)
        plan, plan_to_date = (a[:, first : year + 1] for a in (self.target, self.target_to_date))
        done, done_to_date = (a[:, first : year + 1].copy() for a in (self.actual, self.actual_to_date))
        done[:, -1, slot:] = np.nan
        done_to_date[:, -1, slot:] = np.nan
        shape = infer(done, done_to_date, plan, plan_to_date) if self.shape is None else self.shape
        return Evidence(self.direction, shape, plan, plan_to_date, done, done_to_date, slot)


# Of the year: where lessons are taken. Slots in between tell nearly the same.
LESSONS = (0.25, 0.5, 0.75)
PUPILS = 200  # goals from which a correction is learnt: a year is worth less than these, however many there are


def lesson_slots(slots: int) -> list[int]:
    """3, 6 and 9 of twelve; never the last."""
    return sorted({min(max(round(part * slots), 1), slots - 1) for part in LESSONS}) if slots > 1 else []


@dataclass(slots=True)
class Walker:
    """Goes through the years of a record in order, learning at the end of each."""

    record: Record
    experience: Experience = INNATE
    lessons: list[Lesson] = field(default_factory=list)

    def year(self, position: int, slots: Iterable[int] | None = None) -> dict[int, Foresight]:
        """What was foreseen at each slot of the year (all of them if not told); then the year is learnt."""
        last = self.record.target.shape[2]
        taught = lesson_slots(last)
        wanted = sorted({*(range(1, last + 1) if slots is None else slots), *taught})
        known = {slot: self.record.known_at(position, slot) for slot in wanted}
        foreseen = {slot: foresee(evidence, self.experience) for slot, evidence in known.items()}
        outcome = year_ends(self.record.known_at(position, last))[:, -1]
        for slot in taught:
            self._learn(known[slot], foreseen[slot], outcome, len(taught))
        self.experience = Experience(calibrate(self.lessons))
        return foreseen

    def _learn(self, evidence: Evidence, told: Foresight, outcome: Floats, of: int) -> None:
        reported = ~np.isnan(evidence.actual_to_date[:, -1, evidence.slot - 1])
        rows = np.flatnonzero(~np.isnan(outcome) & ~np.isnan(told.projected) & reported)
        if len(rows):
            left, last = left_of_the_year(evidence)[rows], last_outcome(evidence)[rows]
            self.lessons.append(Lesson(told.projected[rows], left, last, outcome[rows], of))


def walk(record: Record) -> Floats:
    """f8[n,y,s]: probability of missing the year, as it would have been said at each slot; NaN where nothing was
    reported at that slot."""
    walker = Walker(record)
    years = record.target.shape[1]
    told = [walker.year(position) for position in range(years)]
    said = np.stack([np.stack([told[y][s].probability for s in sorted(told[y])], axis=1) for y in range(years)], axis=1)
    silent = np.isnan(record.actual) & np.isnan(record.actual_to_date)
    return np.where(silent, np.nan, said)


def experience_of(record: Record) -> Experience:
    """What the whole record teaches: for foreseeing the year that follows it. Of many goals, as many as are enough."""
    walker = Walker(record.take(np.unique(np.linspace(0, len(record.direction) - 1, PUPILS).astype(np.int64))))
    for position in range(record.target.shape[1]):
        walker.year(position, ())
    return walker.experience


__all__ = ["Calibration", "Record", "Walker", "experience_of", "walk"]
