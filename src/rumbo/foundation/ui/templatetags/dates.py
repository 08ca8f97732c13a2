"""Days, moments and months."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.rendering import text
from rumbo.core.rendering.stretches import stretch_name
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import Slot
from rumbo.foundation.ui.templatetags.figures import language

register = template.Library()


@register.filter
def stretch(value: Slot) -> str:
    """«semana del 2 al 8 de noviembre»."""
    return stretch_name(value, _)


@register.filter
def day(value: date | datetime | None) -> str:
    """«31/10/2026», for tables."""
    return text.short_date(_local_day(value))


@register.filter
def long_day(value: date | datetime | None) -> str:
    """«31 de octubre de 2026», for sentences."""
    return text.long_date(_local_day(value), language=language())


@register.filter
def moment(value: datetime | None) -> str:
    """«31/10/2026 14:05» in the zone of the installation."""
    if value is None:
        return text.NOTHING
    local = timezone.localtime(value)
    return f"{text.short_date(local.date())} {text.clock_time(local)}"


@register.filter
def month(value: int | Period | date | None, style: str = "long") -> str:
    """«octubre de 2026» from a stored period, a Period or a date; "short" is «oct», "name" is «octubre»."""
    if value is None:
        return text.NOTHING
    first = _period(value).first_day
    if style == "long":
        return text.month_and_year(first, language=language())
    return text.month_name(first.month, short=style == "short", language=language())


@register.filter
def until(value: date, today: date) -> str:
    """How far a deadline is: «venció hace 2 días», «hoy», «mañana», «en 4 días»."""
    days = (value - today).days
    if days < 0:
        return ngettext("venció hace %(days)s día", "venció hace %(days)s días", -days) % {"days": -days}
    if days < 2:
        return _("mañana") if days else _("hoy")
    return _("en %(days)s días") % {"days": days}


@register.filter
def slot(value: int | Period | date) -> str:
    """«2026-10», as addresses write a month."""
    return str(_period(value))


def _period(value: int | Period | date) -> Period:
    if isinstance(value, Period):
        return value
    return Period.containing(value) if isinstance(value, date) else Period.of(int(value))


def _local_day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
