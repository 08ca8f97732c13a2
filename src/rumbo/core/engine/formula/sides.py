"""Which variables of an indicator are measured, which are their whole, which are taken away: by what they are called.

People write first what they measure and second what it is compared with. Of the others their words and their units say
more than their place: «Llamados falsos» is taken away from «Llamados recibidos».
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumbo.core.engine.formula.names import LITTLE_WORDS, folded
from rumbo.core.engine.formula.units import unit_of
from rumbo.core.engine.formula.variables import Variable

type Signed = tuple[str, str]  # «+» or «-», and the symbol

_STEM = 5  # letters by which two words are taken for one: «atendidas», «atendidos»
_TAKEN_AWAY = (
    "fals", "duplicad", "repetid", "cancelad", "improcedent", "desechad", "descartad", "devuelt", "devoluc", "baja",
    "excluid", "perdid", "merma", "fallid", "egreso", "salida",
)  # fmt: skip
_WHOLE = (
    "total", "universo", "padron", "poblacion", "habitant", "recibid", "programad", "solicitad", "ingresad",
    "registrad", "existent", "requerid", "asignad", "autorizad", "inscrit", "esperad",
)  # fmt: skip
_EVERYTHING = ("total", "universo", "padron", "poblacion", "habitant")
_BEFORE = ("anterior", "previ", "inicial", "ano_base", "linea_base", "periodo_base", "pasado")
_WEIGHT = ("peso", "ponderac", "ponderador")


@dataclass(frozen=True, slots=True)
class Sides:
    """`above` and `below` with their signs, in the order in which they were declared."""

    above: tuple[Signed, ...]
    below: tuple[Signed, ...]

    @property
    def symbols(self) -> set[str]:
        return {symbol for _, symbol in (*self.above, *self.below)}


@dataclass(frozen=True, slots=True)
class Known:
    """A variable with what its name and its unit say of it."""

    symbol: str
    name: str
    stems: frozenset[str]
    unit: object

    def says(self, words: Sequence[str]) -> bool:
        """One of its words begins so."""
        return any(f"_{word}" in f"_{self.name}" for word in words)


def known(variables: Sequence[Variable]) -> list[Known]:
    return [_known(one) for one in variables]


def sides(variables: Sequence[Known]) -> Iterator[Sides]:
    """Of two or more, the likeliest first: by their words and units; all the others above; all the others below."""
    found = []
    for whole in _wholes(variables):
        rest = [one for one in variables if one is not whole]
        yield _by_words(rest[0], whole, rest[1:])
        found.append((rest, whole))
    rest, whole = found[-1]
    if len(rest) > 1:
        yield Sides(_all(rest), (("+", whole.symbol),))
        yield Sides((("+", rest[0].symbol),), _all([whole, *rest[1:]]))


def of_them_all(variables: Sequence[Known]) -> Sides:
    """The first among all of them, where the whole is made of its parts."""
    return Sides((("+", variables[0].symbol),), _all(variables))


def change(variables: Sequence[Known]) -> Sides:
    """What changed, above, and what it changed from."""
    before = [one for one in variables[1:] if one.says(_BEFORE)] or [variables[1]]
    return Sides(_all([one for one in variables if one not in before]), _all(before))


def balance(variables: Sequence[Known]) -> Sides | None:
    """What is taken away from the rest, in a sum; None when nothing is."""
    away = [one for one in variables[1:] if one.says(_TAKEN_AWAY)]
    signed = tuple(("-" if one in away else "+", one.symbol) for one in variables)
    return Sides(signed, ()) if away else None


def weighted(variables: Sequence[Known]) -> list[tuple[str, str]]:
    """Each value with its weight, by the words that they share or by their order; empty when there are no weights."""
    weights = [one for one in variables if one.says(_WEIGHT)]
    values = [one for one in variables if one not in weights]
    if len(weights) < 2 or len(weights) != len(values):
        return []
    pairs, left = [], list(weights)
    for value in values:
        weight = max(left, key=lambda one: len(one.stems & value.stems))
        left.remove(weight)
        pairs.append((value.symbol, weight.symbol))
    return pairs


def _known(one: Variable) -> Known:
    name = folded(one.name or one.symbol)
    words = [word for word in name.split("_") if word not in LITTLE_WORDS]
    return Known(one.symbol, name, frozenset(word[:_STEM] for word in words), unit_of(one.unit).dimension)


def _wholes(variables: Sequence[Known]) -> list[Known]:
    """The second; before it, the only one of the others that is called a total, where the second is called nothing."""
    second, *others = variables[1:]
    totals = [one for one in others if one.says(_EVERYTHING)]
    if len(totals) == 1 and not second.says(_WHOLE) and not variables[0].says(_EVERYTHING):
        return [totals[0], second]
    return [second]


def _by_words(first: Known, whole: Known, others: Sequence[Known]) -> Sides:
    above, below = [("+", first.symbol)], [("+", whole.symbol)]
    for one in others:
        away = one.says(_TAKEN_AWAY)
        side = below if _is_below(one, first, whole, otherwise=away) else above
        side.append(("-" if away else "+", one.symbol))
    return Sides(tuple(above), tuple(below))


def _is_below(one: Known, first: Known, whole: Known, *, otherwise: bool) -> bool:
    """Its unit says it where the two differ; then the words shared with each; then whether it is called whole."""
    if first.unit != whole.unit and one.unit in (first.unit, whole.unit) and one.unit is not None:
        return one.unit == whole.unit
    above, below = len(one.stems & (first.stems - whole.stems)), len(one.stems & (whole.stems - first.stems))
    if above != below:
        return below > above
    return otherwise or one.says(_WHOLE)


def _all(variables: Sequence[Known]) -> tuple[Signed, ...]:
    return tuple(("+", one.symbol) for one in variables)
