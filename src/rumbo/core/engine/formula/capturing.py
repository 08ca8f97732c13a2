"""Which formulas the monthly capture feeds. Each month captures one value, or two of which a quotient is made.

`a` alone is the captured value; `k × a ÷ b`, however it is written, is the quotient of what accumulates of each, times
the factor. Any other formula documents how the areas obtain the value that they capture: nothing computes it.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from enum import StrEnum

from rumbo.core.engine.formula.problems import Problem
from rumbo.core.engine.formula.tree import Name, Negative, Node, Number, Product, Sum
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_

FACTOR_DECIMALS = 6
LARGEST_FACTOR = Decimal(10) ** 14  # Decimal(20, 6)
_PRECISION = 40  # digits while constants are folded; beyond those of any factor


class Kind(StrEnum):
    VALUE = "value"
    RATIO = "ratio"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Shape:
    """`factor` × `numerator` ÷ `denominator`; a value has no denominator and factor 1; a document has nothing."""

    kind: Kind
    numerator: str = ""
    denominator: str = ""
    factor: Decimal = Decimal(1)

    @property
    def is_ratio(self) -> bool:
        return self.kind is Kind.RATIO


@dataclass(frozen=True, slots=True)
class Captured:
    """What the capture asks for under a formula, and what to know about it."""

    shape: Shape
    problems: tuple[Problem, ...]

    @property
    def is_computed(self) -> bool:
        """The figures of the engine are those of the formula."""
        return self.shape.kind is not Kind.DOCUMENT and not self.problems


type _Monomial = tuple[Decimal, Counter[str]]


def shape_of(node: Node) -> Shape:
    """What of it the capture can feed."""
    with localcontext(prec=_PRECISION):
        try:
            found = _monomial(node)
        except (DivisionByZero, InvalidOperation, OverflowError):
            found = None
    if found is None:
        return Shape(Kind.DOCUMENT)
    factor, powers = found[0], {name: power for name, power in found[1].items() if power}
    above = [name for name, power in powers.items() if power == 1]
    below = [name for name, power in powers.items() if power == -1]
    if len(above) + len(below) != len(powers) or len(above) != 1 or len(below) > 1:
        return Shape(Kind.DOCUMENT)
    if not below:
        return Shape(Kind.VALUE, above[0]) if factor == 1 else Shape(Kind.DOCUMENT)
    exact = factor.quantize(Decimal(1).scaleb(-FACTOR_DECIMALS)) if abs(factor) < LARGEST_FACTOR else None
    if exact is None or exact != factor or not factor:
        return Shape(Kind.DOCUMENT)
    return Shape(Kind.RATIO, above[0], below[0], _tidy(factor))


def _tidy(factor: Decimal) -> Decimal:
    whole = factor.to_integral_value()
    return whole.quantize(Decimal(1)) if factor == whole else factor.normalize()


def _monomial(node: Node) -> _Monomial | None:
    """Constant and powers of a product of variables; None for what is not one. A sum of constants is a constant."""
    match node:
        case Number(value):
            return value, Counter()
        case Name(symbol):
            return Decimal(1), Counter({symbol: 1})
        case Negative(body):
            inner = _monomial(body)
            return None if inner is None else (-inner[0], inner[1])
        case Sum(terms):
            total = Decimal(0)
            for sign, term in terms:
                part = _monomial(term)
                if part is None or part[1]:
                    return None
                total += part[0] if sign == "+" else -part[0]
            return total, Counter()
        case Product(factors):
            return _product(factors)
    return None


def _product(factors: tuple[tuple[str, Node], ...]) -> _Monomial | None:
    constant, powers = Decimal(1), Counter[str]()
    for sign, factor in factors:
        part = _monomial(factor)
        if part is None:
            return None
        if sign == "*":
            constant *= part[0]
            powers.update(part[1])
        else:
            constant /= part[0]
            powers.subtract(part[1])
    return constant, powers


def captured(node: Node, accumulation: Accumulation) -> Captured:
    """What the capture of an indicator with this formula and accumulation asks for. Problems never block."""
    shape = shape_of(node)
    if shape.kind is Kind.DOCUMENT:
        return Captured(shape, (Problem("not_captured", _document(node), blocks=False),))
    if shape.is_ratio and accumulation is not Accumulation.RATIO:
        return Captured(shape, (Problem("ratio_as_value", _RATIO_AS_VALUE, blocks=False),))
    if not shape.is_ratio and accumulation is Accumulation.RATIO:
        return Captured(shape, (Problem("value_as_ratio", _VALUE_AS_RATIO, blocks=False),))
    return Captured(shape, ())


def _document(node: Node) -> str:
    match node:
        case Product(factors) if all(isinstance(part, Name | Number) for _, part in factors):
            return _TIMES if sum(isinstance(part, Name) for _, part in factors) == 1 else _DOCUMENT
    return _DOCUMENT


_DOCUMENT = N_(
    "Esta fórmula se guarda y se publica en la ficha, pero no se calcula sola: la captura pide un valor al mes o dos "
    "que forman un cociente. Capture el resultado ya obtenido, o un cociente como 100 × a ÷ b."
)
_TIMES = N_(
    "El factor no se aplica solo a un valor capturado: capture el resultado ya multiplicado y deje la variable sola."
)
_RATIO_AS_VALUE = N_(
    "La fórmula es un cociente, pero los meses no se acumulan como cociente: se capturará el resultado de cada mes. "
    "Para capturar numerador y denominador elija «Cociente de los acumulados»."
)
_VALUE_AS_RATIO = N_(
    "Los meses se acumulan como cociente, pero la fórmula no divide dos variables: escríbala como 100 × a ÷ b."
)
