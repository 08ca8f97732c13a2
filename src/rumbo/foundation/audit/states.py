"""The canonical form of what is recorded: the same facts always give the same text and digest. Pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """A JSON value: decimals without trailing zeros as text, dates as ISO text, anything unknown as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, float):
        return format(value, ".8f")
    if isinstance(value, datetime):  # the database gives moments back in UTC: the same moment is the same text
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)


def canonical(value: Any) -> str:
    """Canonical JSON text: sorted keys, no spaces, non-ASCII kept."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Any) -> str:
    """sha256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def state_of(record: Any) -> dict[str, Any]:
    """The audited state of a model instance: its `audit_state()` if it has one, else its `audit_fields`."""
    if hasattr(record, "audit_state"):
        return {str(key): plain(item) for key, item in record.audit_state().items()}
    return {name: plain(getattr(record, name)) for name in record.audit_fields}
