"""What the figure at the end of the year has to be for the goal to be «cumplida» by a scheme.

A percentage is rounded half up before it is compared, and a scheme may call «cumplida» what is under a hundred: the
figure that suffices is that of the threshold less half of its last decimal, brought back through the formula of the
direction. Where the row is judged in units, being exactly on its programme is what counts.
"""

from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.block import Block, Bools, Floats
from rumbo.core.engine.progress import DISTANCE_DECIMALS, above_programme, tolerance
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import DecreasingFormula, RangeFormula


@dataclass(frozen=True, eq=False, slots=True)
class Enough:
    """f8[n] each, unit of the indicator: the least and the most with which the year is met; NaN is an open side."""

    low: Floats
    high: Floats


def enough(block: Block, target: Floats, scheme: Scheme) -> Enough:
    """`target` f8[n]: that of the year."""
    least = (scheme.achieved - 0.5 * 10.0**-scheme.decimals) / 100.0
    exact = _exact(block, target, scheme)
    grain = 0.5 * 10.0**-DISTANCE_DECIMALS
    open_side = np.full(len(target), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = np.where(exact, target - grain, np.where(target > 0, target * least, target))
        falling = np.where(exact, target + grain, _at_most(block, target, least, scheme))
        around = np.where(exact, grain, (1.0 - least) * np.abs(target))
        low, high = (_bound(block, side, least, scheme) for side in (block.low, block.high))
    kinds = [block.direction == kind for kind in Direction]
    return Enough(
        np.select(kinds, [rising, open_side, np.where(exact, block.low, block.low - low), target - around]),
        np.select(kinds, [open_side, falling, np.where(exact, block.high, block.high + high), target + around]),
    )


def _exact(block: Block, target: Floats, scheme: Scheme) -> Bools:
    """?[n]: judged by its distance to the programme, whose percentage would collapse."""
    below = tolerance(block.units_below, scheme.units_below)
    size = np.where(block.direction == Direction.RANGE, np.fmax(np.abs(block.low), np.abs(block.high)), np.abs(target))
    declared = ~np.isnan(tolerance(block.units_green, scheme.units_green))
    return np.asarray(declared & (np.isnan(below) | (size <= below)))


def _at_most(block: Block, target: Floats, least: float, scheme: Scheme) -> Floats:
    """What is read as a ratio may be so much more; what comes down from a baseline, so much less of the way."""
    ratio = np.where(target > 0, target / least, target)
    if scheme.decreasing is DecreasingFormula.RATIO:
        return ratio
    above = above_programme(block.baseline, target, scheme)
    return np.where(above, block.baseline - least * (block.baseline - target), ratio)


def _bound(block: Block, side: Floats, least: float, scheme: Scheme) -> Floats:
    """f8[n]: how far outside of a range is still within."""
    width = block.high - block.low
    unit = width if scheme.range_formula is RangeFormula.WIDTH else np.where(side == 0, width, np.abs(side))
    return np.nan_to_num((1.0 - least) * unit)
