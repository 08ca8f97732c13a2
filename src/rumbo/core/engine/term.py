"""A term of government as a block whose columns are years: the same rules give its progress.

Sums add up from year to year, levels take the last year's, means the mean of the years, ratios add their numerators and
denominators. Against the target of the term (`compliance_year` of the result) and against what was programmed for
the years so far (`compliance_to_date`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rumbo.core.engine.block import Block, Bools, Floats
from rumbo.core.engine.missing import by_parts, ended, reports
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation


@dataclass(frozen=True, eq=False, slots=True)
class YearOfTerm:
    """One year of n rows, the same rows in every year: its evidence and what `evaluate` said of it.

    programmed_to_date, actual_to_date, annual_target  f8[n], of its last column that ended
    A year that has not begun has only its programme: `block.cut` 0.
    """

    block: Block
    programmed_to_date: Floats
    actual_to_date: Floats
    annual_target: Floats


def term_of(years: Sequence[YearOfTerm], scheme: Scheme, term_target: ArrayLike = np.nan) -> Block:
    """The block of the term, one column per year, to be evaluated under the same scheme.

    A year that is over is compared with its whole target; the one that runs, with its programme to date. Raises
    ValueError without years, or when they have not the same rows.
    """
    if not years:
        raise ValueError("a term has at least one year")
    now = years[-1].block  # what an indicator is, is what it is today
    if any(year.block.rows != now.rows for year in years):
        raise ValueError("the years of a term have the same rows")
    rows = now.rows
    tables = np.full((4, rows, len(years)), np.nan)
    programmed, programmed_den, actual, actual_den = tables
    parted = by_parts(now.accumulation)
    for column, year in enumerate(years):
        over = year.block.cut >= year.block.slots
        begun = year.block.cut > 0
        programmed[:, column] = np.where(begun & ~over, year.programmed_to_date, year.annual_target)
        actual[:, column] = year.actual_to_date
        if parted.any():
            _parts(year, scheme, parted, column, tables)
    kept = ("direction", "factor", "weight", "units_green", "units_amber", "units_below")
    return Block(
        **{name: getattr(now, name) for name in kept},
        **_bounds(years),
        accumulation=_OF_TERM[now.accumulation],
        annual_target=term_target,
        programmed=programmed,
        programmed_den=programmed_den,
        actual=actual,
        actual_den=actual_den,
        cut=np.sum([year.block.cut > 0 for year in years], axis=0),
    )


_OF_TERM = np.arange(len(Accumulation), dtype=np.int8)
_OF_TERM[[Accumulation.PERIODIC, Accumulation.CONSTANT]] = Accumulation.LAST


def _bounds(years: Sequence[YearOfTerm]) -> dict[str, Floats]:
    """Baseline and range: of the year where rows add up, so the term has the sum of its years; else the last known."""
    adds_up = years[-1].block.accumulation == Accumulation.SUM
    found = {}
    for name in ("baseline", "low", "high"):
        of_years = np.stack([getattr(year.block, name) for year in years], axis=1)
        known = ~np.isnan(of_years)
        last = np.full(len(of_years), np.nan)
        for column in range(of_years.shape[1]):
            last = np.where(known[:, column], of_years[:, column], last)
        total = np.where(known.any(axis=1), np.where(known, of_years, 0.0).sum(axis=1), np.nan)
        found[name] = np.where(adds_up, total, last)
    return found


def _parts(year: YearOfTerm, scheme: Scheme, parted: Bools, column: int, tables: Floats) -> None:
    """Sums of numerators and denominators of the year, of the rows made of both; the rest are left as they are."""
    programmed, programmed_den, actual, actual_den = tables
    block = year.block
    said = reports(block, scheme)
    counted = ended(block) | (block.cut == 0)[:, None]
    level = np.isnan(block.programmed_den).all(axis=1)
    plan = counted & ~np.isnan(block.programmed) & ~np.isnan(block.programmed_den)
    sums = (
        (programmed, block.programmed, plan, parted & ~level),
        (programmed_den, block.programmed_den, plan, parted & ~level),
        (actual, block.actual, said, parted),
        (actual_den, block.actual_den, said, parted),
    )
    for table, values, use, rows in sums:
        table[rows, column] = _sum_of(values, use)[rows]


def _sum_of(values: Floats, use: Bools) -> NDArray[np.float64]:
    total: Floats = np.where(use.any(axis=1), np.where(use & ~np.isnan(values), values, 0.0).sum(axis=1), np.nan)
    return total
