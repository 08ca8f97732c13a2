"""From programmed and done to a percentage of compliance, by direction.

    increasing   100 * actual / programmed; none where the programme is zero
    decreasing   100 * programmed / actual; 100 where the actual is zero (or less); none for a negative programme
                 or 100 * (baseline − actual) / (baseline − programmed), which may be negative
    range        100 inside; outside 100 * (1 − d / |nearest bound|), or d / width; not below 0
    nominal      100 * (1 − |actual − programmed| / |programmed|), not below 0; programmed 0: 100 if actual 0, else 0

Under `ZeroPolicy.NO_FIGURE` the formulas have no exceptions: what is divided by zero has no figure, the rest has one.

Where a percentage would collapse (targets near zero) a row may be judged in units: `distance` is how far the actual
falls short of the programme on the bad side (on either side in nominal and range).

In a sum, bounds and baseline are of the year and are compared in the share of the year's programme that the figure
covers (in the share of the due slots, where nothing is programmed).
"""

from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.accumulate import Figures
from rumbo.core.engine.block import Block, Bools, Floats, Rows
from rumbo.core.engine.grouping import kinds
from rumbo.core.engine.missing import half_up, rounded
from rumbo.core.engine.running import totals
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import (
    DecreasingFormula,
    MissingPolicy,
    RangeFormula,
    RangeGap,
    ZeroPolicy,
)

# Distances are compared as captured values are kept, with six decimals.
DISTANCE_DECIMALS = 6


@dataclass(slots=True, eq=False)
class Percentages:
    """f8[n,s], rounded half up to the scheme's decimals; `gap` in the unit of the indicator.

    `distance` f8[n,s] units, rounded, where the row is judged by it, else NaN; None when no row is.
    """

    month: Floats
    to_date: Floats
    year: Floats
    gap: Floats
    distance: Floats | None


def percentages(block: Block, figures: Figures, scheme: Scheme) -> Percentages:
    """The three percentages of Q-10 and the gap. Runs under the caller's `np.errstate`."""
    annual = np.broadcast_to(figures.annual_target[:, None], block.programmed.shape)
    month, to_date = shares(block, figures, scheme)
    pairs = (
        (figures.programmed, figures.actual, month),
        (figures.programmed_to_date, figures.actual_to_date, to_date),
        (annual, figures.actual_to_date, None),
    )
    found = [rounded(compliance(block, p, a, share, scheme), scheme) for p, a, share in pairs]
    gap = figures.actual_to_date - figures.programmed_to_date
    ranged = np.flatnonzero(block.direction == Direction.RANGE)
    if len(ranged) and scheme.range_gap is RangeGap.TO_BOUND:
        low, high = bounds(block, ranged, to_date)
        gap[ranged] = _outside(figures.actual_to_date[ranged], low, high)
    return Percentages(found[0], found[1], found[2], gap, distances(block, figures, to_date, scheme))


def distances(block: Block, figures: Figures, share: Floats | None, scheme: Scheme) -> Floats | None:
    """f8[n,s] of the cells judged in units, NaN in the others; None when there are none. Rounded half up."""
    rows = np.flatnonzero(~np.isnan(tolerance(block.units_green, scheme.units_green)))
    if not len(rows):
        return None
    programmed, actual = figures.programmed_to_date[rows], figures.actual_to_date[rows]
    low, high = bounds(block, rows, share)
    direction = block.direction[rows][:, None]
    shortfall = programmed - actual
    found = np.where(direction == Direction.INCREASING, shortfall, -shortfall)
    found = np.where(direction == Direction.NOMINAL, np.abs(shortfall), found)
    in_range = direction == Direction.RANGE
    found = np.maximum(np.where(in_range, np.abs(_outside(actual, low, high)), found), 0.0)
    below = tolerance(block.units_below, scheme.units_below)[rows][:, None]
    size = np.where(in_range, np.fmax(np.abs(low), np.abs(high)), np.abs(programmed))
    found[~(np.isnan(below) | (size <= below))] = np.nan
    whole = np.full(block.programmed.shape, np.nan)
    whole[rows] = half_up(found, DISTANCE_DECIMALS)
    return whole


def tolerance(own: Floats, general: float | None) -> Floats:
    """f8[n]: what the row declares, else what the scheme does; NaN for neither."""
    return own if general is None else np.where(np.isnan(own), general, own)


def compliance(block: Block, programmed: Floats, actual: Floats, share: Floats | None, scheme: Scheme) -> Floats:
    out = np.empty(programmed.shape)
    for direction, rows in kinds(block.direction):
        part = _by_direction(Direction(direction), block, rows, programmed[rows], actual[rows], share, scheme)
        if isinstance(rows, slice):
            return part
        out[rows] = part
    return out


def _by_direction(
    direction: Direction,
    block: Block,
    rows: Rows,
    programmed: Floats,
    actual: Floats,
    share: Floats | None,
    scheme: Scheme,
) -> Floats:
    meant = scheme.zero is ZeroPolicy.MEANING
    if direction is Direction.INCREASING:
        return increasing(programmed, actual) if meant else divided(actual, programmed)
    if direction is Direction.NOMINAL:
        return nominal(programmed, actual, meant=meant)
    if direction is Direction.RANGE:
        low, high = bounds(block, rows, share)
        return in_range(actual, low, high, scheme.range_formula) if meant else by_width(actual, low, high)
    quotient = decreasing(programmed, actual) if meant else divided(programmed, actual)
    if scheme.decreasing is DecreasingFormula.RATIO:
        return quotient
    baseline = block.baseline[rows][:, None]
    if share is not None:
        baseline = baseline * share[rows]
    above = above_programme(baseline, programmed, scheme)
    distance = 100.0 * (baseline - actual) / (baseline - programmed)
    return np.where(above, distance, quotient if scheme.decreasing is DecreasingFormula.BASELINE_ELSE_RATIO else np.nan)


def increasing(programmed: Floats, actual: Floats) -> Floats:
    result: Floats = 100.0 * actual / programmed
    result[~(programmed > 0)] = np.nan
    return result


def decreasing(programmed: Floats, actual: Floats) -> Floats:
    result: Floats = 100.0 * programmed / actual
    result[actual <= 0] = 100.0
    result[~(programmed >= 0)] = np.nan
    return result


def divided(above: Floats, below: Floats) -> Floats:
    """100 * above / below, and nothing where below is zero."""
    result: Floats = 100.0 * above / below
    result[np.isinf(result)] = np.nan
    return result


def above_programme(baseline: Floats, programmed: Floats, scheme: Scheme) -> Bools:
    margin = scheme.baseline_margin * np.maximum(np.abs(baseline), np.abs(programmed))
    above: Bools = baseline - programmed > margin
    return above


def by_width(actual: Floats, low: Floats, high: Floats) -> Floats:
    """By the width of the range whatever its bounds; a point has no width and no figure."""
    result: Floats = 100.0 * (1.0 - np.abs(_outside(actual, low, high)) / (high - low))
    result[~np.isfinite(result)] = np.nan
    return result


def in_range(actual: Floats, low: Floats, high: Floats, formula: RangeFormula) -> Floats:
    outside = _outside(actual, low, high)
    bound = np.abs(np.where(outside < 0, low, high))
    width = high - low
    unit = width if formula is RangeFormula.WIDTH else np.where(bound == 0, width, bound)
    result = np.maximum(100.0 * (1.0 - np.abs(outside) / unit), 0.0)
    # An open side has no width, a point none but zero: whatever is outside of it is simply out.
    result = np.where(outside == 0, 100.0, np.where(np.isnan(result) & ~np.isnan(outside), 0.0, result))
    result[np.broadcast_to(np.isnan(low) & np.isnan(high), result.shape)] = np.nan
    return result


def nominal(programmed: Floats, actual: Floats, *, meant: bool) -> Floats:
    result = np.maximum(100.0 * (1.0 - np.abs(actual - programmed) / np.abs(programmed)), 0.0)
    zero = programmed == 0
    if zero.any() and not meant:
        result[np.broadcast_to(zero, result.shape)] = np.nan
    elif zero.any():
        result = np.where(zero, np.where(actual == 0, 100.0, np.where(np.isnan(actual), np.nan, 0.0)), result)
    return result


def _outside(actual: Floats, low: Floats, high: Floats) -> Floats:
    """Signed distance to the nearest bound: negative below, positive above, 0 inside; NaN without a value."""
    above = np.where(actual > high, actual - high, 0.0)
    below = np.where(actual < low, actual - low, 0.0)
    result: Floats = above + below
    result[np.isnan(actual)] = np.nan
    return result


def bounds(block: Block, rows: Rows, share: Floats | None) -> tuple[Floats, Floats]:
    """f8[r,1], or [r,s] in the part of the year that each figure stands for (see `shares`)."""
    low, high = block.low[rows][:, None], block.high[rows][:, None]
    if share is None:
        return low, high
    return low * share[rows], high * share[rows]


def shares(block: Block, figures: Figures, scheme: Scheme) -> tuple[Floats | None, Floats | None]:
    """Part of the year that the slot, and the figure to date, stand for: 1 unless the row is a sum
    whose bounds or baseline the scheme shares out; None when no row is."""
    sums = block.accumulation == Accumulation.SUM
    asked = (block.direction == Direction.RANGE) & scheme.share_range
    if scheme.decreasing is not DecreasingFormula.RATIO and scheme.share_baseline:
        asked = asked | (block.direction == Direction.DECREASING)
    rows = np.flatnonzero(sums & asked)
    if not len(rows):
        return None, None
    load = _load(block.programmed[rows], block.due[rows])
    run = np.where(figures.reported[rows], load, 0.0) if scheme.missing is MissingPolicy.SILENCE_NEVER_PAYS else load
    year = load.sum(axis=1, keepdims=True)
    month, to_date = np.ones(block.programmed.shape), np.ones(block.programmed.shape)
    month[rows] = load / year
    to_date[rows] = totals(run) / year
    return month, to_date


def _load(programmed: Floats, due: Bools) -> Floats:
    load = np.where(programmed > 0, programmed, 0.0)  # a negative month has no part of the year
    idle = ~(load.sum(axis=1) > 0)
    load[idle] = due[idle]
    return load
