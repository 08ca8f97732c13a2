"""Rows brought to one form before they are projected: larger is better, in parts of the target, time in a line."""

from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.block import Bools, Floats
from rumbo.core.engine.foresight.bend import Bend, bend
from rumbo.core.engine.foresight.evidence import Cube, Evidence, Shape
from rumbo.core.engine.foresight.season import common, spread_of_slots
from rumbo.core.engine.foresight.shapes import candidates

NEAR = 1e-6  # of a step


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """Rows brought to one form: larger is better, in parts of the target. Time runs over years * slots.

    `value`, `programme`, `level`, `seasons` and `noise` are on the scale of `bend`; the rest is in parts of the target.
    """

    bend: Bend
    value: Floats  # [n,t] figure that moves
    programme: Floats  # [n,t]
    level: Floats  # [n,t] mean programme of the year
    known: Bools  # [n,t]
    newest: Bools  # [n,t] the last slot known of the year to foresee
    rest: Floats  # [n,t] share with which a slot to come enters the year's end
    base: Floats  # [n] what is already settled of the year's end
    goal: Floats  # [n]
    blur: Floats  # [n] variance of what the accumulation cannot tell (weights, corrections)
    unit: Floats  # [n]
    seasons: Floats  # [2,n,t] season of its kind, around a level and around the programme
    noise: Floats  # [n] of a slot, before any is seen


def framed(e: Evidence, goal: Floats | None = None) -> Frame:
    """`goal` f8[n], unit of the indicator: what has to be reached, or not passed; None is the target of the year."""
    n, y, s = e.target.shape
    goal = target_of_the_year(e) if goal is None else goal
    per_slot = np.where(e.shape == Shape.SUM, s, 1.0)
    size = np.abs(goal) / per_slot
    older = without_newest(e, e.actual_to_date)
    usual = np.abs(np.nan_to_num(older)).reshape(n, -1).max(axis=1) / per_slot
    unit = np.where(size > 1e-9 * np.maximum(usual, 1e-300), size, np.where(usual > 0, usual, 1.0))
    unit = np.where(np.isnan(goal), 1.0, unit)
    oriented = e.sign / unit
    moving, plan = moving_figure(e)
    value = (moving * oriented[:, None, None]).reshape(n, y * s)
    plan = plan * oriented[:, None, None]
    level = _levels(plan)
    programme = np.where(np.isnan(plan), level, plan).reshape(n, y * s)
    known = ~np.isnan(value)
    known[:, -s:] &= e.reported  # a level repeated in silence is no news
    base, rest, newest, blur = _year_end(e, value, known, oriented)
    level = np.repeat(level[:, :, 0], s, axis=1)
    older_known = known & ~newest
    bent = bend(e, np.nan_to_num(value), level, older_known, oriented)
    value, programme, level = (bent.scaled(figure) for figure in (np.nan_to_num(value), programme, level))
    seasons = _seasons(e, value, programme, older_known, bent.noise)
    step = resolution(np.concatenate([older, e.target_to_date[:, :, :-1]], axis=2))
    line = _line(goal * e.sign, step) / unit
    return Frame(
        bent,
        value,
        programme,
        level,
        known,
        newest,
        rest,
        base,
        line,
        blur,
        unit,
        seasons,
        bent.noise,
    )


def _line(goal: Floats, step: Floats) -> Floats:
    """f8[n] where met begins: half a step below the first figure, as they are written, that is enough."""
    size = np.where(step > 0, step, 1.0)
    first = np.ceil(goal / size - NEAR) * size
    return np.where(step > 0, first - 0.5 * step, goal)


def without_newest(e: Evidence, figures: Cube) -> Cube:
    """The same without the newest figure of the year to foresee: nothing that weighs it may depend on it."""
    older = figures.copy()
    older[:, -1] = np.where(np.arange(1, e.slots + 1) >= e.done[:, None], np.nan, figures[:, -1])
    return older


def _seasons(e: Evidence, value: Floats, programme: Floats, known: Bools, noise: Floats) -> Floats:
    former = e.slots * (e.years - 1)
    kind = e.shape.astype(int) * 2 + e.direction.astype(int)
    out = np.zeros((2, *value.shape))
    if former:
        for index, moving in enumerate((value, value - programme)):
            shared = common(moving[:, :former], known[:, :former], kind, e.slots)
            size = spread_of_slots(moving, known, noise, e.slots)
            out[index] = np.tile(shared * size[:, None], (1, e.years))
    return out


def target_of_the_year(e: Evidence) -> Floats:
    """f8[n]: the programme to date at the last slot; from the last one given, where the year is not complete."""
    this = e.target_to_date[:, -1]
    position = np.where(~np.isnan(this), np.arange(e.slots), -1).max(axis=1)
    last = np.take_along_axis(this, np.maximum(position, 0)[:, None], axis=1)[:, 0]
    stretched = np.where(e.shape == Shape.SUM, e.slots / (position + 1.0).clip(1), 1.0)
    return np.where(position < 0, np.nan, last * stretched)


def moving_figure(e: Evidence) -> tuple[Cube, Cube]:
    """Figure and programme of the slots; those to date where the indicator is a level. Recovered from the figures to
    date where the slots' own are absent."""
    level = (e.shape == Shape.LEVEL)[:, None, None]
    actual = np.where(np.isnan(e.actual), slots_behind(e.actual_to_date, e.shape), e.actual)
    target = np.where(np.isnan(e.target), slots_behind(e.target_to_date, e.shape), e.target)
    # A rolling programme is the mean of twelve slots; its own slots, where given, may be of another scale.
    target = np.where((e.shape == Shape.ROLLING)[:, None, None], e.target_to_date, target)
    return np.where(level, e.actual_to_date, actual), np.where(level, e.target_to_date, target)


def slots_behind(to_date: Cube, shape: np.ndarray) -> Cube:
    count = np.arange(1, to_date.shape[2] + 1)
    mean = (shape == Shape.MEAN)[:, None, None]
    total = np.where(mean, to_date * count, to_date)
    slots = np.diff(total, axis=2, prepend=0.0)
    unable = ((shape == Shape.ROLLING) | (shape == Shape.LEVEL))[:, None, None]
    return np.where(unable, np.nan, slots)


def _levels(plan: Cube) -> Cube:
    """f8[n,y,1]: mean programme of each year; of the nearest later year, then earlier, where there is none."""
    known = ~np.isnan(plan)
    count = known.sum(axis=2)
    level = np.where(count > 0, np.nan_to_num(plan).sum(axis=2) / np.maximum(count, 1), np.nan)
    for year in range(level.shape[1] - 2, -1, -1):
        level[:, year] = np.where(np.isnan(level[:, year]), level[:, year + 1], level[:, year])
    for year in range(1, level.shape[1]):
        level[:, year] = np.where(np.isnan(level[:, year]), level[:, year - 1], level[:, year])
    return level[:, :, None]


def _year_end(e: Evidence, value: Floats, known: Bools, oriented: Floats) -> tuple[Floats, Floats, Bools, Floats]:
    """What is settled, the share of each slot to come, which slot is the newest, and the blur of the accumulation."""
    n, y, s = e.target.shape
    done = e.done
    to_date = e.actual_to_date[:, -1] * oriented[:, None]
    newest_figure = np.take_along_axis(to_date, np.maximum(done - 1, 0)[:, None], axis=1)[:, 0]
    this = value.reshape(n, y, s)[:, -1]
    newest_figure = np.where(np.isnan(newest_figure), _rebuilt(this, e.shape), newest_figure)
    newest_figure = np.where(done > 0, newest_figure, 0.0)
    to_come = np.arange(1, s + 1) > done[:, None]
    averaged = (e.shape == Shape.MEAN) | (e.shape == Shape.ROLLING)
    share = np.where(averaged[:, None], 1.0 / s, 1.0) * to_come
    last_slot = np.arange(1, s + 1) == s
    share = np.where((e.shape == Shape.LEVEL)[:, None], to_come & last_slot, share)
    base = np.where(averaged, newest_figure * done / s, newest_figure)
    base = np.where((e.shape == Shape.LEVEL) & (done < s), 0.0, base)
    base = np.where(e.shape == Shape.ROLLING, _rolling_base(e, value, newest_figure, done), base)
    rest = np.zeros((n, y, s))
    rest[:, -1] = share
    newest = np.zeros((n, y, s), dtype=np.bool_)
    newest[:, -1] = (np.arange(1, s + 1) == done[:, None]) & known.reshape(n, y, s)[:, -1]
    return base, rest.reshape(n, y * s), newest.reshape(n, y * s), _blur(e, oriented, done)


def _rebuilt(this: Floats, shape: np.ndarray) -> Floats:
    total = np.nansum(this, axis=1)
    count = np.maximum((~np.isnan(this)).sum(axis=1), 1)
    return np.where(shape == Shape.SUM, total, total / count)


def _rolling_base(e: Evidence, value: Floats, figure: Floats, done: np.ndarray) -> Floats:
    """A mean of the last twelve slots gives up, as the year goes on, the same slots of the former year."""
    n, y, s = e.target.shape
    slots = value.reshape(n, y, s)
    mine: Floats = np.nansum(slots[:, -1], axis=1) / np.maximum((~np.isnan(slots[:, -1])).sum(axis=1), 1) * done / s
    if y < 2:
        return mine
    leaving = np.where(np.arange(1, s + 1) > done[:, None], slots[:, -2], 0.0)
    exact = figure - leaving.sum(axis=1) / s
    return np.asarray(np.where(np.isnan(exact) | (done == 0), mine, exact))


def _blur(e: Evidence, oriented: Floats, done: np.ndarray) -> Floats:
    """Variance left by weights that nobody told: how far former years ended from the plain accumulation."""
    n, y, s = e.target.shape
    if y < 2:
        return np.zeros(n)
    rebuilt = np.take_along_axis(candidates(e.actual), e.shape.astype(int)[None, :, None, None], axis=0)[0]
    away = np.abs(rebuilt - e.actual_to_date)[:, :-1, -1] * np.abs(oriented)[:, None]
    count = (~np.isnan(away)).sum(axis=1)
    mean = np.nansum(away, axis=1) / np.maximum(count, 1)
    left = 1.0 - done / s
    spread = np.where(e.shape == Shape.MEAN, 1.25 * mean * left, 0.0)
    return spread**2


def resolution(figures: Cube) -> Floats:
    """f8[n]: the step in which the figures are written (0.1 for 97.9; 1 for counts); 0 where they are not rounded, or
    where there are none."""
    n = len(figures)
    flat = figures.reshape(n, -1)
    step = np.zeros(n)
    if not flat.shape[1]:
        return np.where(np.isnan(flat).all(axis=1), 0.0, step)
    for decimals in (4, 3, 2, 1, 0):
        scaled = flat * 10.0**decimals
        fits = np.isnan(flat) | (np.abs(scaled - np.round(scaled)) < 1e-6 * np.maximum(np.abs(scaled), 1.0))
        step = np.where(fits.all(axis=1), 10.0**-decimals, step)
    return np.where(np.isnan(flat).all(axis=1), 0.0, step)
