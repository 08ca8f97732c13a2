"""What the pages show: words around a value, and the area's sheet."""

from rumbo.systems.captures.presenters.readings import changed_readings, hint
from rumbo.systems.captures.presenters.words import (
    Happened,
    Notice,
    history,
    language,
    month_name,
    plain,
    resulting,
    returned_because,
    returned_by,
    sentence,
    state_label,
    value_labels,
    warnings,
)

__all__ = [
    "Happened",
    "Notice",
    "changed_readings",
    "hint",
    "history",
    "language",
    "month_name",
    "plain",
    "resulting",
    "returned_because",
    "returned_by",
    "sentence",
    "state_label",
    "value_labels",
    "warnings",
]
