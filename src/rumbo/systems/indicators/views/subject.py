"""Looking up what a page is about, inside the institution and with the permission over its area."""

from uuid import UUID

from django.http import Http404

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui.doors import Request, require
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.models import Goal, Indicator

KNOWN = range(1900, 2999)  # the last one ends in 2999, as periods do


def goal_of(request: Request, ref: UUID, *, to_edit: bool = False) -> Goal:
    """404 in another institution; 403 without permission to edit goals of its area; 404 to edit a retired one."""
    found = queries.goal_by_ref(request.institution, str(ref))
    if found is None or (to_edit and found.retired_on is not None):
        raise Http404
    if to_edit:
        require(request.actor, Permission.EDIT_GOALS, request.institution.pk, found.unit_id)
    return found


def indicator_of(request: Request, ref: UUID) -> Indicator:
    """To edit it; as `goal_of`."""
    found = queries.indicator_by_ref(request.institution, str(ref))
    if found is None or found.retired_on is not None or found.goal.retired_on is not None:
        raise Http404
    require(request.actor, Permission.EDIT_GOALS, request.institution.pk, found.goal.unit_id)
    return found


def year_in(text: str, otherwise: int) -> int:
    """The name of a fiscal year in an address; anything else is the one of today."""
    return int(text) if text.isdecimal() and len(text) == 4 and int(text) in KNOWN else otherwise
