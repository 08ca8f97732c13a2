"""Mutation testing: what it tries, and what its page says of the mutants that live."""

import subprocess
import sys

import pytest

from tools import mutation
from tools.mutation import Mutant


def test_a_module_that_does_not_exist_is_refused_before_anything_is_copied() -> None:
    with pytest.raises(SystemExit, match="no such module"):
        mutation.prepare(["nothing"])


def test_it_says_how_it_is_used() -> None:
    told = subprocess.run([sys.executable, mutation.__file__, "--help"], capture_output=True, text=True, check=True)
    assert "--full" in told.stdout


def test_the_score_is_of_the_mutants_that_were_tried() -> None:
    killed, alive, orphan, untried = (Mutant("lights", "f", "", str(code), code) for code in (1, 0, 33, None))
    table = mutation._table([killed, alive, orphan, untried])
    assert "| lights | 3 | 1 | 2 | 33.3 % |" in table


def test_every_rule_that_explains_a_survivor_says_why() -> None:
    groups = mutation.groups()
    assert groups
    assert all(group.title and len(group.reason) > 20 and group.rules for group in groups)


def test_no_survivor_of_the_page_is_without_explanation() -> None:
    assert "Sin explicar" not in mutation.PAGE.read_text(encoding="utf-8")
