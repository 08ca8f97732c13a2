"""The long menus of a board, written directly: sixty areas and three years of months."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.presenters.wording import month_and_year

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit

DEEPEST = 4  # levels that are indented


def months_menu(opened: Opened) -> SafeString:
    """The options of the months, newest first."""
    abierto = f" · {_('abierto')}"
    return format_html_join(
        "",
        '<option value="{}"{}>{}{}</option>',
        (
            (
                str(month.period),
                mark_safe(" selected") if month.period == opened.period else "",
                month_and_year(month.period),
                abierto if month.is_open else "",
            )
            for month in opened.months.months
        ),
    )


def areas_menu(opened: Opened, units: "Iterable[Unit]", here: "Unit") -> SafeString:
    """The areas whose boards may be opened, each with its indentation."""
    address = opened.links.area("~~~")
    return format_html_join(
        "",
        '<li class="depth-{}"><a href="{}"{}>{}</a></li>',
        (
            (
                min(unit.path.count("/") - 2, DEEPEST),
                address.replace("~~~", quote(unit.code, safe="")),
                mark_safe(' aria-current="page"') if unit.pk == here.pk else "",
                unit.name,
            )
            for unit in units
        ),
    )
