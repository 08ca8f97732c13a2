"""What the former years of an institution (or of a file) teach about foreseeing its next one.

Three things: which ways of moving are common here, how noisy slots are, and how projections have to be corrected.
An institution without a past has the shipped opinion, `INNATE`.
"""

from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.block import Bools, Floats
from rumbo.core.engine.foresight.calibration import Calibration
from rumbo.core.engine.foresight.evidence import Evidence, Shape
from rumbo.core.engine.foresight.frame import target_of_the_year
from rumbo.core.engine.foresight.pasts import grid, opinion
from rumbo.core.engine.foresight.projection import Prior, project

NOISE = 0.05  # of a slot, as a part of its target
GOALS_OF_DOUBT = 40.0  # goals that must be seen before their past weighs as much as the shipped opinion
GOALS_OF_NOISE = 5.0
ENOUGH = 11  # slots of a goal that can teach

PASTS = grid()


@dataclass(frozen=True, eq=False, slots=True)
class Experience:
    prior: Prior
    calibration: Calibration


def innate() -> Experience:
    return Experience(Prior(PASTS, opinion(PASTS), np.full(len(Shape), NOISE)), Calibration())


INNATE = innate()


def seen(evidence: Evidence, prior: Prior) -> Prior:
    """The opinion after one more year has ended. `evidence` ends with that year, whole."""
    told = project(evidence, prior)
    teaches = (told.amount >= ENOUGH) & np.isfinite(told.missing)
    if not teaches.any():
        return prior
    start = np.exp(opinion(prior.pasts))
    weights = told.weights[teaches].sum(axis=0) + GOALS_OF_DOUBT * start
    return Prior(prior.pasts, np.log(weights / weights.sum()), _noise(evidence, told.slot_noise, teaches), prior.worth)


def _noise(evidence: Evidence, slot_noise: Floats, teaches: Bools) -> Floats:
    goal = np.abs(target_of_the_year(evidence))
    size = np.where(evidence.shape == Shape.SUM, goal / evidence.slots, goal)
    part = np.divide(slot_noise, size, out=np.full(len(size), np.nan), where=size > 0)
    noise = np.full(len(Shape), NOISE)
    for shape in Shape:
        rows = teaches & (evidence.shape == shape) & np.isfinite(part) & (part > 0)
        if rows.any():
            logs = np.log(part[rows]).sum() + GOALS_OF_NOISE * np.log(NOISE)
            noise[shape] = np.exp(logs / (rows.sum() + GOALS_OF_NOISE))
    return noise
