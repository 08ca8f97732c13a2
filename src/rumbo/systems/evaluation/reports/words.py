"""The voice of a document: one language for words, figures and dates. Pure; nothing is computed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from rumbo.core.rendering import text
from rumbo.core.rendering.text import Language, Number
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal

# As a sentence of the summary writes them: «Nueve metas», and figures from eleven on.
_COUNTS = (
    N_("ninguna"), N_("una"), N_("dos"), N_("tres"), N_("cuatro"), N_("cinco"), N_("seis"), N_("siete"), N_("ocho"),
    N_("nueve"), N_("diez"),
)  # fmt: skip
# First words of the names of areas; what is in neither list is named without article.
_FEMININE = (
    "Alcaldía", "Coordinación", "Dirección", "Gerencia", "Jefatura", "Oficina", "Secretaría", "Subdirección",
    "Subgerencia", "Subsecretaría", "Unidad", "Contraloría", "Comisión", "Dirección General",
)  # fmt: skip
_MASCULINE = ("Centro", "Comité", "Concejo", "Consejo", "Departamento", "Instituto", "Órgano", "Patronato", "Sistema")


@dataclass(frozen=True, slots=True)
class Voice:
    """`translate` takes a Spanish source string; figures follow `language`."""

    language: Language = "es"
    translate: Callable[[str], str] = str

    def say(self, template: str, **params: object) -> str:
        """The translated template with its places filled; the marked words among `params` come translated already."""
        said = self.translate(template) if template else ""
        return said % params if params else said

    def refusal(self, refusal: Refusal) -> str:
        return fill(refusal.template, refusal.params, self.translate)

    def count(self, number: int) -> str:
        """«nueve», «11»."""
        return self.translate(_COUNTS[number]) if number < len(_COUNTS) else text.integer(number)

    def percent(self, value: Number, decimals: int = 1) -> str:
        return text.percent(value, decimals, language=self.language)

    def points(self, value: Number, decimals: int = 1, *, signed: bool = False) -> str:
        return text.points(value, decimals, signed=signed, language=self.language)

    def month(self, period: Period) -> str:
        """«octubre»."""
        return text.month_name(period.month, language=self.language)

    def short_month(self, month: int) -> str:
        return text.month_name(month, short=True, language=self.language)

    def month_and_year(self, period: Period) -> str:
        """«octubre de 2026»."""
        return text.month_and_year(period.first_day, language=self.language)

    def long_date(self, day: date | None) -> str:
        return text.long_date(day, language=self.language)

    def day_and_month(self, day: date | None) -> str:
        return text.day_and_month(day, language=self.language)

    def listed(self, items: Iterable[str]) -> str:
        """«Obras, Servicios y Cultura»."""
        names = list(items)
        if len(names) < 2:
            return "".join(names)
        return self.say(N_("%(most)s y %(last)s"), most=", ".join(names[:-1]), last=names[-1])

    def of_area(self, name: str) -> str:
        """«de la Dirección General de Obras», «del Instituto…»; English «from …»."""
        if self.language == "en":
            return f"from {name}"
        first = name.split(" ")[0]
        if first in _FEMININE:
            return f"de la {name}"
        return f"del {name}" if first in _MASCULINE else f"de {name}"


def capital(sentence: str) -> str:
    """First letter in upper case, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
