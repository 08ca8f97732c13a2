"""Due slots in a row with the same light, and since when."""

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine.block import Bools, Small


def streaks(light: Small, visible: Bools, last_slot: NDArray[np.int16]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """(streak, since) i2[n,s] of lights already carried to the columns that are not due.

    Only the row's own slots count: three quarters in red are 3, not 9. Without a slot: 0 and -1.
    """
    column = np.arange(light.shape[1], dtype=np.int16)
    starts = visible.copy()
    starts[:, 1:] &= light[:, 1:] != light[:, :-1]
    since = np.maximum.accumulate(np.where(starts, column, np.int16(0)), axis=1)
    # The row's first slot always starts a streak, even one whose light is the NOT_DUE shown before it.
    ordinal = np.cumsum(visible, axis=1, dtype=np.int16)
    before = np.maximum.accumulate(np.where(starts, ordinal, np.int16(0)), axis=1)
    none = last_slot < 0
    streak = ordinal - before + np.int16(1)
    streak[none] = 0
    since[none] = -1
    return streak, since
