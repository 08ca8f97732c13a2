"""Traffic light, performance class, their reason and the marks, from the percentage to date.

In this order: nothing reported (or silent too long) is NO_DATA; nothing programmed is NOT_SCHEDULED; no result is
NOT_COMPUTABLE; the rest has a colour and a class by bands. Since its last report a row cannot improve its colour or
its class: a month without report never shows better than the month before, which may be one that was not due and
reported all the same (see `missing`).

«Cumplida» with `achieved_requires: year` (Q-07) is >= 100 to date and
- the annual target reached, which only an ascending sum can do before its programme is over, or
- the row's programme over: no later slot of the year owes anything. Levels, ratios, means, ranges and «mientras
  menos, mejor» may still worsen until then, so before it they are at most GOOD.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine.accumulate import Figures
from rumbo.core.engine.bands import Bands
from rumbo.core.engine.block import Block, Bools, Floats, Ints, Small
from rumbo.core.engine.missing import by_parts, pending
from rumbo.core.engine.progress import Percentages, tolerance
from rumbo.core.engine.running import greatest, least, totals
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import AchievedRequires, MissingPolicy, OverAchievement
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason

type Counts = NDArray[np.int16]


@dataclass(slots=True, eq=False)
class Verdicts:
    """i1/i2[n,s] of each slot, not yet carried to columns that are not due; `coloured` ?[n,s]."""

    light: Small
    performance_class: Small
    reason: Small
    marks: Counts
    coloured: Bools


@dataclass(slots=True, eq=False)
class _Silence:
    """?/i2[n,s]: `missed` owed and silent; `run` missed since the last report; `segment` reports so far."""

    missed: Bools
    run: Counts
    segment: Counts
    programme_over: Bools

    @property
    def never(self) -> Bools:
        never: Bools = self.segment == 0
        return never


def verdicts(
    block: Block, figures: Figures, percentages: Percentages, visible: Bools, scheme: Scheme, bands: Bands | None = None
) -> Verdicts:
    """`visible` ?[n,s]: due slots that have ended. `bands` rule instead of those of the scheme.

    Runs under the caller's `np.errstate`. What is judged by its distance loses its percentage to date.
    """
    silence = _silence(block, figures.reported, visible)
    edges = bands or scheme
    pct = percentages.to_date
    units = _units(block, percentages.distance, scheme)
    measured = None if units is None else units.measured
    if measured is not None:
        pct[measured] = np.nan
    increasing = (block.direction == Direction.INCREASING)[:, None]
    not_scheduled = _not_scheduled(block, figures, silence, increasing)
    no_data = _no_data(silence, not_scheduled, scheme)
    light = light_of(pct, scheme, bands)
    if units is not None:
        light[units.measured] = (Light.RED + units.amber + units.green)[units.measured]
    light[not_scheduled] = Light.NOT_SCHEDULED
    light[no_data] = Light.NO_DATA
    coloured = (light >= Light.RED) & (light <= Light.GREEN)
    grade = _class_of(block, percentages, silence, increasing, scheme, edges, units)
    grade[~coloured] = PerformanceClass.NONE
    over = _over(pct, scheme) & coloured
    marks = silence.missed * np.int16(Mark.NO_REPORT) + over * np.int16(Mark.OVER)
    ahead = increasing & (light == Light.NOT_SCHEDULED) & (figures.actual_to_date > 0)
    marks += ahead * np.int16(Mark.AHEAD)
    reason = _reasons(block, figures, silence, light, coloured, scheme)
    if scheme.over_achievement is not OverAchievement.MARK:
        reason[over] = Reason.OVER_ACHIEVED
    if measured is not None:
        reason[measured & coloured] = Reason.BY_DISTANCE
    if scheme.missing is MissingPolicy.SILENCE_NEVER_PAYS:
        shown = coloured & (visible | figures.reported)  # a report where none was due is a report
        quiet = np.flatnonzero((shown & ~figures.reported).any(axis=1))
        if len(quiet):  # only rows that are silent somewhere can be held
            _hold(light, grade, reason, shown, silence.segment, quiet)
    return Verdicts(light, grade, reason, marks, coloured)


@dataclass(slots=True, eq=False)
class _Units:
    """?[n,s]: judged by distance; within the tolerance of each colour; right on the programme (or beyond)."""

    measured: Bools
    amber: Bools
    green: Bools
    exact: Bools


def _units(block: Block, distance: Floats | None, scheme: Scheme) -> _Units | None:
    if distance is None:
        return None
    green = tolerance(block.units_green, scheme.units_green)[:, None]
    amber = tolerance(block.units_amber, scheme.units_amber)[:, None]
    near = distance <= green
    return _Units(~np.isnan(distance), near | (distance <= amber), near, distance == 0)


def light_of(pct: Floats, scheme: Scheme, bands: Bands | None = None) -> Small:
    """Colour of percentages already rounded; NOT_COMPUTABLE where there is none. Also for the mean of a roll-up."""
    edges = bands or scheme
    light = np.full(pct.shape, Light.RED, dtype=np.int8)
    light += pct >= edges.amber
    light += pct >= edges.green
    if scheme.over_achievement is not OverAchievement.MARK:
        colour = Light.AMBER if scheme.over_achievement is OverAchievement.AMBER else Light.RED
        light[_over(pct, scheme)] = colour
    light[np.isnan(pct)] = Light.NOT_COMPUTABLE
    return light


def _over(pct: Floats, scheme: Scheme) -> Bools:
    over: Bools = pct > (np.inf if scheme.over_threshold is None else scheme.over_threshold)
    return over


def _silence(block: Block, reported: Bools, visible: Bools) -> _Silence:
    owes = pending(block)
    so_far = totals(owes, np.int16)
    missed = owes & visible & ~reported
    quiet = totals(missed, np.int16)
    run = quiet - greatest(quiet * reported)
    return _Silence(missed, run, totals(reported, np.int16), so_far == so_far[:, -1:])


def _not_scheduled(block: Block, figures: Figures, silence: _Silence, increasing: Bools) -> Bools:
    """Nothing to compare with. A ratio whose own denominators are zero is not computable rather than this."""
    programmed = figures.programmed_to_date
    none: Bools = np.isnan(programmed) & (block.direction != Direction.RANGE)[:, None]
    none |= (programmed == 0) & increasing
    none &= silence.never | ~np.isnan(figures.actual_to_date)
    return none


def _no_data(silence: _Silence, not_scheduled: Bools, scheme: Scheme) -> Bools:
    none = silence.never & ((silence.run > 0) | ~not_scheduled)
    if scheme.missing is MissingPolicy.SILENCE_NEVER_PAYS:
        none |= silence.run >= scheme.silent_slots
    return none


def _class_of(
    block: Block,
    percentages: Percentages,
    silence: _Silence,
    increasing: Bools,
    scheme: Scheme,
    edges: "Bands | Scheme",
    units: _Units | None,
) -> Small:
    pct = percentages.to_date
    achieved, good, fair = pct >= edges.achieved, pct >= edges.good, pct >= edges.fair
    if units is not None:
        for found, within in ((achieved, units.exact), (good, units.green), (fair, units.amber)):
            found[units.measured] = within[units.measured]
    if scheme.achieved_requires is AchievedRequires.YEAR:
        adds_up = increasing & (block.accumulation == Accumulation.SUM)[:, None]
        achieved &= silence.programme_over | (adds_up & (percentages.year >= edges.achieved))
    grade = np.full(pct.shape, PerformanceClass.POOR, dtype=np.int8)
    grade += fair
    grade += good
    grade += achieved
    return grade


def _hold(light: Small, grade: Small, reason: Small, shown: Bools, segment: Counts, rows: Ints) -> None:
    """Neither colour nor class above the lowest shown since the last report: lowers them in place."""
    held = np.zeros((len(rows), light.shape[1]), dtype=np.bool_)
    for codes in (light, grade):
        before = codes[rows]
        lowest = _lowest(before, shown[rows], segment[rows])
        held |= lowest != before
        codes[rows] = lowest
    reason[rows] = np.where(held, Reason.HELD_BY_SILENCE, reason[rows])


def _lowest(values: Small, shown: Bools, segment: Counts) -> Small:
    """Running minimum of the shown values inside each segment.

    Codes are below 8, so lowering each segment by 8 more than the one before makes one running minimum of the whole
    row do: a new segment always starts below whatever came before it.
    """
    step = segment * np.int16(8)
    keyed = np.where(shown, values, np.int16(7)) - step
    lowest = least(keyed) + step
    return np.where(shown, lowest, values).astype(np.int8)


def _reasons(block: Block, figures: Figures, silence: _Silence, light: Small, coloured: Bools, scheme: Scheme) -> Small:
    reason = np.zeros(light.shape, dtype=np.int8)
    if coloured.all():
        return reason
    no_data, idle = light == Light.NO_DATA, light == Light.NOT_SCHEDULED
    reason[no_data] = Reason.SILENT
    reason[no_data & silence.never] = Reason.NEVER_REPORTED
    reason[idle] = Reason.NOTHING_SCHEDULED
    reason[idle & np.isnan(figures.programmed_to_date)] = Reason.NO_PROGRAMME
    impossible = light == Light.NOT_COMPUTABLE
    if impossible.any():
        _why_not(block, figures, impossible, reason)
    return reason


def _why_not(block: Block, figures: Figures, impossible: Bools, reason: Small) -> None:
    """Why the operation has no result; the last assignment that fits is the one that is told."""
    direction = block.direction[:, None]
    reason[impossible] = Reason.UNDEFINED
    reason[impossible & (direction == Direction.DECREASING)] = Reason.NO_BASELINE
    reason[impossible & (figures.programmed_to_date < 0) & (direction != Direction.RANGE)] = Reason.NEGATIVE_PROGRAMME
    unbounded = np.isnan(block.low) & np.isnan(block.high)
    reason[impossible & (direction == Direction.RANGE) & unbounded[:, None]] = Reason.NO_RANGE
    ratio = by_parts(block.accumulation)[:, None]
    reason[impossible & ratio & np.isnan(figures.actual_to_date)] = Reason.ZERO_DENOMINATOR
