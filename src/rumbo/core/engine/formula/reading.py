"""From text to tree, through Python's own parser: only marks of ours reach it, and only listed nodes come back."""

import ast
from collections.abc import Sequence

from rumbo.core.engine.formula.names import function_of
from rumbo.core.engine.formula.problems import FormulaError, Span, wrong
from rumbo.core.engine.formula.structure import demand
from rumbo.core.engine.formula.tokens import LIMITS, Kind, Limits, Token, tokens
from rumbo.core.engine.formula.tree import Call, Comparison, Conditional, Name, Negative, Node, Number, Product, Sum
from rumbo.core.vocabulary.marking import N_

MOST_PLACES = 6  # decimals of a round: those of a captured value
_SUMS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-"}
_PRODUCTS: dict[type[ast.operator], str] = {ast.Mult: "*", ast.Div: "/"}
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


def read(text: str, *, known: Sequence[str] = (), limits: Limits = LIMITS) -> Node:
    """The tree of a formula whose result is a number. `known` symbols only serve «¿quiso decir…?».

    Raises FormulaError, with the column, for anything else; in milliseconds whatever the text.
    """
    found = tokens(text, limits)
    demand(found, limits, known)
    source, places = _as_python(found)
    try:
        body = ast.parse(source, mode="eval").body
        return _Tree(found, places).number(body)
    except (SyntaxError, RecursionError, MemoryError) as error:  # nothing known gets here
        raise wrong("unreadable", N_("No se entiende la fórmula. Simplifíquela.")) from error


def _as_python(found: Sequence[Token]) -> tuple[str, dict[int, int]]:
    """The formula with each name and number as `_<token>`, and which token is at each offset."""
    parts: list[str] = []
    places: dict[int, int] = {}
    offset = 0
    for index, token in enumerate(found):
        if token.kind in (Kind.NAME, Kind.NUMBER):
            part = f"_{index}"
        elif token.kind is Kind.OPEN:
            part = "("
        elif token.kind is Kind.CLOSE:
            part = ")"
        else:
            part = token.sign
        places[offset] = index
        parts.append(part)
        offset += len(part) + 1
    return " ".join(parts), places


class _Tree:
    """Listed nodes to ours; anything else is refused where it stands."""

    def __init__(self, found: Sequence[Token], places: dict[int, int]) -> None:
        self.found, self.places = found, places

    def span(self, node: ast.expr) -> Span:
        """From the first to the last token of the node."""
        first = self.found[self.places[node.col_offset]].span
        end = (node.end_col_offset or node.col_offset + 1) - 1
        while end not in self.places:  # offsets inside of a mark
            end -= 1
        last = self.found[self.places[end]].span
        return Span(first.column, last.column + last.length - first.column)

    def number(self, node: ast.expr) -> Node:
        match node:
            case ast.Name(id=mark):
                return self.leaf(self.found[int(mark[1:])])
            case ast.BinOp(op=op) if type(op) in _SUMS:
                return Sum(self.chain(node, _SUMS, "+"), self.span(node))
            case ast.BinOp(op=op) if type(op) in _PRODUCTS:
                return Product(self.chain(node, _PRODUCTS, "*"), self.span(node))
            case ast.UnaryOp(op=ast.USub(), operand=body):
                return Negative(self.number(body), self.span(node))
            case ast.UnaryOp(op=ast.UAdd(), operand=body):
                return self.number(body)
            case ast.Call(func=ast.Name(id=mark), args=arguments, keywords=[]):
                return self.call(self.found[int(mark[1:])], arguments, self.span(node))
            case ast.Compare():
                raise wrong("comparison_alone", _COMPARISON_ALONE, self.span(node))
        raise wrong("unreadable", N_("Esto no se usa en las fórmulas."), self.span(node))

    def leaf(self, token: Token) -> Node:
        if token.kind is Kind.NUMBER:
            return Number(token.value, token.text, token.span)
        return Name(token.text, token.span)

    def chain[O: ast.operator](
        self, node: ast.expr, signs: dict[type[ast.operator], str], first: str
    ) -> tuple[tuple[str, Node], ...]:
        """The parts of «a + b − c» in order, without descending once for each."""
        parts: list[tuple[str, Node]] = []
        while isinstance(node, ast.BinOp) and type(node.op) in signs:
            parts.append((signs[type(node.op)], self.number(node.right)))
            node = node.left
        parts.append((first, self.number(node)))
        return tuple(reversed(parts))

    def call(self, token: Token, arguments: list[ast.expr], span: Span) -> Node:
        function = function_of(token.text) or ""
        least, most = _ARGUMENTS[function]
        if not least <= len(arguments) <= most:
            raise wrong("arguments", _HOW_MANY[function], span, name=token.text)
        if function == "si":
            condition, then, otherwise = arguments
            return Conditional(self.condition(condition), self.number(then), self.number(otherwise), span)
        if function == "round" and len(arguments) == 2:
            return Call(function, (self.number(arguments[0]),), self.places_of(arguments[1]), span)
        return Call(function, tuple(self.number(one) for one in arguments), span=span)

    def condition(self, node: ast.expr) -> Comparison:
        if not isinstance(node, ast.Compare):
            raise wrong("condition", _CONDITION, self.span(node))
        rights = []
        for op, right in zip(node.ops, node.comparators, strict=True):
            if type(op) not in _COMPARED:
                raise wrong("unreadable", N_("Esto no se usa en las fórmulas."), self.span(node))
            rights.append((_COMPARED[type(op)], self.number(right)))
        return Comparison(self.number(node.left), tuple(rights), self.span(node))

    def places_of(self, node: ast.expr) -> int:
        found = self.number(node)
        if isinstance(found, Number) and found.value in range(MOST_PLACES + 1):
            return int(found.value)
        raise wrong("places", _PLACES, self.span(node), most=MOST_PLACES)


_MANY = 10_000  # the limit of tokens comes first
_ARGUMENTS = {"min": (2, _MANY), "max": (2, _MANY), "abs": (1, 1), "round": (1, 2), "si": (3, 3)}
_HOW_MANY = {
    "min": N_("«%(name)s» compara dos valores o más, separados por coma."),
    "max": N_("«%(name)s» compara dos valores o más, separados por coma."),
    "abs": N_("«%(name)s» lleva un solo valor."),
    "round": N_("«%(name)s» lleva un valor y, si acaso, cuántos decimales."),
    "si": N_("«%(name)s» lleva tres partes: condición, valor si se cumple y valor si no."),
}
_COMPARISON_ALONE = N_("Una comparación solo va como condición: si(a > b, valor, otro valor).")
_CONDITION = N_("La primera parte de si(…) es una comparación, como a > b.")
_PLACES = N_("Los decimales de un redondeo son un número entero de 0 a %(most)s.")

__all__ = ["FormulaError", "read"]
