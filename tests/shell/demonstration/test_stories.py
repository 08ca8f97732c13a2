"""The year of captures that the demonstration tells."""

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.shell.demonstration import conduct, dataset, stories
from rumbo.shell.demonstration.figures import Figure
from rumbo.shell.demonstration.standing import compliance_to_date
from rumbo.shell.demonstration.workdays import read_workdays

DATA = Path(__file__).parents[3] / "demo-data"
STORY = stories.tell(DATA)
GOALS = {goal.code: goal for goal in dataset.read_goals(DATA / "miguel-hidalgo")}
AREA = {code: goal.area for code, goal in GOALS.items()}


def figures(code: str) -> dict[int, Figure]:
    return {c.month: Figure(c.numerator, c.denominator) for c in STORY.captures if c.goal == code}


def to_date(code: str, month: int) -> float | None:
    goal = GOALS[code]
    return compliance_to_date(goal, stories.targets_in_force(goal), figures(code), month)


def test_nothing_is_captured_that_is_not_owed():
    stray = [(c.goal, c.month) for c in STORY.captures if not dataset.owes(GOALS[c.goal], c.month)]
    assert stray == []


def test_each_owed_capture_of_a_closed_month_is_there_or_listed_as_omitted():
    owed = {(code, month) for code, goal in GOALS.items() for month in range(1, 11) if dataset.owes(goal, month)}
    captured = {(c.goal, c.month) for c in STORY.captures if c.month < 11}
    omitted = {(o.goal, o.month) for o in STORY.omissions}
    assert captured & omitted == set()
    assert captured | omitted == owed
    assert {("M062", 5), ("M062", 9), ("M084", 8)} <= omitted
    assert figures("M092") == {}


def test_the_story_is_the_same_every_time():
    assert stories.tell(DATA) == STORY


def test_november_finds_work_for_every_role():
    states = Counter(STORY.november.values())
    assert states == {
        CaptureState.APPROVED: 42,
        CaptureState.PLANNING_REVIEW: 26,
        CaptureState.AREA_REVIEW: 12,
        CaptureState.RETURNED: 8,
        CaptureState.DRAFT: 9,
        CaptureState.MISSING: 15,
    }
    told = {c.goal: c.state for c in STORY.captures if c.month == 11}
    assert told == {code: state for code, state in STORY.november.items() if state is not CaptureState.MISSING}
    assert set(Counter(state for code, state in STORY.november.items() if AREA[code] == "DESU")) == set(CaptureState)


def test_steps_follow_one_another_and_end_before_the_closing():
    workdays = read_workdays(DATA / "calendar.csv", "miguel-hidalgo")
    for capture in STORY.captures:
        steps = capture.timeline
        limit = STORY.closings.get(capture.month, conduct.DEMONSTRATION_DAY)
        assert all(before.on <= after.on for before, after in pairwise(steps)), capture
        assert date(2026, capture.month, 28) < steps[0].on <= steps[-1].on <= limit, capture
        assert all(workdays.is_workday(step.on) for step in steps), capture


def test_the_last_step_leaves_the_state_that_the_capture_has():
    expected = {
        CaptureState.APPROVED: "validate",
        CaptureState.PLANNING_REVIEW: "approve_area",
        CaptureState.AREA_REVIEW: "submit",
        CaptureState.RETURNED: "return",
        CaptureState.DRAFT: "draft",
    }
    assert [c for c in STORY.captures if c.timeline[-1].kind != expected[c.state]] == []


def test_october_closed_on_its_tenth_business_day():
    assert STORY.closings[10] == date(2026, 11, 13)
    assert all(before < after for before, after in pairwise(STORY.closings.values()))


def test_late_captures_are_those_of_the_areas_that_send_late():
    late = Counter((AREA[c.goal], c.month) for c in STORY.captures if c.late_days)
    whole_areas = {key for key in late if key[0] == "DGO"}
    assert whole_areas == {("DGO", 3), ("DGO", 6), ("DGO", 8), ("DGO", 10)}
    assert sum(count for (area, _), count in late.items() if area == "DGGAJ") == 2
    assert not {"DESU", "DGDS", "DECRE", "DGSC", "DEPC", "DFE", "DGA"} & {area for area, _ in late}
    assert all(3 <= c.late_days <= 6 for c in STORY.captures if c.late_days and AREA[c.goal] == "DGO")


def test_returns_are_those_of_the_conduct_of_each_area():
    returned = Counter(AREA[c.goal] for c in STORY.captures if c.returns and c.month < 11)
    assert (returned["DESU"], returned["DGDS"], returned["DECRE"], returned["DGO"]) == (2, 2, 2, 4)
    assert all(r.text and r.resubmitted_on for c in STORY.captures if c.month < 11 for r in c.returns)


def test_april_of_m001_came_back_because_the_accumulated_was_typed():
    capture = STORY.of("M001", 4)
    assert capture is not None
    (returned,) = capture.returns
    accumulated = sum(figures("M001")[month].numerator for month in range(1, 5))
    assert returned.reason is ReturnReason.ACCUMULATED_VALUE
    assert returned.numerator == accumulated > 3 * capture.numerator
    assert f"{accumulated:,}" in returned.text


def test_m001_reaches_in_october_the_accumulated_that_the_form_quotes():
    assert sum(figures("M001")[month].numerator for month in range(1, 11)) == 44310


def test_july_of_m057_said_nine_until_its_complementary_closing():
    capture = STORY.of("M057", 7)
    (correction,) = STORY.corrections
    assert capture is not None
    assert (capture.numerator, correction.was, correction.becomes) == (9, 9, 6)
    assert STORY.closings[8] < correction.decided_on < STORY.closings[9]


def test_the_change_of_m115_moves_the_calendar_and_keeps_the_year():
    goal = GOALS["M115"]
    before, after = dataset.programme(goal), stories.targets_in_force(goal)
    assert {m for m in before if before[m] != after[m]} == {7, 8, 10, 11, 12}
    assert sum(t.denominator for t in before.values()) == sum(t.denominator for t in after.values())
    assert figures("M115")[8].denominator == 180


@pytest.mark.parametrize(("code", "months"), [("M027", (1, 2, 3, 4, 11)), ("M055", (1, 2, 3, 4)), ("M075", (8,))])
def test_zero_denominators_are_captured_with_their_note(code, months):
    zeros = [c for c in STORY.captures if c.goal == code and c.denominator == 0]
    assert {c.month for c in zeros if c.month < 11} == {m for m in months if m < 11}
    assert all(c.numerator == 0 and c.note for c in zeros)


def test_what_lags_or_exceeds_is_explained_with_action_commitment_and_post():
    for capture in STORY.captures:
        if capture.state is CaptureState.DRAFT:
            continue
        compliance = to_date(capture.goal, capture.month)
        if compliance is not None and not 90 <= compliance <= 130:
            assert capture.cause, capture
        if capture.cause:
            assert capture.cause_text, capture
            assert capture.action, capture
            assert capture.responsible_post, capture
            assert capture.commitment_on > capture.captured_on, capture
            assert "{" not in capture.cause_text + capture.action, capture


def test_the_same_cause_is_not_repeated_everywhere():
    causes = Counter(c.cause_text for c in STORY.captures if c.cause)
    assert len(causes) > 0.5 * sum(causes.values())
    assert max(causes.values()) <= 0.06 * sum(causes.values())


def test_amounts_of_what_is_counted_are_whole():
    for capture in STORY.captures:
        if GOALS[capture.goal].whole:
            assert capture.numerator == int(capture.numerator), capture
            assert capture.denominator is None or capture.denominator == int(capture.denominator), capture


def test_no_percentage_goes_beyond_one_hundred():
    for capture in STORY.captures:
        goal = GOALS[capture.goal]
        if goal.is_ratio and goal.unit == "%" and goal.code != "M115":
            assert capture.numerator <= capture.denominator, capture
        elif goal.unit == "%" and not goal.is_ratio:
            assert capture.numerator <= 100, capture


def test_october_looks_like_a_real_institution():
    compliance = [to_date(code, 10) for code in GOALS if code not in ("M084", "M092")]
    green = sum(value >= 90 for value in compliance)
    red = sum(value < 70 for value in compliance)
    assert 0.60 <= green / 120 <= 0.75
    assert 5 <= red <= 12


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [
        ("M041", 0, 70),  # deficiente
        ("M025", 70, 90),  # bajo
        ("M018", 70, 90),
        ("M002", 100, 112),  # buen ritmo
        ("M022", 130, 200),  # sobrecumple
        ("M042", 130, 200),
        ("M006", 70, 90),  # se cae a mitad de año
        ("M016", 75, 92),  # se recupera
        ("M003", 95, 110),  # bien, aunque sube
    ],
)
def test_each_story_shows_at_october(code, low, high):
    assert low <= to_date(code, 10) < high


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [("M016", (70, 90), (90, 100)), ("M011", (70, 90), (90, 100)),  # recover
     ("M072", (90, 110), (70, 90)), ("M114", (90, 110), (70, 90))],  # fall
)  # fmt: skip
def test_october_moves_four_lights_against_september(code, before, after):
    september, october = to_date(code, 9), to_date(code, 10)
    assert before[0] <= september < before[1]
    assert after[0] <= october < after[1]


def test_goals_met_early_reach_the_year_in_september():
    for code in ("M008", "M071"):
        assert sum(f.numerator for m, f in figures(code).items() if m <= 9) == GOALS[code].annual_target


def test_m003_gets_worse_while_it_looks_well():
    monthly = figures("M003")
    assert sum(monthly[m].numerator for m in (8, 9, 10)) > 1.15 * float(sum(monthly[m].numerator for m in (1, 2, 3)))


def test_evidence_has_the_kind_that_each_goal_asks_for():
    for capture in STORY.captures:
        kinds = {evidence.kind for evidence in capture.evidence}
        assert capture.state is CaptureState.DRAFT or GOALS[capture.goal].evidence_type in kinds
    assert {c.goal for c in STORY.captures for e in c.evidence if e.reserved} == {"M014", "M015"}


def test_a_draft_has_only_its_figures():
    drafts = [c for c in STORY.captures if c.state is CaptureState.DRAFT]
    assert all(not c.evidence and c.cause is None and c.numerator is not None for c in drafts)
    assert {type(c.numerator) for c in drafts} == {Decimal}
