"""Small answers that documents and boards print beside a stored result: changes, shares, paces, projections.

Percentages are on 0..100 and rounded half up to the given decimals, as every other percentage. None is «no figure».
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from rumbo.core.engine.missing import half_up
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction


def difference(now: float | None, before: float | None, decimals: int = 1) -> float | None:
    """`now` less `before`, both already rounded: what is printed is the difference of what is printed."""
    return None if now is None or before is None else _rounded(now - before, decimals)


def share(part: int, whole: int, decimals: int = 1) -> float | None:
    """`part` of `whole` in per cent; None when there is no whole."""
    return _rounded(100.0 * part / whole, decimals) if whole else None


class PaceKind(StrEnum):
    """What the rest of the year asks of a goal."""

    DO = "do"  # so much in each report that is left
    NOT_EXCEED = "not_exceed"  # no more than so much in each report that is left
    REACH = "reach"  # the level of the annual target at the last report
    REACHED = "reached"
    EXCEEDED = "exceeded"
    YEAR_OVER = "year_over"


@dataclass(frozen=True, slots=True)
class Pace:
    """«Ritmo necesario»: `amount` in the unit of the indicator, for each of the `reports` that are left."""

    kind: PaceKind
    amount: float | None
    reports: int


def pace_needed(
    *,
    direction: Direction,
    accumulation: Accumulation,
    annual_target: float | None,
    actual_to_date: float | None,
    reports: int,
) -> Pace | None:
    """From what is done to the annual target in the reports that are left. None without an annual target.

    Only a sum has a pace; a level, a mean, a ratio or a range has a value to reach at its last report.
    """
    if annual_target is None or direction is Direction.RANGE:
        return None
    if reports <= 0:
        return Pace(PaceKind.YEAR_OVER, None, 0)
    if accumulation is not Accumulation.SUM:
        return Pace(PaceKind.REACH, annual_target, reports)
    left = annual_target - (actual_to_date or 0.0)
    if direction is Direction.DECREASING:
        return Pace(PaceKind.NOT_EXCEED, left / reports, reports) if left >= 0 else Pace(PaceKind.EXCEEDED, -left, 0)
    return Pace(PaceKind.DO, left / reports, reports) if left > 0 else Pace(PaceKind.REACHED, None, 0)


def projection(
    achieved: float | None, programmed: Sequence[float | None], last: int, decimals: int = 1
) -> list[float | None]:
    """The rest of the year if what is left is done at the rate so far: from month `last` (0..11) to the end.

    What is achieved grows with the programme that is left, in the proportion in which the programme was met. Months
    before `last` are None, `last` itself is `achieved`; nothing is projected without a programme.
    """
    none: list[float | None] = [None] * len(programmed)
    now = programmed[last] if last < len(programmed) else None
    if achieved is None or not now:
        return none
    for month in range(last, len(programmed)):
        ahead = programmed[month]
        if ahead is not None:
            none[month] = _rounded(achieved + (ahead - now) * achieved / now, decimals)
    return none


def _rounded(value: float, decimals: int) -> float:
    return float(half_up(np.array([value]), decimals)[0])
