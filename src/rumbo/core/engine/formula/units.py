"""Units of a formula: pesos are not added to people, and a per cent compares equal units.

A unit is what people write («persona», «toneladas por día», «km/h», «%»). What nobody wrote is not known, and is never
said to be wrong: every remark here is a warning.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rumbo.core.engine.formula.names import folded
from rumbo.core.engine.formula.problems import Problem, Span
from rumbo.core.engine.formula.tree import Call, Comparison, Conditional, Name, Negative, Node, Number, Product, Sum
from rumbo.core.engine.formula.variables import Variable
from rumbo.core.vocabulary.marking import N_

type Dimension = tuple[tuple[str, int], ...]
NO_DIMENSION: Dimension = ()
_PERCENT = frozenset({"porcentaje", "por_ciento", "porciento", "percent"})
_PURE = frozenset({"adimensional", "indice", "razon", "proporcion", "tasa", "promedio", "ninguna", "puntos", "punto"})


@dataclass(frozen=True, slots=True)
class Unit:
    """`dimension`: powers of each unit, None when not known. `scale`: 100 of a per cent, 1 of the rest."""

    dimension: Dimension | None
    scale: Decimal = Decimal(1)
    is_number: bool = False


def unit_of(text: str) -> Unit:
    """«%» is a number of scale 100; «pesos por persona» is pesos over people; nothing is not known."""
    words = folded(text.replace("%", " porcentaje ").replace("‰", " por mil "))
    if not words:
        return Unit(None)
    if words in _PERCENT or words.startswith(("porcentaje_", "por_ciento_")):
        return Unit(NO_DIMENSION, Decimal(100))
    if words in _PURE or words.startswith(("por_", "indice_", "tasa_")):
        return Unit(None)
    above, *below = _parts(text)
    powers = Counter({singular(above): 1})
    for part in below:
        powers[singular(part)] -= 1
    return Unit(_dimension(powers))


def _parts(text: str) -> list[str]:
    """«tonelada por día» and «km/h» in what is divided and by what."""
    plain = text.replace("/", " por ")
    return [folded(part) for part in plain.lower().replace(" entre ", " por ").split(" por ") if folded(part)] or [""]


def singular(words: str) -> str:
    """Each word without its plural, so that «personas atendidas» is «persona atendida»."""
    return "_".join(_one(word) for word in words.split("_"))


def _one(word: str) -> str:
    if len(word) > 4 and word.endswith("es") and word[-3] not in "aeioutjgvbcf":
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _dimension(powers: Mapping[str, int]) -> Dimension:
    return tuple(sorted((unit, power) for unit, power in powers.items() if power))


@dataclass(slots=True)
class _Check:
    """The walk: each node's unit, and what was seen on the way. `written`: a unit as people wrote it first."""

    units: Mapping[str, Unit]
    written: Mapping[Dimension, str]
    problems: list[Problem] = field(default_factory=list)

    def unit(self, node: Node | Comparison) -> Unit:
        match node:
            case Number():
                return Unit(NO_DIMENSION, is_number=True)
            case Name(symbol):
                return self.units.get(symbol, Unit(None))
            case Negative(body):
                return self.unit(body)
            case Sum(terms):
                return self.same([part for _, part in terms], "units_added", _ADDED)
            case Product(factors):
                return self.product(factors)
            case Call(_, arguments):
                return self.same(arguments, "units_compared", _COMPARED)
            case Comparison(left, rights):
                return self.same([left, *(right for _, right in rights)], "units_compared", _COMPARED)
            case Conditional(condition, then, otherwise):
                self.unit(condition)
                return self.same([then, otherwise], "units_of_branches", _BRANCHES)

    def same(self, parts: Sequence[Node], code: str, template: str) -> Unit:
        """One unit for all; a plain number goes with any («pesos + 0»)."""
        agreed: Unit | None = None
        for part in parts:
            unit = self.unit(part)
            if unit.is_number:
                continue
            if agreed is None or agreed.dimension is None:
                agreed = unit
            elif unit.dimension is not None and unit.dimension != agreed.dimension:
                params = {"first": self.said(agreed.dimension), "second": self.said(unit.dimension)}
                self.problems.append(Problem(code, template, params, part.span, blocks=False))
        return agreed if agreed is not None else Unit(NO_DIMENSION, is_number=True)

    def product(self, factors: tuple[tuple[str, Node], ...]) -> Unit:
        powers = Counter[str]()
        known, numbers, scale = True, True, Decimal(1)
        for sign, factor in factors:
            unit = self.unit(factor)
            numbers &= unit.is_number
            known &= unit.dimension is not None
            if isinstance(factor, Number) and factor.value:
                scale = scale * factor.value if sign == "*" else scale / factor.value
            elif unit.scale:
                scale = scale * unit.scale if sign == "*" else scale / unit.scale
            for name, power in unit.dimension or ():
                powers[name] += power if sign == "*" else -power
        return Unit(_dimension(powers) if known else None, scale, numbers)

    def said(self, dimension: Dimension | None) -> str:
        """As somebody wrote it; else made of its parts."""
        if dimension is None or dimension in self.written:
            return self.written.get(dimension or (), "")
        above = " × ".join(name.replace("_", " ") for name, power in dimension if power > 0) or "1"
        below = " × ".join(name.replace("_", " ") for name, power in dimension if power < 0)
        return f"{above} ÷ {below}" if below else above


def check_units(tree: Node, variables: Sequence[Variable], unit: str = "") -> list[Problem]:
    """Warnings, where they are. `unit`: that of the indicator, which the result should have."""
    units = {one.symbol: unit_of(one.unit) for one in variables}
    written = {found.dimension: one.unit for one in variables if (found := units[one.symbol]).dimension is not None}
    check = _Check(units, written)
    result = check.unit(tree)
    of_result = () if check.problems else _of_result(tree, result, unit, check)
    return [*check.problems, *of_result, *_whole_percent(tree)]


def _of_result(tree: Node, result: Unit, unit: str, check: _Check) -> Iterator[Problem]:
    wanted = unit_of(unit)
    if result.dimension is None or result.is_number or wanted.dimension is None:
        return
    if wanted.dimension != result.dimension:
        if wanted.scale == 100:
            params: dict[str, object] = {"unit": check.said(result.dimension)}
            yield Problem("percent_of_unequal", _PERCENT_OF_UNEQUAL, params, _whole(tree), blocks=False)
        else:
            said = check.said(result.dimension) if result.dimension else "1"
            params = {"unit": said, "wanted": unit}
            template = _OTHER_UNIT if result.dimension else _PURE_NUMBER
            yield Problem("unit_of_result", template, params, _whole(tree), blocks=False)
    elif wanted.scale == 100 and result.scale == 1 and isinstance(tree, Product) and not any(_whole_percent(tree)):
        yield Problem("percent_without_100", _WITHOUT_100, {}, _whole(tree), blocks=False)


def _whole_percent(tree: Node) -> Iterator[Problem]:
    """«a ÷ b × 100 %» gives the share, not the percentage."""
    if isinstance(tree, Product):
        for _, factor in tree.factors:
            if isinstance(factor, Number) and "%" in factor.text and factor.value == 1:
                yield Problem("hundred_per_cent", _HUNDRED, {}, factor.span, blocks=False, instead="100")


def _whole(tree: Node) -> Span:
    return tree.span


_ADDED = N_("Se suma o se resta «%(second)s» con «%(first)s»: no son la misma unidad.")
_COMPARED = N_("Se compara «%(second)s» con «%(first)s»: no son la misma unidad.")
_BRANCHES = N_("Las dos salidas de la condición tienen unidades distintas: «%(first)s» y «%(second)s».")
_PERCENT_OF_UNEQUAL = N_(
    "Un porcentaje compara cantidades de la misma unidad; aquí resulta «%(unit)s». Revise las unidades de cada una."
)
_OTHER_UNIT = N_("El resultado sería «%(unit)s», y la unidad de medida del indicador es «%(wanted)s».")
_PURE_NUMBER = N_("Las unidades se cancelan: el resultado es un número sin unidad, y la del indicador es «%(wanted)s».")
_WITHOUT_100 = N_("El resultado sería una proporción (0.75 en lugar de 75): multiplique por 100.")
_HUNDRED = N_("«100 %» vale 1 y no cambia el resultado. Para expresar un porcentaje escriba 100.")
