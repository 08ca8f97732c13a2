"""Whether the trail and what it tells of are still what they were (decision V).

Three things are looked at: each chain of events by itself; each audited row against the last state that an event
recorded of it; and what other apps add (`register_check`), such as the hash printed in each closing, which finds the
tail that was cut together with the head.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.audit.states import digest, state_of

ZEROS = "0" * 64
BATCH = 2000  # rows held in memory at once

type Check = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """`chain` is empty for the installation's; `place` names the event or the row; `message` what is wrong."""

    chain: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(slots=True)
class _Told:
    """What the events say of each row: model → ref → digest, or None once it was deleted."""

    rows: dict[str, dict[str, str | None]] = field(default_factory=dict)
    chains: dict[str, dict[str, str]] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, chain: str, payload: dict[str, Any], title: str) -> None:
        if "digest" in payload and payload.get("model"):
            self._put(chain, payload["model"], payload["ref"], payload["digest"])
            self.titles[payload["model"], payload["ref"]] = title
        for model, digests in payload.get("rows", {}).items():
            for ref, told in digests.items():
                self._put(chain, model, ref, told)
        for model, refs in payload.get("gone", {}).items():
            for ref in refs:
                self._put(chain, model, ref, None)

    def continues(self, payload: dict[str, Any]) -> bool:
        """Whether what an event found was what the one before it had left: who alters a row and then lets the program
        write over it would otherwise leave no trace."""
        last = self.rows.get(payload.get("model", ""), {}).get(payload.get("ref", ""))
        if last is None or "before" not in payload:
            return True
        kept = {name: value for name, value in payload["after"].items() if name not in payload.get("appeared", ())}
        return digest(kept | payload["before"]) == last

    def _put(self, chain: str, model: str, ref: str, told: str | None) -> None:
        self.rows.setdefault(model, {})[ref] = told
        self.chains.setdefault(model, {})[ref] = chain


_checks: list[Check] = []


def register_check(check: Check) -> None:
    """An app above adds what only it can verify. Called once, in its `apps.py`; returns sentences of what is wrong."""
    if check not in _checks:
        _checks.append(check)


def is_in_chain(chain: str, event_hash: str) -> bool:
    """Whether an event with that hash is still in the chain: the hash that was printed when it was the newest."""
    return event_hash == ZEROS or Event.objects.filter(chain=chain, hash=event_hash).exists()


def verify() -> list[Problem]:
    """Everything that does not agree, in one snapshot of the database; nothing when all is well."""
    told = _Told()
    with _snapshot():
        problems = list(_broken_chains(told))
        for model in audited_models():
            problems.extend(_altered_rows(model, told))
            problems.extend(_wrong_paths(model, told))
        problems.extend(Problem("", "", sentence) for check in _checks for sentence in check())
    return problems


def audited_models() -> list[type[models.Model]]:
    """Those that declare `audit_fields` or `audit_state()`, and a `ref`."""
    return [
        model
        for model in apps.get_models()
        if (hasattr(model, "audit_fields") or hasattr(model, "audit_state")) and hasattr(model, "ref")
    ]


def _broken_chains(told: _Told) -> Iterator[Problem]:
    heads = {head.chain: head for head in Head.objects.all()}
    last: dict[str, tuple[int, str]] = dict.fromkeys(heads, (0, ZEROS))
    # By primary key: the order in which things happened, also between chains.
    for event in Event.objects.order_by("pk").iterator(chunk_size=BATCH):
        sequence, previous = last.get(event.chain, (0, ZEROS))
        place = f"{event.chain or _('instalación')}#{event.sequence}"
        if event.sequence != sequence + 1:
            yield Problem(event.chain, place, _("falta el evento %(number)s") % {"number": sequence + 1})
        elif event.previous != previous:
            yield Problem(event.chain, place, _("no continúa al evento anterior"))
        if event.hash != hashlib.sha256((event.previous + event.payload).encode()).hexdigest():
            yield Problem(event.chain, place, _("el evento «%(action)s» fue alterado") % {"action": event.action})
        last[event.chain] = (event.sequence, event.hash)
        try:
            payload = json.loads(event.payload)
        except ValueError:
            continue  # already named: its hash cannot be right
        if not _copies_agree(event, payload):
            words = _("los datos de búsqueda del evento «%(action)s» fueron alterados")
            yield Problem(event.chain, place, words % {"action": event.action})
        if not told.continues(payload):
            words = _("antes del evento «%(action)s» el renglón ya no era como lo dejó su evento anterior")
            yield Problem(event.chain, place, words % {"action": event.action})
        told.take(event.chain, payload, event.title)
    yield from _wrong_heads(heads, last)


def _copies_agree(event: Event, payload: dict[str, Any]) -> bool:
    """The columns kept to be searched repeat what the payload says."""
    return (
        payload.get("by") == event.actor
        and payload.get("action") == event.action
        and payload.get("title", "") == event.title
        and payload.get("model", "") == event.subject_model
        and payload.get("ref", "") == event.subject_ref
        and _moment(payload.get("at")) == event.at.timestamp()
    )


def _moment(text: Any) -> float | None:
    try:
        return datetime.fromisoformat(text).timestamp()
    except (TypeError, ValueError):
        return None


def _wrong_heads(heads: dict[str, Head], last: dict[str, tuple[int, str]]) -> Iterator[Problem]:
    for chain, (sequence, newest) in last.items():
        head = heads.get(chain)
        name = chain or _("instalación")
        if head is None:
            yield Problem(chain, name, _("falta la cabeza de la cadena"))
        elif head.sequence > sequence:
            words = _("faltan los eventos posteriores al %(number)s") % {"number": sequence}
            yield Problem(chain, f"{name}#{head.sequence}", words)
        elif (head.sequence, head.hash) != (sequence, newest):
            yield Problem(chain, f"{name}#{head.sequence}", _("la cabeza de la cadena no es su último evento"))


def _altered_rows(model: type[models.Model], told: _Told) -> Iterator[Problem]:
    name = model._meta.label_lower
    recorded = told.rows.get(name, {})
    chains = told.chains.get(name, {})
    seen: set[str] = set()
    rows = model._default_manager.order_by("pk")
    if prefetch := getattr(model, "audit_prefetch", ()):
        rows = rows.prefetch_related(*prefetch)
    for row in rows.iterator(chunk_size=BATCH):
        ref = str(getattr(row, "ref"))  # noqa: B009
        seen.add(ref)
        place = f"{name} «{row}» ({ref})"
        if ref not in recorded:
            yield Problem("", place, _("no tiene ningún evento: no la escribió el programa"))
        elif recorded[ref] is None:
            yield Problem(chains[ref], place, _("la bitácora dice que se eliminó"))
        elif digest(state_of(row)) != recorded[ref]:
            yield Problem(chains[ref], place, _("no es como la dejó su último evento"))
    for ref, last in recorded.items():
        if last is not None and ref not in seen:
            title = told.titles.get((name, ref), "")
            yield Problem(chains[ref], f"{name} «{title}» ({ref})", _("se eliminó sin evento"))


def _wrong_paths(model: type[models.Model], told: _Told) -> Iterator[Problem]:
    """`path` decides who sees what. It repeats the chain of parents, which is recorded: it must agree with it."""
    if not {"parent", "path"} <= {one.name for one in model._meta.fields}:
        return
    name = model._meta.label_lower
    chains = told.chains.get(name, {})
    rows = {row.pk: row for row in model._default_manager.order_by("pk").iterator(chunk_size=BATCH)}
    for key, row in rows.items():
        ref = str(getattr(row, "ref"))  # noqa: B009
        if ref in chains and getattr(row, "path") != _path_of(key, rows):  # noqa: B009
            words = _("su lugar en el árbol no es el que dicen sus superiores")
            yield Problem(chains[ref], f"{name} «{row}» ({ref})", words)


def _path_of(key: Any, rows: dict[Any, Any]) -> str:
    """«/1/7/23/»: the keys from the top. A knot, or a parent that is not there, ends it."""
    walked: list[Any] = []
    while key is not None and key in rows and key not in walked:
        walked.append(key)
        key = rows[key].parent_id
    return "/" + "".join(f"{one}/" for one in reversed(walked))


@contextmanager
def _snapshot() -> Iterator[None]:
    """One moment of the database, without keeping the people who write waiting."""
    if connection.in_atomic_block:
        yield
        return
    usual = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        setattr(connection, "transaction_mode", "DEFERRED")  # noqa: B010  (only SQLite has it)
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            setattr(connection, "transaction_mode", usual)  # noqa: B010
