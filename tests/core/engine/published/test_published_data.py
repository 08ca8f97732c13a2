"""Whole publications of public goals, with their oddities: each value is read or refused with its reason, and the
engine gives of every cell what its slow twin gives.

The whole sets are in the folder that RUMBO_TEST_DATA names; a clone without them reads the excerpts of tests/data.
"""

import os
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from rumbo.core.engine import Result, Scheme, evaluate
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.light import Light
from tests.core.engine.published import publications
from tests.core.engine.published.figures import Refused, figure
from tests.core.engine.published.publications import Reading
from tests.core.engine.test_against_the_twin import assert_same, block_of

EXCERPT = Path(__file__).parents[3] / "data" / "published"
READERS: dict[str, tuple[str, Callable[[Path], Reading]]] = {
    "unhcr": ("unhcr_iati", publications.unhcr),
    "city targets": ("nyc_mmr", publications.city_targets),
    "city goals": ("nyc_mmr", publications.city_goals),
    "transport": ("mta_dev", publications.transport),
    "city board": ("boston_cityscore", publications.city_board),
}
# What was read and refused in each whole set. A change here is a change of the reader: say why.
READ = {
    "unhcr": {"plain": 77031, "with more than six decimals, rounded": 87},
    "city targets": {"plain": 2407, "as a clock": 83},
    "city goals": {"plain": 8337, "with more than six decimals, rounded": 311},
    "transport": {"plain": 7419, "with thousands separators": 1747},
    "city board": {"plain": 2527, "with more than six decimals, rounded": 1385},
}
REFUSED = {
    "unhcr": {"blank": 16578},
    "city targets": {"blank": 150, "said to have no target": 406, "text or an arrow": 68,
                     "a ratio or a clock without its unit": 15},
    "city goals": {"said to be missing": 1603},
    "transport": {"blank": 2498},
    "city board": {},
}  # fmt: skip
ROWS = {"unhcr": 31232, "city targets": 447, "city goals": 1139, "transport": 470, "city board": 21}
# Cells by light, in whole sets.
LIGHTS = {
    "unhcr": {"AMBER": 5164, "GREEN": 12792, "NOT_SCHEDULED": 1976, "NO_DATA": 465, "RED": 10835},
    "city targets": {"AMBER": 37, "GREEN": 139, "NOT_DUE": 447, "NOT_SCHEDULED": 2029, "RED": 30},
    "city goals": {"AMBER": 53, "GREEN": 243, "NOT_SCHEDULED": 8761, "RED": 55},
    "transport": {"AMBER": 233, "GREEN": 3328, "NOT_DUE": 966, "NOT_SCHEDULED": 900, "NO_DATA": 12, "RED": 201},
    "city board": {"AMBER": 43, "GREEN": 346, "RED": 52},
}
# What the publications say of themselves, found again: the verdict of the year, figures accumulated to date.
AGREED: dict[str, dict[str, int]] = {
    "unhcr": {},
    "city targets": {},
    "city goals": {"verdict found again": 351},
    # One differs: a series whose targets of the month do not add up to its own target of the year.
    "transport": {"verdict found again": 133, "verdict differs": 1, "figure to date found again": 242},
    "city board": {},
}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "blank"),
        (None, "blank"),
        ("  ", "blank"),
        ("NA", "said to be missing"),
        ("n/a", "said to be missing"),
        ("*", "said to have no target"),
        ("?", "text or an arrow"),
        ("Up", "text or an arrow"),
        ("A2 rating", "text or an arrow"),
        ("16:1", "a ratio or a clock without its unit"),
        ("04:12:07", "a ratio or a clock without its unit"),
        ("10-15", "a range"),
        ("10 – 15 %", "a range"),
        (">95", "a bound and not a figure"),
        ("1,2", "separators that can be read in two ways"),
        ("1.234.567", "separators that can be read in two ways"),
        ("12,34,567", "separators that can be read in two ways"),
    ],
)
def test_what_is_not_a_figure_is_refused_with_its_reason(text: str | None, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        figure(text)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("text", "value", "way"),
    [
        ("0", 0, "plain"),
        (" 12.5 ", Fraction(25, 2), "plain"),
        (".79", Fraction(79, 100), "plain"),
        ("-.7", Fraction(-7, 10), "plain"),
        ("1,234", 1234, "with thousands separators"),
        ("6,944,123.50", Fraction(13888247, 2), "with thousands separators"),
        ("45 %", 45, "with a percent sign"),
        ("04:12:00", Fraction(42, 10), "as a clock"),
        ("0.66666666", Fraction(666667, 10**6), "with more than six decimals, rounded"),
    ],
)
def test_a_figure_is_read_exactly_and_says_how_it_was_written(text: str, value: Fraction, way: str) -> None:
    assert figure(text) == (value, way)


def evaluated(reading: Reading) -> dict[str, Result]:
    """Each block under the default scheme, after comparing every cell of it with the twin."""
    results = {}
    for name, rows in reading.blocks.items():
        results[name] = evaluate(block_of(rows), Scheme())
        assert_same(results[name], rows, Scheme())
    return results


def lights(results: dict[str, Result]) -> dict[str, int]:
    found = Counter[str]()
    for result in results.values():
        for light, count in zip(*np.unique(result.light, return_counts=True), strict=True):
            found[Light(light).name] += int(count)
    return dict(sorted(found.items()))


def agreement(reading: Reading, results: dict[str, Result]) -> Counter[str]:
    """What the publications say of themselves, beside what the engine says."""
    found = Counter[str]()
    for (block, place), said in reading.met.items():
        gap, row = results[block].gap[place, -1], reading.blocks[block][place]
        met = gap >= 0 if row.direction == Direction.INCREASING else gap <= 0
        found["verdict found again" if met == said else "verdict differs"] += 1
    for (block, place), figures in reading.to_date.items():
        for slot, told in enumerate(figures):
            if told is not None:
                same = abs(results[block].actual_to_date[place, slot] - float(told)) <= max(1.0, float(told) / 1000)
                found["figure to date found again" if same else "figure to date differs"] += 1
    return found


@pytest.mark.requirement("A1-09")
@pytest.mark.parametrize("name", READERS)
def test_an_excerpt_of_each_publication_is_evaluated_as_the_twin_does(name: str) -> None:
    folder, read = READERS[name]
    reading = read(EXCERPT / folder)
    assert sum(reading.account.read.values()) > 0
    assert set(reading.account.refused) <= set(REFUSED[name]), "nothing is refused for a reason the whole set has not"
    results = evaluated(reading)
    assert set(agreement(reading, results)) <= set(AGREED[name])


def whole(folder: str) -> Path:
    home = os.environ.get("RUMBO_TEST_DATA", "")
    if not home or not (Path(home) / folder).is_dir():
        pytest.skip(f"RUMBO_TEST_DATA names no folder with {folder}: the whole publication was not evaluated")
    return Path(home) / folder


@pytest.mark.slow
@pytest.mark.requirement("A1-09")
@pytest.mark.parametrize("name", READERS)
def test_a_whole_publication_is_read_or_refused_and_evaluated_as_the_twin_does(name: str) -> None:
    folder, read = READERS[name]
    reading = read(whole(folder))
    assert dict(reading.account.read) == READ[name]
    assert dict(reading.account.refused) == REFUSED[name]
    assert sum(len(rows) for rows in reading.blocks.values()) == ROWS[name]
    results = evaluated(reading)
    assert lights(results) == LIGHTS.get(name)
    assert dict(agreement(reading, results)) == AGREED[name]
