"""Which accumulation made the figures to date, where nobody says: the one that reproduces them best.

Median of the distance between the figure to date and what each accumulation would give, over all slots known but the
first (where they agree), actual and programme alike. The median forgives corrections and late reports.
"""

import warnings

import numpy as np

from rumbo.core.engine.block import Floats, Small
from rumbo.core.engine.foresight.evidence import Cube, Shape

# A candidate must beat the plain mean by this much: they differ little when slots hardly move.
PREFERENCE = 0.9
# Programme against programme has no noise, but flat programmes fit several shapes and some give the target of the year
# in every slot: it only breaks the ties of a past shorter than this, and never weighs more than that.
SHORT = 3
MOST_OF_PROGRAMME = 0.01
HOLES = 2  # slots that a rolling mean may lack and still be told


def infer(actual: Cube, actual_to_date: Cube, target: Cube, target_to_date: Cube) -> Small:
    """i1[n] of `Shape`, from f8[n,y,s] each."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # medians of nothing are NaN, and mean «cannot tell»
        distance = _distances(actual, actual_to_date)
        programme = _distances(target, target_to_date)
        grows = _grows(target_to_date)
    distance = np.nan_to_num(distance, posinf=np.inf)
    told = (~np.isnan(actual) & ~np.isnan(actual_to_date))[..., 1:].sum(axis=(1, 2))
    hint = np.minimum(np.nan_to_num(programme, posinf=np.inf), MOST_OF_PROGRAMME)
    distance += np.where((told < SHORT)[:, None], hint, 0.0)
    distance[:, Shape.MEAN] *= PREFERENCE
    unknown = np.isnan(actual).all(axis=(1, 2))
    choice = np.argmin(distance[:, [Shape.MEAN, Shape.SUM, Shape.LEVEL, Shape.ROLLING]], axis=1)
    shape = np.array([Shape.MEAN, Shape.SUM, Shape.LEVEL, Shape.ROLLING], dtype=np.int8)[choice]
    if unknown.any():
        shape[unknown] = np.where(grows[unknown], Shape.SUM, Shape.LEVEL)
    return shape


def candidates(slot: Cube) -> Cube:
    """f8[4,n,y,s]: the figure to date that each `Shape` would give."""
    n, y, s = slot.shape
    total = np.cumsum(np.nan_to_num(slot), axis=2)
    count = np.cumsum(~np.isnan(slot), axis=2)
    mean = np.divide(total, count, out=np.full(slot.shape, np.nan), where=count > 0)
    flat = slot.reshape(n, y * s)
    rolling = np.full((n, y * s), np.nan)
    if y > 1:
        windows = np.lib.stride_tricks.sliding_window_view(flat, s, axis=1)
        whole = (~np.isnan(windows)).sum(axis=2)
        enough = whole >= max(s - HOLES, 1)
        rolling[:, s - 1 :] = np.where(enough, np.nansum(windows, axis=2) / np.maximum(whole, 1), np.nan)
    return np.stack([np.where(count > 0, total, np.nan), mean, slot, rolling.reshape(n, y, s)])


def _distances(slot: Cube, to_date: Cube) -> Floats:
    """f8[n,4] in parts of the typical figure; inf where a shape cannot be judged but others can."""
    n = len(slot)
    error = np.abs(candidates(slot) - to_date)
    error[..., 0] = np.nan
    unit = np.nanmedian(np.abs(to_date).reshape(n, -1), axis=1)
    median: Floats = np.nanmedian(error.reshape(4, n, -1), axis=2).T / np.where(unit > 0, unit, 1.0)[:, None]
    judged = ~np.isnan(median)
    few = (~np.isnan(error[Shape.ROLLING]).reshape(n, -1)).sum(axis=1) < 3
    judged[few, Shape.ROLLING] = False
    return np.where(judged, median, np.where(judged.any(axis=1)[:, None], np.inf, np.nan))


def _grows(to_date: Cube) -> np.ndarray:
    """Whether the programme to date starts the year at a small part of where it ends it."""
    ratio = np.nanmedian(np.abs(to_date[:, :, 0]) / np.abs(to_date[:, :, -1]), axis=1)
    return np.asarray(ratio < 0.5)
