"""Formulas that institutions publish, in the language: how many of how many are read, and why the others are not."""

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from rumbo.core.engine.formula import (
    FormulaError,
    attempt,
    captured,
    compiled,
    names_in,
    read,
    sentence,
    shape_of,
    symbols,
)
from rumbo.core.vocabulary.accumulation import Accumulation
from tests.core.engine.formula.translating import Untold, sources, tell

EXCERPT = Path(__file__).parents[3] / "data" / "formulas"
# Of the whole sets: grammar → (read, of them). Raise it when more are read; never lower it.
WHOLE = {"who": (279, 279), "rule": (10, 10), "predictor": (4, 6), "valeurCalcule": (77, 77), "exprCible": (50, 61),
         "exprSeuil": (40, 49)}  # fmt: skip
REASONS = {"sums over past periods": 2, "has no value when its condition does not hold": 20}


def whole() -> Path:
    folder = Path(os.environ.get("RUMBO_TEST_DATA", "")) / "formulas"
    if not os.environ.get("RUMBO_TEST_DATA") or not folder.is_dir():
        pytest.skip("RUMBO_TEST_DATA names no folder with formulas: the 482 real formulas were not read")
    return folder


def survey(folder: Path) -> tuple[dict[str, tuple[int, int]], Counter[str]]:
    """Each formula is read, printed and read again, told as a sentence, tried and run over arrays."""
    good, total, reasons = Counter[str](), Counter[str](), Counter[str]()
    for source in sources(folder):
        total[source.kind] += 1
        try:
            tree = read(tell(source).formula)
        except Untold as untold:
            reasons[str(untold)] += 1
            continue
        except FormulaError as error:
            reasons[f"{error.problem.code}: {source.ref}"] += 1
            continue
        good[source.kind] += 1
        again = read(symbols(tree).replace(",000", "000"))
        values = {name: float(place + 1) for place, name in enumerate(names_in(tree))}
        arrays = {name: np.array([value, 0.0, np.nan]) for name, value in values.items()}
        assert sentence(tree).endswith(".")
        assert attempt(again, values) == attempt(tree, values)
        found = compiled(tree)(arrays) if arrays else np.zeros(1)
        assert not np.isinf(found).any()
        assert shape_of(tree).kind in ("value", "ratio", "composed", "result")
    return {kind: (good[kind], total[kind]) for kind in total}, reasons


@pytest.mark.requirement("A1-08")
def test_the_excerpt_of_real_formulas_is_read() -> None:
    counts, reasons = survey(EXCERPT)
    assert counts["who"] == (10, 10)
    assert counts["valeurCalcule"][0] == counts["valeurCalcule"][1] > 0
    assert set(reasons) <= set(REASONS), "nothing is left out for an unknown reason"


@pytest.mark.requirement("A1-08")
def test_the_whole_sets_of_real_formulas_are_read() -> None:
    counts, reasons = survey(whole())
    assert counts == WHOLE
    assert dict(reasons) == REASONS


@pytest.mark.requirement("A1-08")
def test_every_real_formula_can_be_captured_by_its_variables() -> None:
    kinds = Counter[str]()
    for source in sources(whole()):
        try:
            tree = read(tell(source).formula)
        except (Untold, FormulaError):
            continue
        kinds[shape_of(tree).kind] += 1
        assert captured(tree, Accumulation.AVERAGE).is_computed, source.ref
    assert kinds == {"value": 155, "ratio": 120, "composed": 77, "result": 108}
