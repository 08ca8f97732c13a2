"""What the base page needs on every page."""

from typing import Any


def shell(request: Any) -> dict[str, Any]:
    return {}
