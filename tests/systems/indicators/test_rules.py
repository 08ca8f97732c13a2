from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rumbo.core.rules import Verdict
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.foundation.organization.models import Institution
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.models import Goal, Indicator
from rumbo.systems.indicators.rules import RULEBOOK, GoalSet, GoalSheet, IndicatorSheet, LineSheet
from tests.cast import TODAY

GOAL = GoalSheet("M001", principals=1, agreed_on=date(2026, 1, 15), on_line=True)
SHEET = IndicatorSheet(
    code="M001-I1",
    unit_of_measure="luminaria",
    direction=Direction.INCREASING,
    accumulation=Accumulation.SUM,
    denominator_name="",
    baseline=Decimal(1000),
    baseline_year=2025,
    year=2026,
    annual_target=Decimal(1200),
    low=None,
    high=None,
    numerators=(Decimal(100),) * 12,
)
RANGE = replace(SHEET, direction=Direction.RANGE, low=Decimal(50), high=Decimal(65))
RATIO = replace(SHEET, accumulation=Accumulation.RATIO, denominator_name="Recibidas")

CASES = [
    ("one_principal", replace(GOAL, principals=0), Verdict.FAIL),
    ("one_principal", GOAL, Verdict.PASS),
    ("agreed", replace(GOAL, agreed_on=None), Verdict.WARN),
    ("agreed", GOAL, Verdict.PASS),
    ("goal_on_line", replace(GOAL, on_line=False), Verdict.WARN),
    ("goal_on_line", GOAL, Verdict.PASS),
    ("line_has_goal", LineSheet("2.1", 0), Verdict.WARN),
    ("line_has_goal", LineSheet("2.1", 3), Verdict.PASS),
    ("unit_of_measure", replace(SHEET, unit_of_measure=" "), Verdict.FAIL),
    ("unit_of_measure", SHEET, Verdict.PASS),
    ("ratio_has_denominator", replace(RATIO, denominator_name=""), Verdict.FAIL),
    ("ratio_has_denominator", RATIO, Verdict.PASS),
    ("ratio_has_denominator", SHEET, Verdict.NOT_APPLICABLE),
    ("months_add_up", replace(SHEET, annual_target=Decimal(1201)), Verdict.WARN),
    ("months_add_up", SHEET, Verdict.PASS),
    ("months_add_up", replace(SHEET, accumulation=Accumulation.LAST), Verdict.NOT_APPLICABLE),
    ("months_add_up", RANGE, Verdict.NOT_APPLICABLE),
    ("months_add_up", replace(SHEET, annual_target=None), Verdict.NOT_APPLICABLE),
    ("months_add_up", replace(SHEET, numerators=()), Verdict.NOT_APPLICABLE),
    ("range_in_order", replace(RANGE, low=None, high=None), Verdict.FAIL),
    ("range_in_order", replace(RANGE, low=Decimal(70)), Verdict.FAIL),
    ("range_in_order", replace(RANGE, low=None), Verdict.PASS),
    ("range_in_order", RANGE, Verdict.PASS),
    ("range_in_order", SHEET, Verdict.NOT_APPLICABLE),
    ("baseline_year", replace(SHEET, baseline_year=None), Verdict.WARN),
    ("baseline_year", replace(SHEET, baseline_year=2026), Verdict.WARN),
    ("baseline_year", SHEET, Verdict.PASS),
    ("baseline_year", replace(SHEET, baseline=None, baseline_year=None), Verdict.NOT_APPLICABLE),
    ("direction_against_baseline", replace(SHEET, annual_target=Decimal(999)), Verdict.WARN),
    ("direction_against_baseline", replace(SHEET, direction=Direction.DECREASING), Verdict.WARN),
    ("direction_against_baseline", replace(SHEET, annual_target=Decimal(1000)), Verdict.PASS),
    ("direction_against_baseline", SHEET, Verdict.PASS),
    ("direction_against_baseline", RANGE, Verdict.NOT_APPLICABLE),
    ("direction_against_baseline", replace(SHEET, baseline=None), Verdict.NOT_APPLICABLE),
    ("critical_share", GoalSet(goals=120, critical=25), Verdict.FAIL),
    ("critical_share", GoalSet(goals=3, critical=1), Verdict.PASS),
    ("critical_share", GoalSet(goals=120, critical=24), Verdict.PASS),
    ("critical_share", GoalSet(goals=0, critical=0), Verdict.NOT_APPLICABLE),
]


@pytest.mark.requirement("A1-08", "A1-18", "A1-19", "Q-08")
@pytest.mark.parametrize(("code", "subject", "verdict"), CASES)
def test_each_rule_says_what_it_finds(code: str, subject: object, verdict: Verdict) -> None:
    finding = RULEBOOK[f"indicators.{code}"].judge(subject, on=TODAY).finding
    assert finding.verdict == verdict
    assert finding.reason.endswith(".")


def test_every_rule_has_a_case_that_breaks_it() -> None:
    broken = {f"indicators.{code}" for code, _, verdict in CASES if verdict in (Verdict.FAIL, Verdict.WARN)}
    assert broken == {rule.code for rule in RULEBOOK}


@pytest.mark.requirement("A1-19")
def test_findings_name_the_goals_and_the_lines(institution: Institution, goal: Goal, indicator: Indicator) -> None:
    found = queries.findings_of(institution, 2026, on=TODAY)
    assert {(item.code, item.judgement.rule.code) for item in found} == {
        ("M001", "indicators.agreed"),
        ("2.2", "indicators.line_has_goal"),
    }


@pytest.mark.parametrize("count", [1, 20])
def test_findings_take_a_fixed_number_of_queries(
    institution: Institution,
    make_goal: Callable[..., Goal],
    make_indicator: Callable[..., Indicator],
    django_assert_num_queries: object,
    count: int,
) -> None:
    for number in range(count):
        make_indicator(make_goal(f"M{number:03}"))
    with django_assert_num_queries(7):
        queries.findings_of(institution, 2026, on=TODAY)
