"""The question that every page asks first: may whoever stands here come in?

The shell puts `actor`, `institution`, `today` and `now` on the request. A page that is not behind a door does not
pass the tests: each view carries the permission it asked for in `asks`.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from rumbo.core.vocabulary.permission import Permission

if TYPE_CHECKING:
    from rumbo.foundation.organization.actor import PersonActor
    from rumbo.foundation.organization.models import Institution


class Request(HttpRequest):
    """What a page receives once it is inside."""

    actor: "PersonActor"
    institution: "Institution"
    today: date
    now: datetime
    htmx: Any
    head: str  # of the institution's trail, read when it is first asked for: nothing was written while it is the same


View = Callable[..., HttpResponseBase]


def door[**P](
    permission: Permission,
) -> Callable[[Callable[Concatenate[Request, P], HttpResponseBase]], View]:
    """Let in only who holds `permission` somewhere in the institution; the page limits itself to their units.

    Nobody signed in: to the sign-in page. Signed in without the permission: 403. Another institution was already
    answered with 404 by the shell.
    """

    def wrap(view: Callable[Concatenate[Request, P], HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor is None:
                return redirect_to_login(request.get_full_path())
            if not request.actor.may(permission, request.institution.pk):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.asks = permission  # type: ignore[attr-defined]
        return guarded

    return wrap


def signed_in(view: Callable[..., HttpResponseBase]) -> View:
    """For the few pages outside an institution that only need a person."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.asks = "signed_in"  # type: ignore[attr-defined]
    return guarded


def everyone(view: Callable[..., HttpResponseBase]) -> View:
    """For the pages that anybody may open: sign-in, first password, the public ones."""
    view.asks = "everyone"  # type: ignore[attr-defined]
    return view


def require(actor: Any, permission: Permission, institution: int, unit: int) -> None:
    """Second question, once the subject is known: is the permission held over its unit?"""
    if not actor.may(permission, institution, unit):
        raise PermissionDenied
