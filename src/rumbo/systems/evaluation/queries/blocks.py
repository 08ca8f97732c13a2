"""From the tables to the engine: the programme and the captures of one year as dense blocks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine import Block, Result, Scheme, evaluate, owed
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.core.vocabulary.mark import Mark
from rumbo.systems.captures import queries as captures
from rumbo.systems.indicators import queries as indicators


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
    year: FiscalYear,
    *,
    cut: int,
    indicator_ids: Collection[int] | None = None,
    only_approved: bool = False,
) -> Year:
    """The year up to its month `cut` (1..12). A closing counts only what was approved; an open month, what there is."""
    whole = indicator_ids is None
    months = indicators.target_records(institution_id, year) if whole else None
    programme = indicators.programme_rows(
        institution_id if whole else None, year, indicator_ids=indicator_ids, with_months=months is None
    )
    if months is not None:
        _filled(programme, records_of(months, indicators.TARGETS))
    shape = (len(programme), MONTHS)
    reported = captures.value_records(institution_id, year) if whole else None
    evidence = (
        _evidence(programme.indicator_ids, year, only_approved=only_approved)
        if reported is None
        else _evidence_of(programme, records_of(reported, captures.RECORD), only_approved=only_approved)
    )
    block = Block(
        direction=programme.direction,
        accumulation=programme.accumulation,
        factor=np.frombuffer(programme.factor),
        baseline=np.frombuffer(programme.baseline),
        low=np.frombuffer(programme.low),
        high=np.frombuffer(programme.high),
        weight=np.frombuffer(programme.weight),
        annual_target=np.frombuffer(programme.annual_target),
        units_green=np.frombuffer(programme.units_green),
        units_amber=np.frombuffer(programme.units_amber),
        units_below=np.frombuffer(programme.units_below),
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


def records_of(content: bytes, layout: indicators.Layout) -> NDArray[Any]:
    """What a whole query came as, by the names of its layout."""
    return np.frombuffer(content, dtype=[(name, f">{kind}") for name, kind in layout])


def _filled(programme: indicators.ProgrammeYear, records: NDArray[Any]) -> None:
    """The programmed months into the programme's own arrays."""
    cells, records = _cells(programme, records)
    np.frombuffer(programme.programmed)[cells] = records["numerator"]
    np.frombuffer(programme.programmed_den)[cells] = records["denominator"]


def _evidence_of(programme: indicators.ProgrammeYear, records: NDArray[Any], *, only_approved: bool) -> Evidence:
    cells, records = _cells(programme, records)
    flags = records["flags"].astype(np.int16)
    states = flags & captures.STATE
    if (states == captures.STATE).any():
        raise ValueError("a capture has a state that the vocabulary does not know")
    size = len(programme) * MONTHS
    state = np.full(size, captures.STATES.index(CaptureState.MISSING), dtype=np.int16)
    state[cells] = states
    marks = np.zeros(size, dtype=np.int16)
    for flag, mark in ((captures.LATE, _LATE), (captures.CORRECTED, _CORRECTED), (captures.HISTORICAL, _HISTORICAL)):
        marks[cells] += ((flags & flag) != 0) * np.int16(mark)
    numerator, denominator = np.full(size, np.nan), np.full(size, np.nan)
    if only_approved:
        counts = states == captures.STATES.index(CaptureState.APPROVED)
        if not counts.all():
            cells, records = cells[counts], records[counts]
    numerator[cells] = records["numerator"]
    denominator[cells] = records["denominator"]
    words = np.array([state.value for state in captures.STATES], dtype=object)
    shape = (len(programme), MONTHS)
    return Evidence(
        numerator.reshape(shape), denominator.reshape(shape), words[state].reshape(shape), marks.reshape(shape)
    )


def _cells(programme: indicators.ProgrammeYear, records: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The records whose indicator is in the programme, with the flat cell of each."""
    cell = records["cell"].astype(np.int64)
    indicator = cell // MONTHS
    rows, known = rows_of(programme.indicator_ids, indicator)
    cells = rows * MONTHS + (cell - indicator * MONTHS)
    return (cells, records) if known.all() else (cells[known], records[known])


def rows_of(indicator_ids: Sequence[int], wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The place of each wanted indicator, and whether it has one."""
    ids = np.array(indicator_ids, dtype=np.int64)
    if not len(ids):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    order = np.argsort(ids)
    ordered = ids[order]
    place = np.minimum(np.searchsorted(ordered, wanted), len(ids) - 1)
    return order[place], ordered[place] == wanted


def _evidence(indicator_ids: list[int], year: FiscalYear, *, only_approved: bool) -> Evidence:
    shape, size = (len(indicator_ids), MONTHS), len(indicator_ids) * MONTHS
    numerator, denominator = np.full(size, np.nan), np.full(size, np.nan)
    state: NDArray[np.object_] = np.full(size, CaptureState.MISSING.value, dtype=object)
    marks = np.zeros(size, dtype=np.int16)
    # From the place of an indicator's first month, counted so that adding the period lands on its cell.
    start = {pk: row * MONTHS - year.first.index for row, pk in enumerate(indicator_ids)}
    values = list(captures.values(indicator_ids, year))
    cells = [start[value.indicator_id] + value.period for value in values]
    state[cells] = [value.state for value in values]
    marks[cells] = [_marks(value) for value in values]
    if only_approved:
        values = [value for value in values if value.state == CaptureState.APPROVED]
        cells = [start[value.indicator_id] + value.period for value in values]
    numerator[cells] = np.array([value.numerator for value in values], dtype=np.float64)  # None is NaN
    denominator[cells] = np.array([value.denominator for value in values], dtype=np.float64)
    return Evidence(numerator.reshape(shape), denominator.reshape(shape), state.reshape(shape), marks.reshape(shape))


# as whole numbers: joining flags of an enumeration 18,000 times is a tenth of a closing
_LATE, _CORRECTED, _HISTORICAL = int(Mark.LATE), int(Mark.CORRECTED), int(Mark.HISTORICAL)


def _marks(value: Any) -> int:
    return (
        (_LATE if value.days_late else 0)
        | (_CORRECTED if value.corrected else 0)
        | (_HISTORICAL if value.historical else 0)
    )
