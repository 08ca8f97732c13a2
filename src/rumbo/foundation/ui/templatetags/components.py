"""Icons, fields, pagers, the headings that sort and the link that explains."""

from typing import Any

from django import forms, template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rumbo.foundation.ui import presenters

register = template.Library()


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
