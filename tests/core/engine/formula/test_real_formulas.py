"""Formulas that institutions publish, in the language: how many of how many are read, and why the others are not."""

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from rumbo.core.engine.formula import (
    Described,
    FormulaError,
    Node,
    Variable,
    attempt,
    captured,
    compiled,
    names_in,
    read,
    sentence,
    shape_of,
    suggest,
    symbols,
)
from rumbo.core.vocabulary.accumulation import Accumulation
from tests.core.engine.formula.translating import Source, Untold, sources, tell, told_of

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


# Of those with two variables and of those with more: (suggested, of them). Raise it when more are; never lower it.
SUGGESTED = {("who", "two"): (114, 118), ("who", "more"): (2, 11), ("valeurCalcule", "two"): (20, 26),
             ("valeurCalcule", "more"): (46, 46)}  # fmt: skip
MOST = 40  # variables that a form takes


@pytest.mark.requirement("A1-08")
def test_real_formulas_are_among_those_that_their_variables_suggest() -> None:
    """Nothing is known of the variables but their order: numerator, denominator and the others."""
    assert suggested(whole()) == SUGGESTED


def test_the_excerpt_of_real_formulas_is_suggested() -> None:
    assert suggested(EXCERPT) == {
        ("who", "two"): (5, 6), ("who", "more"): (1, 3), ("valeurCalcule", "two"): (1, 4),
        ("valeurCalcule", "more"): (2, 2),
    }  # fmt: skip


def suggested(folder: Path) -> dict[tuple[str, str], tuple[int, int]]:
    good, total = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    about = told_of(folder)
    for source in sources(folder):
        if source.kind not in ("who", "valeurCalcule"):
            continue
        tree = read(tell(source).formula)
        count = len(names_in(tree))
        if not 2 <= count <= MOST:
            continue
        kind = (source.kind, "two" if count == 2 else "more")
        total[kind] += 1
        good[kind] += is_suggested(source, tree, *about[source.ref])
    return {kind: (good[kind], total[kind]) for kind in total}


def is_suggested(source: Source, tree: Node, name: str, unit: str) -> bool:
    """The same figure with three sets of values, under the accumulation that the formula asks for."""
    shape, order = shape_of(tree), names_in(tree)
    if shape.lower:
        below = [symbol for symbol, _ in shape.lower if symbol]
        above = [symbol for symbol, _ in shape.upper if symbol and symbol not in below]
        first = [*above[:1], *below[:1]] if above else []
        order = (*first, *(symbol for symbol in order if symbol not in first))
    mode = Accumulation.RATIO if shape.by_parts else Accumulation.SUM if shape.upper else Accumulation.AVERAGE
    tries = [{symbol: 1.5 + (place + 1) * step % 11 for place, symbol in enumerate(order)} for step in (2, 3, 5)]
    wanted = [attempt(tree, values).value for values in tries]
    return any(
        [attempt(read(one.formula), values).value for values in tries] == pytest.approx(wanted)
        for one in suggest(mode, [Variable(symbol) for symbol in order], unit, Described(name))
    )
