"""What the capture of an indicator asks for each month: its variables, in which stretches of time, and what results."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rumbo.core.engine.formula import Variable, names_in, told_sum
from rumbo.core.engine.formula.capturing import Kind, pair, single
from rumbo.core.engine.readings import Recipe
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import Slot
from rumbo.core.timekeeping.stretches import stretches_of
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.systems.indicators.queries.formulas import DEFAULT_SYMBOL, Judged, Written, judged

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Indicator

OTHER_SYMBOL = "D"  # of a denominator that nobody gave one
REMEMBERED = 4096  # indicators of an institution: a formula is read once and not on each page


@dataclass(frozen=True, slots=True)
class Asked:
    """`by_readings`: the month's figures result from readings, one of each variable in each stretch; otherwise its
    numerator and its denominator are typed. The titles name those two."""

    variables: tuple[Variable, ...]
    recipe: Recipe
    frequency: Frequency
    by_readings: bool
    numerator_title: str
    denominator_title: str

    @property
    def has_denominator(self) -> bool:
        return bool(self.denominator_title)

    @property
    def by_stretches(self) -> bool:
        """Several in a month: weeks or fortnights."""
        return not self.frequency.by_months

    def stretches(self, period: int) -> tuple[Slot, ...]:
        """Of a month (year * 12 + month - 1), in time order."""
        return stretches_of(self.frequency, Period.of(period))


def asked_of(indicator: "Indicator") -> Asked:
    """No query."""
    return asked_by(Written.of(indicator), Frequency(indicator.frequency), indicator.name)


@lru_cache(maxsize=REMEMBERED)
def asked_by(written: Written, frequency: Frequency, name: str = "") -> Asked:
    """`name` is the indicator's, what the result of its formula is called."""
    found = judged(written)
    if found.by_variables:
        return _by_variables(found, frequency, name)
    numerator = _named(written.numerator, DEFAULT_SYMBOL)
    mode = written.accumulation
    if not written.denominator.name or not (mode.by_parts or frequency.by_months):
        recipe = Recipe((numerator.symbol,), mode, single(numerator.symbol))
        return Asked((numerator,), recipe, frequency, not frequency.by_months, numerator.name, "")
    denominator = _named(written.denominator, OTHER_SYMBOL if numerator.symbol != OTHER_SYMBOL else DEFAULT_SYMBOL)
    if denominator.symbol == numerator.symbol:
        denominator = Variable(f"{numerator.symbol}_2", denominator.name, denominator.unit)
    kind = Kind.RATE if mode is Accumulation.RATE else Kind.RATIO
    recipe = Recipe((numerator.symbol, denominator.symbol), mode, pair(kind, numerator.symbol, denominator.symbol))
    both = (numerator, denominator)
    return Asked(both, recipe, frequency, not frequency.by_months, numerator.name, denominator.name)


def _by_variables(found: Judged, frequency: Frequency, name: str) -> Asked:
    assert found.tree is not None and found.capture is not None  # noqa: S101, PT018  (it is sound)
    shape = found.capture.shape
    known = {one.symbol: one for one in found.written.variables}
    variables = tuple(known[symbol] for symbol in names_in(found.tree))
    whole = shape.kind is Kind.RESULT
    recipe = Recipe(names_in(found.tree), found.written.accumulation, shape, found.tree if whole else None)
    titles = {one.symbol: one.title for one in variables}
    upper = name if whole else told_sum(shape.upper, titles)
    return Asked(variables, recipe, frequency, True, upper, told_sum(shape.lower, titles))


def _named(variable: Variable, symbol: str) -> Variable:
    return variable if variable.symbol else Variable(symbol, variable.name, variable.unit)
