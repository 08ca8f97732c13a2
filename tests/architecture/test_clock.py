"""Only doors ask what time it is; everything else is told, so any day can be lived again."""

import ast
from pathlib import Path

from tests.architecture.source import SOURCE, named, python_files, room, tree

# Pages, the interface for programs, jobs and commands are the doors; the shell assembles them and owns the clock.
# The keys of the trail hold milliseconds only to sort by: nobody reads a date from them.
DOORS = {"views", "api", "tasks", "management", "keys"}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time_ns", "monotonic"}
CONVERTERS = {"localdate", "localtime"}
BEARERS = {"datetime", "date", "timezone", "time"}


def readings(path: Path) -> list[int]:
    """Lines that read a clock: `timezone.now`, called or handed over as a default, and Django's `auto_now`."""
    nodes = list(ast.walk(tree(path)))
    conversions = {node.func for node in nodes if isinstance(node, ast.Call) and converts(node)}
    found = []
    for node in nodes:
        if node in conversions:
            continue
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and bearer(node.value) in BEARERS:
            found.append(node.lineno)
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            found.append(node.value.lineno)
    return sorted(found)


def converts(call: ast.Call) -> bool:
    """`timezone.localtime(moment)` changes a moment's zone; without a moment it reads the clock."""
    return isinstance(call.func, ast.Attribute) and call.func.attr in CONVERTERS and bool(call.args)


def bearer(node: ast.expr) -> str:
    """The last name of `datetime` or `datetime.datetime`."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def test_only_doors_read_the_clock() -> None:
    inside = [
        path for path in python_files() if room(path) not in DOORS and "shell" not in path.relative_to(SOURCE).parts[:1]
    ]
    assert [f"{named(path)}:{line}" for path in inside for line in readings(path)] == []


def test_a_reading_of_the_clock_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "actions.py"
    path.write_text("a = datetime.datetime.now()\nb = Field(default=timezone.now)\nc = Field(auto_now=True)\n")
    assert readings(path) == [1, 2, 3]


def test_changing_the_zone_of_a_given_moment_is_not_reading_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "actions.py"
    path.write_text("a = timezone.localtime(moment)\nb = timezone.localtime()\n")
    assert readings(path) == [2]
