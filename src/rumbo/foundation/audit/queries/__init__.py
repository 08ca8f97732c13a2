"""Reading the trail, and verifying that nobody touched it."""

from collections.abc import Iterable
from typing import Any

from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.audit.queries.prepared import Prepared
from rumbo.foundation.audit.queries.remembered import Memory, forget, remembered
from rumbo.foundation.audit.queries.trail import TrailFilter, actions_in, details_of, event_of, rows_by_key, trail
from rumbo.foundation.audit.queries.verification import Problem, is_in_chain, register_check, verify

__all__ = [
    "Memory",
    "Prepared",
    "Problem",
    "TrailFilter",
    "actions_in",
    "details_of",
    "event_of",
    "forget",
    "head_hash",
    "history_of",
    "history_of_all",
    "is_in_chain",
    "register_check",
    "remembered",
    "rows_by_key",
    "trail",
    "verify",
]


def head_hash(chain: str) -> str:
    """Hash of the newest event of a chain; zeros when it has none."""
    found = _heads.rows(chain)
    return str(found[0][0]) if found else "0" * 64


@Prepared  # every page asks it
def _heads(chain: str) -> Any:
    return Head.objects.filter(chain=chain).values_list("hash")


def history_of_all(refs: Iterable[str]) -> list[Event]:
    """Events of several subjects, newest first, without their payload. One query."""
    return list(Event.objects.filter(subject_ref__in=list(refs)).order_by("-pk").defer("payload"))


def history_of(model: str, ref: str) -> list[Event]:
    """Events of one subject, oldest first. `model` as in `app.model`."""
    return list(Event.objects.filter(subject_model=model, subject_ref=ref).order_by("sequence"))
