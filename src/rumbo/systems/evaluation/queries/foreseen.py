"""What is foreseen of each indicator at the end of a month, from the institution's own tables. Nothing is stored here.

Former years count as approved; the year itself, as it stands; each by the scheme in force at its end, which says what a
month without report is worth. What was retired by then is not foreseen, nor ranges and «justo en el valor», nor what
reports once a year. Each frequency is foreseen apart: a quarter is a slot like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine import Result
from rumbo.core.engine.foresight import (
    INNATE,
    Evidence,
    Experience,
    Foresight,
    Reason,
    Record,
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
from rumbo.systems.evaluation.queries.schemes import in_force_on

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

FORMER = 4  # years before the one foreseen
FEWEST_SLOTS = 2
_CUBES = ("target", "target_to_date", "actual", "actual_to_date")
type Cubes = dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Of one indicator. Figures in its unit, None where there is none; `probability` of missing the year, 0..1."""

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
    reasons: tuple[Reason, ...]


def foreseen(institution: "Institution", period: Period, *, learn: bool = False) -> list[Foreseen]:
    """In the order of the programme; those of which nothing can be said are left out.

    `learn` first lives the former years again, month by month, to correct what was foreseen in them: some hundredths of
    a second for each goal.
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
    """Rows of the year that report in the same months: `columns` (0..11)."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    cubes: Cubes


def _groups(institution_id: int, period: Period, this: Year, former: list[Year]) -> Iterator[_Group]:
    if not this.block.rows:
        return
    alive = np.array([gone is None or gone > period.index for gone in this.programme.retired_from])
    known = np.isin(this.block.direction, (Direction.INCREASING, Direction.DECREASING)) & alive
    ids = this.programme.indicator_ids
    ends = [*(year.programme.year.last for year in former), period]
    years = [_figures(institution_id, year, end, ids) for year, end in zip((*former, this), ends, strict=True)]
    cubes = {name: np.stack([year[name] for year in years], axis=1) for name in _CUBES}
    patterns, which = np.unique(this.block.due, axis=0, return_inverse=True)
    for index, pattern in enumerate(patterns):
        rows, columns = np.flatnonzero((which.ravel() == index) & known), np.flatnonzero(pattern)
        if len(rows) and len(columns) >= FEWEST_SLOTS:
            yield _Group(rows, columns, {name: cube[rows][:, :, columns] for name, cube in cubes.items()})


def _figures(institution_id: int, year: Year, end: Period, ids: list[int]) -> dict[str, NDArray[np.float64]]:
    """[n,12] of the wanted indicators; blank where the year does not have them."""
    place = {pk: row for row, pk in enumerate(year.programme.indicator_ids)}
    rows = np.array([place.get(pk, -1) for pk in ids])
    if not place:
        return {name: np.full((len(ids), MONTHS), np.nan) for name in _CUBES}
    result, _met = judged(year, in_force_on(institution_id, end))
    figures = {
        "target": result.programmed,
        "target_to_date": _whole_year(result),
        "actual": np.where(year.reported, result.actual, np.nan),
        "actual_to_date": result.actual_to_date,
    }
    return {name: np.where((rows >= 0)[:, None], table[np.maximum(rows, 0)], np.nan) for name, table in figures.items()}


def _whole_year(result: Result) -> NDArray[np.float64]:
    """The programme to date, which ends in the target of the year where that was given apart."""
    schedule = np.array(result.schedule)
    given = ~np.isnan(result.annual_target)
    schedule[given, -1] = result.annual_target[given]
    return schedule


def _of_group(this: Year, group: _Group, period: Period, learn: bool) -> Iterator[Foreseen]:
    ended = int((group.columns < this.programme.year.elapsed(period)).sum())
    if not ended:
        return
    direction = this.block.direction[group.rows]
    shape = np.array([shape_of(Accumulation(int(a))) for a in this.block.accumulation[group.rows]], dtype=np.int8)
    evidence = Evidence(direction=direction, shape=shape, slot=ended, **group.cubes)
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
        reasons=why,
    )


def _optional(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
