"""A formula as one sum of variables over another, (k₁·a + k₂·b + c) ÷ (k₃·d + …) × factor, when it is one.

Coefficients are exact fractions: what is added month after month is added without noise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from rumbo.core.engine.formula.tree import Name, Negative, Node, Number, Product, Sum

FACTOR_DECIMALS = 6
LARGEST_FACTOR = 10**14  # Decimal(20, 6)
CONSTANT = ""  # the symbol of what has none

type Terms = dict[str, Fraction]
type Linear = tuple[tuple[str, Fraction], ...]
type Parts = tuple[Terms, Terms | None]  # above and below; None below is 1


@dataclass(frozen=True, slots=True)
class Quotient:
    """`factor` × `upper` ÷ `lower`; without `lower` nothing divides, and the factor is in `upper`.

    Thirds above become whole numbers below: what is stored with six decimals would not be exact.
    """

    upper: Linear
    lower: Linear
    factor: Decimal

    @property
    def has_constant(self) -> bool:
        """A number stands alone above or below: added month after month it would count once for each month."""
        return any(symbol == CONSTANT for symbol, _ in (*self.upper, *self.lower))


def quotient_of(node: Node) -> Quotient | None:
    """None for what is no such thing: a product of variables, a function, a condition."""
    parts = _parts(node)
    if parts is None or not _symbols(parts[0]):
        return None
    upper, lower = parts
    if lower is None:
        return Quotient(_linear(upper), (), Decimal(1))
    factor = _leading(node)
    if factor in (0, 1):
        factor = _shared(upper)
    stored = storable(factor) or Decimal(1)
    upper = _scaled(upper, 1 / Fraction(stored))
    whole = lcm(
        *(share.denominator for share in (*upper.values(), *lower.values()) if storable(abs(share) or 1) is None)
    )
    return Quotient(_linear(_scaled(upper, Fraction(whole))), _linear(_scaled(lower, Fraction(whole))), stored)


def storable(factor: Fraction | int) -> Decimal | None:
    """As the factor of an indicator is kept; None when it cannot be, exactly."""
    scaled = factor * Fraction(10**FACTOR_DECIMALS)
    if not factor or scaled.denominator != 1 or abs(scaled) >= LARGEST_FACTOR * 10**FACTOR_DECIMALS:
        return None
    return tidy(Decimal(scaled.numerator).scaleb(-FACTOR_DECIMALS))


def tidy(factor: Decimal) -> Decimal:
    whole = factor.to_integral_value()
    return whole.quantize(Decimal(1)) if factor == whole else factor.normalize()


def value_of(linear: Linear, values: Mapping[str, Decimal]) -> Fraction:
    """Raises KeyError when a value is missing."""
    return sum(
        (share if symbol == CONSTANT else share * Fraction(values[symbol]) for symbol, share in linear), Fraction(0)
    )


def _linear(terms: Terms) -> Linear:
    return tuple((symbol, share) for symbol, share in terms.items() if share)


def _symbols(terms: Terms) -> set[str]:
    return {symbol for symbol, share in terms.items() if share and symbol != CONSTANT}


def _scaled(terms: Terms, by: Fraction) -> Terms:
    return {symbol: share * by for symbol, share in terms.items()}


def _alone(terms: Terms) -> Fraction | None:
    """Its number, when there is no variable in it."""
    return None if _symbols(terms) else terms.get(CONSTANT, Fraction(0))


def _shared(terms: Terms) -> Fraction:
    """What multiplies all of them alike: 100 of 100·a − 100·b."""
    sizes = {abs(share) for share in terms.values() if share}
    return sizes.pop() if len(sizes) == 1 else Fraction(1)


def _leading(node: Node) -> Fraction:
    """The numbers that multiply or divide the whole formula, as it is written."""
    match node:
        case Negative(body):
            return -_leading(body)
        case Product(factors):
            found = Fraction(1)
            for sign, part in factors:
                inner = Fraction(part.value) if isinstance(part, Number) else _leading(part) if sign == "*" else 1
                if not inner:
                    return Fraction(0)
                found = found * inner if sign == "*" else found / inner
            return found
    return Fraction(1)


def _parts(node: Node) -> Parts | None:
    match node:
        case Number(value):
            return {CONSTANT: Fraction(value)}, None
        case Name(symbol):
            return {symbol: Fraction(1)}, None
        case Negative(body):
            inner = _parts(body)
            return None if inner is None else (_scaled(inner[0], Fraction(-1)), inner[1])
        case Sum(terms):
            return _added(terms)
        case Product(factors):
            return _multiplied(factors)
    return None


def _added(terms: tuple[tuple[str, Node], ...]) -> Parts | None:
    total: Terms = {}
    below: Terms | None = None
    for sign, term in terms:
        part = _parts(term)
        if part is None:
            return None
        upper, lower = part
        if lower is not None and below is not None:
            times = _times(lower, below)  # a ÷ b + c ÷ 2b
            if times is None:
                return None
            upper = _scaled(upper, 1 / times)
        elif lower is not None:  # what was whole goes over it, unless it has variables
            whole = _alone(total)
            if whole is None:
                return None
            total, below = _scaled(lower, whole), lower
        elif below is not None:
            whole = _alone(upper)
            if whole is None:
                return None
            upper = _scaled(below, whole)
        for symbol, share in upper.items():
            total[symbol] = total.get(symbol, Fraction(0)) + (share if sign == "+" else -share)
    return total, below


def _times(one: Terms, other: Terms) -> Fraction | None:
    """How many times `other` is `one`; None when it is no multiple."""
    first = next(symbol for symbol, share in one.items() if share)
    if not other.get(first):
        return None
    times = one[first] / other[first]
    every = {*one, *other}
    alike = all(one.get(symbol, Fraction(0)) == times * other.get(symbol, Fraction(0)) for symbol in every)
    return times if alike else None


def _multiplied(factors: tuple[tuple[str, Node], ...]) -> Parts | None:
    above: Terms = {CONSTANT: Fraction(1)}
    below: Terms | None = None
    for sign, factor in factors:
        part = _parts(factor)
        if part is None:
            return None
        upper, lower = part if sign == "*" else _upside_down(part)
        if lower is not None and (below is not None or not any(lower.values())):
            return None  # over two sums, or over nothing
        number, times = _alone(upper), _alone(above)
        if number is not None:
            above = _scaled(above, number)
        elif times is not None:
            above = _scaled(upper, times)
        else:
            return None  # variables times variables
        if lower is not None:
            divisor = _alone(lower)
            if divisor is None:
                below = lower
            else:
                above = _scaled(above, 1 / divisor)
    return above, below


def _upside_down(part: Parts) -> Parts:
    upper, lower = part
    return (lower if lower is not None else {CONSTANT: Fraction(1)}), upper
