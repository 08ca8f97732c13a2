"""How a month came of its readings, as text with the numbers in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rumbo.core.engine.explanation import written
from rumbo.core.engine.formula.attempting import attempt
from rumbo.core.engine.formula.linear import CONSTANT, Linear
from rumbo.core.engine.formula.problems import Problem
from rumbo.core.engine.formula.tree import Node
from rumbo.core.engine.readings import Month, Recipe, Stretch, totals_of
from rumbo.core.vocabulary.accumulation import Accumulation


@dataclass(frozen=True, slots=True)
class Told:
    """An operation with its numbers, «100 × (3 + 4) ÷ (9 − 2) = 100»; `problem` says why there is no result."""

    numbers: str
    problem: Problem | None = None


def stretch_told(recipe: Recipe, tree: Node | None, one: Stretch) -> Told:
    """One stretch that has all of its figures, by the formula when there is one."""
    figures = {symbol: float(one.figures[symbol]) for symbol in recipe.symbols}
    if tree is not None:
        tried = attempt(tree, figures)
        return Told(tried.numbers, tried.problem)
    return Told(" ÷ ".join(written(value) for value in figures.values()))


def month_told(recipe: Recipe, tree: Node | None, month: Month) -> Told:
    """The whole month: the formula of what was added, the mean of the stretches, or the last of them."""
    counted = month.counted
    if not counted:
        return Told("", month.problems[0][1] if month.problems else None)
    refused = month.problems[-1][1] if month.numerator is None else None  # what counts, and does not fit when added
    if recipe.accumulation is Accumulation.AVERAGE and len(counted) > 1:
        values = [_value(recipe, one) for one in counted]
        mean = f"({' + '.join(values)}) ÷ {len(values)}"
        return Told(mean if month.numerator is None else f"{mean} = {written(float(month.numerator))}", refused)
    if tree is not None:
        tried = attempt(tree, totals_of(recipe, counted))
        return Told(tried.numbers, refused or tried.problem)
    sides = (_added(recipe, part, counted) for part in (recipe.shape.upper, recipe.shape.lower) if part)
    return Told(" ÷ ".join(sides), refused)


def _value(recipe: Recipe, one: Stretch) -> str:
    """The value of one stretch, in an average."""
    figures = {symbol: float(one.figures[symbol]) for symbol in recipe.symbols}
    if recipe.tree is not None:
        return written(attempt(recipe.tree, figures).value)
    return written(sum(float(share) * figures.get(symbol, 1.0) for symbol, share in recipe.shape.upper))


def _added(recipe: Recipe, part: Linear, counted: Sequence[Stretch]) -> str:
    """«12 + 5 + 8 = 25» of the one variable that a formula left unwritten has on each side."""
    symbol = next(symbol for symbol, _ in part if symbol != CONSTANT)
    rows = counted if recipe.accumulation in (Accumulation.SUM, *_BY_PARTS) else counted[-1:]
    figures = [one.figures[symbol] for one in rows]
    if len(figures) == 1:
        return written(float(figures[0]))
    text = " + ".join(written(float(figure)) for figure in figures)
    return f"({text})" if recipe.shape.lower else f"{text} = {written(float(sum(figures)))}"


_BY_PARTS = tuple(mode for mode in Accumulation if mode.by_parts)
