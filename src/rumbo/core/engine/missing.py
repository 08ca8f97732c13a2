"""Missing, zero, infinity and rounding: decided once, here.

NaN is «sin dato»: it is never a zero and never reaches a percentage, a mean or a rank.
A division by zero has no result (NaN, and `lights` says why), never infinity.

A report in a month that owed none is a report. Nobody asked for it, and nobody is marked for leaving it out; but once
made it counts like any other: it ends a run of silence, its values enter the figures to date, and a later due slot
without report cannot show a better light or class than the month before, the month before being that of the voluntary
report, judged as if it had been due. Its own column, where it is no slot of the frequency, still shows the last slot.
Erasing it never improves on the last light: without it the row is held by the report before. To count only what was
owed would let a row report a bad figure early and be silent about it when it is due.
"""

import numpy as np

from rumbo.core.engine.block import Block, Bools, Floats, Small
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import MissingPolicy

# A tie such as 89.95 % arrives from floating point a few parts in 1e16 off, twelve additions included. One part in
# 1e13 lifts it over the edge, and no quotient of captured values (six decimals) below 5e9 falls that close by itself.
TIE = 1e-13
# With more decimals a tie cannot be told from noise, and the plain formula is the definition.
DECIMALS_WITH_TIES = 6


def half_up(percentage: Floats, decimals: int) -> Floats:
    """Rounds half up (89.95 → 90.0 with one decimal; −0.05 → 0.0). NaN stays NaN."""
    power = 10.0**decimals
    scaled = percentage * power
    if decimals <= DECIMALS_WITH_TIES:
        # Of 100 % at least: 100 * (1 − d / p) carries the noise of its 1 however small the rest.
        lift = np.abs(scaled)
        np.maximum(lift, 100.0 * power, out=lift)
        lift *= TIE
        scaled += lift
    scaled += 0.5
    np.floor(scaled, out=scaled)
    scaled /= power
    return scaled


def rounded(percentage: Floats, scheme: Scheme) -> Floats:
    """Half up to the scheme's decimals and kept within its limits."""
    found = half_up(percentage, scheme.decimals)
    if scheme.least is not None or scheme.most is not None:
        np.clip(found, scheme.least, scheme.most, out=found)
    return found


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """The guarded division: NaN where the denominator is zero. Runs under the caller's `np.errstate`."""
    quotient: Floats = numerator / denominator
    zero = denominator == 0
    if zero.any():
        quotient[zero] = np.nan
    return quotient


def by_parts(accumulation: Small) -> Bools:
    """?[n]: the figure is made of a numerator and a denominator."""
    made: Bools = (accumulation == Accumulation.RATIO) | (accumulation == Accumulation.RATE)
    return made


def reports(block: Block, scheme: Scheme | None = None) -> Bools:
    """?[n,s]: the slot has ended and something was reported in it.

    A ratio needs both of its values (0 ÷ 0 is one), unless what is missing adds zero (`MissingPolicy.LAST_KNOWN`).
    """
    present = ~np.isnan(block.actual)
    ratio = by_parts(block.accumulation)
    if ratio.any() and not (scheme and scheme.missing is MissingPolicy.LAST_KNOWN):
        present &= ~(np.isnan(block.actual_den) & ratio[:, None])
    if (block.cut < block.slots).any():
        present &= ended(block)
    return present


def ended(block: Block) -> Bools:
    """?[n,s]: the column lies before the row's cut."""
    return np.arange(block.slots) < block.cut[:, None]


def pending(block: Block) -> Bools:
    """?[n,s]: due slots for which the year has something programmed, ended or not.

    Nothing programmed (no value; or zero where more is better) owes nothing: who works only in July and August owes
    nothing in March, though they may report. Zero programmed where less is better is a promise, and owes a report.
    """
    programmed = ~np.isnan(block.programmed)
    increasing = block.direction == Direction.INCREASING
    ratio = by_parts(block.accumulation)
    idle = block.programmed == 0
    idle &= increasing[:, None]
    if ratio.any():
        has_den = ~np.isnan(block.programmed_den)
        parted = ratio & has_den.any(axis=1)
        programmed &= has_den | ~parted[:, None]
        idle &= ~parted[:, None]  # 0 of 0 cases expected: still owes a report, which may well be 0 of 0
    programmed &= ~idle
    in_range = block.direction == Direction.RANGE
    if in_range.any():
        programmed |= in_range[:, None]  # a range owes in every due slot: its bounds are its programme
    programmed &= block.due
    return programmed


def owed(block: Block) -> Bools:
    """?[n,s]: ended slots that owe a report (whether or not it came)."""
    return pending(block) & ended(block)
