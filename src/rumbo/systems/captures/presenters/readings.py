"""Readings as the pages say them."""

from typing import Any

from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.rendering.stretches import stretch_name
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.systems.captures import queries
from rumbo.systems.captures.models import Correction
from rumbo.systems.captures.presenters.words import month_name
from rumbo.systems.indicators.queries import Asked, asked_of


def hint(asked: Asked, period: int) -> str:
    """What the fields want: the commonest mistake is to write what has accumulated."""
    added = asked.recipe.accumulation in (Accumulation.SUM, Accumulation.RATIO, Accumulation.RATE)
    if asked.by_stretches:
        weekly = asked.frequency is Frequency.WEEKLY
        if added:
            return _("Solo lo de cada semana, no el acumulado.") if weekly else _(
                "Solo lo de cada quincena, no el acumulado."
            )  # fmt: skip
        return _("Lo de cada semana.") if weekly else _("Lo de cada quincena.")
    if added:
        return _("Cada variable solo de %(month)s; el sistema acumula.") % {"month": month_name(period)}
    return _("Cada variable de %(month)s; el sistema calcula el valor.") % {"month": month_name(period)}


def changed_readings(correction: Correction) -> list[tuple[str, str, str]]:
    """What a correction changes: variable (and stretch), what it said and what it should say."""
    asked, period = asked_of(correction.capture.indicator), correction.capture.period
    before, after = (
        queries.stretches_in(kept, asked, period) for kept in (correction.before_readings, correction.after_readings)
    )
    found = []
    for slot, was, will in zip(asked.stretches(period), before, after, strict=True):
        where = f" · {stretch_name(slot, _)}" if asked.by_stretches else ""
        for one in asked.variables:
            pair: list[Any] = [row.figures.get(one.symbol) for row in (was, will)]
            if pair[0] != pair[1]:
                found.append((one.title + where, *(text.number(value) for value in pair)))
        if was.reason != will.reason:
            found.append((_("Razón") + where, was.reason or "–", will.reason or "–"))
    return [(name, str(was), str(will)) for name, was, will in found]
