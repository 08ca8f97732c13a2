"""Small records made of a seed: every shape and direction, holes, seasons, years that differ."""

from collections.abc import Sequence

import numpy as np

from rumbo.core.engine.foresight import Evidence, Record, Shape
from rumbo.core.engine.foresight.shapes import candidates
from rumbo.core.vocabulary.direction import Direction

UP, DOWN = int(Direction.INCREASING), int(Direction.DECREASING)


def record(seed: int = 0, goals: int = 8, years: int = 3, slots: int = 12, holes: float = 0.0) -> Record:
    """The first year of each goal only feeds the rolling means; shapes go round."""
    rng = np.random.default_rng(seed)
    shape = np.arange(goals) % len(Shape)
    level = 10.0 ** rng.uniform(1, 4, (goals, 1, 1))
    season = rng.normal(0, 0.05, (goals, 1, slots))
    moved = rng.normal(0, 0.05, (goals, years + 1, 1)) + rng.normal(0, 0.04, (goals, years + 1, slots))
    actual = np.round(level * (1 + season + moved), 1)
    target = np.round(np.broadcast_to(level * (1 + rng.normal(0, 0.02, (goals, years + 1, 1))), actual.shape), 1)
    to_date = _of(actual, shape)[:, 1:]
    target_to_date = np.where((shape == Shape.SUM)[:, None, None], np.cumsum(target, axis=2), target)[:, 1:]
    actual, target = actual[:, 1:], target[:, 1:]
    gone = rng.random(actual.shape) < holes
    direction = np.where(np.arange(goals) % 3 == 1, DOWN, UP).astype(np.int8)
    return Record(
        direction=direction,
        target=target,
        target_to_date=target_to_date,
        actual=np.where(gone, np.nan, actual),
        actual_to_date=np.where(gone, np.nan, np.round(to_date, 1)),
        shape=shape.astype(np.int8),
    )


def _of(actual: np.ndarray, shape: np.ndarray) -> np.ndarray:
    return np.take_along_axis(candidates(actual), shape[None, :, None, None], axis=0)[0]


def one(
    *, target: Sequence[Sequence[float]], actual: Sequence[Sequence[float]], slot: int, shape: Shape = Shape.SUM,
    direction: int = UP,
) -> Evidence:  # fmt: skip
    """One goal, whose figures to date follow from its slots. Years by slots."""
    done, plan = (np.asarray([table], dtype=np.float64) for table in (actual, target))
    kind = np.array([shape])
    return Evidence(
        direction=np.array([direction], dtype=np.int8),
        shape=kind.astype(np.int8),
        target=plan,
        target_to_date=_of(plan, kind) if shape != Shape.ROLLING else plan,
        actual=done,
        actual_to_date=_of(done, kind),
        slot=slot,
    )
