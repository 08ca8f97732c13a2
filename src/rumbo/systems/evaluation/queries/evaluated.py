"""The engine's answer as rows to be stored: one per indicator and month."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from rumbo.core.engine import Result, Scheme, evaluate, ranks
from rumbo.core.vocabulary.mark import Mark
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.models import Result as StoredResult
from rumbo.systems.evaluation.queries.blocks import Year, programme_as_if_met

_FLOATS = (
    "programmed", "actual", "programmed_to_date", "actual_to_date", "compliance_month", "compliance_to_date",
    "compliance_year", "gap",
)  # fmt: skip


def stored_results(
    institution_id: int, year: Year, scheme: Scheme, columns: Sequence[int], closing: Closing | None
) -> list[StoredResult]:
    """Unsaved results of some months (columns 0..11), ready for bulk work.

    The place is among the principal indicators, and only in a closing: an open month's boards rank what they show.
    """
    result = evaluate(year.block, scheme)
    met = programme_as_if_met(year.block, scheme)
    return [stored for column in columns for stored in _column(institution_id, year, result, met, column, closing)]


def _column(
    institution_id: int, year: Year, result: Result, met: Result, column: int, closing: Closing | None
) -> Iterator[StoredResult]:
    programme, period = year.programme, year.programme.year * 12 + column
    figures = {name: _optional(getattr(result, name)[:, column]) for name in _FLOATS}
    figures["annual_target"] = _optional(result.annual_target)
    figures["programmed_year"] = _optional(met.compliance_year[:, column])
    slot = result.last_slot[:, column]
    shown = np.maximum(slot, 0)
    row = np.arange(len(slot))
    marks = (result.marks[:, column] | np.where(slot >= 0, year.evidence.marks[row, shown], 0)).astype(np.int16)
    marks = (marks | np.where(_rescheduled(year, period - column + slot), int(Mark.RESCHEDULED), 0)).tolist()
    states = year.evidence.state[:, column]
    due = year.block.due[:, column].tolist()
    ranked = np.array(programme.principal, dtype=np.bool_) & (closing is not None)
    place = ranks(np.where(ranked, result.compliance_to_date[:, column], np.nan)).tolist()
    whole: dict[str, list[Any]] = {
        "light": result.light[:, column].tolist(),
        "performance_class": result.performance_class[:, column].tolist(),
        "reason": result.reason[:, column].tolist(),
        "streak": result.streak[:, column].tolist(),
    }
    for index in range(len(slot)):
        if (retired := programme.retired_from[index]) is not None and retired <= period:
            continue
        yield StoredResult(
            institution_id=institution_id,
            closing=closing,
            indicator_id=programme.indicator_ids[index],
            goal_id=programme.goal_ids[index],
            unit_id=programme.unit_ids[index],
            plan_element_id=programme.plan_element_ids[index],
            principal=programme.principal[index],
            period=period,
            slot_period=int(period - column + slot[index]) if slot[index] >= 0 else None,
            due=due[index],
            state=states[index],
            weight=programme.weight[index],
            critical=programme.critical[index],
            marks=marks[index],
            rank=place[index] or None,
            **{name: values[index] for name, values in figures.items()},
            **{name: values[index] for name, values in whole.items()},
        )


def _rescheduled(year: Year, slot_period: Any) -> Any:
    """?[n]: an authorised change of the programme applies to the slot shown."""
    since = np.array([np.inf if first is None else first for first in year.programme.rescheduled_from])
    return slot_period >= since


def _optional(values: Any) -> list[float | None]:
    """Plain floats, None where there is no figure."""
    return [None if value != value else value for value in values.tolist()]
