"""The canonical text of a sealed month, whose digest is printed in its documents. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

SEALED = (
    "slot_period", "due", "state", "weight", "critical", "programmed", "actual", "programmed_to_date",
    "actual_to_date", "annual_target", "compliance_month", "compliance_to_date", "compliance_year",
    "programmed_year", "gap", "light", "performance_class", "reason", "marks", "streak", "rank",
)  # fmt: skip


def line(code: str, values: Mapping[str, Any]) -> str:
    """One indicator's results as text: floats with eight decimals (decision I), absent ones empty."""
    return code + "|" + "|".join(_text(values[name]) for name in SEALED)


def digest(lines: Iterable[str]) -> str:
    """sha256 over the sorted lines, in hexadecimal."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return format(value, ".8f")
    return str(value)
