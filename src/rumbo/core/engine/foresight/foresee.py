"""The probability that each goal misses the target of its year, as known at one slot."""

from dataclasses import dataclass, fields

import numpy as np

from rumbo.core.engine.block import Floats, Small
from rumbo.core.engine.foresight.evidence import Cube, Evidence, Shape
from rumbo.core.engine.foresight.experience import INNATE, Experience
from rumbo.core.engine.foresight.frame import target_of_the_year
from rumbo.core.engine.foresight.projection import Projection, project
from rumbo.core.vocabulary.risk import Risk, Sureness

HIGH, MEDIUM = 0.5, 0.25
MUCH, LITTLE = 24, 6  # slots of history
# Bounds of the interval said with the expected figure: four years of five end inside it.
INTERVAL = 1.2816


@dataclass(frozen=True, eq=False, slots=True)
class Foresight:
    """Of n goals; unit of the indicator unless told. NaN where there is nothing to tell from.

    probability  f8[n] of missing the target of the year, 0..1
    risk         i1[n] `Risk`
    sureness     i1[n] `Sureness`: how much history and how much of the year stand behind it
    expected     f8[n] figure expected at the end of the year
    low, high    f8[n] between which four years of five would end
    pace         f8[n] what each slot to come must give (a sum) or average (a mean) for the target to be met; where the
                 indicator is a level, the level to reach. NaN when no slot is left, and of two sides
    recent       f8[n] what the slots of this year have given, to compare with `pace`
    shortfall    f8[n] how far from met the expected figure ends, as a part of what it has to be; 0 where it is enough
    projected    f8[n] the probability before the last correction
    """

    probability: Floats
    risk: Small
    sureness: Small
    expected: Floats
    low: Floats
    high: Floats
    pace: Floats
    recent: Floats
    shortfall: Floats
    projected: Floats


def foresee(evidence: Evidence, experience: Experience = INNATE) -> Foresight:
    told = _with_a_base(evidence, project(evidence))
    left = left_of_the_year(evidence)
    probability = experience.calibration.correct(told.missing, left, last_outcome(evidence))
    pace, recent = paces(evidence)
    return Foresight(
        probability=probability,
        risk=risk_of(probability),
        sureness=_sureness(evidence, told, left),
        expected=told.expected,
        low=np.maximum(told.expected - INTERVAL * told.spread, told.least),
        high=np.minimum(told.expected + INTERVAL * told.spread, told.most),
        pace=pace,
        recent=recent,
        shortfall=shortfall(evidence, told.expected),
        projected=told.missing,
    )


def _with_a_base(evidence: Evidence, told: Projection) -> Projection:
    """Before the first slot ends, what has no past has nothing to be told from."""
    if evidence.slot:
        return told
    blank = {f.name: np.where(told.amount > 0, getattr(told, f.name), np.nan) for f in fields(Projection)}
    return Projection(**blank | {"amount": told.amount})


def risk_of(probability: Floats) -> Small:
    """The word is of the probability as printed: rounded to whole per cents."""
    p = np.round(np.nan_to_num(probability, nan=-1.0), 2)
    return np.select([p < 0, p >= HIGH, p >= MEDIUM], [Risk.UNKNOWN, Risk.HIGH, Risk.MEDIUM], Risk.LOW).astype(np.int8)


def left_of_the_year(evidence: Evidence) -> Floats:
    return np.asarray(1.0 - evidence.done / evidence.slots)


def missed(actual: Floats, target: Floats, sign: Floats) -> Floats:
    """1, 0, or NaN where either figure is absent. Equal is met."""
    worse = (actual - target) * sign < 0
    return np.where(np.isnan(actual) | np.isnan(target), np.nan, worse.astype(np.float64))


def year_ends(evidence: Evidence) -> Floats:
    """f8[n,y]: 1 missed, 0 met, NaN unknown, of every year whose last slot is known."""
    ends = missed(evidence.actual_to_date[..., -1], evidence.target_to_date[..., -1], evidence.sign[:, None])
    return np.where(evidence.two_sided[:, None], np.nan, ends)  # the sides of former years are not known


def last_outcome(evidence: Evidence) -> Floats:
    """f8[n]: 1 when the year before was missed, −1 when met, 0 when nobody knows."""
    if evidence.years < 2:
        return np.zeros(evidence.goals)
    return np.nan_to_num(2.0 * year_ends(evidence)[:, -2] - 1.0)


def paces(evidence: Evidence) -> tuple[Floats, Floats]:
    target, done = target_of_the_year(evidence), evidence.done
    to_date = _newest(evidence.actual_to_date[:, -1], done)
    rest = (evidence.slots - done).astype(np.float64)
    divisor = np.where(rest > 0, rest, np.nan)
    total = np.where(evidence.shape == Shape.SUM, target - to_date, target * evidence.slots - to_date * done)
    level = evidence.shape == Shape.LEVEL
    start = np.where(level, np.nan, np.where(evidence.shape == Shape.SUM, target, target * evidence.slots) / divisor)
    pace = np.where(done > 0, total / divisor, start)
    pace = np.where(level, np.where(rest > 0, target, np.nan), pace)
    pace = np.where(evidence.two_sided, np.nan, pace)
    mean = _mean(evidence.actual[:, -1])
    recent = np.where(level, to_date, np.where(np.isnan(mean), to_date / np.where(done > 0, done, np.nan), mean))
    return pace, recent


def _aim(evidence: Evidence, expected: Floats) -> Floats:
    """f8[n] what the year has to end in: of two sides, the one that would be passed; none where neither would."""
    target = target_of_the_year(evidence)
    low, high = (target if side is None else side for side in (evidence.low, evidence.high))
    side = np.select([expected < low, expected > high], [low, high], np.nan)
    return np.where(evidence.two_sided, side, target)


def shortfall(evidence: Evidence, expected: Floats) -> Floats:
    aim = _aim(evidence, expected)
    distance = np.where(evidence.two_sided, np.abs(aim - expected), (aim - expected) * evidence.sign)
    away = np.maximum(np.nan_to_num(distance), 0.0)
    size = np.abs(np.nan_to_num(aim))
    return np.where(size > 0, away / np.where(size > 0, size, 1.0), (away > 0).astype(np.float64))


def _newest(figures: Floats, done: np.ndarray) -> Floats:
    taken = np.take_along_axis(figures, np.maximum(done - 1, 0)[:, None], axis=1)[:, 0]
    return np.where(done > 0, taken, np.nan)


def _mean(slots: Cube) -> Floats:
    count = (~np.isnan(slots)).sum(axis=1)
    return np.where(count > 0, np.nansum(slots, axis=1) / np.maximum(count, 1), np.nan)


def _sureness(evidence: Evidence, told: Projection, left: Floats) -> Small:
    much = (told.amount >= MUCH) | ((left <= 0.25) & (told.amount >= LITTLE))
    little = told.amount < LITTLE
    word = np.select(
        [np.isnan(told.missing), little, much], [Sureness.NONE, Sureness.LOW, Sureness.HIGH], Sureness.MEDIUM
    )
    return word.astype(np.int8)
