"""What each month and quarter of a fiscal year has programmed, as each indicator accumulates: for each area."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine import Scheme, evaluate
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.systems.evaluation.queries.blocks import year_of

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class ProgrammeInTime:
    """[12] months and [4] quarters, in the unit of the indicator; None where nothing is programmed."""

    months: list[float | None] = field(default_factory=lambda: [None] * MONTHS)
    quarters: list[float | None] = field(default_factory=lambda: [None] * QUARTERS)


def programmed_in_time(institution_id: int, year: FiscalYear) -> dict[int, ProgrammeInTime]:
    """By indicator. A ratio is the quotient of what it has programmed. The engine's work; three queries."""
    data = year_of(institution_id, year, cut=MONTHS)
    block, span = data.block, MONTHS // QUARTERS
    whole = block.replace(actual=block.programmed, actual_den=block.programmed_den)
    months = np.where(block.due, evaluate(whole, Scheme()).programmed, np.nan)
    quarters = np.full((block.rows, QUARTERS), np.nan)
    for quarter in range(QUARTERS):
        first, last = quarter * span, (quarter + 1) * span
        outside = np.ones(MONTHS, dtype=np.bool_)
        outside[first:last] = False
        programmed = np.where(outside, np.nan, block.programmed)
        denominator = np.where(outside, np.nan, block.programmed_den)
        alone = block.replace(
            programmed=programmed,
            programmed_den=denominator,
            actual=programmed,
            actual_den=denominator,
            due=block.due & ~outside,
        )
        quarters[:, quarter] = evaluate(alone, Scheme()).programmed_to_date[:, last - 1]
    return {
        pk: ProgrammeInTime(_known(months[row]), _known(quarters[row]))
        for row, pk in enumerate(data.programme.indicator_ids)
    }


def _known(values: NDArray[np.float64]) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]
