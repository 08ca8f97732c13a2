"""The pipeline: accumulate, compare, judge, carry to the columns that are not due, count streaks."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rumbo.core.engine.accumulate import Figures, figures
from rumbo.core.engine.bands import Bands
from rumbo.core.engine.block import Block, Bools, Floats, Result
from rumbo.core.engine.lights import Verdicts, verdicts
from rumbo.core.engine.missing import ended
from rumbo.core.engine.progress import Percentages, percentages
from rumbo.core.engine.running import greatest
from rumbo.core.engine.scheme import Scheme
from rumbo.core.engine.streaks import Carried, streaks
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.reason import Reason


@dataclass(frozen=True, eq=False, slots=True)
class Original:
    """What was first approved, where the programme in force is another: f8[n,s] and f8[n], as those of `Block`."""

    programmed: ArrayLike
    programmed_den: ArrayLike = np.nan
    annual_target: ArrayLike = np.nan


def evaluate(
    block: Block,
    scheme: Scheme,
    *,
    bands: Bands | None = None,
    before: Carried | None = None,
    original: Original | None = None,
) -> Result:
    """Evaluates every row and column under one scheme. Pure; rows are independent of each other.

    bands     edges of colours and classes by row and column, instead of those of the scheme
    before    what the former year left, for streaks that go on (see `streaks.carried`)
    original  what was first programmed: `compliance_original` measures the same facts against it
    """
    with np.errstate(all="ignore"):  # once, here: what has no result is NaN, and `reason` says why
        done = figures(block, scheme)
        percent = percentages(block, done, scheme)
        visible = block.due & ended(block)
        verdict = verdicts(block, done, percent, visible, scheme, bands)
        percent.to_date[~verdict.coloured] = np.nan
        beside = None if original is None else _against(block, original, verdict, scheme)
        return _result(block, done, percent, verdict, visible, scheme, before, beside)


def _against(block: Block, original: Original, verdict: Verdicts, scheme: Scheme) -> Floats:
    """The percentage to date had the programme not been changed; of the rows where it was, and of coloured cells."""
    first = block.replace(
        programmed=original.programmed, programmed_den=original.programmed_den, annual_target=original.annual_target
    )
    other = np.zeros(block.rows, dtype=np.bool_)
    for name in ("programmed", "programmed_den"):
        was, now = getattr(first, name), getattr(block, name)
        other |= ~((was == now) | (np.isnan(was) & np.isnan(now))).all(axis=1)
    found = np.full(block.programmed.shape, np.nan)
    rows = np.flatnonzero(other)
    if len(rows):
        changed = first.take(rows)
        found[rows] = percentages(changed, figures(changed, scheme), scheme).to_date
        found[~verdict.coloured] = np.nan
    return found


def _result(
    block: Block,
    done: Figures,
    percent: Percentages,
    verdict: Verdicts,
    visible: Bools,
    scheme: Scheme,
    before: Carried | None,
    beside: Floats | None,
) -> Result:
    blank = np.broadcast_to(np.nan, block.programmed.shape)
    fields: dict[str, Any] = {
        "programmed": done.programmed,
        "actual": done.actual,
        "compliance_month": percent.month,
        "programmed_to_date": done.programmed_to_date,
        "actual_to_date": done.actual_to_date,
        "compliance_to_date": percent.to_date,
        "compliance_capped": capped(percent.to_date, scheme),
        "compliance_original": blank if beside is None else beside,
        "compliance_year": percent.year,
        "distance": blank if percent.distance is None else percent.distance,
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
        last_slot = greatest(np.where(visible, column, np.int16(-1)))
        fields = _carried(block, done, fields, last_slot)
        last_slot = np.where(ended(block), last_slot, np.int16(-1))
    streak, since = streaks(fields["light"], visible, last_slot, before)
    return Result(
        **fields,
        schedule=done.schedule,
        streak=streak,
        since=since,
        last_slot=last_slot,
        annual_target=done.annual_target,
    )


def capped(pct: Floats, scheme: Scheme) -> Floats:
    """What a row gives to a roll-up: never below 0 nor above the cap. NaN stays."""
    kept: Floats = np.clip(pct, 0.0, np.inf if scheme.cap is None else scheme.cap)
    return kept


# What is known of slots that have not ended.
_OF_FUTURE = frozenset({"programmed", "programmed_to_date"})


def _carried(block: Block, done: Figures, fields: dict[str, Any], last_slot: NDArray[np.int16]) -> dict[str, Any]:
    """Each column shows its last due slot; before the first, and in the future, there is nothing to show."""
    future = ~ended(block)
    first_cut = int(block.cut[0]) if block.rows else 0
    same_cut = bool((block.cut == first_cut).all())
    rows = np.flatnonzero(~block.due.all(axis=1))  # only they repeat a column, and a gather costs ten times a copy
    shown = np.maximum(last_slot[rows], 0) + (rows * block.slots)[:, None]
    early = last_slot[rows] < 0
    moved = {}
    for name, values in fields.items():
        if not values.strides[0] and not values.strides[1]:
            moved[name] = values  # one value for all: there is nothing to move
            continue
        nothing = _NOTHING.get(name, np.nan if values.dtype == np.float64 else 0)
        own = values.flags.owndata and name not in _OF_FUTURE
        moved[name] = values if own else values.copy()
        if len(rows):
            moved[name][rows] = np.where(early, nothing, values.take(shown)).astype(values.dtype, copy=False)
        if name in _OF_FUTURE:
            continue
        if same_cut:
            moved[name][:, max(first_cut, 0) :] = nothing
        else:
            np.copyto(moved[name], nothing, where=future)
    moved["reason"][future] = Reason.NOT_ENDED
    for name, values in (("programmed", done.programmed), ("programmed_to_date", done.schedule)):
        np.copyto(moved[name], values, where=future)
    return moved


_NOTHING = {"light": int(Light.NOT_DUE), "reason": int(Reason.BEFORE_FIRST_SLOT)}
