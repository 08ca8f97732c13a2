"""Messages keep what they tell raw: whoever reads them decides the language, not whoever was asking."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import named, python_files, room, tree

EAGER = ("rumbo.core.rendering.text", "rumbo.foundation.calendars.queries", "django.utils.translation")
# Those that say another thing in another language; a short date and a figure are the same in both.
WRITERS = {"percent", "points", "long_date", "day_and_month", "month_name", "month_and_year", "sentence_month"}
PLACES = [path for path in python_files() if room(path) in ("rules", "states", "actions")]


def _written(path: Path) -> list[str]:
    """Names that write a figure or a date in one language, imported where rules and refusals are made."""
    imports = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.module in EAGER)
    return [alias.name for node in imports for alias in node.names if alias.name in WRITERS]


@pytest.mark.parametrize("path", PLACES, ids=named)
def test_a_rule_or_a_refusal_does_not_write_its_figures(path: Path) -> None:
    assert _written(path) == [], "wrap the value in its kind (rumbo.core.rendering.told)"


def test_the_search_would_find_one(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.py"
    faulty.write_text("from rumbo.core.rendering.text import percent\n", encoding="utf-8")
    assert _written(faulty) == ["percent"]
    assert len(PLACES) > 60
