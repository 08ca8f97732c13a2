"""Everything that can be said of a formula before it is saved: errors that stop it, and remarks to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumbo.core.engine.formula.names import is_symbol, meant, symbol_of
from rumbo.core.engine.formula.problems import FormulaError, Problem
from rumbo.core.engine.formula.reading import read
from rumbo.core.engine.formula.tokens import LIMITS, Limits
from rumbo.core.engine.formula.tree import Name, Node, Number, Product, names_in, walk
from rumbo.core.engine.formula.units import check_units
from rumbo.core.engine.formula.variables import Variable
from rumbo.core.vocabulary.marking import N_

MOST_PROBLEMS = 8  # nobody mends more at once
MOST_MEANT = 3  # unknown names for which the one that was meant is looked up: the search has its price
MOST_VARIABLES = 40


@dataclass(frozen=True, slots=True)
class Checked:
    """`tree` None when it cannot be read. `problems` in the order of the formula, those that block first."""

    text: str
    tree: Node | None
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return self.tree is not None and not any(problem.blocks for problem in self.problems)


def check(text: str, variables: Sequence[Variable], unit: str = "", limits: Limits = LIMITS) -> Checked:
    """Never raises: what is wrong comes as data. `unit` is that of the indicator."""
    declared = list(_of_variables(variables[:MOST_VARIABLES]))
    known = [one.symbol for one in variables[:MOST_VARIABLES] if one.symbol]
    aliases = known + [one.name for one in variables[:MOST_VARIABLES] if one.name]
    try:
        tree = read(text, known=aliases, limits=limits)
    except FormulaError as error:
        return Checked(text, None, (*declared, _by_symbol(error.problem, variables)))
    problems = [*declared, *_names(tree, variables), *_zeros(tree)]
    if not any(problem.blocks for problem in problems):
        problems += check_units(tree, variables, unit)
    problems.sort(key=lambda problem: (not problem.blocks, problem.column))
    return Checked(text, tree, tuple(problems[:MOST_PROBLEMS]))


def _by_symbol(problem: Problem, variables: Sequence[Variable]) -> Problem:
    """A name of people that was meant is written as its symbol."""
    symbol = next((one.symbol for one in variables if one.name and one.name == problem.instead), "")
    if not symbol:
        return problem
    params = {**problem.params, "near": symbol}
    return Problem(problem.code, problem.template, params, problem.span, problem.blocks, symbol)


def _of_variables(variables: Sequence[Variable]) -> Iterator[Problem]:
    seen: set[str] = set()
    for one in variables:
        if not is_symbol(one.symbol):
            instead = symbol_of(one.symbol or one.name)
            template = _BAD_SYMBOL_NEAR if instead else _BAD_SYMBOL
            yield Problem("bad_symbol", template, {"symbol": one.symbol, "near": instead}, instead=instead)
        elif one.symbol in seen:
            yield Problem("symbol_twice", _TWICE, {"symbol": one.symbol})
        seen.add(one.symbol)


def _names(tree: Node, variables: Sequence[Variable]) -> Iterator[Problem]:
    used = names_in(tree)
    if not used:
        yield Problem("constant", N_("La fórmula no usa ninguna variable: siempre daría lo mismo."))
    known = {one.symbol: one for one in variables}
    places = {one.symbol: one.span for one in reversed(list(walk(tree))) if isinstance(one, Name)}
    searched, slips = 0, set[str]()
    for symbol in used:
        if symbol in known:
            continue
        near = ""
        if searched < MOST_MEANT:
            searched += 1
            near = meant(symbol, [*known, *(one.name for one in variables if one.name)])
            near = next((one.symbol for one in variables if one.name and one.name == near), near)
        slips.add(near)
        template = _UNKNOWN_NEAR if near else _UNKNOWN
        yield Problem("unknown", template, {"name": symbol, "near": near}, places[symbol], instead=near)
    for symbol in known:
        if symbol not in used and symbol not in slips:
            yield Problem("unused", N_("«%(name)s» no aparece en la fórmula."), {"name": symbol}, blocks=False)


def _zeros(tree: Node) -> Iterator[Problem]:
    for node in walk(tree):
        if isinstance(node, Product):
            for sign, factor in node.factors:
                if sign == "/" and isinstance(factor, Number) and factor.value == 0:
                    yield Problem("division_by_zero", N_("Esta división es entre cero."), {}, factor.span)


_UNKNOWN = N_("No hay ninguna variable «%(name)s». Agréguela, o corrija el nombre.")
_UNKNOWN_NEAR = N_("No hay ninguna variable «%(name)s». ¿Quiso decir «%(near)s»?")
_BAD_SYMBOL = N_(
    "«%(symbol)s» no puede ser el símbolo de una variable: use letras, cifras y guion bajo, sin espacios, y empiece "
    "con una letra."
)
_BAD_SYMBOL_NEAR = N_(
    "«%(symbol)s» no puede ser el símbolo de una variable: va sin espacios ni signos. ¿Quiso decir «%(near)s»?"
)
_TWICE = N_("Dos variables se llaman «%(symbol)s». Cambie una.")
