"""A past lived again: at each slot of each year, what would have been said with what was known then.

Of (year, slot) are used earlier years, the programme of the whole year and the actuals up to the slot, of the goal and
of the others. The record is cut before anything is computed, so what is not known cannot be read.
"""

from dataclasses import dataclass, field

import numpy as np

from rumbo.core.engine.block import Floats, Small
from rumbo.core.engine.foresight.calibration import WORTH_OF_A_YEAR, Calibration, Lesson, calibrate
from rumbo.core.engine.foresight.evidence import Cube, Evidence
from rumbo.core.engine.foresight.experience import INNATE, Experience, seen
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

    def known_at(self, year: int, slot: int) -> Evidence:
        """`year` is a position in the record, `slot` from 1."""
        first = max(0, year - LEAN_YEARS)
        plan, plan_to_date = (a[:, first : year + 1] for a in (self.target, self.target_to_date))
        done, done_to_date = (a[:, first : year + 1].copy() for a in (self.actual, self.actual_to_date))
        done[:, -1, slot:] = np.nan
        done_to_date[:, -1, slot:] = np.nan
        shape = infer(done, done_to_date, plan, plan_to_date) if self.shape is None else self.shape
        return Evidence(self.direction, shape, plan, plan_to_date, done, done_to_date, slot)


@dataclass(slots=True)
class Walker:
    """Goes through the years of a record in order, learning at the end of each."""

    record: Record
    experience: Experience = INNATE
    lessons: list[Lesson] = field(default_factory=list)

    def year(self, position: int) -> list[Foresight]:
        """What was foreseen at each slot of the year; then the year is learnt."""
        slots = self.record.target.shape[2]
        known = [self.record.known_at(position, slot) for slot in range(1, slots + 1)]
        foreseen = [foresee(evidence, self.experience) for evidence in known]
        self._learn(known, foreseen)
        return foreseen

    def _learn(self, known: list[Evidence], foreseen: list[Foresight]) -> None:
        ended = known[-1]
        outcome = year_ends(ended)[:, -1]
        for evidence, told in zip(known[:-1], foreseen[:-1], strict=True):
            reported = ~np.isnan(evidence.actual_to_date[:, -1, evidence.slot - 1])
            rows = np.flatnonzero(~np.isnan(outcome) & ~np.isnan(told.projected) & reported)
            if len(rows):
                worth = np.full(len(rows), WORTH_OF_A_YEAR / (ended.slots - 1))
                self.lessons.append(
                    Lesson(
                        told.projected[rows],
                        left_of_the_year(evidence)[rows],
                        last_outcome(evidence)[rows],
                        outcome[rows],
                        worth,
                    )
                )
        self.experience = Experience(seen(ended, self.experience.prior), calibrate(self.lessons))


def walk(record: Record) -> Floats:
    """f8[n,y,s]: probability of missing the year, as it would have been said at each slot; NaN where nothing was
    reported at that slot."""
    walker = Walker(record)
    years = record.target.shape[1]
    said = np.stack([np.stack([f.probability for f in walker.year(y)], axis=1) for y in range(years)], axis=1)
    silent = np.isnan(record.actual) & np.isnan(record.actual_to_date)
    return np.where(silent, np.nan, said)


def experience_of(record: Record) -> Experience:
    """What the whole record teaches: for foreseeing the year that follows it."""
    walker = Walker(record)
    for position in range(record.target.shape[1]):
        walker.year(position)
    return walker.experience


__all__ = ["Calibration", "Record", "Walker", "experience_of", "walk"]
