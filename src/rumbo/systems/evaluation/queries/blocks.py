"""From the tables to the engine: the programme and the captures of one year as dense blocks."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine import Block, Result, Scheme, evaluate, owed
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.mark import Mark
from rumbo.systems.captures import queries as captures
from rumbo.systems.indicators import queries as indicators

MONTHS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What was captured, [n,12], beside the numbers: workflow state, marks of the application, whether it counts."""

    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    state: NDArray[np.object_]
    marks: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """One year of some indicators: their programme, their evidence and the block that the engine takes."""

    programme: indicators.ProgrammeYear
    evidence: Evidence
    block: Block

    @property
    def owed(self) -> NDArray[np.bool_]:
        """[n,12]: slots that owe a report (due and with something programmed)."""
        return owed(self.block)

    @property
    def reported(self) -> NDArray[np.bool_]:
        """[n,12]: a value that counts was captured."""
        return ~np.isnan(self.block.actual)


def year_of(
    institution_id: int,
    year: int,
    *,
    cut: int,
    indicator_ids: Collection[int] | None = None,
    only_approved: bool = False,
) -> Year:
    """The year up to month `cut` (1..12). A closing counts only what was approved; an open month, what there is."""
    programme = indicators.programme_rows(
        None if indicator_ids is not None else institution_id, year, indicator_ids=indicator_ids
    )
    shape = (len(programme), MONTHS)
    evidence = _evidence(programme.indicator_ids, year, only_approved=only_approved)
    block = Block(
        direction=programme.direction,
        accumulation=programme.accumulation,
        factor=np.frombuffer(programme.factor),
        baseline=np.frombuffer(programme.baseline),
        low=np.frombuffer(programme.low),
        high=np.frombuffer(programme.high),
        weight=np.frombuffer(programme.weight),
        annual_target=np.frombuffer(programme.annual_target),
        programmed=np.frombuffer(programme.programmed).reshape(shape),
        programmed_den=np.frombuffer(programme.programmed_den).reshape(shape),
        actual=evidence.numerator,
        actual_den=evidence.denominator,
        due=np.frombuffer(programme.due, dtype=np.bool_).reshape(shape),
        cut=cut,
    )
    return Year(programme, evidence, block)


def programme_as_if_met(block: Block, scheme: Scheme) -> Result:
    """The programme evaluated as though every month had been met: where the year should be at each month."""
    return evaluate(block.replace(actual=block.programmed, actual_den=block.programmed_den), scheme)


def _evidence(indicator_ids: list[int], year: int, *, only_approved: bool) -> Evidence:
    shape = (len(indicator_ids), MONTHS)
    numerator, denominator = np.full(shape, np.nan), np.full(shape, np.nan)
    state: NDArray[np.object_] = np.full(shape, CaptureState.MISSING.value, dtype=object)
    marks = np.zeros(shape, dtype=np.int16)
    place = {pk: row for row, pk in enumerate(indicator_ids)}
    for value in captures.values(indicator_ids, year):
        row, column = place[value.indicator_id], value.period - year * MONTHS
        state[row, column] = value.state
        marks[row, column] = _marks(value)
        if only_approved and value.state != CaptureState.APPROVED:
            continue
        if value.numerator is not None:
            numerator[row, column] = value.numerator
        if value.denominator is not None:
            denominator[row, column] = value.denominator
    return Evidence(numerator, denominator, state, marks)


# as whole numbers: joining flags of an enumeration 18,000 times is a tenth of a closing
_LATE, _CORRECTED, _HISTORICAL = int(Mark.LATE), int(Mark.CORRECTED), int(Mark.HISTORICAL)


def _marks(value: Any) -> int:
    return (
        (_LATE if value.days_late else 0)
        | (_CORRECTED if value.corrected else 0)
        | (_HISTORICAL if value.historical else 0)
    )
