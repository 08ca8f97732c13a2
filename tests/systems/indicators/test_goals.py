from collections.abc import Callable
from datetime import date

import pytest

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit.queries import history_of
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.systems.indicators import actions, queries
from rumbo.systems.indicators.models import Goal, Indicator
from tests.cast import NOW, SYSTEM, TODAY, Character, Units

WRITE = {"by": SYSTEM, "at": NOW}


def test_who_may_not_edit_goals_changes_nothing(
    institution: Institution, units: Units, goal: Goal, indicator: Indicator, ana: Character
) -> None:
    refused = {"by": ana.actor, "at": NOW}
    with pytest.raises(Forbidden, match="Dirección de Planeación"):
        actions.save_goal(
            institution=institution, code="X", statement="x", plan_element=goal.plan_element, unit=units.desu, **refused
        )
    with pytest.raises(Forbidden):
        actions.save_indicator(
            goal=goal, code="X", name="x", unit_of_measure="x", direction=0, accumulation=0, **refused
        )
    with pytest.raises(Forbidden):
        actions.retire_goal(goal=goal, on=TODAY, reason="x", **refused)
    with pytest.raises(Forbidden):
        actions.set_programme(indicator=indicator, year=2026, annual_target=1, months={}, **refused)
    with pytest.raises(Forbidden):
        actions.make_principal(indicator=indicator, **refused)
    assert [found.code for found in queries.goals_of(institution)] == ["M001"]


def test_a_goal_code_is_not_used_twice(make_goal: Callable[..., Goal]) -> None:
    make_goal("M001")
    with pytest.raises(actions.GoalCodeTaken, match="M001"):
        make_goal("M001")


@pytest.mark.requirement("A1-03", "A1-08")
def test_a_goal_keeps_its_type_its_area_and_who_shares_it(
    institution: Institution, make_goal: Callable[..., Goal], units: Units
) -> None:
    make_goal(
        "M002", goal_type="programa", co_responsible=[units.works, units.desu], responsible_post="JUD de Alumbrado"
    )
    (goal,) = queries.goals_of(institution, units=[units.desu.pk])
    assert (goal.goal_type, goal.unit.code, goal.plan_element.code) == ("programa", "DESU", "2.1")
    # Its own area answers for it: it is not one of those that share it.
    assert [shared.unit.code for shared in goal.co_responsibilities.all()] == ["DGO"]
    assert queries.goals_of(institution, units=[units.works.pk]) == []


@pytest.mark.requirement("A1-18")
def test_agreeing_goals_with_their_area_is_recorded(goal: Goal, carmen: Character) -> None:
    actions.agree_goals(goals=[goal], on=date(2026, 1, 15), by=carmen.actor, at=NOW)
    event = history_of("indicators.goal", str(goal.ref))[-1]
    assert (event.action, event.actor) == ("indicators.agree_goal", carmen.email)
    assert '"agreed_on":"2026-01-15"' in event.payload


def test_a_retired_goal_is_only_consulted(goal: Goal, indicator: Indicator) -> None:
    retired = actions.retire_goal(goal=goal, on=TODAY, reason="Se fusiona con M002", **WRITE)
    with pytest.raises(actions.RetiredGoal, match="M001 está retirada"):
        actions.retire_goal(goal=retired, on=TODAY, reason="otra vez", **WRITE)
    fresh = queries.indicator_by_ref(goal.institution, str(indicator.ref))
    assert fresh is not None
    with pytest.raises(actions.RetiredGoal):
        actions.set_programme(indicator=fresh, year=2026, annual_target=1, months={}, **WRITE)
    assert queries.goals_of(goal.institution) == []
    assert len(queries.goals_of(goal.institution, with_retired=True)) == 1


def test_a_plan_element_with_live_goals_is_not_retired(goal: Goal) -> None:
    retire = {"element": goal.plan_element, "on": TODAY, "reason": "Fusión", **WRITE}
    with pytest.raises(actions.ElementWithGoals, match="1 metas vigentes"):
        planning.retire_element(**retire)
    actions.retire_goal(goal=goal, on=TODAY, reason="Se cancela", **WRITE)
    assert planning.retire_element(**retire).retired_on == TODAY


def test_a_ratio_without_denominator_is_refused(goal: Goal, make_indicator: Callable[..., Indicator]) -> None:
    with pytest.raises(actions.RatioWithoutDenominator, match="M001-I1"):
        make_indicator(goal, accumulation=Accumulation.RATIO)
    made = make_indicator(goal, accumulation=Accumulation.RATIO, denominator_name="Solicitudes recibidas", factor=100)
    assert made.principal


def test_a_goal_has_one_principal_indicator_and_never_none(
    goal: Goal, indicator: Indicator, make_indicator: Callable[..., Indicator]
) -> None:
    second = make_indicator(goal, "M001-I2")
    assert (indicator.principal, second.principal) == (True, False)
    with pytest.raises(actions.PrincipalStays):
        actions.retire_indicator(indicator=indicator, on=TODAY, **WRITE)
    actions.make_principal(indicator=second, **WRITE)
    assert queries.principal_indicator(goal) == second
    first = queries.indicator_by_code(goal.institution, "M001-I1")
    assert first is not None
    assert actions.retire_indicator(indicator=first, on=TODAY, **WRITE).retired_on == TODAY


def test_goals_are_read_in_a_fixed_number_of_queries(
    institution: Institution,
    make_goal: Callable[..., Goal],
    make_indicator: Callable[..., Indicator],
    django_assert_num_queries: object,
) -> None:
    for number in range(8):
        make_indicator(make_goal(f"M{number:03}"))
    with django_assert_num_queries(3):
        goals = queries.goals_of(institution)
        assert all(goal.principal_indicator and goal.unit.code and goal.plan_element.level for goal in goals)
        assert [list(goal.co_responsibilities.all()) for goal in goals] == [[]] * 8


@pytest.mark.requirement("A1-13", "Q-08")
def test_more_than_a_fifth_is_never_critical(make_goal: Callable[..., Goal]) -> None:
    first = make_goal("C1", critical=True)  # one alone always fits
    with pytest.raises(actions.TooManyCritical, match="2 de 2 metas"):
        make_goal("C2", critical=True)
    assert Goal.objects.count() == 1
    for number in range(8):
        make_goal(f"N{number}")
    with pytest.raises(actions.TooManyCritical, match="2 de 9 metas"):
        make_goal("N0", goal=Goal.objects.get(code="N0"), critical=True)
    assert not Goal.objects.get(code="N0").critical
    make_goal("N8")
    make_goal("N0", goal=Goal.objects.get(code="N0"), critical=True)
    actions.retire_goal(goal=Goal.objects.get(code="N8"), on=TODAY, reason="Se canceló", by=SYSTEM, at=NOW)
    make_goal("C1", goal=first, critical=True, statement="Lo que ya era crítico se edita")
    assert Goal.objects.filter(critical=True).count() == 2
