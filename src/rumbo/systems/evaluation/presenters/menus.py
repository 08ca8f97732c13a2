"""The long menus of a board, written directly: sixty areas and three years of months."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.presenters.wording import month_and_year

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit

DEEPEST = 4  # levels that are indented


def months_menu(opened: Opened) -> SafeString:
    """The options of the months, newest first."""
    is_open = escape(f" · {_('abierto')}")
    options = (
        f'<option value="{month.period}"{" selected" if month.period == opened.period else ""}>'
        f"{escape(month_and_year(month.period))}{is_open if month.is_open else ''}</option>"
        for month in opened.months.months
    )
    return mark_safe("".join(options))  # noqa: S308  (escaped above)


def areas_menu(opened: Opened, units: "Iterable[Unit]", here: "Unit") -> SafeString:
    """The areas whose boards may be opened, each with its indentation."""
    address = opened.links.area("~~~")
    items = (
        f'<li class="depth-{min(unit.path.count("/") - 2, DEEPEST)}">'
        f'<a href="{escape(address.replace("~~~", quote(unit.code, safe="")))}"'
        f"{' aria-current="page"' if unit.pk == here.pk else ''}>{escape(unit.name)}</a></li>"
        for unit in units
    )
    return mark_safe("".join(items))  # noqa: S308  (escaped above)
