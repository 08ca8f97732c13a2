"""A formula as a function of arrays, with the engine's meaning of missing, zero and infinity.

A blank (NaN) makes the result blank, also in a condition: nobody is sent down the other branch for not reporting. A
division by zero and a figure beyond what a double holds have no result (NaN), never infinity.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rumbo.core.engine.block import Bools, Floats
from rumbo.core.engine.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    names_in,
)
from rumbo.core.engine.missing import TIE, half_up

type Values = Mapping[str, Any]
type Run = Callable[[Values], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """`names`: what it needs, in the order of the formula."""

    names: tuple[str, ...]
    run: Run

    def __call__(self, values: Mapping[str, Floats]) -> Floats:
        """f8 of the common shape of the arrays, [n] or [n, s]; more names than needed do no harm.

        Raises ValueError when a name is missing or shapes differ. Without names, an array of no dimensions.
        """
        lacking = [name for name in self.names if name not in values]
        if lacking:
            raise ValueError(f"no values for {', '.join(lacking)}")
        arrays = {name: _finite(np.asarray(values[name], dtype=float)) for name in self.names}
        shapes = {array.shape for array in arrays.values()}
        if len(shapes) > 1:
            raise ValueError(f"shapes differ: {shapes}")
        with np.errstate(all="ignore"):
            result = np.asarray(self.run(arrays), dtype=float)
        shape = next(iter(shapes), ())
        shared = result.shape != shape or any(result is array for array in arrays.values())
        return np.broadcast_to(result, shape).copy() if shared else result


def compiled(tree: Node) -> Compiled:
    """Compile once, run over any number of rows."""
    return Compiled(names_in(tree), _run(tree))


def _run(node: Node) -> Run:
    match node:
        case Number(value):
            constant = np.float64(value)
            return lambda values: constant
        case Name(symbol):
            return lambda values: values[symbol]
        case Negative(body):
            inner = _run(body)
            return lambda values: -inner(values)
        case Sum(terms):
            return _sum([(sign, _run(term)) for sign, term in terms])
        case Product(factors):
            return _product([(sign, _run(factor)) for sign, factor in factors])
        case Call(function, arguments, places):
            return _call(function, [_run(one) for one in arguments], places)
        case Conditional(condition, then, otherwise):
            return _conditional(_condition(condition), _run(then), _run(otherwise))


def _sum(terms: list[tuple[str, Run]]) -> Run:
    def run(values: Values) -> Any:
        total = terms[0][1](values)
        scale = np.abs(total)
        for sign, term in terms[1:]:
            part = term(values)
            total = total + part if sign == "+" else total - part
            scale = np.maximum(scale, np.abs(part))
        # 0.1 + 0.2 − 0.3 is zero, also as a denominator: what is left is the noise of the arithmetic
        return _finite(np.where(np.abs(total) <= TIE * scale, 0.0, total))

    return run


def _product(factors: list[tuple[str, Run]]) -> Run:
    def run(values: Values) -> Any:
        total = factors[0][1](values)
        for sign, factor in factors[1:]:
            other = factor(values)
            total = total * other if sign == "*" else total / np.where(other == 0, np.nan, other)
        return _finite(total)

    return run


def _call(function: str, arguments: list[Run], places: int) -> Run:
    first = arguments[0]
    if function == "abs":
        return lambda values: np.abs(first(values))
    if function == "round":
        return lambda values: _rounded(first(values), places)
    pick = np.minimum if function == "min" else np.maximum  # both give NaN when either is NaN

    def run(values: Values) -> Any:
        found = first(values)
        for other in arguments[1:]:
            found = pick(found, other(values))
        return found

    return run


def _rounded(values: Any, places: int) -> Any:
    """Half up, as every percentage of the engine. A figure too large to be rounded is left as it is."""
    array = np.asarray(values, dtype=float)
    rounded = half_up(np.atleast_1d(array), places).reshape(array.shape)
    return np.where(np.isfinite(rounded), rounded, array)


def _conditional(condition: Callable[[Values], tuple[Bools, Bools]], then: Run, otherwise: Run) -> Run:
    def run(values: Values) -> Any:
        holds, known = condition(values)
        return np.where(known, np.where(holds, then(values), otherwise(values)), np.nan)

    return run


def _condition(node: Comparison) -> Callable[[Values], tuple[Bools, Bools]]:
    """Where it holds, and where all of its sides are known."""
    pairs = [(_run(left), sign, _run(right)) for left, sign, right in node.pairs]

    def run(values: Values) -> tuple[Any, Any]:
        holds: Any = np.True_
        known: Any = np.True_
        for left, sign, right in pairs:
            a, b = left(values), right(values)
            holds = holds & _compare(a, sign, b)
            known = known & ~(np.isnan(a) | np.isnan(b))
        return holds, known

    return run


def _compare(a: Any, sign: str, b: Any) -> Any:
    """0.1 + 0.2 equals 0.3: what the noise of the arithmetic alone tells apart is equal, as in a tie of bands."""
    same = np.abs(a - b) <= TIE * np.maximum(np.abs(a), np.abs(b))
    match sign:
        case "==":
            return same
        case "!=":
            return ~same
        case "<":
            return (a < b) & ~same
        case "<=":
            return (a < b) | same
        case ">":
            return (a > b) & ~same
        case _:
            return (a > b) | same


def _finite(values: Any) -> Any:
    infinite = np.isinf(values)
    return np.where(infinite, np.nan, values) if infinite.any() else values
