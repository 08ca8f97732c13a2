"""The source as the tests of architecture read it: files, apps and syntax trees, never imported code."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "rumbo"
FLOORS = (SOURCE / "foundation", SOURCE / "systems")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that a clone would have and that is here now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def python_files(folder: Path = SOURCE) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def apps() -> list[Path]:
    return sorted(path.parent for floor in FLOORS for path in floor.glob("*/apps.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def room(path: Path) -> str:
    """`queries` for systems/captures/queries.py and for systems/captures/queries/months.py; "" outside an app."""
    parts = path.relative_to(SOURCE).parts
    if parts[0] not in ("foundation", "systems") or len(parts) < 3:
        return ""
    return parts[2].removesuffix(".py")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))
