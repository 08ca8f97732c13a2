"""The scale on which a figure moves: by steps, or by proportions where it cannot be negative.

What is counted, what is paid and what takes time cannot be less than nothing; a percentage of success cannot pass its
whole, and what it lacks are failures. Such figures move by proportions: a season grows with the level, growth is so
much per cent a year, and a bad month is worse than a good month is good. They are looked at through a logarithm:

    figure = whole + way * mass          mass ≥ 0: the figure itself, or the failures that keep it from its whole
    scaled = way * log(mass + floor)     larger is better, as everywhere in a frame

The floor keeps a month of nothing from weighing more than all others. A figure that was ever negative moves by steps.
"""

from dataclasses import dataclass, fields

import numpy as np

from rumbo.core.engine.block import Bools, Floats, Ints
from rumbo.core.engine.foresight.evidence import Evidence, Shape
from rumbo.core.vocabulary.direction import Direction

WHOLES = (1.0, 100.0)  # a percentage may be written either way
MOSTLY = 0.5  # a percentage of success has programmes above this part of its whole
FLOOR = 0.3  # of the typical mass
NOISE = 0.03  # of a slot, as a part of its target, before any slot is seen
# On the logarithmic scale: months of failures differ by a fifth, and when a whole year has been seen there may always
# be one more month with three times the failures of the others. With less than a year, a small part of it.
NOISE_OF_FAILURES, BAD_MONTH = 0.2, 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Bend:
    """Of n rows, in the units of a frame.

    bent     ?[n]  by proportions
    way      f8[n] 1 where more mass is better, −1 where less is
    whole    f8[n] what a percentage of success cannot pass, oriented as the frame; 0 for other figures
    floor    f8[n]
    typical  f8[n] what one unit of the scale is worth in the year to foresee; 1 where not bent
    noise    f8[n] of a slot, on the scale of the row, believed before any slot is looked at
    """

    bent: Bools
    way: Floats
    whole: Floats
    floor: Floats
    typical: Floats
    noise: Floats

    def scaled(self, figure: Floats) -> Floats:
        """f8[n,t] on the scale of each row."""
        mass = np.maximum(self.way[:, None] * (figure - self.whole[:, None]), 0.0) + self.floor[:, None]
        return np.where(self.bent[:, None], self.way[:, None] * np.log(mass), figure)

    def take(self, rows: Ints) -> "Bend":
        return Bend(*(getattr(self, field.name)[rows] for field in fields(Bend)))


def bend(e: Evidence, value: Floats, level: Floats, older: Bools, oriented: Floats) -> Bend:
    """How each row moves. `value` and `level` f8[n,t] in the units of a frame; only slots in `older` are looked at."""
    whole = _whole(e, value, level, older, oriented) * oriented
    way = np.where((e.direction == Direction.INCREASING) & (whole == 0), 1.0, -1.0)
    mass = np.where(older, way[:, None] * (value - whole[:, None]), 0.0)
    programmed = way[:, None] * (level - whole[:, None])
    count = older.sum(axis=1)
    typical = np.where(count > 0, mass.sum(axis=1) / np.maximum(count, 1), programmed[:, -1])
    bent = (mass >= 0).all(axis=1) & (programmed >= 0).all(axis=1) & (typical > 0)
    floor = np.where(bent, FLOOR * typical, 1.0)
    worth = np.where(bent, programmed[:, -1] + floor, 1.0)
    failures = np.hypot(NOISE_OF_FAILURES, BAD_MONTH * np.minimum(count / e.slots, 1.0) ** 2)
    return Bend(bent, way, whole, floor, worth, np.where(bent & (whole != 0), failures, NOISE / worth))


def _whole(e: Evidence, value: Floats, level: Floats, older: Bools, oriented: Floats) -> Floats:
    """f8[n], unit of the indicator: what a percentage of success cannot pass; 0 for other figures."""
    programmed = level / oriented[:, None]
    top = np.fmax(np.where(older, value / oriented[:, None], -np.inf), programmed).max(axis=1)
    bottom = programmed.min(axis=1)
    share = (e.direction == Direction.INCREASING) & (e.shape != Shape.SUM)
    fits = [share & (top <= whole) & (bottom >= MOSTLY * whole) for whole in WHOLES]
    return np.select(fits, WHOLES, 0.0)
