"""The kinds of data inside a message: what a rule or a refusal looked at, written when somebody reads it.

    RULE.broken(N_("La meta quedó en %(reached)s de lo programado."), reached=Percentage(71.2))

reads «71.2 %» in Spanish and «71.2%» in English, whatever the language in force when the rule was asked.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from rumbo.core.rendering import text
from rumbo.core.timekeeping.period import MONTH_NAMES, Period
from rumbo.core.vocabulary.filling import Told, Translate
from rumbo.core.vocabulary.marking import N_

_LANGUAGES: Final[tuple[text.Language, ...]] = ("es", "en")


def language_of(translate: Translate) -> text.Language:
    """The language that a catalogue speaks, known by how it names January; Spanish if it is none of ours."""
    name = translate(MONTH_NAMES[0])
    return next((one for one in _LANGUAGES if text.month_name(1, language=one) == name), "es")


@dataclass(frozen=True, slots=True)
class Figure(Told):
    """«1,234.5»; without `decimals`, as many as the value has."""

    value: text.Number
    decimals: int | None = None

    def told(self, translate: Translate) -> str:
        return text.number(self.value, self.decimals)


@dataclass(frozen=True, slots=True)
class Percentage(Told):
    """«44.3 %», «44.3%». The value is already a percentage."""

    value: text.Number
    decimals: int = 1

    def told(self, translate: Translate) -> str:
        return text.percent(self.value, self.decimals, language=language_of(translate))


@dataclass(frozen=True, slots=True)
class Points(Told):
    """«−3.5 puntos», «−3.5 points»: a difference of percentages."""

    value: text.Number
    decimals: int = 1

    def told(self, translate: Translate) -> str:
        return text.points(self.value, self.decimals, language=language_of(translate))


@dataclass(frozen=True, slots=True)
class Day(Told):
    """«31/10/2026», the same in both languages."""

    value: date | None

    def told(self, translate: Translate) -> str:
        return text.short_date(self.value)


@dataclass(frozen=True, slots=True)
class DayAndMonth(Told):
    """«31 de diciembre», «31 December»: a day of this year, of which the year needs no saying."""

    value: date

    def told(self, translate: Translate) -> str:
        return text.day_and_month(self.value, language=language_of(translate))


@dataclass(frozen=True, slots=True)
class Month(Told):
    """«octubre de 2026», «October 2026», from a Period or its stored number; `first` where a sentence begins."""

    value: Period | int
    first: bool = False

    def told(self, translate: Translate) -> str:
        period = self.value if isinstance(self.value, Period) else Period.of(self.value)
        said = text.month_and_year(period.first_day, language=language_of(translate))
        return said[:1].upper() + said[1:] if self.first else said


@dataclass(frozen=True, slots=True)
class Word(Told):
    """A word of the product («Borrador», «octubre»): its source string, in the language of the reader."""

    source: str

    def told(self, translate: Translate) -> str:
        return translate(self.source) if self.source else ""


@dataclass(frozen=True, slots=True)
class Words(Told):
    """«Mientras más, mejor · Dentro de un rango»: the words of a list to choose from, from their source strings."""

    sources: tuple[str, ...]

    def told(self, translate: Translate) -> str:
        return " · ".join(translate(source) for source in self.sources)


@dataclass(frozen=True, slots=True)
class Names(Told):
    """«Obras, Cultura, Salud y 4 más»: the first ones, and how many are left."""

    values: tuple[str, ...]
    shown: int = 3

    def told(self, translate: Translate) -> str:
        names, more = ", ".join(self.values[: self.shown]), len(self.values) - self.shown
        return names + (translate(_MORE) % {"more": text.integer(more)} if more > 0 else "")


_MORE: Final = N_(" y %(more)s más")
