"""Readings as the pages say them."""

from typing import Any

from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.rendering.stretches import stretch_name
from rumbo.systems.captures import queries
from rumbo.systems.captures.models import Correction
from rumbo.systems.indicators.queries import asked_of


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
