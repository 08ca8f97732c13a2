"""Tags and filters of every page: figures, dates, badges, icons, fields and the question of permission.

They only write what they are given: a percentage arrives as it was stored. Figures are written by
`rumbo.core.rendering.text`, the same that writes the documents.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import forms, template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.rendering.charts import light_mark
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui import presenters

register = template.Library()

_MARK = '<abbr class="mark" title="{0}"><span aria-hidden="true">{1}</span><span class="sr-only">{0}</span></abbr>'


def _language() -> text.Language:
    return "en" if (get_language() or "").startswith("en") else "es"


def _known(value: Any) -> text.Number:
    """Django writes a name that the context lacks as "": it is unknown, like None."""
    return None if value == "" else value


def _decimals(value: Any, default: int | None) -> int | None:
    return default if value in (None, "") else int(value)


# Figures


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
    return text.percent(_known(value), _decimals(decimals, 1) or 0, language=_language())


@register.filter
def points(value: text.Number, decimals: Any = 1) -> str:
    """«−3.5 puntos»: a difference of percentages."""
    return text.points(_known(value), _decimals(decimals, 1) or 0, signed=True, language=_language())


@register.filter
def money(value: text.Number, decimals: Any = 2) -> str:
    """«$1,234.50»."""
    return text.pesos(_known(value), _decimals(decimals, 2) or 0)


# Dates


@register.filter
def day(value: date | datetime | None) -> str:
    """«31/10/2026», for tables."""
    return text.short_date(_local_day(value))


@register.filter
def long_day(value: date | datetime | None) -> str:
    """«31 de octubre de 2026», for sentences."""
    return text.long_date(_local_day(value), language=_language())


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
        return text.month_and_year(first, language=_language())
    return text.month_name(first.month, short=style == "short", language=_language())


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


# Words and badges


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


# Components


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """A small drawing; decoration unless it has a title."""
    return presenters.icon(name, title)


@register.simple_tag
def explain_link(url: str, subject: str = "") -> SafeString:
    """«¿Cómo se calculó?» beside a figure. `subject` tells a screen reader of which one."""
    return format_html(
        '<a class="explain" href="{}">{}<span class="explain-text">{}</span><span class="sr-only"> {}</span></a>',
        url, presenters.icon("question"), _("¿Cómo se calculó?"), subject,
    )  # fmt: skip


@register.inclusion_tag("ui/field.html")
def field(bound: forms.BoundField, label: str = "", suffix: str = "") -> dict[str, Any]:
    """A form's field with its label, help and errors beside it. `suffix` is its unit («MB», «días hábiles»)."""
    return {"field": bound, "label": label or bound.label, "suffix": suffix, "widget": presenters.dressed(bound)}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Any) -> dict[str, Any]:
    """Below a list: first, near and last pages, keeping every filter of the address."""
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "request": context.get("request"),
    }


@register.simple_tag(takes_context=True)
def sort_url(context: Context, column: str) -> str:
    """Address of this page sorted by a column: again on the same one turns the order around."""
    query = context["request"].GET.copy()
    query["orden"] = f"-{column}" if query.get("orden") == column else column
    query.pop("pagina", None)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_state(context: Context, column: str) -> str:
    """The value of aria-sort for a column."""
    order = context["request"].GET.get("orden", "")
    return {column: "ascending", f"-{column}": "descending"}.get(order, "none")


# Permission


def _may(context: Context, permission: str, unit: int | None) -> bool:
    request = context.get("request")
    actor, institution = getattr(request, "actor", None), getattr(request, "institution", None)
    if actor is None or institution is None:
        return False
    return bool(actor.may(Permission(permission), institution.pk, unit))


class CanNode(template.Node):
    def __init__(
        self, permission: FilterExpression, unit: FilterExpression | None, name: str, yes: NodeList, no: NodeList
    ) -> None:
        self.permission, self.unit, self.name, self.yes, self.no = permission, unit, name, yes, no

    def render(self, context: Context) -> str:
        unit = self.unit.resolve(context) if self.unit else None
        held = _may(context, self.permission.resolve(context), unit)
        if self.name:
            context[self.name] = held
            return ""
        return self.yes.render(context) if held else self.no.render(context)


@register.tag("can")
def can(parser: Parser, token: Token) -> CanNode:
    """`{% can "capture" unit.pk %}…{% else %}…{% endcan %}`, or `{% can "capture" as may_capture %}`."""
    bits = token.split_contents()[1:]
    name = ""
    if len(bits) > 2 and bits[-2] == "as":
        name, bits = bits[-1], bits[:-2]
    if not 1 <= len(bits) <= 2:
        raise template.TemplateSyntaxError("{% can %} takes a permission and, if needed, a unit")
    yes, no = NodeList(), NodeList()
    if not name:
        yes = parser.parse(("else", "endcan"))
        if parser.next_token().contents == "else":
            no = parser.parse(("endcan",))
            parser.delete_first_token()
    unit = parser.compile_filter(bits[1]) if len(bits) == 2 else None
    return CanNode(parser.compile_filter(bits[0]), unit, name, yes, no)


# The title of the page, written once and shown twice


class RememberNode(template.Node):
    child_nodelists = ("inside",)

    def __init__(self, name: str, inside: NodeList) -> None:
        self.name, self.inside = name, inside

    def render(self, context: Context) -> str:
        context[self.name] = mark_safe(self.inside.render(context).strip())  # noqa: S308  (already rendered)
        return ""


@register.tag("remember")
def remember(parser: Parser, token: Token) -> RememberNode:
    """`{% remember name %}…{% endremember %}` keeps what is inside to be written where it is asked for."""
    inside = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(token.split_contents()[1], inside)


class KeptNode(template.Node):
    child_nodelists = ("inside",)

    def __init__(self, name: str, inside: NodeList) -> None:
        self.name, self.inside = name, inside

    def render(self, context: Context) -> str:
        kept = context.get("kept")
        if kept is None:
            return self.inside.render(context)
        if self.name not in kept:
            kept[self.name] = self.inside.render(context)
        return str(kept[self.name])


@register.tag("kept")
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept name %}…{% endkept %}` is drawn once for the mapping `kept` of the context, when the page has one."""
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(token.split_contents()[1], inside)


@register.filter
def join_names(values: Iterable[Any]) -> str:
    """«Obras, Servicios y Cultura»."""
    names = [str(value) for value in values]
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s y %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
