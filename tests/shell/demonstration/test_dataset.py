"""The committed programme of the demonstration, and its spreading over months."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.role import Role
from rumbo.shell.demonstration import dataset

FOLDER = Path(__file__).parents[3] / "demo-data" / "miguel-hidalgo"
GOALS = dataset.read_goals(FOLDER)
ONLY = {goal.code: goal for goal in GOALS}


def test_sharing_something_without_weights_is_refused():
    with pytest.raises(ValueError, match="pesos"):
        dataset.largest_remainder(3, [Decimal(0), Decimal(0)])


def test_the_largest_remainder_adds_exactly_and_breaks_ties_in_order():
    assert dataset.largest_remainder(10, [Decimal(1)] * 3) == (4, 3, 3)
    assert dataset.largest_remainder(0, [Decimal(0)] * 3) == (0, 0, 0)


@pytest.mark.parametrize("profile", dataset.PROFILES)
def test_each_calendar_shares_the_whole_year(profile):
    assert len(dataset.PROFILES[profile]) == 12
    assert sum(dataset.PROFILES[profile]) == 100


def test_the_programme_has_the_size_that_it_states():
    levels = Counter(row["level"] for row in dataset.read_rows(FOLDER / "plan.csv"))
    assert levels == {"eje rector": 6, "objetivo": 15, "estrategia": 25, "línea de acción": 40}
    assert len(GOALS) == len(ONLY) == 120
    assert sum(goal.row["critical"] == "yes" for goal in GOALS) == 17


def test_each_reference_leads_to_something():
    plan = {row["code"]: row for row in dataset.read_rows(FOLDER / "plan.csv")}
    areas = {row["code"]: row for row in dataset.read_rows(FOLDER / "areas.csv")}
    assert {row["parent"] for row in plan.values()} - {""} <= set(plan)
    assert {row["parent"] for row in areas.values()} - {""} <= set(areas)
    assert Counter(row["kind"] for row in areas.values())["area"] == 14
    for goal in GOALS:
        assert plan[goal.row["line"]]["level"] == "línea de acción"
        assert areas[goal.area]["kind"] == "area"
        assert set(goal.row["co_responsible"].split()) <= set(areas) - {goal.area}
        assert GoalType(goal.row["type"]) in GoalType
        assert Frequency(goal.row["frequency"]) in Frequency


def test_each_area_has_who_captures_and_who_approves():
    people = dataset.read_rows(FOLDER / "people.csv")
    areas = {row["code"] for row in dataset.read_rows(FOLDER / "areas.csv") if row["kind"] == "area"}
    for role in (Role.CAPTURER, Role.AREA_HEAD):
        assert {row["unit"] for row in people if row["role"] == role} == areas
    assert {row["role"] for row in people} == set(Role)
    assert len({row["email"] for row in people}) == len(people)
    assert all(row["email"].endswith("@miguel-hidalgo.example") for row in people)


@pytest.mark.parametrize("goal", [goal for goal in GOALS if goal.is_sum], ids=lambda goal: goal.code)
def test_the_months_of_a_sum_add_to_its_annual_target(goal):
    assert sum(target.numerator for target in dataset.programme(goal).values()) == goal.annual_target


@pytest.mark.parametrize("goal", [goal for goal in GOALS if goal.is_ratio], ids=lambda goal: goal.code)
def test_the_accumulated_ratio_programmed_is_the_annual_target(goal):
    targets = dataset.programme(goal).values()
    numerator = sum(target.numerator for target in targets)
    denominator = sum(target.denominator for target in targets)
    assert goal.factor * numerator / denominator == goal.annual_target


def test_the_last_level_programmed_is_the_annual_target():
    for goal in GOALS:
        if goal.accumulation == "last":
            assert list(dataset.programme(goal).values())[-1].numerator == goal.annual_target, goal.code


def test_the_committed_targets_are_those_of_the_programme():
    assert dataset.read_targets(FOLDER) == {goal.code: dataset.programme(goal) for goal in GOALS}


def test_november_owes_112_captures():
    free = {goal.code for goal in GOALS if not dataset.owes(goal, 11)}
    assert free == {"M040", "M056", "M067", "M081", "M082", "M083", "M105", "M113"}


def test_works_that_start_in_february_owe_nothing_in_january():
    assert not dataset.owes(ONLY["M054"], 1)
    assert dataset.owes(ONLY["M054"], 2)


def test_a_ratio_owes_its_report_even_of_no_cases():
    assert dataset.owes(ONLY["M027"], 1)
