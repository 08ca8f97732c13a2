"""What each row shows at the end of a month, whatever its frequency: its last slot ended by then, and how old it is.

Blocks of months, of weeks and of fortnights are put side by side so, and rolled up and ranked as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rumbo.core.engine.block import Floats, Ints, Result, Small

NEVER = -1


@dataclass(frozen=True, eq=False, slots=True)
class Standing:
    """Arrays [n], as the columns of `Result` of the same name.

    slot  i8 period (year * 12 + month - 1) in which the slot shown ended, -1 for none
    age   i8 months between that and the month asked for, -1 for none
    """

    compliance_to_date: Floats
    compliance_year: Floats
    compliance_capped: Floats
    programmed_to_date: Floats
    actual_to_date: Floats
    gap: Floats
    light: Small
    performance_class: Small
    reason: Small
    marks: NDArray[np.int16]
    streak: NDArray[np.int16]
    slot: Ints
    age: Ints


def standing(result: Result, slot_end: ArrayLike, period: int) -> Standing:
    """Of every row at the end of month `period`. `slot_end` i[s] is the month in which each column ends, in order.

    Raises ValueError when no column has ended by then, or the columns are not as many as those of the result.
    """
    ends = np.asarray(slot_end, dtype=np.int64)
    if ends.shape != result.light.shape[1:]:
        raise ValueError(f"{len(ends)} ends for {result.light.shape[1]} columns")
    column = int(np.searchsorted(ends, period, side="right")) - 1
    if column < 0:
        raise ValueError(f"no slot has ended by {period}")
    shown = result.last_slot[:, column].astype(np.int64)
    slot = np.where(shown >= 0, ends[np.maximum(shown, 0)], NEVER)
    cells = {
        field.name: getattr(result, field.name)[:, column]
        for field in fields(Standing)
        if field.name not in ("slot", "age")
    }
    return Standing(**cells, slot=slot, age=np.where(shown >= 0, period - slot, NEVER))


def side_by_side(parts: Sequence[Standing]) -> Standing:
    """The rows of several blocks, one after the other."""
    names = [field.name for field in fields(Standing)]
    return Standing(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})
