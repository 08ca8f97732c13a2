"""Learns the coefficients of the last correction from several sources, each counted alike, and judges them on the
source left out."""

from dataclasses import dataclass

import numpy as np

from benchmarks.foresight.scoring import scored
from rumbo.core.engine.block import Floats
from rumbo.core.engine.foresight import Record, Walker
from rumbo.core.engine.foresight.calibration import CLIP, SHIPPED, Calibration
from rumbo.core.engine.foresight.normal import logistic, logit

# A source speaks as so many predictions that knew nothing of each other; coefficients lean on «as projected» (0, 1, 0,
# 0) with this width.
WORTH = 300.0
LEAN = np.array([0.0, 1.0, 0.0, 0.0])
WIDTH = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class Told:
    """What was projected, uncorrected, at every slot of the years scored. f8[k] each; missed is 0 or 1."""

    projected: Floats
    left: Floats
    last: Floats
    missed: Floats


def told(record: Record) -> Told:
    worse, whole = scored(record)
    walker, parts = Walker(record), []
    slots = record.target.shape[2]
    for year in range(record.target.shape[1]):
        foreseen = walker.year(year)
        rows = np.flatnonzero(whole[:, year])
        before = np.where(whole[:, year - 1], 2.0 * worse[:, year - 1, -1] - 1.0, 0.0) if year else np.zeros(len(whole))
        for slot in range(1, slots):
            projected = foreseen[slot].projected[rows]
            known = ~np.isnan(projected)
            left = np.full(int(known.sum()), 1.0 - slot / slots)
            missed = worse[rows[known], year, -1].astype(np.float64)
            parts.append((projected[known], left, before[rows[known]], missed))
    return Told(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def learnt(sources: list[Told]) -> tuple[float, ...]:
    """bias, slope, slope_left, after_a_miss: the most probable, by Newton's steps."""
    design = np.concatenate([_design(one) for one in sources])
    missed = np.concatenate([one.missed for one in sources])
    worth = np.concatenate([np.full(len(one.missed), WORTH / len(one.missed)) for one in sources])
    beta = LEAN.copy()
    for _ in range(40):
        p = logistic(design @ beta)
        gradient = design.T @ (worth * (missed - p)) - (beta - LEAN) / WIDTH**2
        curvature = (design.T * (worth * p * (1 - p))) @ design + np.eye(4) / WIDTH**2
        beta = beta + np.linalg.solve(curvature, gradient)
    return tuple(float(one) for one in beta)


def surprise(source: Told, coefficients: tuple[float, ...]) -> float:
    """Mean logarithmic loss: less is better."""
    p = np.clip(Calibration(*coefficients).correct(source.projected, source.left, source.last), CLIP, 1 - CLIP)
    return float(-np.mean(np.log(np.where(source.missed == 1, p, 1 - p))))


def report(records: dict[str, Record]) -> str:
    sources = {name: told(record) for name, record in records.items()}
    lines = ["set            alone (bias, slope, slope_left, after_a_miss)   loss: as projected  shipped  without it"]
    for name, one in sources.items():
        others = learnt([other for key, other in sources.items() if key != name]) if len(sources) > 1 else tuple(LEAN)
        losses = [surprise(one, tuple(LEAN)), surprise(one, SHIPPED), surprise(one, others)]
        alone = ", ".join(f"{x:+.2f}" for x in learnt([one]))
        lines.append(f"{name:14} {alone:44} " + "  ".join(f"{x:.4f}" for x in losses))
    lines.append("all together: " + ", ".join(f"{x:+.3f}" for x in learnt(list(sources.values()))))
    return "\n".join(lines)


def _design(one: Told) -> Floats:
    x = logit(np.clip(one.projected, CLIP, 1 - CLIP))
    return np.column_stack([np.ones(len(x)), x, x * one.left, one.last])
