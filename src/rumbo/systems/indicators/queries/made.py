"""How the figures of one month were made: the formula with its numbers, each variable, each week."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rumbo.core.engine.explain_readings import Told, month_told, stretch_told
from rumbo.core.engine.formula import Problem, Variable, attempt, symbols
from rumbo.core.engine.readings import Stretch, as_float, month_of, totals_of
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import Slot
from rumbo.systems.indicators.queries.asked import Asked, asked_of
from rumbo.systems.indicators.queries.formulas import Written, judged

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class Part:
    """One week or fortnight: its operation when it has all of its figures, and the reason that was given if not."""

    slot: Slot
    told: Told | None
    reason: str


@dataclass(frozen=True, slots=True)
class OfMonth:
    """`symbols` is the formula in signs, empty when there is none; `numbers`, the same with the values of the month.

    `variables` has the figure of each one in the month, None where weeks are averaged; `parts` only where the month
    has several stretches."""

    symbols: str
    numbers: str
    problem: Problem | None = None
    variables: tuple[tuple[Variable, float | None], ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def told_variables(self) -> tuple[tuple[Variable, float | None], ...]:
        """Those to be told beside the operation: of weeks of one variable, or averaged, it already says them."""
        if not self.parts:
            return self.variables
        return tuple(one for one in self.variables if one[1] is not None) if len(self.variables) > 1 else ()

    @property
    def attempt(self) -> Told:
        return Told(self.numbers, self.problem)


def month_made(
    indicator: "Indicator", numerator: float | None, denominator: float | None, stretches: Sequence[Stretch] = ()
) -> OfMonth | None:
    """`stretches`: the readings of the month, when it has any. None when the figures are all there is to say."""
    asked = asked_of(indicator)
    if asked.by_readings and any(one.figures for one in stretches):
        return _of_readings(indicator, asked, stretches)
    found = judged(Written.of(indicator))
    if found.tree is None or found.capture is None or not found.is_computed or asked.by_readings:
        return None
    shape = found.capture.shape
    if not shape.by_parts:
        return None
    tried = attempt(found.tree, {shape.numerator: numerator, shape.denominator: denominator})
    return OfMonth(symbols(found.tree), tried.numbers, tried.problem)


def _of_readings(indicator: "Indicator", asked: Asked, stretches: Sequence[Stretch]) -> OfMonth:
    found = judged(Written.of(indicator))
    tree = found.tree if found.is_computed else None
    month = month_of(asked.recipe, stretches)
    told = month_told(asked.recipe, tree, month)
    totals = totals_of(asked.recipe, month.counted)
    if not month.counted and not asked.by_stretches:  # what there is, while others are missing
        totals = {one.symbol: as_float(stretches[0].figures.get(one.symbol)) for one in asked.variables}
    parts = [
        Part(slot, None if one.last_day in month.lacking else stretch_told(asked.recipe, tree, one), one.reason)
        for slot, one in zip(_slots(asked, stretches), stretches, strict=True)
    ]
    return OfMonth(
        symbols=symbols(tree) if tree is not None else "",
        numbers=told.numbers,
        problem=told.problem,
        variables=tuple((one, totals[one.symbol]) for one in asked.variables),
        parts=tuple(parts) if asked.by_stretches else (),
    )


def _slots(asked: Asked, stretches: Sequence[Stretch]) -> tuple[Slot, ...]:
    return asked.stretches(Period.containing(stretches[0].last_day).index)
