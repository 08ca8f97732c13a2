"""The last correction: a logistic line over the projection, with shipped coefficients and what former years taught.

logit(p) = bias + (slope + slope_left * left) * logit(projected) + after_a_miss * last

`left` is the part of the year to come, `last` is 1 after a year missed, −1 after one met, 0 without a year before.
The shipped coefficients say three things: plans end a little worse than they promise; early in the year a projection is
surer of itself than it should be; and after a missed year the programme is made easier. They started from what
`python -m benchmarks.foresight … --learn` gives for six public sources counted alike. On thirteen (named in
docs/avisos-tempranos.md) they lose, all together, a little less than those learnt from the other twelve, and on none
more by a hundredth. Slopes are kept positive, so that a worse projection is never a smaller risk.
"""

from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.block import Floats
from rumbo.core.engine.foresight.normal import logistic, logit

SHIPPED = (0.15, 1.0, -0.25, -0.2)
# How far a file may take each coefficient from the shipped one (a standard deviation).
FREEDOM = (0.3, 0.15, 0.15, 0.15)
# The slots of one year of one goal tell nearly the same, and goals of one year share their luck: however many they are,
# a year is worth so many goals that knew nothing of each other.
WORTH_OF_A_GOAL = 0.5
WORTH_OF_A_YEAR = 10.0
CLIP = 1e-3
LEAST_SLOPE = 0.3


@dataclass(frozen=True, slots=True)
class Calibration:
    bias: float = SHIPPED[0]
    slope: float = SHIPPED[1]
    slope_left: float = SHIPPED[2]
    after_a_miss: float = SHIPPED[3]

    def correct(self, projected: Floats, left: Floats, last: Floats) -> Floats:
        """f8[n]; projections that are settled (0 or 1 at the end of the year) stay."""
        x = logit(np.clip(projected, CLIP, 1.0 - CLIP))
        slope = np.maximum(self.slope + self.slope_left * left, LEAST_SLOPE)
        corrected = logistic(self.bias + slope * x + self.after_a_miss * last)
        return np.where(left <= 0, projected, corrected)


@dataclass(frozen=True, eq=False, slots=True)
class Lesson:
    """What was projected at one slot of a former year, and how it ended. f8[k] each; missed is 0 or 1, `of` is how many
    such lessons a year gives."""

    projected: Floats
    left: Floats
    last: Floats
    missed: Floats
    of: int

    @property
    def worth(self) -> Floats:
        goals = len(self.missed)
        return np.full(goals, min(WORTH_OF_A_GOAL, WORTH_OF_A_YEAR / max(goals, 1)) / self.of)


def calibrate(lessons: list[Lesson]) -> Calibration:
    """The most probable line given the lessons and the shipped one. Newton steps on a concave likelihood."""
    centre, width = np.asarray(SHIPPED), np.asarray(FREEDOM)
    if not lessons:
        return Calibration()
    projected, left, last, missed, worth = (
        np.concatenate([getattr(lesson, name) for lesson in lessons])
        for name in ("projected", "left", "last", "missed", "worth")
    )
    x = logit(np.clip(projected, CLIP, 1.0 - CLIP))
    design = np.column_stack([np.ones(len(x)), x, x * left, last])
    beta = centre.copy()
    for _ in range(25):
        p = logistic(design @ beta)
        gradient = design.T @ (worth * (missed - p)) - (beta - centre) / width**2
        curvature = (design.T * (worth * p * (1 - p))) @ design + np.diag(1 / width**2)
        step = np.linalg.solve(curvature, gradient)
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            break
    return Calibration(*(float(b) for b in beta))
