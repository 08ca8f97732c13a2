"""Words of the vocabulary, and their badges: shape, word and colour."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rumbo.core.rendering.charts import light_mark
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.risk import Risk
from rumbo.foundation.ui import presenters

register = template.Library()

_MARK = '<abbr class="mark" title="{0}"><span aria-hidden="true">{1}</span><span class="sr-only">{0}</span></abbr>'


@register.filter
def label(value: Any) -> str:
    """The translated word of any member of the vocabulary."""
    return _(value.label) if value is not None and value.label else ""


@register.filter
def translated(value: str) -> str:
    """A Spanish source string that arrives as data (a rule's sentence, a role's description)."""
    return _(value) if value else ""


@register.filter
def reason(value: Any) -> str:
    """The translated text of a refusal or of a rule's finding: both carry `template` and `params`."""
    return presenters.filled(value)


@register.filter
def light_badge(value: int | Light | None) -> SafeString:
    """Shape, word and colour of a light."""
    light = Light.NO_DATA if value is None else Light(int(value))
    return _light_badge(light, _(light.label))


@lru_cache(maxsize=64)
def _light_badge(light: Light, word: str) -> SafeString:
    name = light.key.replace("_", "-")
    return format_html('<span class="badge light light-{}">{}<span>{}</span></span>', name, _shape(light, ""), word)


@register.filter
def light_shape(value: int | Light | None) -> SafeString:
    """The shape alone, where a table has no room for the word; a screen reader says the word."""
    light = Light.NO_DATA if value is None else Light(int(value))
    return _shape(light, _(light.label))


@lru_cache(maxsize=64)
def _shape(light: Light, title: str) -> SafeString:
    return mark_safe(light_mark(light, title=title, size=12))  # noqa: S308  (our own SVG; the title is escaped there)


# Risk climbs a stair of three steps: another drawing than the light's, so that neither is taken for the other.
_STEPS = ((0.5, 8, 4), (4.5, 4.5, 7.5), (8.5, 1, 11))
_RISK_COLOURS = {Risk.LOW: "green", Risk.MEDIUM: "amber", Risk.HIGH: "red"}


@register.filter
def risk_badge(value: int | Risk | None) -> SafeString:
    """Stair, word and colour of a risk."""
    risk = Risk(int(value or 0))
    return _risk_badge(risk, _(risk.label))


@lru_cache(maxsize=16)
def _risk_badge(risk: Risk, word: str) -> SafeString:
    steps = format_html_join(
        "",
        '<rect x="{}" y="{}" width="3" height="{}" fill="currentColor" fill-opacity="{}"/>',
        ((x, y, height, 1 if level <= risk else 0.25) for level, (x, y, height) in enumerate(_STEPS, 1)),
    )
    return format_html(
        '<span class="badge risk light-{}"><svg class="risk-mark" viewBox="0 0 12 12" width="12" height="12"'
        ' aria-hidden="true" focusable="false">{}</svg><span>{}</span></span>',
        _RISK_COLOURS.get(risk, "none"), steps, word,
    )  # fmt: skip


@register.filter
def class_badge(value: int | PerformanceClass | None) -> SafeString:
    found = PerformanceClass.NONE if value is None else PerformanceClass(int(value))
    return _class_badge(found, _(found.label))


@lru_cache(maxsize=64)
def _class_badge(found: PerformanceClass, word: str) -> SafeString:
    return format_html('<span class="badge class class-{}">{}</span>', found.key or "none", word)


@register.filter
def state_badge(value: str | CaptureState | None) -> SafeString:
    """Where a capture stands in its review."""
    state = CaptureState.MISSING if not value else CaptureState(value)
    return format_html('<span class="pill state-{}">{}</span>', state.value.replace("_", "-"), _(state.label))


@register.filter
def marks(value: int | Mark | None) -> SafeString:
    """The symbols of a result's marks, each with its word."""
    return _marks(int(value or 0), get_language() or "")


@lru_cache(maxsize=512)
def _marks(value: int, language: str) -> SafeString:
    """The words depend on the language that is active, which is part of what is remembered."""
    found = (mark for mark in Mark(value) if mark.symbol)
    return format_html_join(" ", _MARK, ((_(mark.label), mark.symbol) for mark in found))


@register.filter
def critical_mark(value: bool) -> SafeString | str:
    """✱, the flag of a critical indicator."""
    if not value:
        return ""
    return format_html(_MARK, _("Indicador crítico"), "✱")


@register.filter
def join_names(values: Iterable[Any]) -> str:
    """«Obras, Servicios y Cultura»."""
    names = [str(value) for value in values]
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s y %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
