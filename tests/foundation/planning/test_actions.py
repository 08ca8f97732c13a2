from datetime import date

import pytest

from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.audit.models import Event
from rumbo.foundation.audit.queries import history_of
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions, queries
from rumbo.foundation.planning.actions import ElementRow, SwotLine
from rumbo.foundation.planning.models import Plan, PlanElement
from tests.cast import NOW, SYSTEM, TODAY, Character

type Element = PlanElement


def save(plan: Plan, depth: int, code: str, parent: Element | None = None, **more: object) -> Element:
    level = queries.levels_of(plan)[depth - 1]
    options = {"statement": f"Texto de {code}", "by": SYSTEM, "at": NOW, "parent": parent} | more
    return actions.save_element(plan=plan, level=level, code=code, **options)


def test_who_may_not_edit_the_plan_changes_nothing(plan: Plan, ana: Character) -> None:
    level = queries.levels_of(plan)[0]
    with pytest.raises(Forbidden, match="Dirección de Planeación"):
        actions.save_element(plan=plan, level=level, code="1", statement="x", by=ana.actor, at=NOW)
    with pytest.raises(Forbidden):
        actions.save_swot(plan=plan, items=[], by=ana.actor, at=NOW)
    with pytest.raises(Forbidden):
        actions.load_plan(plan=plan, elements=[ElementRow(1, "1", "x")], by=ana.actor, at=NOW)
    assert queries.elements_of(plan) == []


def test_a_code_names_one_element_of_its_level(plan: Plan) -> None:
    save(plan, 1, "1")
    save(plan, 2, "1")
    with pytest.raises(actions.CodeTaken, match="La clave 1 ya nombra"):
        save(plan, 1, "1")


@pytest.mark.requirement("IECM-16", "Q-01")
def test_a_parent_is_of_a_higher_level_and_never_inferred_from_the_code(plan: Plan) -> None:
    objective = save(plan, 1, "6")
    line = save(plan, 2, "6.1")
    assert line.parent_id is None
    with pytest.raises(actions.NotAParent):
        actions.link_element(element=objective, parent=line, by=SYSTEM, at=NOW)
    assert queries.unlinked_of(plan) == [line]


@pytest.mark.requirement("IECM-16")
def test_a_person_confirms_several_suggestions_together(plan: Plan, carmen: Character) -> None:
    objective = save(plan, 1, "OE1")
    lines = [save(plan, 2, f"1.{number}", suggested_parent=objective) for number in (1, 2)]
    assert [line.suggested_parent for line in queries.unlinked_of(plan)] == [objective, objective]
    actions.link_many(links=[(line, objective) for line in lines], by=carmen.actor, at=NOW)
    assert queries.unlinked_of(plan) == []
    assert [event.action for event in history_of("planning.planelement", str(lines[0].ref))][-1] == (
        "planning.link_element"
    )


def test_moving_an_element_takes_along_what_hangs_from_it(institution: Institution, plan: Plan) -> None:
    actions.set_levels(plan=plan, levels=[("A", "A"), ("B", "B"), ("C", "C")], by=SYSTEM, at=NOW)
    one, two = save(plan, 1, "1"), save(plan, 1, "2")
    middle = save(plan, 2, "1.1", one)
    leaf = save(plan, 3, "1.1.1", middle)
    actions.link_element(element=middle, parent=two, by=SYSTEM, at=NOW)
    assert queries.subtree_ids(two) == {two.pk, middle.pk, leaf.pk}
    assert queries.subtree_ids(one) == {one.pk}
    assert [step.code for step in queries.chains_of(plan)[leaf.pk]] == ["2", "1.1", "1.1.1"]


def test_an_element_with_children_is_not_retired(plan: Plan) -> None:
    objective = save(plan, 1, "1")
    line = save(plan, 2, "1.1", objective)
    retire = {"on": TODAY, "reason": "Fusión", "by": SYSTEM, "at": NOW}
    with pytest.raises(actions.HasChildren):
        actions.retire_element(element=objective, **retire)
    actions.retire_element(element=line, **retire)
    assert [element.code for element in queries.elements_of(plan)] == ["1"]
    assert [element.code for element in queries.elements_of(plan, with_retired=True)] == ["1", "1.1"]


def test_a_level_with_elements_is_not_removed(plan: Plan) -> None:
    save(plan, 2, "1.1")
    with pytest.raises(actions.LevelInUse, match="Línea de acción"):
        actions.set_levels(plan=plan, levels=[("Eje", "Ejes")], by=SYSTEM, at=NOW)
    renamed = actions.set_levels(plan=plan, levels=[("Eje", "Ejes"), ("Línea", "Líneas")], by=SYSTEM, at=NOW)
    assert [level.singular for level in queries.levels_of(renamed)] == ["Eje", "Línea"]


@pytest.mark.requirement("IECM-11", "IECM-12", "Q-03")
def test_the_situation_analysis_is_replaced_whole_and_recorded(plan: Plan) -> None:
    items = [SwotLine(SwotKind.WEAKNESS, f"Debilidad {number}", "Porque…") for number in range(7)]
    actions.save_swot(plan=plan, items=[*items, SwotLine(SwotKind.THREAT, "Lluvias")], by=SYSTEM, at=NOW)
    blocks = queries.swot_of(plan)
    assert [len(blocks[kind]) for kind in SwotKind] == [0, 7, 0, 1]
    actions.save_swot(plan=plan, items=items[:2], by=SYSTEM, at=NOW)
    event = history_of("planning.plan", str(plan.ref))[-1]
    assert "Lluvias" in event.payload  # what it was before is told too


def test_two_plans_do_not_share_a_name_nor_end_before_they_begin(institution: Institution, plan: Plan) -> None:
    term = {"term_start": date(2027, 10, 1), "term_end": date(2030, 9, 30)}
    common = {"institution": institution, "levels": [("Eje", "Ejes")], "by": SYSTEM, "at": NOW}
    with pytest.raises(actions.PlanNameTaken):
        actions.create_plan(name=plan.name, **term, **common)
    with pytest.raises(actions.TermOutOfOrder):
        actions.create_plan(name="Otro", term_start=date(2027, 1, 1), term_end=date(2026, 1, 1), **common)


def test_the_plan_of_a_day_is_the_one_of_its_term(institution: Institution, plan: Plan) -> None:
    later = actions.create_plan(
        institution=institution, name="2027-2030", term_start=date(2027, 10, 1), term_end=date(2030, 9, 30),
        levels=[("Eje", "Ejes")], by=SYSTEM, at=NOW,
    )  # fmt: skip
    assert queries.plan_of(institution, date(2020, 1, 1)) == plan
    assert queries.plan_of(institution, date(2026, 12, 3)) == plan
    assert queries.plan_of(institution, date(2028, 1, 1)) == later


def test_a_load_updates_by_code_and_keeps_confirmed_links(plan: Plan) -> None:
    rows = [ElementRow(1, "OE1", "Uno"), ElementRow(2, "1.1", "Línea", suggested=(1, "OE1"))]
    loaded = actions.load_plan(plan=plan, elements=rows, by=SYSTEM, at=NOW)
    assert (loaded.created, loaded.updated, loaded.unchanged) == (2, 0, 0)
    (line,) = queries.unlinked_of(plan)
    actions.link_element(element=line, parent=line.suggested_parent, by=SYSTEM, at=NOW)
    again = actions.load_plan(plan=plan, elements=rows, by=SYSTEM, at=NOW)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert queries.unlinked_of(plan) == []


def test_a_load_with_an_unknown_parent_leaves_nothing(plan: Plan) -> None:
    events = Event.objects.count()
    rows = [ElementRow(1, "1", "Uno"), ElementRow(2, "1.1", "Línea", parent=(1, "9"))]
    with pytest.raises(actions.UnknownParent, match=r"1\.1 depende de «9»"):
        actions.load_plan(plan=plan, elements=rows, by=SYSTEM, at=NOW)
    assert queries.elements_of(plan) == []
    assert Event.objects.count() == events


def test_a_tree_is_read_in_a_fixed_number_of_queries(plan: Plan, django_assert_num_queries: object) -> None:
    rows = [ElementRow(1, str(top), "x") for top in range(12)]
    rows += [ElementRow(2, f"{top}.{line}", "x", parent=(1, str(top))) for top in range(12) for line in range(20)]
    actions.load_plan(plan=plan, elements=rows, by=SYSTEM, at=NOW)
    with django_assert_num_queries(1):
        tree = queries.elements_of(plan)
    assert [element.code for element in tree[:3]] == ["0", "0.0", "0.1"]
    assert len(tree) == 12 * 21
