"""The catalogue of requirements, the marks of the tests and the generated table agree."""

import runpy
from typing import Any

import pytest

from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tools" / "requirements_table.py"))


def test_the_catalogue_has_every_obligation_and_ambiguity_once(tool: dict[str, Any]) -> None:
    names = list(tool["catalogue"]())
    assert len([name for name in names if not name.startswith("Q-")]) == 265
    assert len([name for name in names if name.startswith("Q-")]) == 36


def test_a_marked_requirement_is_in_the_catalogue(tool: dict[str, Any]) -> None:
    assert tool["unknown"]() == []


def test_the_table_of_covered_requirements_is_current(tool: dict[str, Any]) -> None:
    assert tool["is_current"](), "run: make requirements"
