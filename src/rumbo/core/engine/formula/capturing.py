"""Which formulas the monthly capture feeds. Each month captures one value, or two of which a quotient is made.

`a` alone is the captured value; `k × a ÷ b`, however it is written, is the quotient of what accumulates of each, times
the factor; `k × (a − b) ÷ b`, the change of one against the other. Any other formula documents how the areas obtain the
value that they capture: nothing computes it.
"""

from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from enum import StrEnum

from rumbo.core.engine.formula.problems import Problem
from rumbo.core.engine.formula.tree import Name, Negative, Node, Number, Product, Sum
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_

FACTOR_DECIMALS = 6
LARGEST_FACTOR = Decimal(10) ** 14  # Decimal(20, 6)
_MOST_TERMS = 4  # a rate has two, one more while it is put together; a longer sum is no shape of ours
_PRECISION = 40  # digits while constants are folded; beyond those of any factor


class Kind(StrEnum):
    VALUE = "value"
    RATIO = "ratio"
    RATE = "rate"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Shape:
    """`factor` × `numerator` ÷ `denominator`, or that less `factor` in a rate; a value has no denominator and factor 1;
    a document has nothing."""

    kind: Kind
    numerator: str = ""
    denominator: str = ""
    factor: Decimal = Decimal(1)

    @property
    def is_ratio(self) -> bool:
        return self.kind is Kind.RATIO

    @property
    def by_parts(self) -> bool:
        """Two values are captured each month."""
        return self.kind in (Kind.RATIO, Kind.RATE)


@dataclass(frozen=True, slots=True)
class Captured:
    """What the capture asks for under a formula, and what to know about it."""

    shape: Shape
    problems: tuple[Problem, ...]

    @property
    def is_computed(self) -> bool:
        """The figures of the engine are those of the formula."""
        return self.shape.kind is not Kind.DOCUMENT and not self.problems


type Powers = frozenset[tuple[str, int]]
type Polynomial = dict[Powers, Decimal]
_ONE: Powers = frozenset()


def shape_of(node: Node) -> Shape:
    """What of it the capture can feed."""
    with localcontext(prec=_PRECISION):
        try:
            found = _expanded(node)
        except (DivisionByZero, InvalidOperation, Overflow):
            found = None
    if not found:
        return Shape(Kind.DOCUMENT)
    constant = found.pop(_ONE, Decimal(0))
    if len(found) != 1:
        return Shape(Kind.DOCUMENT)
    powers, factor = next(iter(found.items()))
    above = [name for name, power in powers if power == 1]
    below = [name for name, power in powers if power == -1]
    if len(above) != 1 or len(below) > 1 or len(powers) != 1 + len(below):
        return Shape(Kind.DOCUMENT)
    if not below:
        return Shape(Kind.VALUE, above[0]) if factor == 1 and not constant else Shape(Kind.DOCUMENT)
    if constant not in (0, -factor) or not _is_storable(factor):
        return Shape(Kind.DOCUMENT)
    return Shape(Kind.RATE if constant else Kind.RATIO, above[0], below[0], _tidy(factor))


def _is_storable(factor: Decimal) -> bool:
    return abs(factor) < LARGEST_FACTOR and factor == factor.quantize(Decimal(1).scaleb(-FACTOR_DECIMALS))


def _tidy(factor: Decimal) -> Decimal:
    whole = factor.to_integral_value()
    return whole.quantize(Decimal(1)) if factor == whole else factor.normalize()


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
    """What the capture of an indicator with this formula and accumulation asks for. Problems never block."""
    shape = shape_of(node)
    if shape.kind is Kind.DOCUMENT:
        return Captured(shape, (Problem("not_captured", _document(node), blocks=False),))
    if shape.kind is Kind.RATE and accumulation is not Accumulation.RATE:
        return Captured(shape, (Problem("rate_as_value", _RATE_AS_VALUE, blocks=False),))
    if shape.kind is Kind.RATIO and accumulation is not Accumulation.RATIO:
        return Captured(shape, (Problem("ratio_as_value", _RATIO_AS_VALUE, blocks=False),))
    if shape.kind is Kind.VALUE and accumulation.by_parts:
        return Captured(shape, (Problem("value_as_ratio", _VALUE_AS_RATIO, blocks=False),))
    return Captured(shape, ())


def _document(node: Node) -> str:
    match node:
        case Product(factors) if all(isinstance(part, Name | Number) for _, part in factors):
            return _TIMES if sum(isinstance(part, Name) for _, part in factors) == 1 else _DOCUMENT
    return _DOCUMENT


_DOCUMENT = N_(
    "Esta fórmula se guarda y se publica en la ficha, pero no se calcula sola: cada mes se captura un valor, o dos "
    "que forman un cociente o una tasa. Capture el resultado ya obtenido, o escriba un cociente como 100 × a ÷ b."
)
_TIMES = N_(
    "El factor no se aplica solo a un valor capturado: capture el resultado ya multiplicado y deje la variable sola."
)
_RATIO_AS_VALUE = N_(
    "La fórmula es un cociente, pero los meses no se acumulan como cociente: se capturará el resultado de cada mes. "
    "Para capturar numerador y denominador elija «Cociente de los acumulados»."
)
_RATE_AS_VALUE = N_(
    "La fórmula es una tasa de cambio, pero los meses no se acumulan como tal: se capturará el resultado de cada mes. "
    "Para capturar las dos variables elija «Tasa de cambio de los acumulados»."
)
_VALUE_AS_RATIO = N_(
    "Los meses se acumulan como cociente, pero la fórmula no divide dos variables: escríbala como 100 × a ÷ b."
)
