"""One thing that a person owes: the line of «Mis pendientes»."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Owed:
    """`kind` groups (capture, returned, area_review, planning_review, close, deliver…); `url` leads to the work."""

    kind: str
    title: str
    detail: str
    url: str
    due_on: date | None = None
    reason: str = ""
    count: int = 1
    unit_name: str = ""
