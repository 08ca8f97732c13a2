"""The demonstration's settings and hours."""

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Mexico_City")


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """An hour of a working day, aware."""
    return datetime.combine(day, time(hour, minute), ZONE)


def settings_of(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "institution.toml").read_text(encoding="utf-8"))
