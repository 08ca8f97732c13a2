"""The engine's answer as rows to be stored: one per indicator and month."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from rumbo.core.engine import NO_SLOT, Result, evaluate, ranks
from rumbo.core.vocabulary.mark import Mark
from rumbo.systems.evaluation.queries.beside import Beside, beside_of
from rumbo.systems.evaluation.queries.blocks import Year, programme_as_if_met
from rumbo.systems.evaluation.queries.schemes import InForce, parameters_of
from rumbo.systems.evaluation.queries.terms import TermProgress, terms_of

_FLOATS = (
    "programmed", "actual", "programmed_to_date", "actual_to_date", "compliance_month", "compliance_to_date",
    "compliance_year", "gap",
)  # fmt: skip
_CODES = ("light", "performance_class", "reason", "streak")


class Evaluated(NamedTuple):
    """One row of `models.Result` before it is stored: the same names, without its closing."""

    institution_id: int
    indicator_id: int
    goal_id: int
    unit_id: int
    plan_element_id: int
    principal: bool
    period: int
    slot_period: int | None
    due: bool
    state: str
    weight: float
    critical: bool
    programmed: float | None
    actual: float | None
    programmed_to_date: float | None
    actual_to_date: float | None
    annual_target: float | None
    compliance_month: float | None
    compliance_to_date: float | None
    compliance_year: float | None
    programmed_year: float | None
    gap: float | None
    light: int
    performance_class: int
    reason: int
    marks: int
    streak: int
    rank: int | None
    scheme_version_id: int | None = None
    streak_since: int | None = None
    compliance_original: float | None = None
    term_actual: float | None = None
    term_compliance: float | None = None


def evaluated(institution_id: int, year: Year, schemes: InForce, *, ranked: bool) -> list[Evaluated]:
    """Results of the months of `schemes`, ready for bulk work.

    `ranked` gives the place among the principal indicators and the progress of the term of government, which only a
    closing stores: an open month's boards rank what they show.
    """
    result, met = judged(year, schemes, beside_of(institution_id, year))
    terms = {column: terms_of(institution_id, year, schemes, column) if ranked else {} for column in schemes.columns}
    special = {pk: version.pk for pk, version in schemes.special.items()}
    return [
        row
        for column in schemes.columns
        for row in _column(institution_id, year, result, met, column, ranked, special, terms[column])
    ]


def judged(year: Year, schemes: InForce, beside: Beside | None = None) -> tuple[Result, Result]:
    """The year evaluated, and its programme as though it had been met; each row by the scheme that it has."""
    beside = beside or Beside()
    result = evaluate(year.block, schemes.scheme, before=beside.before, original=beside.original)
    met = programme_as_if_met(year.block, schemes.scheme)
    for version, rows in schemes.rows_of(year.programme.indicator_ids):
        block, scheme, own = year.block.take(np.array(rows)), parameters_of(version), beside.take(rows)
        result = _with_rows(result, rows, evaluate(block, scheme, before=own.before, original=own.original))
        met = _with_rows(met, rows, programme_as_if_met(block, scheme))
    return result, met


def _with_rows(whole: Result, rows: list[int], part: Result) -> Result:
    arrays = {}
    for one in fields(Result):
        arrays[one.name] = np.array(getattr(whole, one.name))
        arrays[one.name][rows] = getattr(part, one.name)
    return Result(**arrays)


def _column(
    institution_id: int,
    year: Year,
    result: Result,
    met: Result,
    column: int,
    ranked: bool,
    special: Mapping[int, int],
    terms: Mapping[int, TermProgress],
) -> Iterator[Evaluated]:
    """Column by column of the table, then turned: a thousand rows are made without a thousand objects."""
    programme, period = year.programme, year.programme.year * 12 + column
    slot = result.last_slot[:, column]
    placed = np.array(programme.principal, dtype=np.bool_) & ranked
    pct = result.compliance_to_date[:, column]
    figures = {name: _optional(getattr(result, name)[:, column]) for name in _FLOATS}
    figures["annual_target"] = _optional(result.annual_target)
    figures["programmed_year"] = _optional(met.compliance_year[:, column])
    own: Iterable[int | None] = map(special.get, programme.indicator_ids) if special else repeat(None, len(programme))
    cells: dict[str, Iterable[Any]] = figures | {
        "institution_id": repeat(institution_id, len(programme)),
        "indicator_id": programme.indicator_ids,
        "goal_id": programme.goal_ids,
        "unit_id": programme.unit_ids,
        "plan_element_id": programme.plan_element_ids,
        "principal": programme.principal,
        "period": repeat(period, len(programme)),
        "slot_period": [period - column + shown if shown >= 0 else None for shown in slot.tolist()],
        "due": year.block.due[:, column].tolist(),
        "state": year.evidence.state[:, column].tolist(),
        "weight": programme.weight,
        "critical": programme.critical,
        "marks": _marks(year, result, column),
        "rank": [place or None for place in ranks(np.where(placed, pct, np.nan)).tolist()],
        "scheme_version_id": own,
        "streak_since": _periods(result.since[:, column], period - column),
        "compliance_original": _optional(result.compliance_original[:, column]),
        "term_actual": _of_terms(terms, "actual", programme.indicator_ids),
        "term_compliance": _of_terms(terms, "compliance", programme.indicator_ids),
        **{name: getattr(result, name)[:, column].tolist() for name in _CODES},
    }
    table = zip(*(cells[name] for name in Evaluated._fields), strict=True)
    for retired, row in zip(programme.retired_from, table, strict=True):
        if retired is None or retired > period:
            yield Evaluated._make(row)


def _of_terms(terms: Mapping[int, TermProgress], name: str, ids: list[int]) -> Iterable[float | None]:
    if not terms:
        return repeat(None, len(ids))
    return [getattr(terms[pk], name) if pk in terms else None for pk in ids]


def _periods(columns: Any, january: int) -> list[int | None]:
    """Months of columns counted from January; those below 0 are of former years."""
    return [None if column == NO_SLOT else january + column for column in columns.tolist()]


def _marks(year: Year, result: Result, column: int) -> list[int]:
    """Those of the engine and those of the evidence, both of the slot shown."""
    slot = result.last_slot[:, column]
    of_evidence = year.evidence.marks[np.arange(len(slot)), np.maximum(slot, 0)]
    marks = result.marks[:, column] | np.where(slot >= 0, of_evidence, 0)
    rescheduled = np.where(_rescheduled(year, year.programme.year * 12 + slot), int(Mark.RESCHEDULED), 0)
    found: list[int] = (marks | rescheduled).tolist()
    return found


def _rescheduled(year: Year, slot_period: Any) -> Any:
    """?[n]: an authorised change of the programme applies to the slot shown."""
    since = np.array([np.inf if first is None else first for first in year.programme.rescheduled_from])
    return slot_period >= since


def _optional(values: Any) -> list[float | None]:
    """Plain floats, None where there is no figure."""
    return [None if value != value else value for value in values.tolist()]
