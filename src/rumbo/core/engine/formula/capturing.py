"""What the capture asks for under a formula, and how the month's figures come of it.

`a` alone is the captured value; `k × a ÷ b`, however it is written, is the quotient of what accumulates of each, times
the factor; `k × (a − b) ÷ b`, the change of one against the other. One sum of variables over another, of any length, is
captured variable by variable and accumulates by its two sums. Of any other formula the month's value is its result with
the values of that month: months so made are averaged, or the last one counts, but they are never added.
"""

from dataclasses import dataclass, replace
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from enum import StrEnum
from fractions import Fraction

from rumbo.core.engine.formula.linear import CONSTANT, Linear, quotient_of, storable
from rumbo.core.engine.formula.problems import Problem
from rumbo.core.engine.formula.tree import Name, Negative, Node, Number, Product, Sum
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_

_MOST_TERMS = 4  # a rate has two, one more while it is put together; a longer sum is composed
_PRECISION = 40  # digits while constants are folded; beyond those of any factor


class Kind(StrEnum):
    VALUE = "value"
    RATIO = "ratio"
    RATE = "rate"
    COMPOSED = "composed"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Shape:
    """`factor` × `numerator` ÷ `denominator`, or that less `factor` in a rate; a value has no denominator and factor 1.

    `upper` and `lower` are the sums of variables of which the month's numerator and denominator are made; without
    `lower` there is only a value. A result has neither: it is the whole formula.
    """

    kind: Kind
    numerator: str = ""
    denominator: str = ""
    factor: Decimal = Decimal(1)
    upper: Linear = ()
    lower: Linear = ()

    @property
    def is_ratio(self) -> bool:
        return self.kind is Kind.RATIO

    @property
    def by_parts(self) -> bool:
        """The month has a numerator and a denominator, each added on its side."""
        return self.kind in (Kind.RATIO, Kind.RATE) or bool(self.lower)


@dataclass(frozen=True, slots=True)
class Captured:
    """What the capture asks for under a formula, and what to know about it."""

    shape: Shape
    problems: tuple[Problem, ...]

    @property
    def is_computed(self) -> bool:
        """The figures of the engine are those of the formula."""
        return not self.problems

    @property
    def by_variables(self) -> bool:
        """Each variable has a field of its own, and the month's figures result from them."""
        return self.is_computed and self.shape.kind in (Kind.COMPOSED, Kind.RESULT)


type Powers = frozenset[tuple[str, int]]
type Polynomial = dict[Powers, Decimal]
_ONE: Powers = frozenset()


def shape_of(node: Node) -> Shape:
    """What it is by itself, however its months accumulate."""
    return _simple(node) or _composed(node) or Shape(Kind.RESULT)


def single(symbol: str) -> Shape:
    """The captured value alone."""
    return Shape(Kind.VALUE, symbol, upper=((symbol, Fraction(1)),))


def pair(kind: Kind, above: str, below: str, factor: Decimal = Decimal(1)) -> Shape:
    """A ratio or a rate of two captured values."""
    return Shape(kind, above, below, factor, ((above, Fraction(1)),), ((below, Fraction(1)),))


def _simple(node: Node) -> Shape | None:
    """A value, a ratio or a rate of two variables."""
    with localcontext(prec=_PRECISION):
        try:
            found = _expanded(node)
        except (DivisionByZero, InvalidOperation, Overflow):
            found = None
    if not found:
        return None
    constant = found.pop(_ONE, Decimal(0))
    if len(found) != 1:
        return None
    powers, factor = next(iter(found.items()))
    above = [name for name, power in powers if power == 1]
    below = [name for name, power in powers if power == -1]
    if len(above) != 1 or len(below) > 1 or len(powers) != 1 + len(below):
        return None
    if not below:
        return single(above[0]) if factor == 1 and not constant else None
    stored = storable(Fraction(factor))
    if constant not in (0, -factor) or stored is None:
        return None
    return pair(Kind.RATE if constant else Kind.RATIO, above[0], below[0], stored)


def _composed(node: Node) -> Shape | None:
    found = quotient_of(node)
    if found is None:
        return None
    return Shape(Kind.COMPOSED, factor=found.factor, upper=found.upper, lower=found.lower)


def _expanded(node: Node) -> Polynomial | None:
    """The sum of products that it is; None for what is not one, or is longer than any that is captured."""
    match node:
        case Number(value):
            return {_ONE: value} if value else {}
        case Name(symbol):
            return {frozenset({(symbol, 1)}): Decimal(1)}
        case Negative(body):
            inner = _expanded(body)
            return None if inner is None else {powers: -value for powers, value in inner.items()}
        case Sum(terms):
            return _sum(terms)
        case Product(factors):
            return _product(factors)
    return None


def _sum(terms: tuple[tuple[str, Node], ...]) -> Polynomial | None:
    total: Polynomial = {}
    for sign, term in terms:
        part = _expanded(term)
        if part is None:
            return None
        for powers, value in part.items():
            total[powers] = total.get(powers, Decimal(0)) + (value if sign == "+" else -value)
    found = {powers: value for powers, value in total.items() if value}
    return found if len(found) <= _MOST_TERMS else None


def _product(factors: tuple[tuple[str, Node], ...]) -> Polynomial | None:
    total: Polynomial = {_ONE: Decimal(1)}
    for sign, factor in factors:
        part = _expanded(factor)
        if part is None or (sign == "/" and len(part) != 1):
            return None  # only what is divided by one product is still a sum of products
        if sign == "/":
            ((powers, value),) = part.items()
            part = {frozenset((name, -power) for name, power in powers): 1 / value}
        found: Polynomial = {}
        for one, a in total.items():
            for other, b in part.items():
                both = _times(one, other)
                found[both] = found.get(both, Decimal(0)) + a * b
        total = {powers: value for powers, value in found.items() if value}
        if len(total) > _MOST_TERMS:
            return None
    return total


def _times(one: Powers, other: Powers) -> Powers:
    powers = dict(one)
    for name, power in other:
        powers[name] = powers.get(name, 0) + power
    return frozenset((name, power) for name, power in powers.items() if power)


def captured(node: Node, accumulation: Accumulation) -> Captured:
    """What the capture of an indicator with this formula and accumulation asks for."""
    shape = shape_of(node)
    if shape.kind is Kind.VALUE:
        return _with(shape, "value_as_ratio", _VALUE_AS_RATIO) if accumulation.by_parts else Captured(shape, ())
    if shape.kind is _PAIRS.get(accumulation):
        return Captured(shape, ())
    if accumulation not in _ADDED:
        return Captured(Shape(Kind.RESULT), ())
    composed = shape if shape.kind is Kind.COMPOSED else _composed(node)
    if composed is None:
        return _with(Shape(Kind.RESULT), "not_added", _NOT_ADDED, blocks=True)
    return _added(composed, accumulation)


# What is made of two captured values, and how its months must accumulate for it to hold of the year.
_PAIRS = {Accumulation.RATIO: Kind.RATIO, Accumulation.RATE: Kind.RATE}
_ADDED = (Accumulation.SUM, Accumulation.RATIO, Accumulation.RATE)


def _added(shape: Shape, accumulation: Accumulation) -> Captured:
    """Of what is added month after month: the year must be the formula of what was added."""
    if accumulation is Accumulation.SUM and shape.lower:
        return _with(shape, "quotient_added", _QUOTIENT_ADDED, blocks=True)
    if accumulation.by_parts and not shape.lower:
        return _with(shape, "value_as_ratio", _VALUE_AS_RATIO)
    if any(symbol == CONSTANT for symbol, _ in (*shape.upper, *shape.lower)):
        return _with(shape, "constant_added", _CONSTANT_ADDED, blocks=True)
    if accumulation is Accumulation.RATE:
        rate = _rate(shape)
        return Captured(rate, ()) if rate else _with(shape, "no_rate", _NO_RATE, blocks=True)
    return Captured(shape, ())


def _rate(shape: Shape) -> Shape | None:
    """(x − y) ÷ y has x for its numerator: the engine takes the denominator away. None when it is no change of y."""
    upper, lower = dict(shape.upper), dict(shape.lower)
    if not lower or any(upper.get(symbol) != -share for symbol, share in lower.items()):
        return None
    left = tuple((symbol, share) for symbol, share in upper.items() if symbol not in lower)
    return replace(shape, upper=left) if left else None


def _with(shape: Shape, code: str, template: str, *, blocks: bool = False) -> Captured:
    return Captured(shape, (Problem(code, template, blocks=blocks),))


_VALUE_AS_RATIO = N_(
    "Los meses se acumulan como cociente, pero la fórmula no divide dos variables: escríbala como 100 × a ÷ b."
)
_NOT_ADDED = N_(
    "El resultado de esta fórmula no se puede acumular sumando los meses: multiplica variables entre sí, o usa una "
    "función o una condición. Elija «Promedio de los meses», «Vale el último dato» o «Cada mes por separado», o "
    "escríbala como texto en la definición."
)
_QUOTIENT_ADDED = N_(
    "Un cociente no se suma mes con mes. Elija «Cociente de los acumulados», o «Promedio de los meses» si cada mes "
    "vale lo mismo."
)
_CONSTANT_ADDED = N_(
    "La fórmula suma o resta un número fijo, que al acumular se contaría una vez por cada mes. Hágalo una variable que "
    "se captura, o elija «Promedio de los meses», «Vale el último dato» o «Cada mes por separado»."
)
_NO_RATE = N_(
    "Los meses se acumulan como tasa de cambio, pero la fórmula no compara algo con su base: escríbala como "
    "100 × (a − b) ÷ b, o elija «Cociente de los acumulados»."
)
