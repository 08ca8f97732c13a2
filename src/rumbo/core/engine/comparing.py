"""Answers that documents and boards print beside stored results: changes, shares, paces, projections, two closings.

Percentages are on 0..100 and rounded half up to the given decimals, as every other percentage. None is «no figure».
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np

from rumbo.core.engine.block import Bools, Floats, Ints, Small
from rumbo.core.engine.missing import half_up
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass


def difference(now: float | None, before: float | None, decimals: int = 1) -> float | None:
    """`now` less `before`, both already rounded: what is printed is the difference of what is printed."""
    return None if now is None or before is None else _rounded(now - before, decimals)


def share(part: int, whole: int, decimals: int = 1) -> float | None:
    """`part` of `whole` in per cent; None when there is no whole."""
    return _rounded(100.0 * part / whole, decimals) if whole else None


class PaceKind(StrEnum):
    """What the rest of the year asks of a goal."""

    DO = "do"  # so much in each report that is left
    NOT_EXCEED = "not_exceed"  # no more than so much in each report that is left
    REACH = "reach"  # the level of the annual target at the last report
    REACHED = "reached"
    EXCEEDED = "exceeded"
    YEAR_OVER = "year_over"


@dataclass(frozen=True, slots=True)
class Pace:
    """«Ritmo necesario»: `amount` in the unit of the indicator, for each of the `reports` that are left."""

    kind: PaceKind
    amount: float | None
    reports: int


def pace_needed(
    *,
    direction: Direction,
    accumulation: Accumulation,
    annual_target: float | None,
    actual_to_date: float | None,
    reports: int,
) -> Pace | None:
    """From what is done to the annual target in the reports that are left. None without an annual target.

    Only a sum has a pace; a level, a mean, a ratio or a range has a value to reach at its last report.
    """
    if annual_target is None or direction is Direction.RANGE:
        return None
    if reports <= 0:
        return Pace(PaceKind.YEAR_OVER, None, 0)
    if accumulation is not Accumulation.SUM:
        return Pace(PaceKind.REACH, annual_target, reports)
    left = annual_target - (actual_to_date or 0.0)
    if direction is Direction.DECREASING:
        return Pace(PaceKind.NOT_EXCEED, left / reports, reports) if left >= 0 else Pace(PaceKind.EXCEEDED, -left, 0)
    return Pace(PaceKind.DO, left / reports, reports) if left > 0 else Pace(PaceKind.REACHED, None, 0)


def projection(
    achieved: float | None, programmed: Sequence[float | None], last: int, decimals: int = 1
) -> list[float | None]:
    """The rest of the year if what is left is done at the rate so far: from month `last` (0..11) to the end.

    What is achieved grows with the programme that is left, in the proportion in which the programme was met. Months
    before `last` are None, `last` itself is `achieved`; nothing is projected without a programme.
    """
    none: list[float | None] = [None] * len(programmed)
    now = programmed[last] if last < len(programmed) else None
    if achieved is None or not now:
        return none
    for month in range(last, len(programmed)):
        ahead = programmed[month]
        if ahead is not None:
            none[month] = _rounded(achieved + (ahead - now) * achieved / now, decimals)
    return none


def _rounded(value: float, decimals: int) -> float:
    return float(half_up(np.array([value]), decimals)[0])


class Movement(IntEnum):
    """What became of a row between two closings."""

    SAME = 0
    BETTER = 1
    WORSE = 2
    ENTERED = 3  # it was not in the first one
    LEFT = 4  # it is not in the second one
    SHOWN = 5  # it had no colour and has one
    HIDDEN = 6  # it had a colour and has none


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """What one closing says, [n]: `key` i8 without repetition; percentages f8, NaN for none; codes of the light."""

    key: Ints
    compliance_to_date: Floats
    compliance_year: Floats
    actual_to_date: Floats
    light: Small
    performance_class: Small


@dataclass(frozen=True, eq=False, slots=True)
class Changes:
    """Two closings row by row, arrays over the keys of either, in the order of their numbers.

    before, after   i8[m]    row of each side, -1 where it is not there
    points          f8[m]    change of the percentage to date, in points; NaN where a side has none
    year_points     f8[m]    change of the percentage of the year
    units           f8[m]    change of what was done to date
    movement        i1[m]    `Movement`
    lights          i8[7,7]  rows by their light before and after, of those in both
    classes         i8[5,5]  the same of the classes
    """

    key: Ints
    before: Ints
    after: Ints
    points: Floats
    year_points: Floats
    units: Floats
    movement: Small
    lights: Ints
    classes: Ints

    def count(self, movement: Movement) -> int:
        return int((self.movement == movement).sum())


def changes(before: Side, after: Side, decimals: int = 1) -> Changes:
    """Whatever the months of the closings: the same one closed twice, one and the next, one and a year before."""
    keys = np.union1d(before.key, after.key)
    was, now = _places(keys, before.key), _places(keys, after.key)
    points, year, units = (
        _taken(getattr(after, name), now) - _taken(getattr(before, name), was)
        for name in ("compliance_to_date", "compliance_year", "actual_to_date")
    )
    both = (was >= 0) & (now >= 0)
    old_light, new_light = before.light[was[both]].astype(np.int64), after.light[now[both]].astype(np.int64)
    old_class = before.performance_class[was[both]].astype(np.int64)
    new_class = after.performance_class[now[both]].astype(np.int64)
    return Changes(
        key=keys,
        before=was,
        after=now,
        points=half_up(points, decimals),
        year_points=half_up(year, decimals),
        units=units,
        movement=_movement(was, now, both, old_light, new_light),
        lights=_crossed(old_light, new_light, len(Light)),
        classes=_crossed(old_class, new_class, len(PerformanceClass)),
    )


def _places(keys: Ints, own: Ints) -> Ints:
    place: Ints = np.full(len(keys), -1, dtype=np.int64)
    place[np.searchsorted(keys, own)] = np.arange(len(own))
    return place


def _taken(values: Floats, place: Ints) -> Floats:
    return np.append(values, np.nan)[place]


def _movement(was: Ints, now: Ints, both: Bools, before: Ints, after: Ints) -> Small:
    movement: Small = np.where(was < 0, Movement.ENTERED, Movement.LEFT).astype(np.int8)
    had, has = _coloured(before), _coloured(after)
    step = np.sign(after - before)
    told = np.where(step > 0, Movement.BETTER, np.where(step < 0, Movement.WORSE, Movement.SAME))
    told = np.where(had & has, told, np.where(has, Movement.SHOWN, np.where(had, Movement.HIDDEN, Movement.SAME)))
    movement[both] = told
    return movement


def _coloured(light: Ints) -> Bools:
    colour: Bools = (light >= Light.RED) & (light <= Light.GREEN)
    return colour


def _crossed(before: Ints, after: Ints, width: int) -> Ints:
    return np.bincount(before * width + after, minlength=width * width).reshape(width, width)
