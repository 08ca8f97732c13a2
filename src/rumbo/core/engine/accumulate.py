"""How the slots of a year become one figure to date, for the programme and for what was done.

sum       Σ; ascending: a month without report adds nothing while the programme goes on; other directions
          compare only the months reported, programme and actual alike
last      the last value known; of the programme, the last in force
average   mean of the months that have a value
ratio     k * Σ numerators / Σ denominators, never a mean of percentages
rate      k * (Σ numerators − Σ denominators) / Σ denominators: the change against what is in the denominator
periodic  the slot alone; without report, the last slot that reported stands in, programme and actual alike
constant  as last

Under `MissingPolicy.LAST_KNOWN` what is missing adds zero, each part of a ratio by itself; the programme of «last» is
that of the slot, and that of «average» the sum over all the slots so far.
"""

from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.block import Block, Bools, Floats, Ints, Rows
from rumbo.core.engine.grouping import kinds
from rumbo.core.engine.missing import divide, reports
from rumbo.core.engine.running import greatest, totals
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import MissingPolicy


@dataclass(slots=True, eq=False)
class Figures:
    """f8[n,s] in the unit of the indicator, `reported` ?[n,s], `annual_target` f8[n]."""

    reported: Bools
    programmed: Floats
    actual: Floats
    schedule: Floats
    programmed_to_date: Floats
    actual_to_date: Floats
    annual_target: Floats


type Parts = tuple[Floats, Floats, Floats, Floats, Floats, Floats]


def figures(block: Block, scheme: Scheme) -> Figures:
    """Slot figures, to-date figures and the annual target of every row. Runs under the caller's `np.errstate`."""
    reported = reports(block, scheme)
    whole: Parts | None = None
    for mode, rows in kinds(block.accumulation):
        parts = _MODES[Accumulation(mode)](_Rows.of(block, mode, rows, reported, scheme))
        if isinstance(rows, slice):
            whole = parts
            break
        if whole is None:
            whole = _empty(block)
        for target, part in zip(whole, parts, strict=True):
            target[rows] = part
    programmed, actual, schedule, to_date, done, annual = whole or _empty(block)
    target = np.where(np.isnan(block.annual_target), annual, block.annual_target)
    return Figures(reported, programmed, actual, schedule, to_date, done, target)


def _empty(block: Block) -> Parts:
    shape = block.programmed.shape
    return (*(np.empty(shape) for _ in range(5)), np.empty(shape[0]))  # type: ignore[return-value]


@dataclass(slots=True, eq=False)
class _Rows:
    """The rows of one accumulation. `actual` holds only what was reported."""

    programmed: Floats
    programmed_den: Floats
    actual: Floats
    actual_den: Floats
    reported: Bools
    factor: Floats
    reported_only: Bools
    rate: bool
    loose: bool

    @classmethod
    def of(cls, block: Block, mode: int, rows: Rows, reported: Bools, scheme: Scheme) -> "_Rows":
        said = reported[rows]
        ratio = Accumulation(mode).by_parts  # only these read their denominators
        careful = scheme.missing == MissingPolicy.SILENCE_NEVER_PAYS
        return cls(
            programmed=block.programmed[rows],
            programmed_den=block.programmed_den[rows] if ratio else block.programmed_den,
            actual=np.where(said, block.actual[rows], np.nan),
            actual_den=block.actual_den[rows] if ratio else block.actual_den,
            reported=said,
            factor=block.factor[rows][:, None],
            reported_only=(block.direction[rows] != Direction.INCREASING) & careful,
            rate=mode == Accumulation.RATE,
            loose=scheme.missing is MissingPolicy.LAST_KNOWN,
        )


def running_sum(values: Floats) -> Floats:
    """Σ along the row, blanks adding nothing; NaN before the first value."""
    blank = np.isnan(values)
    if not blank.any():
        return totals(values)
    total = totals(np.where(blank, 0.0, values))
    total[~_started(~blank)] = np.nan
    return total


def _started(known: Bools) -> Bools:
    """From the first known of the row on."""
    return greatest(known.view(np.int8)).view(np.bool_)


def _all_sums(values: Floats) -> Floats:
    """Σ along the row, blanks adding nothing and 0 before the first value."""
    return totals(np.where(np.isnan(values), 0.0, values))


def last_known(values: Floats, known: Bools | None = None) -> Floats:
    """The last value known along the row; what stands in the first column before there is one."""
    known = ~np.isnan(values) if known is None else known
    if known.all():
        return values
    return _picked(values, greatest(np.where(known, np.arange(values.shape[1]), 0)))


def _picked(values: Floats, column: Ints) -> Floats:
    """`values` of each row at its own columns; a flat gather costs a third of `take_along_axis`."""
    place = column + (np.arange(len(values)) * values.shape[1])[:, None]
    found: Floats = values.take(place)
    return found


def _sum(rows: _Rows) -> Parts:
    schedule = _all_sums(rows.programmed) if rows.loose else running_sum(rows.programmed)
    done = running_sum(rows.actual)
    to_date = schedule
    if rows.reported_only.any():
        compared = running_sum(np.where(rows.reported, rows.programmed, np.nan))
        swap = rows.reported_only[:, None] & ~np.isnan(done)
        to_date = np.where(swap, compared, schedule)
    return rows.programmed, rows.actual, schedule, to_date, done, schedule[:, -1]


def _last(rows: _Rows) -> Parts:
    schedule = rows.programmed if rows.loose else last_known(rows.programmed)
    return rows.programmed, rows.actual, schedule, schedule, last_known(rows.actual), schedule[:, -1]


def _average(rows: _Rows) -> Parts:
    if rows.loose:
        schedule = _all_sums(rows.programmed) / np.arange(1, rows.programmed.shape[1] + 1)
    else:
        schedule = _running_mean(rows.programmed)
    return rows.programmed, rows.actual, schedule, schedule, _running_mean(rows.actual), schedule[:, -1]


def _running_mean(values: Floats) -> Floats:
    mean: Floats = running_sum(values) / totals(~np.isnan(values), np.float64)
    return mean


def _ratio(rows: _Rows) -> Parts:
    programmed, schedule = _quotients(rows.programmed, rows.programmed_den, rows)
    level = np.isnan(rows.programmed_den).all(axis=1)
    if level.any() and not rows.loose:  # the programme was given as the ratio itself, «95 % every month»
        programmed[level] = rows.programmed[level]
        schedule[level] = last_known(rows.programmed[level])
    actual, done = _quotients(rows.actual, rows.actual_den, rows)
    if rows.loose:
        done[~_started(rows.reported)] = np.nan
    return programmed, actual, schedule, schedule, done, schedule[:, -1]


def _quotients(numerator: Floats, denominator: Floats, rows: _Rows) -> tuple[Floats, Floats]:
    """Of the slot, and of the sums to date."""
    if rows.loose:
        over, under = _all_sums(numerator), _all_sums(denominator)
    else:
        blank = np.isnan(numerator) | np.isnan(denominator)
        over = totals(np.where(blank, 0.0, numerator))
        under = totals(np.where(blank, 0.0, denominator))
    if rows.rate:
        numerator, over = numerator - denominator, over - under
    return divide(rows.factor * numerator, denominator), divide(rows.factor * over, under)


def _periodic(rows: _Rows) -> Parts:
    column = np.arange(rows.actual.shape[1])
    said = greatest(np.where(rows.reported, column, -1))
    shown = np.where(said < 0, column, said)
    to_date = _picked(rows.programmed, shown)
    done = _picked(rows.actual, shown)
    return rows.programmed, rows.actual, rows.programmed, to_date, done, last_known(rows.programmed)[:, -1]


_MODES = {
    Accumulation.SUM: _sum,
    Accumulation.LAST: _last,
    Accumulation.AVERAGE: _average,
    Accumulation.RATIO: _ratio,
    Accumulation.PERIODIC: _periodic,
    Accumulation.CONSTANT: _last,
    Accumulation.RATE: _ratio,
}
