from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution
from rumbo.systems.indicators import actions, queries
from rumbo.systems.indicators.actions import GoalRow, IndicatorRow, ProgrammeRow
from rumbo.systems.indicators.events import ProgrammeChanged, programme_changed
from rumbo.systems.indicators.models import Goal, MonthlyTarget
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import NOW, SYSTEM, Character, Units
from tests.systems.indicators.conftest import JANUARY, Lines

WRITE = {"by": SYSTEM, "at": NOW}
SHEET = {"name": "Luminarias", "unit_of_measure": "luminaria", "direction": 0, "accumulation": 0, "principal": True}


@pytest.fixture
def row(units: Units, lines: Lines) -> Callable[..., GoalRow]:
    def make(number: int, monthly: int = 100, **values: Any) -> GoalRow:
        months = {JANUARY + month: MonthTarget(Decimal(monthly)) for month in range(12)}
        programme = ProgrammeRow(2026, Decimal(12 * monthly), months=months)
        facts = {"statement": f"Meta {number}", "unit_id": units.desu.pk, "plan_element_id": lines.lights.pk} | values
        return GoalRow(f"M{number:03}", facts, [units.works.pk], [IndicatorRow(f"I{number:03}", SHEET, [programme])])

    return make


def test_who_may_not_edit_goals_loads_nothing(
    institution: Institution, row: Callable[..., GoalRow], ana: Character
) -> None:
    with pytest.raises(Forbidden):
        actions.load_goals(institution=institution, goals=[row(1)], by=ana.actor, at=NOW)
    assert queries.goals_of(institution) == []


def test_a_load_leaves_one_event_with_every_row_and_tells_once(
    institution: Institution, row: Callable[..., GoalRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[ProgrammeChanged] = []
    monkeypatch.setattr(programme_changed, "_handlers", [heard.append])
    events = Event.objects.count()
    loaded = actions.load_goals(institution=institution, goals=[row(n) for n in range(40)], **WRITE)
    assert (loaded.created, loaded.indicators, loaded.programmes) == (40, 40, 40)
    assert Event.objects.count() == events + 1
    event = Event.objects.order_by("pk").last()
    assert event is not None
    refs = [str(goal.ref) for goal in queries.goals_of(institution)]
    assert all(ref in event.payload for ref in refs)
    assert [len(news.indicator_ids) for news in heard] == [40]
    assert len(queries.programme_rows(institution, FiscalYear(2026))) == 40


def test_the_same_rows_again_change_nothing(institution: Institution, row: Callable[..., GoalRow]) -> None:
    rows = [row(1), row(2)]
    actions.load_goals(institution=institution, goals=rows, **WRITE)
    again = actions.load_goals(institution=institution, goals=rows, **WRITE)
    assert (again.created, again.updated, again.unchanged, again.indicators, again.programmes) == (0, 0, 2, 0, 0)


def test_what_differs_is_updated_by_code(institution: Institution, row: Callable[..., GoalRow], units: Units) -> None:
    actions.load_goals(institution=institution, goals=[row(1), row(2)], **WRITE)
    changed = replace(row(1, monthly=90, statement="Otra redacción"), co_responsible=[units.parks.pk])
    loaded = actions.load_goals(institution=institution, goals=[changed], **WRITE)
    assert (loaded.created, loaded.updated, loaded.programmes) == (0, 1, 1)
    one, two = queries.goals_of(institution)
    assert (one.statement, two.statement) == ("Otra redacción", "Meta 2")
    assert [shared.unit.code for shared in one.co_responsibilities.all()] == ["DESU-PJ"]
    assert queries.programme_rows(institution, FiscalYear(2026)).annual_target.tolist() == [1080.0, 1200.0]


def test_a_new_principal_indicator_takes_the_place_of_the_former(
    institution: Institution, row: Callable[..., GoalRow]
) -> None:
    actions.load_goals(institution=institution, goals=[row(1)], **WRITE)
    other = replace(row(1), indicators=[IndicatorRow("I001-B", SHEET)])
    actions.load_goals(institution=institution, goals=[other], **WRITE)
    (goal,) = queries.goals_of(institution)
    assert {item.code: item.principal for item in goal.indicators.all()} == {"I001": False, "I001-B": True}


def test_an_agreed_programme_is_not_changed_by_a_file(institution: Institution, row: Callable[..., GoalRow]) -> None:
    agreed = {"agreed_on": date(2026, 1, 15)}
    actions.load_goals(institution=institution, goals=[row(1, **agreed)], **WRITE)
    with pytest.raises(actions.AgreedProgramme):
        actions.load_goals(institution=institution, goals=[row(2), row(1, monthly=90, **agreed)], **WRITE)
    assert [goal.code for goal in queries.goals_of(institution)] == ["M001"]  # M002 was not left behind


def test_an_indicator_of_another_goal_is_not_taken(institution: Institution, row: Callable[..., GoalRow]) -> None:
    actions.load_goals(institution=institution, goals=[row(1)], **WRITE)
    stolen = replace(row(2), indicators=[IndicatorRow("I001", SHEET)])
    with pytest.raises(actions.IndicatorCodeTaken):
        actions.load_goals(institution=institution, goals=[stolen], **WRITE)
    assert [goal.code for goal in queries.goals_of(institution)] == ["M001"]


@pytest.mark.parametrize("count", [3, 60])
def test_a_load_takes_a_fixed_number_of_queries(
    institution: Institution,
    row: Callable[..., GoalRow],
    django_assert_max_num_queries: Any,
    count: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programme_changed, "_handlers", [])
    with django_assert_max_num_queries(45):
        actions.load_goals(institution=institution, goals=[row(number) for number in range(count)], **WRITE)


def test_a_field_that_is_not_loaded_is_a_fault_of_the_program(
    institution: Institution, row: Callable[..., GoalRow]
) -> None:
    with pytest.raises(TypeError):
        actions.load_goals(institution=institution, goals=[row(1, retired_on=date(2026, 1, 1))], **WRITE)
    assert not Goal.objects.exists()


def test_the_trail_agrees_with_what_was_loaded_and_finds_an_altered_month(
    institution: Institution, row: Callable[..., GoalRow], units: Units, lines: Lines
) -> None:
    actions.load_goals(institution=institution, goals=[row(1), row(2)], **WRITE)
    changed = replace(row(1, monthly=90), co_responsible=[units.parks.pk])
    actions.load_goals(institution=institution, goals=[changed], **WRITE)
    (goal, _other) = queries.goals_of(institution)
    actions.agree_goals(goals=[goal], on=date(2026, 1, 15), **WRITE)
    assert audit.verify() == []
    MonthlyTarget.objects.filter(programme__indicator__code="I001", period=JANUARY).update(numerator=1)
    assert ["programme" in str(problem).lower() for problem in audit.verify()] == [True]


@pytest.mark.requirement("Q-08")
def test_a_workbook_with_too_many_critical_goals_is_not_loaded(
    institution: Institution, units: Units, lines: Lines
) -> None:
    values = {"plan_element_id": lines.lights.pk, "unit_id": units.desu.pk}
    rows = [GoalRow(f"C{one}", values | {"statement": f"Meta {one}", "critical": one < 3}) for one in range(10)]
    with pytest.raises(actions.TooManyCritical, match="3 de 10 metas"):
        actions.load_goals(institution=institution, goals=rows, by=SYSTEM, at=NOW)
    assert not Goal.objects.exists()
