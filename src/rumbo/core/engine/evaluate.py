"""The pipeline: accumulate, compare, judge, carry to the columns that are not due, count streaks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine.accumulate import Figures, figures
from rumbo.core.engine.block import Block, Bools, Result
from rumbo.core.engine.lights import Verdicts, verdicts
from rumbo.core.engine.missing import ended
from rumbo.core.engine.progress import Percentages, percentages
from rumbo.core.engine.scheme import Scheme
from rumbo.core.engine.streaks import streaks
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.reason import Reason


def evaluate(block: Block, scheme: Scheme) -> Result:
    """Evaluates every row and column under one scheme. Pure; rows are independent of each other."""
    with np.errstate(all="ignore"):  # once, here: what has no result is NaN, and `reason` says why
        done = figures(block, scheme)
        percent = percentages(block, done, scheme)
        visible = block.due & ended(block)
        verdict = verdicts(block, done, percent, visible, scheme)
        percent.to_date[~verdict.coloured] = np.nan
        return _result(block, done, percent, verdict, visible)


def _result(block: Block, done: Figures, percent: Percentages, verdict: Verdicts, visible: Bools) -> Result:
    fields: dict[str, Any] = {
        "programmed": done.programmed,
        "actual": done.actual,
        "compliance_month": percent.month,
        "programmed_to_date": done.programmed_to_date,
        "actual_to_date": done.actual_to_date,
        "compliance_to_date": percent.to_date,
        "compliance_year": percent.year,
        "gap": percent.gap,
        "light": verdict.light,
        "performance_class": verdict.performance_class,
        "reason": verdict.reason,
        "marks": verdict.marks,
    }
    column = np.arange(block.slots, dtype=np.int16)
    if visible.all():
        last_slot = np.broadcast_to(column, visible.shape)
    else:
        last_slot = np.maximum.accumulate(np.where(visible, column, np.int16(-1)), axis=1)
        fields = _carried(block, done, fields, last_slot)
        last_slot = np.where(ended(block), last_slot, np.int16(-1))
    streak, since = streaks(fields["light"], visible, last_slot)
    return Result(
        **fields,
        schedule=done.schedule,
        streak=streak,
        since=since,
        last_slot=last_slot,
        annual_target=done.annual_target,
    )


def _carried(block: Block, done: Figures, fields: dict[str, Any], last_slot: NDArray[np.int16]) -> dict[str, Any]:
    """Each column shows its last due slot; before the first, and in the future, there is nothing to show."""
    past = ended(block)
    blank = ~past | (last_slot < 0)
    some_not_due = np.flatnonzero(~block.due.all(axis=1))
    shown = np.maximum(last_slot[some_not_due], 0) + (some_not_due * block.slots)[:, None]
    carried = {}
    for name, values in fields.items():
        nothing = values.dtype.type(np.nan if values.dtype == np.float64 else 0)
        moved = np.where(blank, nothing, values)
        if len(some_not_due):  # only they repeat a column, and a gather costs ten times a copy
            moved[some_not_due] = np.where(blank[some_not_due], nothing, values.take(shown))
        carried[name] = moved
    carried["light"][blank] = Light.NOT_DUE
    carried["reason"][blank] = Reason.BEFORE_FIRST_SLOT
    future = ~past
    carried["reason"][future] = Reason.NOT_ENDED
    carried["programmed"][future] = done.programmed[future]
    carried["programmed_to_date"][future] = done.schedule[future]
    return carried
