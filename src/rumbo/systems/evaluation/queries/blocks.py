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
    whole = indicator_ids is None
    months = indicators.target_columns(institution_id, year) if whole else None
    programme = indicators.programme_rows(
        institution_id if whole else None, year, indicator_ids=indicator_ids, with_months=months is None
    )
    if months is not None:
        _filled(programme, months)
    shape = (len(programme), MONTHS)
    reported = captures.value_columns(institution_id, year) if whole else None
    evidence = (
        _evidence(programme.indicator_ids, year, only_approved=only_approved)
        if reported is None
        else _evidence_of(programme, reported, only_approved=only_approved)
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


def _filled(programme: indicators.ProgrammeYear, found: list[bytes]) -> None:
    """The programmed months into the programme's own arrays."""
    records = _records(found, indicators.TARGETS)
    cells, known = _cells(programme, records)
    for name, values in (("numerator", programme.programmed), ("denominator", programme.programmed_den)):
        np.frombuffer(values)[cells] = records[name][known]


def _evidence_of(programme: indicators.ProgrammeYear, found: list[bytes], *, only_approved: bool) -> Evidence:
    records = _records(found, captures.RECORD)
    cells, known = _cells(programme, records)
    records = {name: values[known] for name, values in records.items()}
    if (records["state"] < 0).any():
        raise ValueError("a capture has a state that the vocabulary does not know")
    size = len(programme) * MONTHS
    missing = captures.STATES.index(CaptureState.MISSING)
    state = np.full(size, missing)
    state[cells] = records["state"]
    marks = np.zeros(size, dtype=np.int16)
    marks[cells] = (
        (records["days_late"] != 0) * _LATE + (records["corrected"] != 0) * _CORRECTED
        + (records["historical"] != 0) * _HISTORICAL
    )  # fmt: skip
    counts = records["state"] == captures.STATES.index(CaptureState.APPROVED) if only_approved else slice(None)
    numerator, denominator = np.full(size, np.nan), np.full(size, np.nan)
    numerator[cells[counts]] = records["numerator"][counts]
    denominator[cells[counts]] = records["denominator"][counts]
    words = np.array([state.value for state in captures.STATES], dtype=object)
    shape = (len(programme), MONTHS)
    return Evidence(
        numerator.reshape(shape), denominator.reshape(shape), words[state].reshape(shape), marks.reshape(shape)
    )


def _records(found: list[bytes], layout: indicators.Layout) -> dict[str, NDArray[Any]]:
    """Columns by name. Raises ValueError when they are not as the layout says: a null, or another type."""
    columns = {}
    for (name, kind), content in zip(layout, found, strict=True):
        dtype = np.dtype([("size", ">i4"), ("value", f">{kind}")])
        if len(content) % dtype.itemsize:
            raise ValueError(f"{name} comes with another size")
        items = np.frombuffer(content, dtype=dtype)
        if (items["size"] != np.dtype(kind).itemsize).any():
            raise ValueError(f"{name} comes with another type or a null")
        columns[name] = items["value"].astype(kind)
    return columns


def _cells(programme: indicators.ProgrammeYear, records: dict[str, NDArray[Any]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The flat cell of each record whose indicator is in the programme, and which records those are."""
    ids = np.array(programme.indicator_ids, dtype=np.int64)
    if not len(ids):
        none = np.empty(0, dtype=np.int64)
        return none, none
    order = np.argsort(ids)
    wanted = records["indicator"]
    place = np.minimum(np.searchsorted(ids[order], wanted), len(ids) - 1)
    known = np.flatnonzero(ids[order[place]] == wanted)
    rows = order[place[known]]
    return rows * MONTHS + (records["period"][known] - programme.first_period), known


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
