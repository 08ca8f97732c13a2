"""What is foreseen of each indicator at the end of a month, from the institution's own tables. Nothing is stored here.

Former years count as approved; the year itself, as it stands; each by the scheme in force at its end, which says what a
month without report is worth and what is enough for a goal to be «cumplida». What was retired by then is not foreseen.
Each frequency is foreseen apart: a quarter is a slot like any other; what reports once a year is foreseen from its
former years, and left out where it has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine import Result
from rumbo.core.engine.foresight import (
    INNATE,
    Enough,
    Evidence,
    Experience,
    Foresight,
    Reason,
    Record,
    enough,
    experience_of,
    foresee,
    reasons,
    shape_of,
)
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.core.vocabulary.risk import Risk, Sureness
from rumbo.systems.evaluation.queries.blocks import Year, year_of
from rumbo.systems.evaluation.queries.closings import first_programmed_period
from rumbo.systems.evaluation.queries.evaluated import judged
from rumbo.systems.evaluation.queries.schemes import InForce, in_force_on, parameters_of

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

FORMER = 5  # years before the one foreseen
_CUBES = ("target", "target_to_date", "actual", "actual_to_date")
type Cubes = dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Of one indicator. Figures in its unit, None where there is none; `probability` 0..1 of not ending the year
    «cumplida»; `shortfall`: how far from it the expected figure ends, as a part of what it has to be."""

    indicator_id: int
    goal_id: int
    unit_id: int
    principal: bool
    critical: bool
    risk: Risk
    sureness: Sureness
    probability: float
    expected: float
    low: float
    high: float
    pace: float | None
    recent: float | None
    shortfall: float
    reasons: tuple[Reason, ...]


def foreseen(institution: "Institution", period: Period, *, learn: bool = False) -> list[Foreseen]:
    """In the order of the programme; those of which nothing can be said are left out.

    `learn` first lives the former years again, at their quarters, to correct what was foreseen in them: some tenths of
    a second for an institution.
    """
    pk, year, first = institution.pk, institution.year_of(period), first_programmed_period(institution.pk)
    known = year.year - institution.year_of(first).year if first else 0
    former = [
        year_of(pk, year.plus(-before), cut=MONTHS, only_approved=True) for before in range(min(known, FORMER), 0, -1)
    ]
    this = year_of(pk, year, cut=year.elapsed(period))
    groups = _groups(pk, period, this, former)
    found = [one for group in groups for one in _of_group(this, group, period, learn)]
    place = {pk: row for row, pk in enumerate(this.programme.indicator_ids)}
    return sorted(found, key=lambda one: place[one.indicator_id])


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Rows of the year that report in the same months: `columns` (0..11). `low` and `high`: see `Evidence`."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    cubes: Cubes
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def _groups(institution_id: int, period: Period, this: Year, former: list[Year]) -> Iterator[_Group]:
    if not this.block.rows:
        return
    alive = np.array([gone is None or gone > period.index for gone in this.programme.retired_from])
    ids = this.programme.indicator_ids
    ends = [*(year.programme.year.last for year in former), period]
    told = [_figures(institution_id, year, end) for year, end in zip((*former, this), ends, strict=True)]
    years = [_in_order(year, figures, ids) for year, figures in zip((*former, this), told, strict=True)]
    cubes = {name: np.stack([year[name] for year in years], axis=1) for name in _CUBES}
    patterns, which = np.unique(this.block.due, axis=0, return_inverse=True)
    for index, pattern in enumerate(patterns):
        rows, columns = np.flatnonzero((which.ravel() == index) & alive), np.flatnonzero(pattern)
        if len(rows) and len(columns):
            part = {name: cube[rows][:, :, columns] for name, cube in cubes.items()}
            yield _Group(rows, columns, part, told[-1]["low"][rows], told[-1]["high"][rows])


def _in_order(year: Year, figures: Cubes, ids: list[int]) -> Cubes:
    """[n,12] of the wanted indicators; blank where the year does not have them."""
    place = {pk: row for row, pk in enumerate(year.programme.indicator_ids)}
    rows = np.array([place.get(pk, -1) for pk in ids])
    if not place:
        return {name: np.full((len(ids), MONTHS), np.nan) for name in _CUBES}
    return {name: np.where((rows >= 0)[:, None], figures[name][np.maximum(rows, 0)], np.nan) for name in _CUBES}


def _figures(institution_id: int, year: Year, end: Period) -> Cubes:
    """[n,12] of the year's own rows, and [n] what is enough at its end."""
    schemes = in_force_on(institution_id, end)
    result, _met = judged(year, schemes)
    suffices = _suffices(year, schemes, result)
    target, target_to_date = _programmed(year, result)
    return {
        "target": target,
        "target_to_date": target_to_date,
        "actual": np.where(year.reported, result.actual, np.nan),
        "actual_to_date": result.actual_to_date,
        "low": suffices.low,
        "high": suffices.high,
    }


def _suffices(year: Year, schemes: InForce, result: Result) -> Enough:
    """Each row by the scheme that it has."""
    target = _of_the_year(year, result)
    whole = enough(year.block, target, schemes.scheme)
    for version, rows in schemes.rows_of(year.programme.indicator_ids):
        own = enough(year.block.take(np.array(rows)), target[rows], parameters_of(version))
        whole.low[rows], whole.high[rows] = own.low, own.high
    return whole


def _of_the_year(year: Year, result: Result) -> NDArray[np.float64]:
    """[n] the target given apart for the year, or its programme to the end."""
    last = _last_due(year)
    scheduled = result.schedule[np.arange(len(last)), last]
    return np.where(np.isnan(result.annual_target), scheduled, result.annual_target)


def _last_due(year: Year) -> NDArray[np.int64]:
    return np.asarray(MONTHS - 1 - np.argmax(year.block.due[:, ::-1], axis=1))


def _programmed(year: Year, result: Result) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Programme of the slots and to date, which ends in the target of the year where that was given apart; a range
    without programme aims at its middle."""
    block = year.block
    target, to_date = np.array(result.programmed), np.array(result.schedule)
    between = np.isin(block.direction, (Direction.RANGE, Direction.NOMINAL)) & np.isnan(to_date).all(axis=1)
    if between.any():
        middle = _middle(block.low, block.high)[between]
        adds = (block.accumulation == Accumulation.SUM)[between]
        due = np.maximum(block.due[between].sum(axis=1), 1)
        target[between] = np.where(adds, middle / due, middle)[:, None]
        covered = np.cumsum(block.due[between], axis=1) / due[:, None]
        to_date[between] = np.where(adds[:, None], covered * middle[:, None], middle[:, None])
    end = _of_the_year(year, result)
    known = ~np.isnan(end)
    to_date[np.flatnonzero(known), _last_due(year)[known]] = end[known]
    return target, to_date


def _middle(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    """[n]; an open side has none, and the other one stands for it."""
    return (np.where(np.isnan(low), high, low) + np.where(np.isnan(high), low, high)) / 2


def _of_group(this: Year, group: _Group, period: Period, learn: bool) -> Iterator[Foreseen]:
    ended = int((group.columns < this.programme.year.elapsed(period)).sum())
    if not ended and len(group.columns) > 1:
        return
    direction = this.block.direction[group.rows]
    shape = np.array([shape_of(Accumulation(int(a))) for a in this.block.accumulation[group.rows]], dtype=np.int8)
    evidence = Evidence(direction=direction, shape=shape, slot=ended, low=group.low, high=group.high, **group.cubes)
    told = foresee(evidence, _experience(evidence) if learn else INNATE)
    why = reasons(evidence, told)
    for index, row in enumerate(group.rows):
        if told.risk[index] != Risk.UNKNOWN:
            yield _foreseen(this, int(row), told, index, tuple(why[index]))


def _experience(evidence: Evidence) -> Experience:
    if evidence.years < 2:
        return INNATE
    former = {name: getattr(evidence, name)[:, :-1] for name in _CUBES}
    return experience_of(Record(direction=evidence.direction, shape=evidence.shape, **former))


def _foreseen(this: Year, row: int, told: Foresight, index: int, why: tuple[Reason, ...]) -> Foreseen:
    programme = this.programme
    return Foreseen(
        indicator_id=programme.indicator_ids[row],
        goal_id=programme.goal_ids[row],
        unit_id=programme.unit_ids[row],
        principal=bool(programme.principal[row]),
        critical=bool(programme.critical[row]),
        risk=Risk(int(told.risk[index])),
        sureness=Sureness(int(told.sureness[index])),
        probability=float(told.probability[index]),
        expected=float(told.expected[index]),
        low=float(told.low[index]),
        high=float(told.high[index]),
        pace=_optional(told.pace[index]),
        recent=_optional(told.recent[index]),
        shortfall=float(told.shortfall[index]),
        reasons=why,
    )


def _optional(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
