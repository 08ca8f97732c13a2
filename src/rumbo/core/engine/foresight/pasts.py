"""The ways in which a public figure moves from slot to slot: a small family of processes, each with its covariance.

Everything is in units of the month's own noise (variance 1, of which a part lasts for a few months). On top of it:

lasting   a level that wanders, remembered for about two years
season    a habit of each slot that returns every year
jump      what each year has of its own (a new contract, a strike, another budget)
habit     the standing distance between what is done and the programme (or the level itself, where the programme says
          nothing)

`grid()` is every combination looked at. Which of them describe a goal is learnt from the goal's own past; the pooled
past of the others, and the constants here, are the opinion before seeing it.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from rumbo.core.engine.block import Floats, Ints

SHORT_MEMORY = 0.6  # of a month's surprise, kept the month after
LONG_MEMORY = 0.93
SEASON_MEMORY = 0.85  # of last year's season, kept this year


@dataclass(frozen=True, slots=True)
class Past:
    """One hypothesis. `level` and `season_of_programme`: how much of the programme the doing follows (0 or 1)."""

    carried: float
    lasting: float
    season: float
    jump: float
    level: float
    programme_season: float
    habit: float
    shared: float  # of the season of its kind


CARRIED = (0.0, 0.5)
LASTING = (0.0, 0.4, 2.5)
SEASON = (0.0, 0.6, 6.0)
JUMP = (0.3, 3.0)
PROGRAMMES = ((1.0, 1.0, 0.5), (1.0, 1.0, 8.0), (1.0, 0.0, 0.5), (1.0, 0.0, 8.0), (0.0, 1.0, 400.0), (0.0, 0.0, 400.0))
SHARED = (0.0, 1.0)
# Levels do wander and years do differ, and most programmes are near what is done: each of these doubles the credit.
CREDIT = 2.0


def grid() -> list[Past]:
    noises = list(product(CARRIED, LASTING, SEASON, JUMP))
    return [Past(*noise, *programme, shared) for noise in noises for programme in PROGRAMMES for shared in SHARED]


def opinion(pasts: list[Past]) -> Floats:
    """f8[g]: log weights of the hypotheses before anything is seen, adding to one."""
    credits = [(p.lasting > 0) + (p.lasting > 1) + (p.jump > 1) + (p.habit < 1) for p in pasts]
    weight = CREDIT ** np.asarray(credits, dtype=np.float64)
    return np.asarray(np.log(weight / weight.sum()))


def covariances(pasts: list[Past], years: int, slots: int) -> tuple[Floats, Ints]:
    """The covariances that differ, f8[k,t,t] with t = years * slots in time order, and which is whose, i8[g]."""
    kinds = [(p.carried, p.lasting, p.season, p.jump, p.habit) for p in pasts]
    distinct = list(dict.fromkeys(kinds))
    place = {kind: index for index, kind in enumerate(distinct)}
    time = np.arange(years * slots)
    year, slot = time // slots, time % slots
    apart = np.abs(time[:, None] - time) * 12.0 / slots
    years_apart = np.abs(year[:, None] - year)
    short, long = SHORT_MEMORY**apart, LONG_MEMORY**apart
    same_slot = (slot[:, None] == slot) * SEASON_MEMORY**years_apart
    same_year = (years_apart == 0).astype(np.float64)
    noise = np.eye(len(time))
    stack = [
        (1 - carried) * noise + carried * short + lasting * long + season * same_slot + jump * same_year + habit
        for carried, lasting, season, jump, habit in distinct
    ]
    return np.stack(stack), np.array([place[kind] for kind in kinds])
