"""The first program that a fresh machine runs: it starts with any Python 3 and says what to do when it cannot go on."""

import ast
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "setup.py"


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    # Functions look their names up in these globals, so replacing an entry replaces what they call.
    namespace = runpy.run_path(str(SCRIPT))
    globals_of_the_tool: dict[str, Any] = namespace["main"].__globals__
    return globals_of_the_tool


def test_it_is_read_by_a_python_of_2016() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_without_a_recent_python_it_says_how_to_get_one(tool: dict[str, Any], capsys: Any) -> None:
    tool["real_python"] = lambda path: None
    with pytest.raises(SystemExit) as stopped:
        tool["find_python"]()
    assert stopped.value.code == 2
    assert "Python 3.12" in capsys.readouterr().err


def test_an_old_python_is_not_taken(tool: dict[str, Any], tmp_path: Path) -> None:
    old = tmp_path / "python3.12"
    old.write_text("#!/bin/sh\necho ''\n")
    old.chmod(0o755)
    assert tool["real_python"](str(old)) is None
    assert tool["real_python"](str(tmp_path / "absent")) is None


def test_the_python_of_a_virtual_environment_is_followed_home(tool: dict[str, Any]) -> None:
    found = tool["real_python"](str(ROOT / ".venv" / "bin" / "python"))
    assert Path(found).exists()
    assert not found.startswith(str(ROOT))


def test_who_is_not_root_is_told_what_to_install(tool: dict[str, Any], capsys: Any, monkeypatch: Any) -> None:
    tool["missing_packages"] = lambda: ["chromium", "postgresql"]
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        tool["install_test_programs"]()
    assert "sudo apt-get install chromium postgresql" in capsys.readouterr().err


def test_english_is_spoken_where_the_locale_is_english(tool: dict[str, Any], capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    with pytest.raises(SystemExit):
        tool["main"](["nothing"])
    assert "usage:" in capsys.readouterr().err


def test_an_environment_of_the_demonstration_is_not_enough_to_develop(tool: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "rumbo").touch()
    tool["VENV"] = str(tmp_path)
    tool["STAMP"] = str(tmp_path / "stamp")
    (tmp_path / "stamp").write_text("demo " + tool["wanted_stamp"]())
    assert tool["ready"]("demo")
    assert not tool["ready"]("dev")
    (tmp_path / "stamp").write_text("dev of-another-lock")
    assert not tool["ready"]("demo")
