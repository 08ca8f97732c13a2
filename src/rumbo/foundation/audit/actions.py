"""The one way to write to the trail. Called inside the transaction of the action it tells of."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from rumbo.core.vocabulary.permission import Actor
from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.audit.states import canonical, digest, state_of

INSTALLATION = ""


def record(
    *,
    chain: str,
    by: Actor,
    action: str,
    at: datetime,
    subject: models.Model | None = None,
    title: str = "",
    before: dict[str, Any] | None = None,
    rows: Iterable[models.Model] = (),
    gone: Iterable[models.Model] = (),
    details: dict[str, Any] | None = None,
) -> Event:
    """Append one event to a chain (an institution's slug, or INSTALLATION).

    `subject` is stored with its state after the action (with `audit_fields` or `audit_state()`, and `ref`);
    `before` is `state_of(subject)` taken before it. `rows` are the many rows of bulk work: the event keeps the
    digest of each one's state by its ref. `gone` are rows that the action deletes.
    Must run inside a transaction: the head is locked last.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record fuera de una transacción: la acción y su registro deben vivir juntos")
    payload: dict[str, Any] = {"at": at, "by": by.label, "action": action}
    if title:
        payload["title"] = title[:300]
    model = ref = ""
    if subject is not None:
        model, ref = subject._meta.label_lower, str(getattr(subject, "ref"))  # noqa: B009
        after = state_of(subject)
        payload |= {"model": model, "ref": ref, "after": after, "digest": digest(after)}
        if before is not None:
            payload["before"] = {key: value for key, value in before.items() if after.get(key) != value}
            if appeared := sorted(after.keys() - before.keys()):  # told only when they say something
                payload["appeared"] = appeared
    digests: dict[str, dict[str, str]] = {}
    for row in rows:
        digests.setdefault(row._meta.label_lower, {})[str(getattr(row, "ref"))] = digest(state_of(row))  # noqa: B009
    if digests:
        payload["rows"] = digests
    refs: dict[str, list[str]] = {}
    for row in gone:
        refs.setdefault(row._meta.label_lower, []).append(str(getattr(row, "ref")))  # noqa: B009
    if refs:
        payload["gone"] = refs
    if details:
        payload["details"] = details
    return _append(chain, by.label, action, at, model, ref, title[:300], canonical(payload))


def _append(chain: str, actor: str, action: str, at: datetime, model: str, ref: str, title: str, payload: str) -> Event:
    head = Head.objects.select_for_update().filter(chain=chain).first()
    if head is None:  # the first event of a chain: on PostgreSQL two may begin it at once
        Head.objects.get_or_create(chain=chain)
        head = Head.objects.select_for_update().get(chain=chain)
    event = Event.objects.create(
        chain=chain,
        sequence=head.sequence + 1,
        at=at,
        actor=actor,
        action=action,
        subject_model=model,
        subject_ref=ref,
        title=title,
        payload=payload,
        previous=head.hash,
        hash=hashlib.sha256((head.hash + payload).encode()).hexdigest(),
    )
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    return event
