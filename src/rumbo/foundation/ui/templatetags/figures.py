"""Figures as every page writes them, by the same `rumbo.core.rendering.text` that writes the documents.

They only write what they are given: a percentage arrives as it was stored.
"""

from typing import Any

from django import template
from django.utils.translation import get_language

from rumbo.core.rendering import text

register = template.Library()


def language() -> text.Language:
    return "en" if (get_language() or "").startswith("en") else "es"


def _known(value: Any) -> text.Number:
    """Django writes a name that the context lacks as "": it is unknown, like None."""
    return None if value == "" else value


def _decimals(value: Any, default: int | None) -> int | None:
    return default if value in (None, "") else int(value)


@register.filter
def figure(value: text.Number, decimals: Any = None) -> str:
    """«1,234.5»; «–» for what is unknown. Without `decimals`, as many as the value has."""
    return text.number(_known(value), _decimals(decimals, None))


@register.filter
def signed(value: text.Number, decimals: Any = None) -> str:
    """«+3», «−2.5»."""
    return text.number(_known(value), _decimals(decimals, None), signed=True)


@register.filter
def percent(value: text.Number, decimals: Any = 1) -> str:
    """«44.3 %»: the value is already a percentage."""
    return text.percent(_known(value), _decimals(decimals, 1) or 0, language=language())


@register.filter
def points(value: text.Number, decimals: Any = 1) -> str:
    """«−3.5 puntos»: a difference of percentages."""
    return text.points(_known(value), _decimals(decimals, 1) or 0, signed=True, language=language())


@register.filter
def money(value: text.Number, decimals: Any = 2) -> str:
    """«$1,234.50»."""
    return text.pesos(_known(value), _decimals(decimals, 2) or 0)
