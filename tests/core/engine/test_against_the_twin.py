"""The engine and its slow twin agree in every cell, whatever the rows, the holes and the scheme."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.engine import Block, Result, Scheme, evaluate
from rumbo.core.vocabulary.evaluation_policy import (
    AchievedRequires,
    DecreasingFormula,
    MissingPolicy,
    OverAchievement,
    RangeFormula,
)
from tests.reference import evaluator as twin

SLOTS = 12
FIGURES = (
    "programmed",
    "actual",
    "compliance_month",
    "programmed_to_date",
    "actual_to_date",
    "compliance_to_date",
    "compliance_year",
    "gap",
)
CODES = ("light", "performance_class", "reason", "marks", "streak", "since", "last_slot")

plain = st.integers(0, 12)
fine = st.integers(-300, 3000).map(lambda cents: Fraction(cents, 100))
value = plain.map(Fraction) | fine
maybe = st.none() | value | value
cells = st.lists(maybe, min_size=SLOTS, max_size=SLOTS)
FREQUENCIES = (1, 2, 3, 4, 6, 12)


@st.composite
def rows(draw: st.DrawFn) -> twin.Row:
    every = draw(st.sampled_from(FREQUENCIES))
    regular = [(slot + 1) % every == 0 for slot in range(SLOTS)]
    due = draw(st.just(regular) | st.lists(st.booleans(), min_size=SLOTS, max_size=SLOTS))
    accumulation = draw(st.integers(0, 5))
    blank: list[twin.Number] = [None] * SLOTS
    ratio = accumulation == twin.RATIO
    positive = st.lists(st.none() | plain.map(Fraction) | plain.map(Fraction), min_size=SLOTS, max_size=SLOTS)
    low, high = sorted((draw(value), draw(value)))
    return twin.Row(
        direction=draw(st.integers(0, 3)),
        accumulation=accumulation,
        programmed=draw(cells),
        actual=draw(cells),
        programmed_den=draw(positive | st.just(blank)) if ratio else blank,
        actual_den=draw(positive) if ratio else blank,
        factor=draw(st.sampled_from([Fraction(1), Fraction(100)])),
        baseline=draw(st.none() | plain.map(Fraction) | st.integers(10, 200).map(Fraction)),
        low=draw(st.sampled_from([low, low, low, None])),
        high=draw(st.sampled_from([high, high, high, None])),
        annual_target=draw(st.none() | st.integers(0, 100).map(Fraction)),
        due=due,
        cut=draw(st.just(SLOTS) | st.integers(0, SLOTS)),
    )


@st.composite
def likely_rows(draw: st.DrawFn) -> twin.Row:
    """As they come in life: a whole programme, values near it, few holes."""
    row = draw(rows())
    plan = draw(st.lists(st.integers(1, 40).map(Fraction), min_size=SLOTS, max_size=SLOTS))
    factor = draw(st.lists(st.none() | st.integers(60, 150), min_size=SLOTS, max_size=SLOTS))
    row.programmed = list(plan)
    row.actual = [None if f is None else p * f / 100 for p, f in zip(plan, factor, strict=True)]
    if row.accumulation == twin.RATIO:
        row.programmed_den = [p * 2 for p in plan]
        row.actual_den = [None if f is None else p * 2 for p, f in zip(plan, factor, strict=True)]
    row.annual_target = None
    return row


schemes = st.builds(
    Scheme,
    achieved_requires=st.sampled_from(AchievedRequires),
    decimals=st.integers(0, 3),
    over_threshold=st.sampled_from([None, 110.0, 130.0]),
    over_achievement=st.sampled_from(OverAchievement),
    decreasing=st.sampled_from(DecreasingFormula),
    share_baseline=st.booleans(),
    range_formula=st.sampled_from(RangeFormula),
    missing=st.sampled_from(MissingPolicy),
    silent_slots=st.integers(1, 3),
)


def block_of(given_rows: list[twin.Row]) -> Block:
    def lines(name: str) -> list[float]:
        return [number(getattr(row, name)) for row in given_rows]

    def table(name: str) -> list[list[float]]:
        return [[number(cell) for cell in getattr(row, name)] for row in given_rows]

    return Block(
        direction=[row.direction for row in given_rows],
        accumulation=[row.accumulation for row in given_rows],
        **{name: lines(name) for name in ("factor", "baseline", "low", "high", "annual_target")},
        **{name: table(name) for name in ("programmed", "programmed_den", "actual", "actual_den")},
        due=[row.due for row in given_rows],
        cut=[row.cut for row in given_rows],
    )


def choices_of(scheme: Scheme) -> twin.Choices:
    taken = {name: kept for name, kept in scheme.to_parameters().items() if name != "cap"}
    exact = {name: Fraction(kept) if isinstance(kept, float) else kept for name, kept in taken.items()}
    return twin.Choices(**exact)


def number(exact: twin.Number) -> float:
    return float("nan") if exact is None else float(exact)


def assert_same(result: Result, given_rows: list[twin.Row], scheme: Scheme) -> None:
    choices = choices_of(scheme)
    expected = [twin.evaluate(row, choices) for row in given_rows]
    for name in FIGURES:
        figures = [[number(getattr(cell, name)) for cell in line] for line in expected]
        np.testing.assert_allclose(getattr(result, name), figures, rtol=1e-9, atol=1e-9, err_msg=name)
    for name in CODES:
        codes = [[getattr(cell, name) for cell in line] for line in expected]
        np.testing.assert_array_equal(getattr(result, name), codes, err_msg=name)
    plans = [[number(cell) for cell in twin.schedule(row)] for row in given_rows]
    np.testing.assert_allclose(result.schedule, plans, rtol=1e-9, atol=1e-9, err_msg="schedule")
    targets = [number(twin.annual_target(row)) for row in given_rows]
    np.testing.assert_allclose(result.annual_target, targets, rtol=1e-9, err_msg="annual_target")


@pytest.mark.requirement("A1-09", "A1-15", "Q-07", "Q-10")
@settings(max_examples=200, deadline=None)
@given(st.lists(rows() | likely_rows(), min_size=1, max_size=4), schemes)
def test_engine_and_twin_agree_in_every_cell(given_rows: list[twin.Row], scheme: Scheme) -> None:
    assert_same(evaluate(block_of(given_rows), scheme), given_rows, scheme)


@settings(max_examples=200, deadline=None)
@given(st.lists(rows() | likely_rows(), min_size=1, max_size=4))
def test_engine_and_twin_agree_under_the_default_scheme(given_rows: list[twin.Row]) -> None:
    assert_same(evaluate(block_of(given_rows), Scheme()), given_rows, Scheme())
