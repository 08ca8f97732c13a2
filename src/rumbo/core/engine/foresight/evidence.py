"""What is known of n goals at one slot of a year: the years before, the whole programme, and what was done so far."""

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rumbo.core.engine.block import Bools, Floats, Ints, Small
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction

type Cube = NDArray[np.float64]


class Shape(IntEnum):
    """How the figure to date grows out of the slots."""

    SUM = 0
    MEAN = 1  # of the slots of the year so far; a ratio of sums is one with weights
    LEVEL = 2  # the figure of the slot itself
    ROLLING = 3  # mean of the last twelve slots, the former year's among them


_SHAPES = {
    Accumulation.SUM: Shape.SUM,
    Accumulation.AVERAGE: Shape.MEAN,
    Accumulation.RATIO: Shape.MEAN,
    Accumulation.RATE: Shape.MEAN,  # a ratio of sums, less one
    Accumulation.LAST: Shape.LEVEL,
    Accumulation.PERIODIC: Shape.LEVEL,
    Accumulation.CONSTANT: Shape.LEVEL,
}


def shape_of(accumulation: Accumulation) -> Shape:
    return _SHAPES[accumulation]


@dataclass(frozen=True, eq=False, slots=True)
class Evidence:
    """n goals × y years (the last is the one to foresee) × s slots. NaN is «no value».

    direction       i1[n]      `Direction`
    shape           i1[n]      `Shape`
    target          f8[n,y,s]  programme of the slot, unit of the indicator
    target_to_date  f8[n,y,s]  programme to date; its last slot is the target of the year
    actual          f8[n,y,s]
    actual_to_date  f8[n,y,s]
    slot            int        slots of the last year that have ended (0..s); what lies beyond is not looked at
    low, high       f8[n]      between which the year ends well, unit of the indicator: low of what increases, high of
                               what decreases, both of ranges and «justo en el valor», where NaN is an open side. None:
                               the target of the year
    """

    direction: Small
    shape: Small
    target: Cube
    target_to_date: Cube
    actual: Cube
    actual_to_date: Cube
    slot: int
    low: Floats | None = None
    high: Floats | None = None

    def __post_init__(self) -> None:
        if self.target.ndim != 3:
            raise ValueError(f"target must be [goals, years, slots], not {self.target.ndim} dimensions")
        for field in ("target_to_date", "actual", "actual_to_date"):
            if getattr(self, field).shape != self.target.shape:
                raise ValueError(f"{field} has shape {getattr(self, field).shape}, expected {self.target.shape}")
        if not 0 <= self.slot <= self.slots:
            raise ValueError(f"slot {self.slot} is not one of 0..{self.slots}")
        for field in ("actual", "actual_to_date"):
            known = getattr(self, field).copy()
            known[:, -1, self.slot :] = np.nan
            object.__setattr__(self, field, known)

    @property
    def goals(self) -> int:
        return len(self.target)

    @property
    def years(self) -> int:
        return int(self.target.shape[1])

    @property
    def slots(self) -> int:
        return int(self.target.shape[2])

    @property
    def sign(self) -> Floats:
        """f8[n]: −1 where less is better, 1 elsewhere; of two sides it says nothing."""
        return np.where(self.direction == Direction.DECREASING, -1.0, 1.0)

    @property
    def two_sided(self) -> Bools:
        """?[n]: a range or «justo en el valor», that may be missed upwards and downwards."""
        return np.isin(self.direction, (Direction.RANGE, Direction.NOMINAL))

    @property
    def reported(self) -> Bools:
        """?[n,s] of the last year: the slot has its own figure, or moved the one to date (silence repeats it)."""
        to_date = self.actual_to_date[:, -1]
        before = np.concatenate([np.full((self.goals, 1), np.nan), to_date[:, :-1]], axis=1)
        moved = ~np.isnan(to_date) & (to_date != before)
        return np.asarray(~np.isnan(self.actual[:, -1]) | moved)

    @property
    def done(self) -> Ints:
        """i8[n]: slots of the last year behind the newest report; 0 before the first."""
        return np.asarray(np.where(self.reported, np.arange(1, self.slots + 1), 0).max(axis=1))

    def take(self, rows: Ints | Bools) -> "Evidence":
        taken = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "slot"}
        arrays: dict[str, Any] = {name: array[rows] for name, array in taken.items() if array is not None}
        return replace(self, **arrays)

    def last_years(self, count: int) -> "Evidence":
        cubes = ("target", "target_to_date", "actual", "actual_to_date")
        return replace(self, **{name: getattr(self, name)[:, -count:] for name in cubes})


def cube(value: ArrayLike) -> Cube:
    return np.asarray(value, dtype=np.float64)
