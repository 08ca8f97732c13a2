"""The season that goals of one kind share: what former years of all of them say of each slot.

One year of one goal cannot tell a season from a bad month; forty goals that all fell in January can. Kinds are shape
and direction. Only years before the one to foresee are looked at.
"""

import numpy as np

from rumbo.core.engine.block import Bools, Floats

FEWEST = 4  # goals of a kind below which nothing is shared
YEARS_OF_DOUBT = 1.0  # a season seen in one year is believed by half, in two by two thirds


def spread_of_slots(value: Floats, known: Bools, noise: Floats, slots: int) -> Floats:
    """f8[n]: standard deviation of the slots around their year's mean, leaning on `noise` when there are few."""
    around, count, _ = _around(value, known, slots)
    squares = np.where(count[..., None] > 1, around**2, 0.0).sum(axis=(1, 2), where=~np.isnan(around))
    freedom = np.maximum(count - 1, 0).sum(axis=1)
    return np.asarray(np.sqrt((noise**2 + squares) / (1.0 + freedom)))


def _around(value: Floats, known: Bools, slots: int) -> tuple[Floats, Floats, int]:
    n = len(value)
    years = value.shape[1] // slots
    shaped = np.where(known, value, np.nan).reshape(n, years, slots)
    count = (~np.isnan(shaped)).sum(axis=2)
    mean = np.nansum(shaped, axis=2) / np.maximum(count, 1)
    return shaped - mean[..., None], count.astype(np.float64), years


def common(value: Floats, known: Bools, kind: np.ndarray, slots: int) -> Floats:
    """f8[n,s]: for each goal, the season of its kind in units of the goal's own spread. `value` of former years."""
    around, count, _ = _around(value, known, slots)
    around[count < 0.75 * slots] = np.nan
    told = np.maximum((~np.isnan(around)).sum(axis=(1, 2)), 1)
    spread = np.sqrt(np.nansum(around**2, axis=(1, 2)) / told)
    standard = np.clip(around / np.where(spread > 0, spread, np.nan)[:, None, None], -3.0, 3.0)
    season = np.zeros((len(value), slots))
    for one in np.unique(kind):
        rows = kind == one
        season[rows] = _of_kind(standard[rows])
    return season


def _of_kind(standard: Floats) -> Floats:
    """f8[s] from f8[n,y,s]."""
    told = ~np.isnan(standard).all(axis=(1, 2))
    slots = standard.shape[2]
    if told.sum() < FEWEST:
        return np.zeros(slots)
    goals = (~np.isnan(standard)).sum(axis=0)
    yearly = np.nansum(standard, axis=0) / np.maximum(goals, 1)
    seen = goals.max(axis=1) >= FEWEST
    if not seen.any():
        return np.zeros(slots)
    mean = yearly[seen].mean(axis=0)
    chance = 1.0 / np.maximum(goals[seen].sum(axis=0), 1)
    trust = np.maximum(0.0, 1.0 - chance / np.maximum(mean**2, 1e-12))
    return np.asarray(mean * trust * seen.sum() / (seen.sum() + YEARS_OF_DOUBT))
