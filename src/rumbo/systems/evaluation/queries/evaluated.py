"""The engine's answer as rows to be stored: one per indicator and month."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from rumbo.core.engine import NO_SLOT, Result, evaluate, ranks
from rumbo.core.vocabulary.mark import Mark
from rumbo.systems.evaluation.queries.beside import Beside, beside_of
from rumbo.systems.evaluation.queries.blocks import Year, programme_as_if_met
from rumbo.systems.evaluation.queries.schemes import InForce, parameters_of
from rumbo.systems.evaluation.queries.table import NOBODY, Evaluated, Table
from rumbo.systems.evaluation.queries.terms import TermProgress, terms_of

_FLOATS = (
    "programmed", "actual", "programmed_to_date", "actual_to_date", "compliance_month", "compliance_to_date",
    "compliance_year", "compliance_original", "gap",
)  # fmt: skip
_CODES = ("light", "performance_class", "reason", "streak")


def evaluated(institution_id: int, year: Year, schemes: InForce, *, ranked: bool) -> list[Evaluated]:
    """`table_of` as rows."""
    return table_of(institution_id, year, schemes, ranked=ranked).rows()


def table_of(institution_id: int, year: Year, schemes: InForce, *, ranked: bool) -> Table:
    """Results of the months of `schemes`, ready for bulk work.

    `ranked` gives the place among the principal indicators and the progress of the term of government, which only a
    closing stores: an open month's boards rank what they show.
    """
    result, met = judged(year, schemes, beside_of(institution_id, year))
    return Table.joined([
        _column(institution_id, year, schemes, result, met, year.programme.year.column(month), ranked)
        for month in schemes.months
    ])  # fmt: skip


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
    institution_id: int, year: Year, schemes: InForce, result: Result, met: Result, column: int, ranked: bool
) -> Table:
    programme, first = year.programme, year.programme.year.first.index
    rows, period = len(programme), first + column
    slot, since = result.last_slot[:, column], result.since[:, column].astype(np.int64)
    placed = np.array(programme.principal, dtype=np.bool_) & ranked
    pct = result.compliance_to_date[:, column]
    terms = terms_of(institution_id, year, schemes, column) if ranked else {}
    table = Table.of({
        "institution_id": np.full(rows, institution_id),
        "indicator_id": programme.indicator_ids,
        "goal_id": programme.goal_ids,
        "unit_id": programme.unit_ids,
        "plan_element_id": programme.plan_element_ids,
        "principal": programme.principal,
        "period": np.full(rows, period),
        "slot_period": np.where(slot >= 0, first + slot, NOBODY),
        "due": year.block.due[:, column],
        "state": year.evidence.state[:, column],
        "weight": programme.weight,
        "critical": programme.critical,
        "annual_target": result.annual_target,
        "programmed_year": met.compliance_year[:, column],
        "marks": _marks(year, result, column),
        "rank": _places(np.where(placed, pct, np.nan)),
        "scheme_version_id": _versions(schemes, programme.indicator_ids),
        "streak_since": np.where(since == NO_SLOT, NOBODY, first + since),
        "term_actual": _of_terms(terms, "actual", programme.indicator_ids),
        "term_compliance": _of_terms(terms, "compliance", programme.indicator_ids),
        **{name: getattr(result, name)[:, column] for name in (*_FLOATS, *_CODES)},
    })  # fmt: skip
    alive = [retired is None or retired > period for retired in programme.retired_from]
    return table.where(np.array(alive, dtype=np.bool_))


def _places(pct: Any) -> Any:
    """From 1; nobody's is none."""
    found = ranks(pct)
    return np.where(found > 0, found, NOBODY)


def _versions(schemes: InForce, ids: list[int]) -> Any:
    own = {pk: version.pk for pk, version in schemes.special.items() if version.pk is not None}
    return [own.get(pk, NOBODY) for pk in ids] if own else np.full(len(ids), NOBODY)


def _of_terms(terms: Mapping[int, TermProgress], name: str, ids: list[int]) -> Any:
    if not terms:
        return np.full(len(ids), np.nan)
    return [getattr(terms[pk], name) if pk in terms else None for pk in ids]


def _marks(year: Year, result: Result, column: int) -> Any:
    """Those of the engine and those of the evidence, both of the slot shown."""
    slot = result.last_slot[:, column]
    of_evidence = year.evidence.marks[np.arange(len(slot)), np.maximum(slot, 0)]
    marks = result.marks[:, column] | np.where(slot >= 0, of_evidence, 0)
    rescheduled = np.where(_rescheduled(year, year.programme.year.first.index + slot), int(Mark.RESCHEDULED), 0)
    return marks | rescheduled


def _rescheduled(year: Year, slot_period: Any) -> Any:
    """?[n]: an authorised change of the programme applies to the slot shown."""
    since = np.array([np.inf if first is None else first for first in year.programme.rescheduled_from])
    return slot_period >= since
