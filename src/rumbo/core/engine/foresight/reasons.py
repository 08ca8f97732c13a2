"""Why a goal is or is not in danger, as data: a code, the figures in it, and a Spanish sentence to fill.

The reasons are facts of the goal's own record, said in the order of their weight; they are chosen to agree with the
probability, never to make it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from rumbo.core.engine.block import Floats
from rumbo.core.engine.foresight.evidence import Evidence, Shape
from rumbo.core.engine.foresight.foresee import Foresight, missed, year_ends
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.risk import Risk

AT_MOST = 3
# A pace that asks this much more than what the year has given is worth a word.
HARDER = 1.1
LOOKED_BACK = 3  # years


class Why(StrEnum):
    EXCEEDED = "exceeded"
    REACHED = "reached"
    BEHIND_ONE = "behind_one"
    BEHIND = "behind"
    AHEAD_ONE = "ahead_one"
    AHEAD = "ahead"
    PACE = "pace"
    LIMIT = "limit"
    SLOWS_ONE = "slows_one"
    SLOWS = "slows"
    RECOVERS_ONE = "recovers_one"
    RECOVERS = "recovers"
    MISSED_BEFORE = "missed_before"
    MET_BEFORE = "met_before"
    SILENT_ONE = "silent_one"
    SILENT = "silent"
    NARROW = "narrow"
    BELOW = "below"
    ABOVE = "above"
    BETWEEN = "between"
    YEARLY_ONE = "yearly_one"
    YEARLY = "yearly"
    NO_PAST = "no_past"
    NOTHING = "nothing"


SENTENCES = {
    Why.EXCEEDED: N_("ya rebasó el máximo del año"),
    Why.REACHED: N_("ya alcanzó la meta del año"),
    Why.BEHIND_ONE: N_("en el último periodo va por debajo de lo programado"),
    Why.BEHIND: N_("lleva %(count)s periodos por debajo de lo programado"),
    Why.AHEAD_ONE: N_("en el último periodo va conforme a lo programado"),
    Why.AHEAD: N_("lleva %(count)s periodos conforme a lo programado"),
    Why.PACE: N_("necesita %(pace)s por periodo y lleva %(recent)s"),
    Why.LIMIT: N_("no debe pasar de %(pace)s por periodo y lleva %(recent)s"),
    Why.SLOWS_ONE: N_("el año pasado cerró peor de como iba a estas fechas"),
    Why.SLOWS: N_("los %(count)s últimos años cerró peor de como iba a estas fechas"),
    Why.RECOVERS_ONE: N_("el año pasado cerró mejor de como iba a estas fechas"),
    Why.RECOVERS: N_("los %(count)s últimos años cerró mejor de como iba a estas fechas"),
    Why.MISSED_BEFORE: N_("incumplió %(count)s de los últimos %(years)s años"),
    Why.MET_BEFORE: N_("cumplió los últimos %(years)s años"),
    Why.SILENT_ONE: N_("falta el reporte de un periodo"),
    Why.SILENT: N_("faltan los reportes de %(count)s periodos"),
    Why.NARROW: N_("el margen es menor que lo que suele variar"),
    Why.BELOW: N_("como va cerraría en %(expected)s, por debajo de %(bound)s"),
    Why.ABOVE: N_("como va cerraría en %(expected)s, por encima de %(bound)s"),
    Why.BETWEEN: N_("como va cerraría en %(expected)s, dentro de lo programado"),
    Why.YEARLY_ONE: N_("se informa una vez al año y sólo hay un año anterior con el cual comparar"),
    Why.YEARLY: N_("se informa una vez al año: se estima con lo que dieron los %(count)s anteriores"),
    Why.NO_PAST: N_("no hay años anteriores con los cuales comparar"),
    Why.NOTHING: N_("todavía no hay con qué estimar"),
}
# What is said instead where a slot is a month.
OF_MONTHS = {
    Why.BEHIND_ONE: N_("en el último mes va por debajo de lo programado"),
    Why.BEHIND: N_("lleva %(count)s meses por debajo de lo programado"),
    Why.AHEAD_ONE: N_("en el último mes va conforme a lo programado"),
    Why.AHEAD: N_("lleva %(count)s meses conforme a lo programado"),
    Why.PACE: N_("necesita %(pace)s al mes y lleva %(recent)s"),
    Why.LIMIT: N_("no debe pasar de %(pace)s al mes y lleva %(recent)s"),
    Why.SILENT_ONE: N_("falta el reporte de un mes"),
    Why.SILENT: N_("faltan los reportes de %(count)s meses"),
}
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """`params` are counts (int) or figures in the unit of the indicator (float), unformatted."""

    code: Why
    params: dict[str, float | int]
    monthly: bool = True

    @property
    def template(self) -> str:
        said = OF_MONTHS.get(self.code) if self.monthly else None
        return said or SENTENCES[self.code]

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it; `told_again` reads it back."""
        return {"code": self.code.value, "params": self.params, "monthly": self.monthly}

    def __str__(self) -> str:
        return fill(self.template, self.params)


def told_again(stored: Mapping[str, Any]) -> Reason:
    """Raises ValueError for a code that is not of the vocabulary."""
    return Reason(Why(stored["code"]), dict(stored["params"]), bool(stored["monthly"]))


def reasons(evidence: Evidence, foresight: Foresight) -> list[list[Reason]]:
    """Of each goal, at most three."""
    facts = _Facts(evidence, foresight)
    monthly = evidence.slots == MONTHS
    return [[replace(reason, monthly=monthly) for reason in _of(facts, row)[:AT_MOST]] for row in range(evidence.goals)]


class _Facts:
    """What the reasons are made of, computed once for all goals."""

    def __init__(self, e: Evidence, told: Foresight) -> None:
        self.risk, self.pace, self.recent = told.risk, told.pace, told.recent
        self.done = e.done
        self.slot, self.slots = e.slot, e.slots
        self.sign, self.shape = e.sign, e.shape
        off = missed(e.actual_to_date[:, -1], e.target_to_date[:, -1], e.sign[:, None])
        off[e.two_sided] = np.nan
        self.behind, self.ahead = _run(off, self.done, 1.0), _run(off, self.done, 0.0)
        ends = year_ends(e)[:, :-1][:, -LOOKED_BACK:]
        self.years = (~np.isnan(ends)).sum(axis=1)
        self.missed = np.nansum(ends, axis=1).astype(int)
        self.slowed, self.recovered = _endings(e, self.done)
        self.settled = _settled(e, off, self.done)
        goal = e.target_to_date[:, -1, -1]
        self.two_sided, self.expected = e.two_sided, told.expected
        self.low, self.high = (goal if side is None else side for side in (e.low, e.high))
        exact = e.direction == Direction.NOMINAL  # a hair around the value is enough, and nobody declared the hair
        self.below, self.above = (np.where(exact, goal, side) for side in (self.low, self.high))
        self.former = (~np.isnan(e.actual_to_date[:, :-1])).any(axis=2).sum(axis=1)
        margin = np.abs(told.expected - goal)
        sides = np.fmin(np.abs(told.expected - self.low), np.abs(told.expected - self.high))
        self.narrow = np.where(e.two_sided, sides, margin) < (told.high - told.low) / 4
        self.silent = (~e.reported[:, : e.slot]).sum(axis=1)


def _of(f: _Facts, row: int) -> list[Reason]:
    if f.risk[row] == Risk.UNKNOWN:
        return [Reason(Why.NOTHING, {})]
    if f.settled[row]:
        return [Reason(Why.REACHED if f.settled[row] > 0 else Why.EXCEEDED, {})]
    danger = f.risk[row] in (Risk.HIGH, Risk.MEDIUM)
    found = _sides(f, row) if f.two_sided[row] else _dangers(f, row) if danger else _comforts(f, row)
    if f.slots == 1:
        found.insert(0, _counted(Why.YEARLY_ONE, Why.YEARLY, int(f.former[row])))
    if f.silent[row]:
        found.insert(1, _counted(Why.SILENT_ONE, Why.SILENT, int(f.silent[row])))
    if danger and f.narrow[row]:
        found.append(Reason(Why.NARROW, {}))
    if not f.former[row]:
        found.append(Reason(Why.NO_PAST, {}))
    return found


def _sides(f: _Facts, row: int) -> list[Reason]:
    expected = float(f.expected[row])
    if expected < f.low[row]:
        return [Reason(Why.BELOW, {"expected": expected, "bound": float(f.below[row])})]
    if expected > f.high[row]:
        return [Reason(Why.ABOVE, {"expected": expected, "bound": float(f.above[row])})]
    return [Reason(Why.BETWEEN, {"expected": expected})]


def _dangers(f: _Facts, row: int) -> list[Reason]:
    found = []
    if f.behind[row]:
        found.append(_counted(Why.BEHIND_ONE, Why.BEHIND, int(f.behind[row])))
    if f.slowed[row]:
        found.append(_counted(Why.SLOWS_ONE, Why.SLOWS, int(f.slowed[row])))
    if _hard(f, row):
        figures = {"pace": float(f.pace[row]), "recent": float(f.recent[row])}
        found.append(Reason(Why.PACE if f.sign[row] > 0 else Why.LIMIT, figures))
    if f.missed[row] and f.years[row] > 1:
        found.append(Reason(Why.MISSED_BEFORE, {"count": int(f.missed[row]), "years": int(f.years[row])}))
    return found


def _comforts(f: _Facts, row: int) -> list[Reason]:
    found = []
    if f.ahead[row]:
        found.append(_counted(Why.AHEAD_ONE, Why.AHEAD, int(f.ahead[row])))
    if f.recovered[row]:
        found.append(_counted(Why.RECOVERS_ONE, Why.RECOVERS, int(f.recovered[row])))
    if not f.missed[row] and f.years[row] > 1:
        found.append(Reason(Why.MET_BEFORE, {"years": int(f.years[row])}))
    return found


def _counted(one: Why, many: Why, count: int) -> Reason:
    return Reason(one, {}) if count == 1 else Reason(many, {"count": count})


def _hard(f: _Facts, row: int) -> bool:
    pace, recent = f.pace[row], f.recent[row]
    if f.slots == 1 or f.shape[row] not in (Shape.SUM, Shape.MEAN) or np.isnan(pace) or np.isnan(recent):
        return False
    harder = pace > recent * HARDER if f.shape[row] == Shape.SUM else pace > recent
    easier = pace < recent / HARDER if f.shape[row] == Shape.SUM else pace < recent
    return bool(harder if f.sign[row] > 0 else easier)


def _run(off: Floats, done: np.ndarray, wanted: float) -> np.ndarray:
    """i8[n]: slots in a row, up to the newest figure, with the given light to date. A slot without figure ends it."""
    slots = off.shape[1]
    same = (off == wanted) | (np.arange(1, slots + 1) > done[:, None])
    broken = np.where(same, 0, np.arange(1, slots + 1)).max(axis=1)
    return np.asarray(np.maximum(done - broken, 0))


def _endings(e: Evidence, done: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """i8[n] each: the last years in a row that ended worse, or better, than they were going at this same slot."""
    if e.years < 2:
        return np.zeros(e.goals, dtype=int), np.zeros(e.goals, dtype=int)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = e.actual_to_date / e.target_to_date
    at = np.maximum(done - 1, 0)[:, None, None]
    then = np.take_along_axis(share[:, :-1], np.broadcast_to(at, (e.goals, e.years - 1, 1)), axis=2)[..., 0]
    change = (share[:, :-1, -1] - then) * e.sign[:, None]
    started = ((done > 0) & ~e.two_sided)[:, None]
    worse, better = (change < 0) & started, (change > 0) & started
    return _last_in_a_row(worse[:, -LOOKED_BACK:]), _last_in_a_row(better[:, -LOOKED_BACK:])


def _last_in_a_row(found: np.ndarray) -> np.ndarray:
    return np.asarray(np.logical_and.accumulate(found[:, ::-1], axis=1).sum(axis=1))


def _settled(e: Evidence, off: Floats, done: np.ndarray) -> np.ndarray:
    """i8[n]: 1 the year's target of a growing sum is reached, −1 exceeded, 0 neither."""
    to_date = np.take_along_axis(e.actual_to_date[:, -1], np.maximum(done - 1, 0)[:, None], axis=1)[:, 0]
    over = (to_date - e.target_to_date[:, -1, -1]) * np.where(done > 0, 1.0, np.nan)
    growing = (e.shape == Shape.SUM) & ~(e.actual < 0).any(axis=(1, 2)) & ~e.two_sided
    up = e.sign > 0
    return np.asarray(np.select([growing & up & (over >= 0), growing & ~up & (over > 0)], [1, -1], 0))
