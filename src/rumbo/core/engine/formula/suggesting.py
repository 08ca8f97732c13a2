"""Formulas that the variables and the accumulation of an indicator suggest, the likeliest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rumbo.core.engine.formula.names import folded, is_symbol
from rumbo.core.engine.formula.units import unit_of
from rumbo.core.engine.formula.variables import Variable
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_

MOST = 3
_THOUSANDS = (("cien_mil", 100_000), ("diez_mil", 10_000), ("millon", 1_000_000), ("mil", 1_000))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`formula` ready to be used; `why` is a source string to translate."""

    formula: str
    why: str


def suggest(accumulation: Accumulation, variables: Sequence[Variable], unit: str = "") -> list[Suggestion]:
    """From the symbols that can be written; the first is taken for what is measured, the second for its whole."""
    symbols = [one.symbol for one in variables if is_symbol(one.symbol)]
    if not symbols:
        return []
    a, *others = symbols
    if not others:
        return [] if accumulation.by_parts else [Suggestion(a, N_("El valor que se captura."))]
    found = _of_two(a, others[0], unit)
    if accumulation is Accumulation.RATE:
        return [_change(a, others[0])]
    added = Suggestion(" + ".join(symbols), N_("La suma de las variables."))
    if accumulation is Accumulation.RATIO:
        return [one for one in found if "(" not in one.formula]
    return [added, *found][:MOST] if accumulation is Accumulation.SUM else [*found, added][:MOST]


def _of_two(a: str, b: str, unit: str) -> list[Suggestion]:
    share = Suggestion(f"100 * {a} / {b}", N_("Porcentaje: qué parte es la primera de la segunda."))
    mean = Suggestion(f"{a} / {b}", N_("Promedio: cuánto de la primera por cada una de la segunda."))
    if unit_of(unit).scale == 100:
        return [share, _change(a, b)]
    if k := _per(unit):
        return [Suggestion(f"{k} * {a} / {b}", N_("Tasa: cuántos por cada tantos de la segunda.")), mean]
    return [mean, share]


def _change(a: str, b: str) -> Suggestion:
    return Suggestion(f"100 * ({a} - {b}) / {b}", N_("Tasa de variación: cuánto cambió respecto de la segunda."))


def _per(unit: str) -> int:
    """100,000 of «por cada cien mil habitantes», 1,000 of «por 1,000»; 0 of the rest."""
    if number := re.search(r"\bpor (?:cada )?(10{3,6})\b", unit.replace(",", "").replace(" 000", "000").lower()):
        return int(number[1])
    words = f"_{folded(unit)}_"
    return next((k for name, k in _THOUSANDS if f"por_cada_{name}_" in words or f"por_{name}_" in words), 0)
