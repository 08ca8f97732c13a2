"""Figures of a set of predictions. Scored are the years that are whole, with a programme, from the second one on."""

from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.block import Bools, Floats
from rumbo.core.engine.foresight import Record
from rumbo.core.vocabulary.direction import Direction

ALERT = 0.5


@dataclass(frozen=True, slots=True)
class Score:
    """At one slot. Naive: warn when the figure to date is worse than its programme."""

    slot: int
    years: int
    missed: float
    auc_naive: float
    auc: float
    brier_naive: float
    brier: float
    late: int  # on target at the slot, missed at the end
    late_caught: float
    false_naive: float  # alerts among the goals that were met
    false: float


def scored(record: Record, since: int = 1) -> tuple[Bools, Bools]:
    """?[n,y,s] worse than the programme to date, ?[n,y] scored."""
    sign = np.where(record.direction == Direction.INCREASING, 1.0, -1.0)[:, None, None]
    worse = (record.actual_to_date - record.target_to_date) * sign < 0
    there = ~np.isnan(record.actual_to_date) & ~np.isnan(record.target_to_date) & (record.target_to_date != 0)
    whole = there.all(axis=2)
    whole[:, :since] = False
    return worse, whole


def score(record: Record, probability: Floats, slot: int, since: int = 1) -> Score:
    worse, whole = scored(record, since)
    missed, off = worse[..., -1][whole], worse[..., slot - 1][whole]
    told = probability[..., slot - 1][whole]
    alert, met, late = told >= ALERT, ~missed, ~off & missed
    return Score(
        slot, int(whole.sum()), float(missed.mean()), auc(missed, off.astype(float)), auc(missed, told),
        float(np.mean(off != missed)), float(np.mean((told - missed) ** 2)), int(late.sum()),
        float(alert[late].mean()), float(off[met].mean()), float(alert[met].mean()),
    )  # fmt: skip


def auc(missed: Bools, told: Floats) -> float:
    """Chance that a missed goal was given more risk than a met one; ties count half."""
    one, other = np.sort(told[~missed]), told[missed]
    below, upto = np.searchsorted(one, other, "left"), np.searchsorted(one, other, "right")
    return float((below + upto).mean() / (2 * len(one)))


def calibration(record: Record, probability: Floats, slots: tuple[int, ...], bins: int = 5) -> list[tuple[float, ...]]:
    """(from, to, predictions, mean said, share missed) of each band of probability, over the given slots."""
    worse, whole = scored(record)
    missed = np.concatenate([worse[..., -1][whole] for _ in slots]).astype(float)
    told = np.concatenate([probability[..., slot - 1][whole] for slot in slots])
    band = np.minimum((told * bins).astype(int), bins - 1)
    return [
        (
            k / bins,
            (k + 1) / bins,
            int((band == k).sum()),
            float(told[band == k].mean()),
            float(missed[band == k].mean()),
        )
        for k in range(bins)
        if (band == k).any()
    ]
