"""Due slots in a row with the same light, and since when; across years when the former one left its end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine.block import NO_SLOT, Bools, Result, Small
from rumbo.core.engine.running import greatest, totals

type Counts = NDArray[np.int16]


@dataclass(frozen=True, eq=False, slots=True)
class Carried:
    """What a year leaves to the next one, row by row: the light shown at its end, its streak and since when.

    light i1[n];  streak i2[n] slots, 0 when nothing was shown;  since i2[n] column counted from the next year's first
    one, so below 0.
    """

    light: Small
    streak: Counts
    since: Counts

    @classmethod
    def nothing(cls, rows: int) -> "Carried":
        none = np.full(rows, NO_SLOT, dtype=np.int16)
        return cls(np.zeros(rows, dtype=np.int8), np.zeros(rows, dtype=np.int16), none)


def carried(result: Result, before: Carried | None = None) -> Carried:
    """The end of a year. A row that owed nothing in it hands on what it had received `before`."""
    rows, slots = result.last_slot.shape
    last = result.last_slot.max(axis=1)
    at = np.maximum(last, 0), np.arange(rows)
    shown = last >= 0
    old = Carried.nothing(rows) if before is None else before
    since = np.where(shown, result.since[at[1], at[0]], old.since)
    streak = np.where(shown, result.streak[at[1], at[0]], old.streak)
    moved = np.maximum(since.astype(np.int64) - slots, NO_SLOT).astype(np.int16)
    return Carried(np.where(shown, result.light[at[1], at[0]], old.light), streak, moved)


def streaks(light: Small, visible: Bools, last_slot: Counts, before: Carried | None = None) -> tuple[Counts, Counts]:
    """(streak, since) i2[n,s] of lights already carried to the columns that are not due.

    Only the row's own slots count: three quarters in red are 3, not 9. Without a slot: 0 and NO_SLOT.
    """
    column = np.arange(light.shape[1], dtype=np.int16)
    starts = visible.copy()
    starts[:, 1:] &= light[:, 1:] != light[:, :-1]
    since = greatest(column * starts)
    # The row's first slot always starts a streak, even one whose light is the NOT_DUE shown before it.
    ordinal = totals(visible, np.int16)
    streak = ordinal - greatest(ordinal * starts) + np.int16(1)
    none = last_slot < 0
    if before is not None and before.streak.any():
        _join(light, visible, streak, since, before)
    streak[none] = 0
    since[none] = NO_SLOT
    return streak, since


def _join(light: Small, visible: Bools, streak: Counts, since: Counts, before: Carried) -> None:
    """The year's first streak goes on from that of the former year where the light is the same, in place."""
    first = visible.argmax(axis=1)
    rows = np.arange(len(light))
    same = visible[rows, first] & (before.streak > 0) & (light[rows, first] == before.light)
    own = same[:, None] & (since == first[:, None]) & (np.arange(light.shape[1]) >= first[:, None])
    streak += own * before.streak[:, None]
    np.copyto(since, before.since[:, None], where=own)
