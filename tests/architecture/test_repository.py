"""The repository stands alone, and says what each of its parts is for."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, named, python_files, tracked

# A drawer for anything soon holds everything.
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "stuff"}
# In the codebases we learn from one file in ten passes 270 lines; twice the comfortable size asks to be divided.
LONGEST_FILE = 400
INDEX = "https://pypi" + ".org/simple"
FILES = "https://files.python" + "hosted.org/"
# Folders of one machine, and hosts of package registries: a clone works where neither exists.
FOREIGN = [
    re.compile(r"(?<![\w.~-])/(?:root|work|opt/(?:pypi|wheels))/[\w.-]+"),
    re.compile(r"(?<![\w.~-])/home/[a-z][\w-]*/"),
    re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|proxy\.golang\.org|\b(?:devpi|artifactory)\b"),
]
DEPENDENCY = re.compile(r'^\s*"[A-Za-z][\w.-]*(?:\[[\w,-]+\])?[<>=~!].*')


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_is_a_drawer() -> None:
    assert [named(path) for path in tracked() if path.stem.lower() in DRAWERS] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{named(path)}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}"
        for path in tracked()
        if path.name != "uv.lock" and Path(__file__) != path
        for text in [text_of(path)]
        for pattern in FOREIGN
        for hit in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["see /root" + "/notes.txt", "from " + INDEX, "/home" + "/ana/rumbo"])
def test_the_search_for_foreign_names_finds_them(text: str) -> None:
    assert any(pattern.search(text) for pattern in FOREIGN)


def test_the_lock_names_only_the_public_index() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    registries = {package["source"].get("registry") for package in lock["package"]}
    assert registries == {INDEX, None}  # None: Rumbo itself, an editable folder
    files = [file["url"] for package in lock["package"] for file in [*package.get("wheels", [])]]
    files += [package["sdist"]["url"] for package in lock["package"] if "sdist" in package]
    assert [url for url in files if not url.startswith(FILES)] == []


def test_every_dependency_says_why_it_is_there() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[dependency-groups]")[0]
    lines = [line for line in project.splitlines() if DEPENDENCY.match(line)]
    assert len(lines) > 5
    assert [line.strip() for line in lines if not re.search(r",\s+# \w", line)] == []


def test_no_source_file_is_too_long_to_be_read_at_once() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}
