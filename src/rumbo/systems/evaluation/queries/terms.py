"""Progress of the term of government of the goals that have a target for it, by the same rules as a year."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import numpy as np

from rumbo.core.engine import Block, Scheme, evaluate
from rumbo.core.engine.term import YearOfTerm, term_of
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.systems.evaluation.queries.blocks import Year, year_of
from rumbo.systems.evaluation.queries.schemes import InForce, parameters_of
from rumbo.systems.indicators import queries as indicators


class TermProgress(NamedTuple):
    """Of one principal indicator at the end of a month. Figures in its unit, percentages as stored elsewhere.

    `programmed` and `compliance_to_date` are of the years so far; `compliance` is over the `target` of the term.
    """

    target: float
    programmed: float | None
    actual: float | None
    compliance_to_date: float | None
    compliance: float | None


def terms_of(institution_id: int, year: Year, schemes: InForce, column: int) -> dict[int, TermProgress]:
    """By indicator, at month `column` (0..11) of the year, which is evaluated with what counts in it.

    One query when no goal of the year has a target for its term; else those of each former year of the term.
    """
    targets = indicators.term_targets(institution_id, year.programme.indicator_ids)
    groups: dict[date, list[int]] = {}
    for pk, (_target, start) in targets.items():
        groups.setdefault(start, []).append(pk)
    found: dict[int, TermProgress] = {}
    for start, ids in groups.items():
        former = [
            year_of(institution_id, each, cut=MONTHS, indicator_ids=ids, only_approved=True)
            for each in _former(start, year.programme.year)
        ]
        versions = {pk: schemes.special.get(pk, schemes.version) for pk in ids}
        for version in {id(version): version for version in versions.values()}.values():
            same = [pk for pk in ids if versions[pk] is version]
            goals = {pk: targets[pk][0] for pk in same}
            found |= _progress(goals, [*former, year], parameters_of(version), column)
    return found


def _former(start: date, year: FiscalYear) -> list[FiscalYear]:
    """The years of the term before this one, from that of its first day."""
    first = FiscalYear.containing(Period.containing(start), year.start_month)
    return [first.plus(years) for years in range(year.year - first.year)]


def _progress(targets: dict[int, float], years: list[Year], scheme: Scheme, column: int) -> dict[int, TermProgress]:
    ids = list(targets)
    of_years = [_of_year(_rows(each, ids, column + 1 if each is years[-1] else MONTHS), scheme) for each in years]
    block = term_of(of_years, scheme, list(targets.values()))
    result, last = evaluate(block, scheme), len(years) - 1
    return {
        pk: TermProgress(
            targets[pk],
            *(_number(getattr(result, name)[row, last]) for name in _FIGURES),
        )
        for row, pk in enumerate(ids)
    }


_FIGURES = ("programmed_to_date", "actual_to_date", "compliance_to_date", "compliance_year")


def _rows(year: Year, ids: Collection[int], cut: int) -> Block:
    """The rows of some indicators in their order; one without programme that year has nothing in it."""
    place = {pk: row for row, pk in enumerate(year.programme.indicator_ids)}
    known = [place.get(pk, -1) for pk in ids]
    if not year.block.rows:
        return _nothing(len(known), cut)
    block = year.block.take(np.maximum(known, 0))
    absent = (np.array(known) < 0)[:, None]
    tables, lines = (
        ("programmed", "programmed_den", "actual", "actual_den"),
        ("baseline", "low", "high", "annual_target"),
    )
    blank = {name: np.where(absent, np.nan, getattr(block, name)) for name in tables}
    blank |= {name: np.where(absent[:, 0], np.nan, getattr(block, name)) for name in lines}
    return block.replace(**blank, cut=np.minimum(block.cut, cut))


def _nothing(rows: int, cut: int) -> Block:
    none = np.full((rows, MONTHS), np.nan)
    return Block(direction=0, accumulation=np.zeros(rows), programmed=none, actual=none, cut=cut)


def _of_year(block: Block, scheme: Scheme) -> YearOfTerm:
    result = evaluate(block, scheme)
    at = np.maximum(block.cut - 1, 0), np.arange(block.rows)
    return YearOfTerm(
        block, result.programmed_to_date[at[1], at[0]], result.actual_to_date[at[1], at[0]], result.annual_target
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
