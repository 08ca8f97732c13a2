"""The ways in which a public figure moves from slot to slot: a small family of processes, each with its covariance.

Everything is in units of the slot's own noise (variance 1, of which a part lasts for a few months). Every year has a
little of its own (a new contract, a strike, another budget). On top of it:

lasting   a level that wanders, remembered for about a year
season    a habit of each slot that returns every year
trend     a level that goes up or down by the same much every year
habit     the standing distance between what is done and the level that it keeps to

That level is the programme of each year, or that of the first year known, whatever is programmed later: of public
goals whose programmes moved, a third of the move was followed at most, and often none of it.

`grid()` is every combination looked at, all believed alike before anything is seen: which of them describe a goal is
learnt from the goal's own past. Beliefs learnt from other goals were tried and gained nothing.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from rumbo.core.engine.block import Floats, Ints

SHORT_MEMORY = 0.6  # of a month's surprise, kept the month after
CARRIED = 0.3  # part of a month's surprise that has such a memory
LONG_MEMORY = 0.95
SEASON_MEMORY = 0.97  # of last year's season, kept this year
JUMP = 0.1  # what every year has of its own


@dataclass(frozen=True, slots=True)
class Past:
    """One hypothesis. `level`: 1 follows the programme's level from year to year, 0 keeps to that of the first year;
    `programme_season`: how much of the programme's season is followed (0 or 1)."""

    lasting: float
    season: float
    trend: float
    level: float
    programme_season: float
    habit: float
    shared: float  # of the season of its kind


LASTING = (0.4, 4.0)
SEASON = (0.0, 0.5, 3.0, 20.0)
TREND = (0.0, 10.0)
PROGRAMMES = ((1.0, 1.0, 2.0), (1.0, 0.0, 2.0), (0.0, 1.0, 20.0), (0.0, 0.0, 20.0))
SHARED = (0.0, 1.0)


def grid() -> list[Past]:
    moves = product(LASTING, SEASON, TREND)
    return [Past(*move, *programme, shared) for move in moves for programme in PROGRAMMES for shared in SHARED]


def covariances(pasts: list[Past], years: int, slots: int) -> tuple[Floats, Ints]:
    """The covariances that differ, f8[k,t,t] with t = years * slots in time order, and which is whose, i8[g]."""
    kinds = [(p.lasting, p.season, p.trend, p.habit) for p in pasts]
    distinct = list(dict.fromkeys(kinds))
    place = {kind: index for index, kind in enumerate(distinct)}
    time = np.arange(years * slots)
    year, slot = time // slots, time % slots
    apart = np.abs(time[:, None] - time) * 12.0 / slots
    years_apart = np.abs(year[:, None] - year)
    long = LONG_MEMORY**apart
    same_slot = (slot[:, None] == slot) * SEASON_MEMORY**years_apart
    ahead = (time - time[-1] + slots - 0.5) / slots  # years from the start of the one to foresee
    straight = np.outer(ahead, ahead)
    noise = (1 - CARRIED) * np.eye(len(time)) + CARRIED * SHORT_MEMORY**apart + JUMP * (years_apart == 0)
    stack = [
        noise + lasting * long + season * same_slot + trend * straight + habit
        for lasting, season, trend, habit in distinct
    ]
    return np.stack(stack), np.array([place[kind] for kind in kinds])
