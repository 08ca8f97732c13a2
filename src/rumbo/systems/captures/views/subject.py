"""What the pages of one indicator in one month have in common: finding it, and asking whether it may be seen."""

from typing import TYPE_CHECKING, Any

from django.http import Http404

from rumbo.core.timekeeping.period import InvalidPeriod, Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.ui.doors import Request, require
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Indicator


# Who may ask that a closed month be corrected.
MAY_ASK = (Permission.CAPTURE, Permission.APPROVE_AREA, Permission.CORRECT_CLOSED_MONTH)


def subject(
    request: Request, code: str, period: str, permission: Permission = Permission.VIEW_BOARDS
) -> tuple["Indicator", int]:
    """The indicator and the stored number of the month; 404 unless they exist, 403 without the permission there."""
    try:
        month = Period.parse(period)
    except InvalidPeriod as wrong:
        raise Http404 from wrong
    indicator = indicators.indicator_by_code(request.institution, code)
    if indicator is None:
        raise Http404
    require(request.actor, permission, request.institution.pk, indicator.goal.unit_id)
    return indicator, month.index


def said(refusal: Refusal) -> str:
    """A refusal in the language of the page."""
    return filled(refusal)


def crumbs(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"crumbs": pairs}
