"""Whether a workbook would leave too many goals marked as critical, told in the cells that would add to them (Q-08)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rumbo.core.rendering.table import CellError, Record
from rumbo.systems.indicators.exchange.known import Known
from rumbo.systems.indicators.rules import RULEBOOK, GoalSet


def too_many_critical(
    rows: Mapping[str, tuple[Record, Mapping[str, Any]]], known: Known, *, on: date
) -> Iterator[CellError]:
    """`rows`: each goal of the workbook by its code, with its values. What already was critical is no fault of it."""
    was = {code: goal.critical for code, goal in known.goals.items() if goal.retired_on is None}
    will = was | {code: bool(values.get("critical", was.get(code))) for code, (_record, values) in rows.items()}
    if sum(will.values()) <= sum(was.values()):
        return
    finding = RULEBOOK["indicators.critical_share"].judge(GoalSet(len(will), sum(will.values())), on=on).finding
    if not finding.is_met:
        for code, (record, _values) in rows.items():
            if will[code] and not was.get(code):
                yield record.error("critical", finding.template, **finding.params)
