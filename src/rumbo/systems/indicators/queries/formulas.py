"""The formula of an indicator beside its variables: what it says, what is wrong with it, how it is computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rumbo.core.engine.formula import (
    Captured,
    Node,
    Problem,
    Variable,
    captured,
    check,
)
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Indicator

# The fields of an indicator that its formula is judged beside.
OF_FORMULA = (
    "formula", "accumulation", "unit_of_measure", "numerator_symbol", "numerator_name", "numerator_unit",
    "denominator_symbol", "denominator_name", "denominator_unit", "other_variables", "factor",
)  # fmt: skip
DEFAULT_SYMBOL = "V"  # what an indicator has until somebody names its variable


@dataclass(frozen=True, slots=True)
class Written:
    """A formula as it is in a form, in a row of a workbook or in the table. `others`: beside the first two."""

    formula: str
    accumulation: Accumulation
    unit: str
    numerator: Variable
    denominator: Variable
    others: tuple[Variable, ...] = ()
    factor: Decimal = Decimal(1)

    @classmethod
    def of(cls, said: "Mapping[str, Any] | Indicator") -> "Written":
        """From an indicator, or from its fields by name. What is missing is empty."""

        def fact(name: str) -> Any:
            return (said.get(name) if isinstance(said, Mapping) else getattr(said, name)) or ""

        mode = fact("accumulation")
        return cls(
            formula=fact("formula"),
            accumulation=Accumulation(mode or 0),
            unit=fact("unit_of_measure"),
            numerator=Variable(fact("numerator_symbol"), fact("numerator_name"), fact("numerator_unit")),
            denominator=Variable(fact("denominator_symbol"), fact("denominator_name"), fact("denominator_unit")),
            others=tuple(Variable(**one) for one in fact("other_variables") or ()),
            factor=fact("factor") or Decimal(1),
        )

    @property
    def is_empty(self) -> bool:
        return not self.formula.strip()

    @property
    def variables(self) -> list[Variable]:
        """Those that somebody named; the one that has only the symbol of every indicator is none yet."""
        numerator = self.numerator
        unnamed = numerator.symbol == DEFAULT_SYMBOL and not numerator.name and DEFAULT_SYMBOL not in self.formula
        found = [*([] if unnamed else [numerator]), self.denominator, *self.others]
        return [one for one in found if one.symbol or one.name]


@dataclass(frozen=True, slots=True)
class Judged:
    """`tree` None when there is no formula or it cannot be read. `capture` None without a sound formula."""

    written: Written
    tree: Node | None
    problems: tuple[Problem, ...]
    capture: Captured | None

    @property
    def is_sound(self) -> bool:
        return self.tree is not None and not any(problem.blocks for problem in self.problems)

    @property
    def is_computed(self) -> bool:
        """The engine's figures are those of the formula."""
        return self.is_sound and self.capture is not None and self.capture.is_computed

    @property
    def by_variables(self) -> bool:
        """Each variable is captured, and the month's figures result from the formula."""
        return self.is_computed and self.capture is not None and self.capture.by_variables


def judged(written: Written) -> Judged:
    """Never raises. An empty formula has no problems."""
    if not written.formula.strip():
        return Judged(written, None, (), None)
    checked = check(written.formula, written.variables, written.unit)
    if checked.tree is None or not checked.is_sound:
        return Judged(written, checked.tree, checked.problems, None)
    capture = captured(checked.tree, written.accumulation)
    roles = list(_roles(written, capture))
    problems = sorted([*checked.problems, *roles, *capture.problems], key=lambda problem: not problem.blocks)
    return Judged(written, checked.tree, tuple(problems), capture)


def _roles(written: Written, capture: Captured) -> Iterator[Problem]:
    """What is captured as numerator and denominator must be what the formula names, each in its place; and the factor,
    the formula's."""
    shape = capture.shape
    if not capture.is_computed:
        return
    if capture.by_variables:
        pass  # each has a field of its own, wherever it is written
    elif shape.numerator != written.numerator.symbol:
        template = _NUMERATOR if shape.by_parts else _VALUE
        yield Problem("other_numerator", template, {"name": shape.numerator})
    elif shape.by_parts and shape.denominator != written.denominator.symbol:
        yield Problem("other_denominator", _DENOMINATOR, {"name": shape.denominator})
    if shape.by_parts and written.factor not in (1, shape.factor):
        params = {"formula": format(shape.factor, "f"), "factor": format(written.factor.normalize(), "f")}
        yield Problem("other_factor", _FACTOR, params)


_NUMERATOR = N_("La fórmula divide «%(name)s»: escríbala en el primer renglón de las variables, como numerador.")
_VALUE = N_("La fórmula usa «%(name)s»: escríbala en el primer renglón de las variables; es el valor que se captura.")
_DENOMINATOR = N_("La fórmula divide entre «%(name)s»: escríbala en el segundo renglón, como denominador.")
_FACTOR = N_("La fórmula multiplica por %(formula)s y el factor dice %(factor)s. Deje los dos iguales.")
