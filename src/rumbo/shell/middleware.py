"""Puts on each request who asks, the institution of the address, and the day."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import queries
from rumbo.shell import clock


class PrefetchMiddleware:
    """A browser that fetches ahead of the person has asked for nothing: some pages tell the trail who took what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
        if "prefetch" in said or "prerender" in said:
            return HttpResponse(status=503, headers={"Cache-Control": "no-store"})  # thrown away by the browser
        return self.get_response(request)


class ActorMiddleware:
    """`request.actor` is None for nobody; an institution where the actor has no place is answered with 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.now = clock.now()
        request.today = clock.today()
        request.institution = None
        request.actor = None
        if request.user.is_authenticated:
            request.actor = queries.actor_of(request.user, on=request.today)
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """`slug` leaves the arguments: views find the institution on the request."""
        slug = kwargs.pop("slug", None)
        if slug is None:
            return
        if request.actor is None:
            # Nobody: the door sends them to sign in without telling whether the institution exists.
            return
        request.institution = queries.institution_for(request.actor, slug)
        if request.institution is None:
            raise Http404
        request.head = SimpleLazyObject(lambda: audit.head_hash(slug))
