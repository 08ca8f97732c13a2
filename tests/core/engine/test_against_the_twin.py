"""The engine and its slow twin agree in every cell, whatever the rows, the holes and the scheme."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.engine import Bands, Block, Carried, Original, Result, Scheme, carried, evaluate
from rumbo.core.vocabulary.evaluation_policy import (
    AchievedRequires,
    DecreasingFormula,
    MissingPolicy,
    OverAchievement,
    RangeFormula,
    RangeGap,
    ZeroPolicy,
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
    "compliance_capped",
    "compliance_year",
    "distance",
    "gap",
)
CODES = ("light", "performance_class", "reason", "marks", "streak", "since", "last_slot")

plain = st.integers(0, 12)
fine = st.integers(-300, 3000).map(lambda cents: Fraction(cents, 100))
value = plain.map(Fraction) | fine
maybe = st.none() | value | value
FREQUENCIES = (1, 2, 3, 4, 6, 12)
KINDS = 7
tolerated = st.sampled_from([None, None, None, Fraction(0), Fraction(1), Fraction(5, 2)])


@st.composite
def rows(draw: st.DrawFn, slots: int = SLOTS) -> twin.Row:
    every = draw(st.sampled_from(FREQUENCIES))
    regular = [(slot + 1) % every == 0 for slot in range(slots)]
    due = draw(st.just(regular) | st.lists(st.booleans(), min_size=slots, max_size=slots))
    accumulation = draw(st.integers(0, KINDS - 1))
    blank: list[twin.Number] = [None] * slots
    parts = accumulation in twin.PARTS
    positive = st.lists(st.none() | plain.map(Fraction) | plain.map(Fraction), min_size=slots, max_size=slots)
    cells = st.lists(maybe, min_size=slots, max_size=slots)
    low, high = sorted((draw(value), draw(value)))
    green = draw(tolerated)
    return twin.Row(
        direction=draw(st.integers(0, 3)),
        accumulation=accumulation,
        programmed=draw(cells),
        actual=draw(cells),
        programmed_den=draw(positive | st.just(blank)) if parts else blank,
        actual_den=draw(positive) if parts else blank,
        factor=draw(st.sampled_from([Fraction(1), Fraction(100)])),
        baseline=draw(st.none() | plain.map(Fraction) | st.integers(10, 200).map(Fraction)),
        low=draw(st.sampled_from([low, low, low, None])),
        high=draw(st.sampled_from([high, high, high, None])),
        annual_target=draw(st.none() | st.integers(0, 100).map(Fraction)),
        units_green=green,
        units_amber=None if green is None else green + draw(st.integers(0, 3)),
        units_below=None if green is None else draw(st.sampled_from([None, Fraction(0), Fraction(10)])),
        due=due,
        cut=draw(st.just(slots) | st.integers(0, slots)),
    )


@st.composite
def likely_rows(draw: st.DrawFn, slots: int = SLOTS) -> twin.Row:
    """As they come in life: a whole programme, values near it, few holes."""
    row = draw(rows(slots))
    plan = draw(st.lists(st.integers(1, 40).map(Fraction), min_size=slots, max_size=slots))
    factor = draw(st.lists(st.none() | st.integers(60, 150), min_size=slots, max_size=slots))
    row.programmed = list(plan)
    row.actual = [None if f is None else p * f / 100 for p, f in zip(plan, factor, strict=True)]
    if row.accumulation in twin.PARTS:
        row.programmed_den = [p * 2 for p in plan]
        row.actual_den = [None if f is None else p * 2 for p, f in zip(plan, factor, strict=True)]
    row.annual_target = None
    return row


def blocks(most: int = 4) -> st.SearchStrategy[list[twin.Row]]:
    """Rows of as many slots as each other: a year of months, of fortnights, of one slot."""
    widths = st.sampled_from([SLOTS, SLOTS, SLOTS, 24, 1])
    return widths.flatmap(lambda slots: st.lists(rows(slots) | likely_rows(slots), min_size=1, max_size=most))


schemes = st.builds(
    Scheme,
    achieved_requires=st.sampled_from(AchievedRequires),
    decimals=st.integers(0, 3),
    least=st.sampled_from([None, None, 0.0]),
    most=st.sampled_from([None, None, 120.0, 200.0]),
    cap=st.sampled_from([100.0, 130.0, None]),
    units_below=st.sampled_from([None, 8.0]),
    over_threshold=st.sampled_from([None, 110.0, 130.0]),
    over_achievement=st.sampled_from(OverAchievement),
    decreasing=st.sampled_from(DecreasingFormula),
    baseline_margin=st.sampled_from([1e-9, 0.25]),
    share_baseline=st.booleans(),
    share_range=st.booleans(),
    range_formula=st.sampled_from(RangeFormula),
    range_gap=st.sampled_from(RangeGap),
    zero=st.sampled_from(ZeroPolicy),
    missing=st.sampled_from(MissingPolicy),
    silent_slots=st.integers(1, 3),
)
in_units = st.builds(
    lambda scheme, green: replace(scheme, units_green=green, units_amber=green + 1.5),
    schemes,
    st.sampled_from([0.0, 2.0]),
)
edges = st.lists(st.integers(0, 130).map(Fraction), min_size=3, max_size=3).map(sorted)


def block_of(given_rows: list[twin.Row]) -> Block:
    def lines(name: str) -> list[float]:
        return [number(getattr(row, name)) for row in given_rows]

    def table(name: str) -> list[list[float]]:
        return [[number(cell) for cell in getattr(row, name)] for row in given_rows]

    return Block(
        direction=[row.direction for row in given_rows],
        accumulation=[row.accumulation for row in given_rows],
        **{name: lines(name) for name in ("factor", "baseline", "low", "high", "annual_target")},
        **{name: lines(name) for name in ("units_green", "units_amber", "units_below")},
        **{name: table(name) for name in ("programmed", "programmed_den", "actual", "actual_den")},
        due=[row.due for row in given_rows],
        cut=[row.cut for row in given_rows],
    )


def choices_of(scheme: Scheme) -> twin.Choices:
    taken = scheme.to_parameters()
    exact = {name: Fraction(kept) if isinstance(kept, float) else kept for name, kept in taken.items()}
    return twin.Choices(**exact)


def number(exact: twin.Number) -> float:
    return float("nan") if exact is None else float(exact)


def assert_same(
    result: Result, given_rows: list[twin.Row], scheme: Scheme, expected: list[list[twin.Cell]] | None = None
) -> None:
    choices = choices_of(scheme)
    expected = expected or [twin.evaluate(row, choices) for row in given_rows]
    for name in FIGURES:
        figures = [[number(getattr(cell, name)) for cell in line] for line in expected]
        np.testing.assert_allclose(getattr(result, name), figures, rtol=1e-9, atol=1e-9, err_msg=name)
    for name in CODES:
        codes = [[getattr(cell, name) for cell in line] for line in expected]
        np.testing.assert_array_equal(getattr(result, name), codes, err_msg=name)
    plans = [[number(cell) for cell in twin.schedule(row, choices)] for row in given_rows]
    np.testing.assert_allclose(result.schedule, plans, rtol=1e-9, atol=1e-9, err_msg="schedule")
    targets = [number(twin.annual_target(row, choices)) for row in given_rows]
    np.testing.assert_allclose(result.annual_target, targets, rtol=1e-9, err_msg="annual_target")


@pytest.mark.requirement("A1-09", "A1-15", "Q-07", "Q-10")
@settings(max_examples=200, deadline=None)
@given(blocks(), schemes | in_units)
def test_engine_and_twin_agree_in_every_cell(given_rows: list[twin.Row], scheme: Scheme) -> None:
    assert_same(evaluate(block_of(given_rows), scheme), given_rows, scheme)


@settings(max_examples=150, deadline=None)
@given(blocks())
def test_engine_and_twin_agree_under_the_default_scheme(given_rows: list[twin.Row]) -> None:
    assert_same(evaluate(block_of(given_rows), Scheme()), given_rows, Scheme())


@settings(max_examples=60, deadline=None)
@given(st.lists(likely_rows(), min_size=1, max_size=3), st.lists(edges, min_size=3, max_size=3), st.data())
def test_bands_that_change_along_the_year_are_those_of_each_column(
    given_rows: list[twin.Row], versions: list[list[Fraction]], data: st.DataObject
) -> None:
    version = data.draw(st.lists(st.integers(0, 2), min_size=SLOTS, max_size=SLOTS))
    of_slot = [(high, low, high, middle, low) for low, middle, high in (versions[which] for which in version)]
    tables = (np.array([[float(edge[place]) for edge in of_slot]]) for place in range(5))
    green, amber, achieved, good, fair = tables
    bands = Bands(green=green, amber=amber, achieved=achieved, good=good, fair=fair)
    expected = [twin.evaluate(row, choices_of(Scheme()), edges=of_slot) for row in given_rows]
    assert_same(evaluate(block_of(given_rows), Scheme(), bands=bands), given_rows, Scheme(), expected)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(rows() | likely_rows(), min_size=2, max_size=2), min_size=1, max_size=3))
def test_a_streak_goes_on_from_year_to_year(years: list[list[twin.Row]]) -> None:
    left: list[twin.Left | None] = [None, None]
    ours: Carried | None = None
    for given_rows in years:
        expected = [
            twin.evaluate(row, choices_of(Scheme()), left=one) for row, one in zip(given_rows, left, strict=True)
        ]
        result = evaluate(block_of(given_rows), Scheme(), before=ours)
        assert_same(result, given_rows, Scheme(), expected)
        ours = carried(result, ours)
        left = [twin.leave(cells, one) for cells, one in zip(expected, left, strict=True)]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(rows() | likely_rows(), rows()), min_size=1, max_size=3))
def test_what_was_first_programmed_is_measured_beside(pairs: list[tuple[twin.Row, twin.Row]]) -> None:
    given_rows = [row for row, _ in pairs]
    first = block_of([replace(row, programmed=was.programmed) for row, was in pairs])
    original = Original(first.programmed, first.programmed_den)
    result = evaluate(block_of(given_rows), Scheme(), original=original)
    choices = choices_of(Scheme())
    for place, (row, was) in enumerate(pairs):
        for slot, cell in enumerate(twin.evaluate(row, choices)):
            found = result.compliance_original[place, slot]
            if was.programmed == row.programmed or cell.light not in (twin.RED, twin.AMBER, twin.GREEN):
                assert np.isnan(found)
                continue
            told = twin.compliance_against(row, choices, cell.last_slot, was.programmed, row.programmed_den)
            np.testing.assert_allclose(found, number(told), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("scheme", [Scheme(), Scheme.nation()], ids=["default", "nation"])
def test_many_rows_are_judged_as_few_are(seed: int, scheme: Scheme) -> None:
    """Long blocks run other loops than short ones; weeks, too, are slots."""
    rng = np.random.default_rng(seed)
    n, slots = 300, (12, 24, 53)[seed]
    plan = np.round(rng.uniform(0, 20, (n, slots)), 2)
    done = np.round(plan * rng.normal(0.95, 0.3, (n, slots)).clip(0), 2)
    for table in (plan, done):
        table[rng.random((n, slots)) < 0.15] = np.nan
    due = rng.random((n, slots)) < rng.choice([0.3, 1.0], (n, 1))
    block = Block(
        direction=rng.integers(0, 4, n), accumulation=rng.integers(0, KINDS, n), programmed=plan, actual=done,
        programmed_den=plan * 2, actual_den=np.where(rng.random((n, slots)) < 0.1, np.nan, done * 2), due=due,
        baseline=rng.choice([np.nan, 50.0], n), low=5.0, high=15.0, cut=rng.integers(0, slots + 1, n),
    )  # fmt: skip
    whole = evaluate(block, scheme)
    for start in range(0, n, 100):
        part = evaluate(block.take(np.arange(start, start + 100)), scheme)
        for name in Result.__slots__:
            np.testing.assert_array_equal(getattr(whole, name)[start : start + 100], getattr(part, name), err_msg=name)
