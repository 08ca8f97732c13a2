"""A formula as signs, as a sentence, and with the numbers of a month in it."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from rumbo.core.engine.explain import written
from rumbo.core.engine.formula.capturing import Shape, shape_of
from rumbo.core.engine.formula.linear import CONSTANT, Linear
from rumbo.core.engine.formula.tree import Call, Comparison, Conditional, Name, Negative, Node, Number, Product, Sum
from rumbo.core.engine.formula.variables import Variable
from rumbo.core.vocabulary.marking import N_

type Say = Callable[[str], str]
type Leaf = Callable[[Name], str]

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_FUNCTIONS = {"min": "min", "max": "max", "abs": "abs", "round": "redondear"}


def symbols(node: Node) -> str:
    """«100 × (a − b) ÷ b»: as typed, in the signs of print."""
    return _write(node, lambda name: name.symbol)


def with_numbers(node: Node, values: Mapping[str, float | None], blank: str = "–") -> str:
    """«100 × 45 ÷ 60»: `blank` stands for what has no value."""

    def leaf(name: Name) -> str:
        value = values.get(name.symbol)
        if value is None:
            return blank
        return f"({written(value)})" if value < 0 else written(value)

    return _write(node, leaf)


def _write(node: Node, leaf: Leaf) -> str:
    match node:
        case Number(value, text):
            return text if "%" in text else plain(value)
        case Name():
            return leaf(node)
        case Negative(body):
            inner = _write(body, leaf)
            return f"−({inner})" if isinstance(body, Sum | Negative) else f"−{inner}"
        case Sum(terms):
            return _chain(terms, leaf, lambda part, first: isinstance(part, Sum) or (_is_signed(part) and not first))
        case Product(factors):
            return _chain(
                factors,
                leaf,
                lambda part, first: (
                    isinstance(part, Sum)
                    or (isinstance(part, Product) and not first)
                    or (_is_signed(part) and not first)
                ),
            )
        case Call(function, arguments, places):
            inside = ", ".join(_write(one, leaf) for one in arguments) + (f", {places}" if places else "")
            return f"{_FUNCTIONS[function]}({inside})"
        case Conditional(condition, then, otherwise):
            return f"si({_condition(condition, leaf)}, {_write(then, leaf)}, {_write(otherwise, leaf)})"


def _is_signed(node: Node) -> bool:
    return isinstance(node, Negative)


def _chain(parts: Sequence[tuple[str, Node]], leaf: Leaf, wraps: Callable[[Node, bool], bool]) -> str:
    text = ""
    for index, (sign, part) in enumerate(parts):
        inner = _write(part, leaf)
        inner = f"({inner})" if wraps(part, index == 0) else inner
        text = inner if index == 0 else f"{text} {_SIGNS[sign]} {inner}"
    return text


def _condition(node: Comparison, leaf: Leaf) -> str:
    return _write(node.left, leaf) + "".join(f" {_SIGNS[sign]} {_write(right, leaf)}" for sign, right in node.rights)


def told_sum(linear: Linear, titles: Mapping[str, str]) -> str:
    """«Casos atendidos + 0.5 × Casos turnados», with the names of people; empty when there is nothing."""
    text = ""
    for symbol, share in linear:
        size = f"{written(float(abs(share)))} × " if abs(share) != 1 else ""
        part = f"{size}{titles.get(symbol, symbol)}" if symbol != CONSTANT else written(float(abs(share)))
        sign = "−" if share < 0 else "+"
        text = f"{text} {sign} {part}" if text else part if share > 0 else f"−{part}"
    return text


def plain(value: Decimal) -> str:
    """With commas for thousands and no zeros that say nothing."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def sentence(node: Node, variables: Sequence[Variable] = (), say: Say = str) -> str:
    """How it is read aloud, with the names of people: «De cada 100 «casos recibidos», cuántos «casos atendidos»».

    `say` translates a source string; without it the sentence is in Spanish.
    """
    voice = _Voice(say, {one.symbol: _quoted(one.title, say) for one in variables})
    shape = shape_of(node)
    simple = _simple(node, shape, voice)
    text = simple or voice.read(node)
    first = 1 if text.startswith("(") else 0
    return f"{text[:first]}{text[first : first + 1].upper()}{text[first + 1 :]}."


def _quoted(name: str, say: Say) -> str:
    """Each language has its own quotation marks."""
    return say(N_("«%(name)s»")) % {"name": name}


def _simple(node: Node, shape: Shape, voice: "_Voice") -> str:
    """The two forms that most sheets have, as people say them."""
    if not shape.is_ratio or not isinstance(node, Product):
        return ""
    a, b = voice.title(shape.numerator), voice.title(shape.denominator)
    if shape.factor == 1:
        return voice.say(N_("%(a)s por cada unidad de %(b)s")) % {"a": a, "b": b}
    if shape.factor == 100:
        return voice.say(N_("el porcentaje que %(a)s representa de %(b)s")) % {"a": a, "b": b}
    if shape.factor in (1_000, 10_000, 100_000, 1_000_000):
        return voice.say(N_("%(a)s por cada %(k)s de %(b)s")) % {"a": a, "b": b, "k": plain(shape.factor)}
    return ""


_TWO = {
    "+": N_("%(a)s más %(b)s"), "-": N_("%(a)s menos %(b)s"), "*": N_("%(a)s por %(b)s"),
    "/": N_("%(a)s entre %(b)s"),
}  # fmt: skip
_COMPARED = {
    "==": N_("%(a)s es igual a %(b)s"), "!=": N_("%(a)s es distinto de %(b)s"), "<": N_("%(a)s es menor que %(b)s"),
    "<=": N_("%(a)s es menor o igual que %(b)s"), ">": N_("%(a)s es mayor que %(b)s"),
    ">=": N_("%(a)s es mayor o igual que %(b)s"),
}  # fmt: skip


class _Voice:
    """Reads a tree in one language. Sums inside of something else go in parentheses, as one writes them."""

    def __init__(self, say: Say, titles: Mapping[str, str]) -> None:
        self.say, self.titles = say, titles

    def title(self, symbol: str) -> str:
        return self.titles.get(symbol) or _quoted(symbol, self.say)

    def read(self, node: Node) -> str:
        match node:
            case Number(value, text):
                return text if "%" in text else plain(value)
            case Name(symbol):
                return self.title(symbol)
            case Negative(body):
                return self.say(N_("menos %(a)s")) % {"a": self.inner(body)}
            case Sum(terms):
                if len(terms) > 2 and all(sign == "+" for sign, _ in terms):
                    return self.say(N_("la suma de %(list)s")) % {"list": self.listed([part for _, part in terms])}
                return self.chained(terms)
            case Product(factors):
                return self.chained(factors)
            case Call(function, arguments, places):
                return self.called(function, arguments, places)
            case Conditional(condition, then, otherwise):
                return self.say(N_("si %(condition)s, %(then)s; si no, %(otherwise)s")) % {
                    "condition": self.compared(condition),
                    "then": self.inner(then),
                    "otherwise": self.inner(otherwise),
                }

    def inner(self, node: Node) -> str:
        """In parentheses where without them it would be read otherwise."""
        text = self.read(node)
        return f"({text})" if isinstance(node, Sum | Conditional | Negative) else text

    def chained(self, parts: Sequence[tuple[str, Node]]) -> str:
        text = ""
        for index, (sign, part) in enumerate(parts):
            wraps = isinstance(part, Call) or (index and isinstance(part, Product) and sign in "*/")
            inner = f"({self.read(part)})" if wraps else self.inner(part)
            text = inner if index == 0 else self.say(_TWO[sign]) % {"a": text, "b": inner}
        return text

    def listed(self, parts: Sequence[Node]) -> str:
        texts = [self.inner(part) for part in parts]
        return self.say(N_("%(many)s y %(last)s")) % {"many": ", ".join(texts[:-1]), "last": texts[-1]}

    def called(self, function: str, arguments: Sequence[Node], places: int) -> str:
        if function == "abs":
            return self.say(N_("%(a)s sin su signo")) % {"a": self.inner(arguments[0])}
        if function == "round":
            params = {"a": self.inner(arguments[0]), "places": places}
            if places == 0:
                return self.say(N_("%(a)s, redondeado a entero")) % params
            if places == 1:
                return self.say(N_("%(a)s, redondeado a un decimal")) % params
            return self.say(N_("%(a)s, redondeado a %(places)s decimales")) % params
        template = N_("lo menor entre %(list)s") if function == "min" else N_("lo mayor entre %(list)s")
        return self.say(template) % {"list": self.listed(arguments)}

    def compared(self, node: Comparison) -> str:
        said = [self.say(_COMPARED[sign]) % {"a": self.inner(a), "b": self.inner(b)} for a, sign, b in node.pairs]
        return self.say(N_(" y ")).join(said)
