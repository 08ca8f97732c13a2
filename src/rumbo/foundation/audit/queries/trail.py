"""The trail as a page shows it: filtered, newest first."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from rumbo.foundation.audit.models import Event


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Empty fields do not filter. `action` may be a whole action or its app («captures»); `until` is excluded."""

    actor: str = ""
    action: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None


def trail(chain: str, wanted: TrailFilter | None = None) -> QuerySet[Event]:
    """Events of one chain, newest first, without their payload."""
    wanted = wanted or TrailFilter()
    events = Event.objects.filter(chain=chain).order_by("-sequence").defer("payload")
    if wanted.actor:
        events = events.filter(actor__icontains=wanted.actor)
    if wanted.action:
        whole = "." in wanted.action
        events = events.filter(action=wanted.action) if whole else events.filter(action__startswith=f"{wanted.action}.")
    if wanted.text:
        events = events.filter(title__icontains=wanted.text)
    if wanted.since:
        events = events.filter(at__gte=wanted.since)
    if wanted.until:
        events = events.filter(at__lt=wanted.until)
    return events


def event_of(chain: str, sequence: int) -> Event | None:
    return Event.objects.filter(chain=chain, sequence=sequence).first()


def rows_by_key(table: type[Model], keys: Iterable[int]) -> dict[int, Model]:
    """The rows that the keys of an event name, for whoever may read the event; those that are gone are left out."""
    return dict(table._default_manager.in_bulk(sorted(set(keys))))


def details_of(*actions: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Chain, ref of the subject and details of each event of those actions, oldest first."""
    events = Event.objects.filter(action__in=actions).order_by("pk").values_list("chain", "subject_ref", "payload")
    for chain, ref, payload in events.iterator():
        try:
            yield chain, ref, json.loads(payload).get("details", {})
        except ValueError:
            continue  # altered: `verify` names it by its hash


def actions_in(chain: str) -> list[str]:
    """The different actions a chain tells of, in alphabetical order."""
    return list(Event.objects.filter(chain=chain).order_by("action").values_list("action", flat=True).distinct())
