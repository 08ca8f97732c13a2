"""The figures of a month from its readings: one figure of each variable in each stretch of time that ends in the month.

    recipe = Recipe(("a", "b"), Accumulation.RATIO, shape)
    month = month_of(recipe, [Stretch(date(2026, 11, 8), {"a": Decimal(3), "b": Decimal(4)}), ...])
    month.numerator, month.denominator, month.missing

A stretch counts when all of its variables have a figure. How stretches become the month:

sum, ratio, rate            the sums of variables of each stretch, added: what the year adds in turn
average                     the mean of the stretches that have a value
last, periodic, constant    the last stretch that has a value. A periodic slot is judged alone and never added, so the
                            month says how it stood when it ended, as of a week the last one ended by then
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rumbo.core.engine.formula.attempting import attempt
from rumbo.core.engine.formula.capturing import Shape
from rumbo.core.engine.formula.linear import value_of
from rumbo.core.engine.formula.problems import Problem
from rumbo.core.engine.formula.tree import Node
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_

DECIMALS = 6
LARGEST = 10**14  # Decimal(20, 6)


@dataclass(frozen=True, slots=True)
class Recipe:
    """`symbols` are the variables asked in each stretch. `tree` is the formula of a month whose value is its result;
    None where the month has the sums of `shape`."""

    symbols: tuple[str, ...]
    accumulation: Accumulation
    shape: Shape
    tree: Node | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is known of one. `reason`: why it has no figures, or none that can be computed."""

    last_day: date
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """`missing`: stretches with neither all of their figures nor a reason; `lacking`, the variables that each lacks.

    `problems`: stretches that have all of their figures, no result, and no reason. `counted`: those in the figures.
    `numerator` is the value where there is no denominator. None when nothing counts.
    """

    numerator: Decimal | None
    denominator: Decimal | None
    counted: tuple[Stretch, ...]
    missing: tuple[date, ...]
    lacking: Mapping[date, tuple[str, ...]]
    problems: tuple[tuple[date, Problem], ...]

    @property
    def is_complete(self) -> bool:
        """Silence never pays: every stretch has its figures or says why not."""
        return not self.missing and not self.problems


type Pair = tuple[Fraction, Fraction | None]


def month_of(recipe: Recipe, stretches: Sequence[Stretch]) -> Month:
    """`stretches`: all those of the month, in time order."""
    lacking = {one.last_day: lacks for one in stretches if (lacks := _lacks(recipe, one))}
    counted: list[tuple[Stretch, Pair]] = []
    problems: list[tuple[date, Problem]] = []
    for one in stretches:
        if one.last_day in lacking:
            continue
        found = _pair(recipe, one.figures)
        if not isinstance(found, Problem):
            counted.append((one, found))
        elif not one.reason:
            problems.append((one.last_day, found))
    numerator, denominator = _joined(recipe.accumulation, [pair for _, pair in counted])
    parts = (numerator, denominator)
    figures = [None if part is None else stored(part) for part in parts]
    if figures.count(None) > parts.count(None):
        problems.append((counted[-1][0].last_day, Problem("too_large", _TOO_LARGE)))
        figures = [None, None]
    return Month(
        numerator=figures[0],
        denominator=figures[1],
        counted=tuple(one for one, _ in counted),
        missing=tuple(one.last_day for one in stretches if one.last_day in lacking and not one.reason),
        lacking=lacking,
        problems=tuple(problems),
    )


def totals_of(recipe: Recipe, counted: Iterable[Stretch]) -> dict[str, float | None]:
    """Each variable over the stretches that count: added where the month adds, else of the last one. Of several
    stretches averaged there is no such figure: None."""
    rows = list(counted)
    if recipe.accumulation not in _ADDED:
        alone = rows[-1:] if recipe.accumulation is not Accumulation.AVERAGE or len(rows) == 1 else []
        return {symbol: float(alone[0].figures[symbol]) if alone else None for symbol in recipe.symbols}
    return {
        symbol: float(sum((Fraction(one.figures[symbol]) for one in rows), Fraction(0))) if rows else None
        for symbol in recipe.symbols
    }


def as_float(value: Decimal | None) -> float | None:
    """As it is printed, and as the engine computes with it."""
    return None if value is None else float(value)


def stored(value: Fraction) -> Decimal | None:
    """Half up to the decimals of the table; None when it does not fit."""
    scaled = (value * 10**DECIMALS * 2 + 1) // 2
    if abs(scaled) >= LARGEST * 10**DECIMALS:
        return None
    return Decimal(scaled).scaleb(-DECIMALS).normalize() + 0


_ADDED = (Accumulation.SUM, Accumulation.RATIO, Accumulation.RATE)


def _lacks(recipe: Recipe, one: Stretch) -> tuple[str, ...]:
    return tuple(symbol for symbol in recipe.symbols if symbol not in one.figures)


def _pair(recipe: Recipe, figures: Mapping[str, Decimal]) -> Pair | Problem:
    shape = recipe.shape
    if recipe.tree is None:
        lower = value_of(shape.lower, figures) if shape.lower else None
        return value_of(shape.upper, figures), lower
    tried = attempt(recipe.tree, {symbol: float(figures[symbol]) for symbol in recipe.symbols})
    if tried.value is None:
        return tried.problem or Problem("undefined", _TOO_LARGE)
    return Fraction(tried.value), None


def _joined(accumulation: Accumulation, pairs: Sequence[Pair]) -> tuple[Fraction | None, Fraction | None]:
    if not pairs:
        return None, None
    if accumulation not in _ADDED and accumulation is not Accumulation.AVERAGE:
        return pairs[-1]
    above = sum((one for one, _ in pairs), Fraction(0))
    if accumulation is Accumulation.AVERAGE:
        return above / len(pairs), None
    below = [one for _, one in pairs if one is not None]
    return above, sum(below, Fraction(0)) if below else None


_TOO_LARGE = N_("El resultado no cabe: tiene más de catorce enteros. Revise los valores.")
