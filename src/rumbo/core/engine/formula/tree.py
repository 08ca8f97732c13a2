"""A formula once read. Chains are flat («a + b − c» is one sum of three), so that a long one is not a deep one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rumbo.core.engine.formula.problems import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Number:
    """`text` as typed: «50 %» is worth 0.5."""

    value: Decimal
    text: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Name:
    symbol: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Negative:
    body: "Node"
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Sum:
    """`terms` with their sign, + or -; from left to right."""

    terms: tuple[tuple[str, "Node"], ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Product:
    """`factors` with what is done with each, * or /; from left to right."""

    factors: tuple[tuple[str, "Node"], ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Call:
    """min, max, abs or round; `places` are the decimals of a round."""

    function: str
    arguments: tuple["Node", ...]
    places: int = 0
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left` against each of `rights` in turn: 0 <= a <= 1 is true when both are."""

    left: "Node"
    rights: tuple[tuple[str, "Node"], ...]
    span: Span = NOWHERE

    @property
    def pairs(self) -> Iterator[tuple["Node", str, "Node"]]:
        left = self.left
        for sign, right in self.rights:
            yield left, sign, right
            left = right


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: Comparison
    then: "Node"
    otherwise: "Node"
    span: Span = NOWHERE


type Node = Number | Name | Negative | Sum | Product | Call | Conditional


def children(node: Node | Comparison) -> tuple[Node | Comparison, ...]:
    match node:
        case Negative(body):
            return (body,)
        case Sum(parts) | Product(parts):
            return tuple(part for _, part in parts)
        case Call(_, arguments):
            return arguments
        case Comparison(left, rights):
            return (left, *(right for _, right in rights))
        case Conditional(condition, then, otherwise):
            return (condition, then, otherwise)
    return ()


def walk(node: Node | Comparison) -> Iterator[Node | Comparison]:
    """It and all below, from left to right."""
    waiting: list[Node | Comparison] = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(children(one)))


def names_in(node: Node) -> tuple[str, ...]:
    """Symbols used, once each, in the order in which they appear."""
    return tuple(dict.fromkeys(one.symbol for one in walk(node) if isinstance(one, Name)))
