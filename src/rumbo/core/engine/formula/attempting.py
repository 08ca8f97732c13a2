"""One try of a formula with values that somebody types: the result, the operation with its numbers, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from rumbo.core.engine.explain import written
from rumbo.core.engine.formula.compiling import compiled
from rumbo.core.engine.formula.explaining import with_numbers
from rumbo.core.engine.formula.problems import Problem
from rumbo.core.engine.formula.tree import Comparison, Conditional, Node, Number, Product, children, names_in
from rumbo.core.vocabulary.marking import N_


@dataclass(frozen=True, slots=True)
class Attempt:
    """`value` None is «no result», and `problem` says why; `numbers` is the formula with its values in it."""

    value: float | None
    numbers: str
    problem: Problem | None = None
    lacking: tuple[str, ...] = ()


def attempt(tree: Node, values: Mapping[str, float | None]) -> Attempt:
    """Of one month. A value that is not there is «sin dato», and so is what depends on it."""
    lacking = tuple(name for name in names_in(tree) if values.get(name) is None)
    found = _value(tree, values)
    numbers = with_numbers(tree, values)
    if found is not None:
        equal = "" if numbers == written(found) else f" = {written(found)}"
        return Attempt(found, numbers + equal, None, lacking)
    zero = _zero(tree, values)
    if zero is not None:
        return Attempt(None, numbers, Problem("zero_denominator", _ZERO, {}, zero.span, blocks=False), lacking)
    if lacking:
        names = ", ".join(f"«{name}»" for name in lacking)
        return Attempt(None, numbers, Problem("missing", _MISSING, {"names": names}, blocks=False), lacking)
    return Attempt(None, numbers, Problem("undefined", _UNDEFINED, blocks=False), lacking)


def _value(tree: Node, values: Mapping[str, float | None]) -> float | None:
    """By the same function that runs over arrays."""
    run = compiled(tree)
    one = {name: np.array([np.nan if (value := values.get(name)) is None else value]) for name in run.names}
    result = float(run(one).reshape(-1)[0])
    return None if np.isnan(result) else result


def _zero(node: Node | Comparison, values: Mapping[str, float | None]) -> Node | None:
    """The first denominator that is zero, in the branch that is taken."""
    if isinstance(node, Product):
        for sign, factor in node.factors:
            if sign == "/" and _value(factor, values) == 0:
                return factor
    if isinstance(node, Conditional):
        taken = _value(Conditional(node.condition, _ONE, _NONE), values)
        if taken is None:
            return _zero(node.condition, values)
        return _zero(node.then if taken else node.otherwise, values)
    for child in children(node):
        if (found := _zero(child, values)) is not None:
            return found
    return None


_ONE, _NONE = Number(Decimal(1), "1"), Number(Decimal(0), "0")
_ZERO = N_("El denominador es cero: no calculable. No se toma por cero ni por infinito.")
_MISSING = N_("Sin dato: falta el valor de %(names)s.")
_UNDEFINED = N_("La operación no tiene resultado con estos valores.")
