"""«Bitácora»: what was done in the institution, by whom and when. Read only; nobody can change it here."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.ui.doors import Request, door

PAGE = 50  # lines that a person still reads; more is what the filters are for


@door(Permission.VIEW_TRAIL)
def page(request: Request) -> HttpResponse:
    chain = request.institution.slug
    asked = request.GET
    wanted = audit.TrailFilter(
        actor=asked.get("persona", "").strip(),
        action=asked.get("accion", ""),
        text=asked.get("texto", "").strip(),
        since=start_of(asked.get("desde", "")),
        until=start_of(asked.get("hasta", ""), after=1),
    )
    context = {
        "page": Paginator(audit.trail(chain, wanted), PAGE).get_page(asked.get("pagina")),
        "actions": audit.actions_in(chain),
        "asked": asked,
        "head": audit.head_hash(chain),
    }
    return render(request, "shell/trail.html", context)


@door(Permission.VIEW_TRAIL)
def event(request: Request, sequence: int) -> HttpResponse:
    found = audit.event_of(request.institution.slug, sequence)
    if found is None:
        raise Http404
    payload = json.loads(found.payload)
    context = {
        "event": found,
        "changes": changes(payload),
        "details": payload.get("details", {}),
        "rows": rows(payload),
    }
    return render(request, "shell/trail_event.html", context)


def start_of(text: str, *, after: int = 0) -> datetime | None:
    """The first moment of a day written as 2026-10-31, some days after; None when it is not a day."""
    try:
        day = date.fromisoformat(text) + timedelta(days=after)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time.min))


def changes(payload: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Field, before and after. Of something new there is no before."""
    after: dict[str, Any] = payload.get("after", {})
    if "before" not in payload:
        return [(name, None, value) for name, value in after.items() if value not in (None, "", [])]
    return [(name, value, after.get(name)) for name, value in payload["before"].items()]


def rows(payload: dict[str, Any]) -> list[tuple[str, int]]:
    """How many rows of each kind a piece of bulk work wrote."""
    return [(model, len(digests)) for model, digests in payload.get("rows", {}).items()]
