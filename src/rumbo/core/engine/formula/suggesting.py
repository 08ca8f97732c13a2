"""Formulas that the variables of an indicator and what it says of itself suggest, the likeliest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rumbo.core.engine.formula.capturing import captured
from rumbo.core.engine.formula.checking import MOST_VARIABLES, check
from rumbo.core.engine.formula.explaining import symbols
from rumbo.core.engine.formula.names import folded, is_symbol
from rumbo.core.engine.formula.sides import Known, Sides, Signed, balance, change, known, of_them_all, sides, weighted
from rumbo.core.engine.formula.tree import names_in
from rumbo.core.engine.formula.units import unit_of
from rumbo.core.engine.formula.variables import Variable
from rumbo.core.engine.formula.worded import formula_of_words
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_

MOST = 3
_LONGEST = 300  # letters of a unit or a name that are read
_THOUSANDS = (("cien_mil", 100_000), ("diez_mil", 10_000), ("millon", 1_000_000), ("mil", 1_000))
_EACH = re.compile(r"(?:\bpor (?:cada )?|/ ?)(10{3,6})\b")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`formula` ready to be used; `why` is a source string to translate."""

    formula: str
    why: str


@dataclass(frozen=True, slots=True)
class Described:
    """What an indicator says of itself: its name, its method or definition, and what was typed for a formula."""

    name: str = ""
    method: str = ""
    typed: str = ""


def suggest(
    accumulation: Accumulation, variables: Sequence[Variable], unit: str = "", described: Described | None = None
) -> list[Suggestion]:
    """From the symbols that can be written; the first is taken for what is measured, the second for its whole.

    Any number of variables. What is suggested is sound and can be captured under the accumulation. First what the text
    says as a formula; then those of which the words speak, without those whose units agree less than others'.
    """
    usable = list({one.symbol: one for one in variables[:MOST_VARIABLES] if is_symbol(one.symbol)}.values())
    if not usable:
        return []
    if len(usable) == 1:
        return [] if accumulation.by_parts else [Suggestion(usable[0].symbol, N_("El valor que se captura."))]
    about = _About(accumulation, usable, unit[:_LONGEST], described or Described())
    found: dict[str, _Judged] = {}
    for one in about.candidates():
        judged = _judged(one, about)
        if judged is not None:
            found.setdefault(judged.told, judged)
    told = [one for one in found.values() if one.suggestion.why == _IN_WORDS]
    made = [one for one in found.values() if one not in told]
    least = min((one.remarks for one in made), default=0)
    return [one.suggestion for one in (*told, *(one for one in made if one.remarks == least))][:MOST]


@dataclass(frozen=True, slots=True)
class _Judged:
    """`told`: the formula as it is printed, by which two ways of writing it are one. `remarks`: how many there are."""

    suggestion: Suggestion
    told: str
    remarks: int


def _judged(one: Suggestion, about: "_About") -> _Judged | None:
    """None for what cannot be used."""
    checked = check(one.formula, about.variables, about.unit)
    if checked.tree is None or not checked.is_sound or len(names_in(checked.tree)) < 2:
        return None
    if not captured(checked.tree, about.accumulation).is_computed:
        return None
    return _Judged(one, symbols(checked.tree), len(checked.problems))


@dataclass(slots=True)
class _About:
    """What is known, and the formulas that come of it: those of which the words speak first."""

    accumulation: Accumulation
    variables: Sequence[Variable]
    unit: str
    described: Described
    known: list[Known] = field(init=False)
    words: str = field(init=False)

    def __post_init__(self) -> None:
        self.known = known(self.variables)
        self.words = f"_{folded(self.described.name)}_{folded(self.described.method)}_"

    def candidates(self) -> Iterator[Suggestion]:
        yield from self._in_words()
        if self.accumulation is Accumulation.RATE:
            yield from self._changes()
        elif self.accumulation is Accumulation.RATIO:
            yield from self._quotients()
        elif self.accumulation is Accumulation.SUM:
            yield from self._sums()
        else:
            yield from self._results()

    def _in_words(self) -> Iterator[Suggestion]:
        for text in (self.described.typed, self.described.method):
            for formula in formula_of_words(text, self.variables):
                yield Suggestion(formula, _IN_WORDS)

    def _results(self) -> Iterator[Suggestion]:
        """Of months that are not added any formula holds."""
        if pairs := weighted(self.known):
            above = " + ".join(f"{weight} * {value}" for value, weight in pairs)
            below = " + ".join(weight for _, weight in pairs)
            yield Suggestion(
                f"({above}) / ({below})", N_("Promedio ponderado: cada valor por su peso, entre los pesos.")
            )
            return
        kinds = {"changes": self._changes(), "quotients": self._quotients(), "means": self._means(),
                 "extremes": self._extremes(), "sums": self._sums()}  # fmt: skip
        for kind in ("extremes", *(("changes",) if len(self.known) > 2 else ())):
            if not self._speaks(*_CUES[kind]):
                del kinds[kind]
        order = sorted(kinds, key=lambda kind: not self._speaks(*_CUES[kind]))
        if self._hundred or self._each:
            order.sort(key=lambda kind: kind != "quotients")
        elif not self._speaks(*(cue for cues in _CUES.values() for cue in cues)):
            order = ["quotients" if len(self.known) == 2 else "means", *kinds]
        for kind in dict.fromkeys(order):
            yield from kinds[kind]

    def _sums(self) -> Iterator[Suggestion]:
        names = [one.symbol for one in self.known]
        less = Suggestion(" - ".join(names), N_("La diferencia: la primera menos las demás."))
        if (found := balance(self.known)) is not None:
            yield Suggestion(_sum(found.above), N_("La suma de las variables, menos lo que se descuenta."))
        elif self._speaks(*_DIFFERENCE):
            yield less
        yield Suggestion(" + ".join(names), N_("La suma de las variables."))

    def _means(self) -> Iterator[Suggestion]:
        names = [one.symbol for one in self.known]
        yield Suggestion(f"({' + '.join(names)}) / {len(names)}", N_("Promedio de las variables: todas pesan igual."))

    def _extremes(self) -> Iterator[Suggestion]:
        names = ", ".join(one.symbol for one in self.known)
        least = Suggestion(f"min({names})", N_("La menor de las variables."))
        most = Suggestion(f"max({names})", N_("La mayor de las variables."))
        yield from (least, most) if self._speaks("minim", "menor_de", "peor") else (most, least)

    def _changes(self) -> Iterator[Suggestion]:
        found = change(self.known)
        before = tuple(("-" if sign == "+" else "+", symbol) for sign, symbol in found.below)
        formula = f"100 * ({_sum((*found.above, *before))}) / {_grouped(found.below)}"
        several = len(self.known) > 2
        yield Suggestion(formula, N_("Tasa de variación: cuánto cambió la suma respecto de su base.") if several
                         else N_("Tasa de variación: cuánto cambió respecto de la segunda."))  # fmt: skip

    def _quotients(self) -> Iterator[Suggestion]:
        for found in sides(self.known):
            whys = _OF_TWO if len(self.known) == 2 else _OF_MANY
            if self._hundred:
                yield Suggestion(_quotient(100, found), whys["share"])
            elif k := self._each:
                yield Suggestion(_quotient(k, found), whys["each"])
                yield Suggestion(_quotient(1, found), whys["mean"])
            else:
                yield Suggestion(_quotient(1, found), whys["mean"])
                yield Suggestion(_quotient(100, found), whys["share"])
        if self._hundred:
            yield Suggestion(
                _quotient(100, of_them_all(self.known)), N_("Porcentaje: qué parte es la primera de todas.")
            )

    @property
    def _hundred(self) -> bool:
        """Its unit is a per cent; where it has none, its name says so."""
        wanted = unit_of(self.unit)
        said = "%" in self.described.name or self._speaks("porcentaje", "por_ciento")
        return wanted.scale == 100 or (not self.unit and said)

    @property
    def _each(self) -> int:
        return _per(self.unit) or (0 if self.unit else _per(self.described.name))

    def _speaks(self, *words: str) -> bool:
        return any(f"_{word}" in self.words for word in words)


def _quotient(k: int, found: Sides) -> str:
    text = f"{_grouped(found.above)} / {_grouped(found.below)}"
    return text if k == 1 else f"{k} * {text}"


def _grouped(part: Sequence[Signed]) -> str:
    return part[0][1] if len(part) == 1 else f"({_sum(part)})"


def _sum(part: Sequence[Signed]) -> str:
    (_, first), *rest = part
    return " ".join([first, *(f"{sign} {symbol}" for sign, symbol in rest)])


def _per(unit: str) -> int:
    """100,000 of «por cada cien mil habitantes» and of «/100,000», 1,000 of «por 1,000»; 0 of the rest."""
    if number := _EACH.search(unit[:_LONGEST].replace(",", "").replace(" 000", "000").lower()):
        return int(number[1])
    words = f"_{folded(unit)}_"
    return next((k for name, k in _THOUSANDS if f"por_cada_{name}_" in words or f"por_{name}_" in words), 0)


_DIFFERENCE = ("diferencia", "saldo", "neto", "neta", "balance", "brecha", "deficit", "superavit")
_CUES = {
    "changes": ("variacion", "cambio", "crecimiento", "incremento", "reduccion", "disminucion"),
    "quotients": ("porcentaje", "proporcion", "cobertura", "tasa", "razon", "por_cada", "por_habitante", "per_capita"),
    "means": ("promedio", "media_", "indice"),
    "extremes": ("minim", "maxim", "menor_de", "mayor_de", "peor"),
    "sums": ("suma", "total", "numero", "cantidad", *_DIFFERENCE),
}
_IN_WORDS = N_("Lo que dice el texto, con los símbolos de las variables.")
_OF_TWO = {
    "share": N_("Porcentaje: qué parte es la primera de la segunda."),
    "mean": N_("Promedio: cuánto de la primera por cada una de la segunda."),
    "each": N_("Tasa: cuántos por cada tantos de la segunda."),
}
_OF_MANY = {
    "share": N_("Porcentaje: qué parte es lo de arriba de lo de abajo."),
    "mean": N_("Cociente: cuánto de lo de arriba por cada uno de lo de abajo."),
    "each": N_("Tasa: cuántos de lo de arriba por cada tantos de lo de abajo."),
}
