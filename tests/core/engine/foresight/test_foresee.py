"""What is said of a goal: never from the future, never better for being worse, and in words that its record bears."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.engine.foresight import Evidence, Shape, Why, experience_of, foresee, reasons, walk
from rumbo.core.engine.foresight.foresee import risk_of
from rumbo.core.engine.foresight.frame import framed
from rumbo.core.vocabulary.risk import Risk, Sureness
from tests.core.engine.foresight.records import DOWN, UP, one, record

FLAT = [10.0] * 12
SILENCE = float("nan")


def probability(evidence: Evidence) -> float:
    return float(foresee(evidence).probability[0])


def test_what_is_not_of_the_year_is_refused() -> None:
    evidence = one(target=[FLAT], actual=[FLAT], slot=3)
    with pytest.raises(ValueError, match="slot -1"):
        dataclasses.replace(evidence, slot=-1)
    with pytest.raises(ValueError, match="slot 13"):
        dataclasses.replace(evidence, slot=13)
    with pytest.raises(ValueError, match="actual_to_date has shape"):
        dataclasses.replace(evidence, actual_to_date=np.zeros((1, 1, 4)))


@pytest.mark.requirement("A1-13")
def test_the_future_changes_nothing_at_any_slot_of_any_year() -> None:
    whole = dataclasses.replace(record(1, goals=8, years=3, holes=0.05), shape=None)
    said = walk(whole)
    for year in range(3):
        for slot in range(1, 13):
            cut = dataclasses.replace(
                whole,
                **{name: getattr(whole, name)[:, : year + 1].copy() for name in ("target", "target_to_date")},
                **{name: getattr(whole, name)[:, : year + 1].copy() for name in ("actual", "actual_to_date")},
            )
            cut.actual[:, year, slot:] = np.nan
            cut.actual_to_date[:, year, slot:] = np.nan
            then = walk(cut)
            np.testing.assert_allclose(then[:, :year], said[:, :year], atol=1e-9)
            np.testing.assert_allclose(then[:, year, :slot], said[:, year, :slot], atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10_000), slot=st.integers(1, 12), years=st.integers(1, 3), holes=st.sampled_from([0.0, 0.15]),
    worse=st.floats(1e-3, 3.0),
)  # fmt: skip
def test_a_worse_figure_never_lowers_the_probability(
    seed: int, slot: int, years: int, holes: float, worse: float
) -> None:
    known = record(seed, goals=8, years=years, holes=holes).known_at(years - 1, slot)
    last = known.slot - 1
    step = worse * np.nanmean(np.abs(known.target[:, -1]), axis=1) * known.sign
    own = np.select([known.shape == Shape.MEAN, known.shape == Shape.ROLLING], [float(slot), 12.0], 1.0)
    actual, to_date = known.actual.copy(), known.actual_to_date.copy()
    actual[:, -1, last] -= np.round(step * own, 1)
    to_date[:, -1, last] -= np.round(step, 1)
    after = dataclasses.replace(known, actual=actual, actual_to_date=to_date)
    there = ~np.isnan(to_date[:, -1, last])
    before, then = foresee(known).probability, foresee(after).probability
    assert (then[there] >= before[there] - 1e-9).all()


@pytest.mark.requirement("A1-13")
@pytest.mark.parametrize("seed", range(4))
def test_at_the_end_of_the_year_the_answer_is_the_truth(seed: int) -> None:
    ended = record(seed, goals=12).known_at(2, 12)
    worse = (ended.actual_to_date[:, -1, -1] - ended.target_to_date[:, -1, -1]) * ended.sign < 0
    np.testing.assert_allclose(foresee(ended).probability, worse.astype(float), atol=1e-6)


def test_equal_to_the_target_is_met() -> None:
    assert probability(one(target=[FLAT], actual=[FLAT], slot=12)) < 0.01
    assert probability(one(target=[FLAT], actual=[FLAT], slot=12, direction=DOWN)) < 0.01


def test_without_a_programme_or_a_report_nothing_is_said() -> None:
    nothing = one(target=[[SILENCE] * 12], actual=[FLAT], slot=6)
    told = foresee(nothing)
    assert told.risk[0] == Risk.UNKNOWN
    assert told.sureness[0] == Sureness.NONE
    assert [reason.code for reason in reasons(nothing, told)[0]] == [Why.NOTHING]


def test_a_goal_far_behind_with_a_steady_past_is_at_high_risk_and_says_why() -> None:
    steady = [9.0, 9.2, 8.9, 9.1, 9.0, 8.8, 9.1, 9.0, 9.2, 8.9, 9.0, 9.1]
    evidence = one(target=[FLAT] * 3, actual=[steady] * 3, slot=6)
    told = foresee(evidence)
    assert told.risk[0] == Risk.HIGH
    assert told.probability[0] > 0.95
    assert told.sureness[0] == Sureness.HIGH
    why = reasons(evidence, told)[0]
    assert [reason.code for reason in why] == [Why.BEHIND, Why.PACE, Why.MISSED_BEFORE]
    assert str(why[0]) == "lleva 6 meses por debajo de lo programado"
    assert why[1].params == {"pace": pytest.approx(11.0), "recent": pytest.approx(9.0)}


def test_a_season_seen_in_former_years_is_expected_again() -> None:
    """On target in June; but from July on it always falls."""
    falls = [11.0] * 6 + [7.0] * 6
    level = [10.1, 9.9, 10.2, 10.0, 10.1, 10.0, 10.1, 9.9, 10.0, 10.2, 10.0, 10.1]
    evidence = one(target=[FLAT] * 4, actual=[falls] * 4, slot=6)
    assert probability(evidence) > 0.8
    assert probability(one(target=[FLAT] * 4, actual=[level] * 4, slot=6)) < 0.4
    assert str(reasons(evidence, foresee(evidence))[0][0]) == (
        "los 3 últimos años cerró peor de como iba a estas fechas"
    )


@pytest.mark.requirement("A1-13")
def test_a_programme_is_followed_as_far_as_it_was_before() -> None:
    """In January, of goals that kept to their level while the programme moved, and of others that moved with it."""
    programmes = np.repeat([[10.0], [9.0], [12.0]], 12, axis=1)
    stayed, moved = [], []
    for seed in range(12):
        noise = 1.0 + np.random.default_rng(seed).normal(0, 0.05, programmes.shape)
        for expected, level in ((stayed, np.full_like(programmes, 10.0)), (moved, programmes)):
            done = (level * noise).round(2).tolist()
            evidence = one(target=programmes.tolist(), actual=done, slot=1, shape=Shape.MEAN)
            expected.append(float(foresee(evidence).expected[0]))
    assert np.mean(stayed) == pytest.approx(10.0, abs=0.3)
    assert np.mean(moved) == pytest.approx(12.0, abs=0.3)


def test_what_the_programme_leaves_for_the_end_is_not_a_delay() -> None:
    late = [2.0] * 9 + [34.0] * 3
    done = [2.1, 1.9, 2.0, 2.2, 2.0, 1.9, 2.1, 2.0, 2.0, 36.0, 35.0, 34.0]
    assert probability(one(target=[late] * 3, actual=[done] * 3, slot=9)) < 0.5


def test_a_sum_that_cannot_come_back_is_settled() -> None:
    over = one(target=[[5.0] * 12], actual=[[11.0] * 12], slot=6, direction=DOWN)
    told = foresee(over)
    assert told.probability[0] > 0.95
    assert [reason.code for reason in reasons(over, told)[0]] == [Why.EXCEEDED]
    reached = one(target=[[5.0] * 12], actual=[[11.0] * 12], slot=6)
    assert probability(reached) < 0.05
    assert [reason.code for reason in reasons(reached, foresee(reached))[0]] == [Why.REACHED]


@pytest.mark.requirement("A1-13")
def test_the_pace_is_what_would_still_save_the_year() -> None:
    behind = [8.0] * 12
    assert foresee(one(target=[FLAT], actual=[behind], slot=6)).pace[0] == pytest.approx(12.0)
    assert foresee(one(target=[FLAT], actual=[behind], slot=6, shape=Shape.MEAN)).pace[0] == pytest.approx(12.0)
    assert foresee(one(target=[FLAT], actual=[behind], slot=6, shape=Shape.LEVEL)).pace[0] == pytest.approx(10.0)
    assert np.isnan(foresee(one(target=[FLAT], actual=[behind], slot=12)).pace[0])


def test_silence_is_told_and_makes_it_less_sure() -> None:
    evidence = one(target=[FLAT], actual=[[9.0, 8.0, *[SILENCE] * 10]], slot=5)
    told = foresee(evidence)
    assert told.sureness[0] == Sureness.LOW
    assert Why.SILENT in [reason.code for reason in reasons(evidence, told)[0]]


def test_other_frequencies_are_foreseen_and_do_not_speak_of_months() -> None:
    quarters = one(target=[[10.0] * 4] * 3, actual=[[8.0, 8.2, 7.9, 8.1]] * 3, slot=2)
    told = foresee(quarters)
    assert told.risk[0] == Risk.HIGH
    assert str(reasons(quarters, told)[0][0]) == "lleva 2 periodos por debajo de lo programado"


def test_a_short_and_constant_past_raises_no_warning_of_arithmetic() -> None:
    for slot in (1, 2, 12):
        assert 0.0 <= probability(one(target=[[0.0] * 12], actual=[[0.0] * 12], slot=slot, direction=DOWN)) <= 1.0
        assert 0.0 <= probability(one(target=[FLAT], actual=[FLAT], slot=slot)) <= 1.0


def test_what_is_learnt_is_kept_between_bounds() -> None:
    learnt = experience_of(record(5, goals=16, years=4))
    assert learnt.calibration.slope > 0


def test_the_word_is_of_the_probability_as_printed() -> None:
    words = risk_of(np.array([np.nan, 0.0, 0.244, 0.246, 0.494, 0.496, 1.0]))
    assert words.tolist() == [Risk.UNKNOWN, Risk.LOW, Risk.LOW, Risk.MEDIUM, Risk.MEDIUM, Risk.HIGH, Risk.HIGH]


def test_rows_do_not_know_each_other_but_for_the_shared_season() -> None:
    known = record(3, goals=3, years=2).known_at(1, 5)
    together = foresee(known).probability
    for row in range(3):
        assert foresee(known.take(np.array([row]))).probability[0] == pytest.approx(together[row], abs=1e-9)


def test_directions_are_mirrors_of_what_moves_by_steps() -> None:
    """What was ever negative; the rest moves by proportions, and twice as much is not the mirror of nothing."""
    table = np.array([[-0.5, 0.2, -0.9, -0.2, 0.4, -1.0, *[0.1] * 6]] * 2)
    plan = [[0.1] * 12] * 2
    up = one(target=plan, actual=table.tolist(), slot=6, shape=Shape.LEVEL, direction=UP)
    mirrored = (0.2 - table).round(1).tolist()
    down = one(target=plan, actual=mirrored, slot=6, shape=Shape.LEVEL, direction=DOWN)
    assert not framed(up).bend.bent[0]
    assert probability(up) == pytest.approx(probability(down), abs=0.03)
