"""Invented series of many kinds: what a public figure may do, whether or not any of ours does it.

Five accumulations, percentages and counts, noise from a thousandth to half of the level, own seasons, wandering levels,
years that differ, recoveries at the end of the year, programmes flat and seasonal, ambitious and timid, holes. Its
makers also made the model, and an earlier sibling of it was looked at while constants were chosen: real series decide.
"""

from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.block import Floats
from rumbo.core.engine.foresight import Record, Shape
from rumbo.core.engine.foresight.shapes import candidates
from rumbo.core.vocabulary.direction import Direction

SLOTS = 12
KINDS = (Shape.SUM, Shape.MEAN, Shape.LEVEL, Shape.ROLLING)


@dataclass(slots=True)
class _Goal:
    shape: Shape
    upward: bool
    moved: Floats  # [y,s] slots of one year more than is kept
    decimals: int
    noise: float


def invented(goals: int = 250, years: int = 5, seed: int = 4) -> Record:
    rng = np.random.default_rng(seed)
    made = [_goal(rng, years) for _ in range(goals)]
    programmes = [_programme(goal, rng) for goal in made]
    actual = np.stack([goal.moved for goal in made])
    shape = np.array([goal.shape for goal in made])
    to_date = np.take_along_axis(candidates(actual), shape[None, :, None, None], axis=0)[0]
    target = np.stack(programmes)
    target_to_date = np.where((shape == Shape.SUM)[:, None, None], np.cumsum(target, axis=2), target)
    decimals = np.array([goal.decimals for goal in made])[:, None, None]
    step = 10.0**decimals
    keep = slice(1, None)
    hole = (rng.random((goals, 1, 1)) < 0.1) & (rng.random((goals, years, SLOTS)) < 0.05)
    return Record(
        direction=np.array([0 if goal.upward else 1 for goal in made], dtype=np.int8) + np.int8(Direction.INCREASING),
        target=target,
        target_to_date=target_to_date,
        actual=np.where(hole, np.nan, actual[:, keep]),
        actual_to_date=np.where(hole, np.nan, np.round(to_date[:, keep] * step) / step),
    )


def _goal(rng: np.random.Generator, years: int) -> _Goal:
    shape, upward = Shape(rng.choice(KINDS)), bool(rng.random() < 0.6)
    noise, level = float(np.exp(rng.normal(np.log(0.06), 1.0))), 10 ** rng.uniform(0.5, 5)
    percentage = shape != Shape.SUM and rng.random() < 0.4
    level = rng.uniform(70, 99) if percentage else level
    time = (years + 1) * SLOTS
    season = rng.normal(0, 1, SLOTS) * noise * rng.choice([0, 0.5, 1, 2, 4])
    wander = np.cumsum(rng.normal(0, noise * rng.choice([0.05, 0.2, 0.4]), time)).reshape(-1, SLOTS)
    yearly = np.cumsum(rng.normal(0, noise * rng.choice([0, 0.5, 1.0]), (years + 1, 1)), axis=0)
    moved = level * (1 + season - season.mean() + wander + yearly + _carried(rng, noise, time))
    if rng.random() < 0.25:
        moved += level * _late(rng, noise, years + 1, upward)
    if percentage:
        moved = np.minimum(moved, 100.0)
    decimals = max(0, 2 - int(np.floor(np.log10(level))))
    if shape == Shape.SUM and rng.random() < 0.3:
        moved, decimals = rng.poisson(np.maximum(moved / level * rng.uniform(1, 40), 0.05)).astype(float), 0
    return _Goal(shape, upward, np.round(moved, decimals), decimals, noise)


def _carried(rng: np.random.Generator, noise: float, time: int) -> Floats:
    kept = rng.uniform(0, 0.8)
    shock = rng.standard_t(5, time) * noise
    out = np.zeros(time)
    for t in range(1, time):
        out[t] = kept * out[t - 1] + np.sqrt(1 - kept**2) * shock[t]
    return out.reshape(-1, SLOTS)


def _late(rng: np.random.Generator, noise: float, years: int, upward: bool) -> Floats:
    """Work that is done at the end of the year: it lags first and recovers later."""
    size = np.abs(rng.normal(0, 1.5 * noise, (years, 1))) * (1 if upward else -1)
    return np.asarray(size * np.r_[np.full(6, -0.6), np.zeros(2), np.ones(4)])


def _programme(goal: _Goal, rng: np.random.Generator) -> Floats:
    """Set each year from the one before, with an ambition of its own; seasonal when the programme knows the season."""
    way = 1 if goal.upward else -1
    ambition, spread = rng.normal(0.2, 0.6) * goal.noise, rng.choice([0.1, 0.5, 1.0]) * goal.noise
    seasonal = rng.random() < 0.5 and goal.shape in (Shape.SUM, Shape.MEAN)
    out = []
    for year in range(1, len(goal.moved)):
        before = goal.moved[year - 1]
        base = before[-1] if goal.shape == Shape.LEVEL else before.mean()
        size = base * (1 + way * (ambition + rng.normal(0, spread)))
        usual = goal.moved[:year].mean(axis=0)
        profile = usual / usual.mean() if seasonal and usual.mean() > 0 and goal.shape == Shape.SUM else np.ones(SLOTS)
        out.append(np.round(size * profile, goal.decimals))
    return np.stack(out)
