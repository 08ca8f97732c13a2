"""«Bitácora»: what was done in the institution, by whom and when. Read only; nobody can change it here."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.actor import SystemActor
from rumbo.foundation.ui.doors import Request, door
from rumbo.shell import trail_reading as reading

PAGE = 50  # lines that a person still reads; more is what the filters are for


@door(Permission.VIEW_TRAIL)
def page(request: Request) -> HttpResponse:
    chain = request.institution.slug
    asked = request.GET
    wanted = audit.TrailFilter(
        actor=asked.get("persona", "").strip(),
        action=asked.get("accion", ""),
        text=reading.months_as_stored(asked.get("texto", "").strip()),
        since=start_of(asked.get("desde", "")),
        until=start_of(asked.get("hasta", ""), after=1),
    )
    people = people_of(request)
    found = Paginator(audit.trail(chain, wanted), PAGE).get_page(asked.get("pagina"))
    context = {
        "page": found,
        "lines": [line_of(event, people) for event in found],
        "actions": reading.action_choices(audit.actions_in(chain)),
        "people": sorted(people.items(), key=lambda pair: pair[1]),
        "filtered": any(asked.get(name) for name in ("persona", "accion", "texto", "desde", "hasta")),
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
        "line": line_of(found, people_of(request)),
        "changes": reading.changes(payload),
        "is_new": "before" not in payload,
        "details": reading.details(payload),
        "table": reading.table_word(found.subject_model) if found.subject_model else "",
    }
    return render(request, "shell/trail_event.html", context)


def people_of(request: Request) -> dict[str, str]:
    """Name of everybody who has or had a place here, by address. One query, however many events are shown."""
    held = organization.everybody_in(request.institution)
    return {item.person.email: item.person.name for item in held} | {SystemActor.label: _("Sistema")}


def line_of(event: Event, people: dict[str, str]) -> dict[str, Any]:
    """`address` only where it says more than the name."""
    name = people.get(event.actor, event.actor)
    return {
        "event": event,
        "word": reading.action_word(event.action),
        "title": reading.title_of(event.action, event.title),
        "name": name,
        "address": event.actor if "@" in event.actor and name != event.actor else "",
    }


def start_of(text: str, *, after: int = 0) -> datetime | None:
    """The first moment of a day written as 2026-10-31, some days after; None when it is not a day."""
    try:
        day = date.fromisoformat(text) + timedelta(days=after)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time.min))
