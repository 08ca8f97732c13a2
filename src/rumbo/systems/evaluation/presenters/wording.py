"""Months, changes and notes in the language of whoever reads."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing, SchemeVersion

SHORT = 12  # characters of a digest under a board, as many as in a document's footer


def language() -> text.Language:
    return "en" if (get_language() or "").startswith("en") else "es"


def month_and_year(period: Period) -> str:
    """«octubre de 2026»."""
    return text.month_and_year(period.first_day, language=language())


def month_name(period: Period) -> str:
    return text.month_name(period.month, language=language())


def percent(value: float | None, decimals: int = 1) -> str:
    return text.percent(value, decimals, language=language())


@dataclass(frozen=True, slots=True)
class Change:
    """Against the month before: `sign` is up, down or same; `words` say it whole."""

    sign: str
    words: str

    @property
    def arrow(self) -> str:
        return {"up": "↑", "down": "↓", "same": "="}[self.sign]


def change_of_points(value: float | None, before: Period) -> Change | None:
    """«0.8 puntos más que en septiembre»."""
    if value is None:
        return None
    if value == 0:
        return Change("same", _("Igual que en %(month)s") % {"month": month_name(before)})
    points = text.points(abs(value), language=language())
    template = _("%(points)s más que en %(month)s") if value > 0 else _("%(points)s menos que en %(month)s")
    return Change("up" if value > 0 else "down", template % {"points": points, "month": month_name(before)})


def change_of_count(value: int | None, before: Period) -> Change | None:
    """«4 más que en septiembre»."""
    if value is None:
        return None
    if value == 0:
        return Change("same", _("Las mismas que en %(month)s") % {"month": month_name(before)})
    template = _("%(count)s más que en %(month)s") if value > 0 else _("%(count)s menos que en %(month)s")
    count = text.integer(abs(value))
    return Change("up" if value > 0 else "down", template % {"count": count, "month": month_name(before)})


def against_programme(behind: float | None, programmed: float | None) -> Change | None:
    """«4.1 puntos menos que lo programado a esta fecha (89.8 %)»."""
    if behind is None or programmed is None:
        return None
    where = {"programmed": percent(programmed)}
    if behind == 0:
        return Change("same", _("Igual a lo programado a esta fecha (%(programmed)s)") % where)
    points = text.points(abs(behind), language=language())
    template = (
        _("%(points)s más que lo programado a esta fecha (%(programmed)s)")
        if behind > 0
        else _("%(points)s menos que lo programado a esta fecha (%(programmed)s)")
    )
    return Change("up" if behind > 0 else "down", template % (where | {"points": points}))


def closing_name(closing: Closing) -> str:
    """«Cierre núm. 1», «Cierre complementario núm. 1» (the first one that supersedes)."""
    match closing.kind:
        case Closing.Kind.SUPPLEMENTARY:
            return _("Cierre complementario núm. %(number)s") % {"number": closing.number - 1}
        case Closing.Kind.HISTORICAL:
            return _("Cierre de carga histórica núm. %(number)s") % {"number": closing.number}
        case _:
            return _("Cierre núm. %(number)s") % {"number": closing.number}


def parameters_note(version: SchemeVersion | None) -> str:
    """The note under every light: this default is ours until the institution decides (A.5)."""
    if version is None:
        return _(
            "Parámetros de semaforización y clasificación propuestos por el sistema; la institución aún no los define. "
            "No existe un umbral oficial aplicable."
        )
    return _(
        "Parámetros de semaforización y clasificación vigentes desde el %(since)s, definidos por la "
        "institución (versión %(version)s). No existe un umbral oficial aplicable; el sistema propuso los "
        "valores iniciales."
    ) % {"since": text.short_date(version.effective_from), "version": version.number}
