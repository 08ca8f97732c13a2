from dataclasses import replace

import pytest

from rumbo.core.rules import Verdict
from rumbo.foundation.planning import actions, queries
from rumbo.foundation.planning.actions import ElementRow
from rumbo.foundation.planning.models import Plan
from rumbo.foundation.planning.rules import RULEBOOK, ElementSheet, PlanSheet
from tests.cast import NOW, SYSTEM, TODAY

COMPLETE = PlanSheet("Programa", "Misión", "Visión", "Se alinea con…", "", (1, 1, 1, 1))


def verdict(code: str, subject: object) -> Verdict:
    return RULEBOOK[f"planning.{code}"].judge(subject, on=TODAY).finding.verdict


@pytest.mark.requirement("IECM-17", "IECM-18")
def test_not_applicable_needs_its_reason() -> None:
    silent = replace(COMPLETE, higher_plan_alignment=" ")
    assert verdict("alignment_reasoned", silent) == Verdict.FAIL
    assert verdict("alignment_reasoned", replace(silent, higher_plan_not_applicable_reason="Arts. 31 y 32")) == "pass"
    assert verdict("alignment_reasoned", COMPLETE) == Verdict.PASS


@pytest.mark.requirement("IECM-08", "IECM-09")
@pytest.mark.parametrize("blank", ["mission", "vision"])
def test_a_plan_without_mission_or_vision_is_warned_of(blank: str) -> None:
    assert verdict("mission_and_vision", replace(COMPLETE, **{blank: ""})) == Verdict.WARN
    assert verdict("mission_and_vision", COMPLETE) == Verdict.PASS


@pytest.mark.requirement("IECM-10", "IECM-11")
def test_a_situation_analysis_has_its_four_blocks_or_none() -> None:
    assert verdict("four_swot_blocks", replace(COMPLETE, swot_blocks=(6, 7, 14, 0))) == Verdict.WARN
    assert verdict("four_swot_blocks", replace(COMPLETE, swot_blocks=(0, 0, 0, 0))) == Verdict.NOT_APPLICABLE
    assert verdict("four_swot_blocks", COMPLETE) == Verdict.PASS


@pytest.mark.requirement("IECM-16", "Q-01")
def test_an_element_below_the_top_says_what_it_hangs_from() -> None:
    line = ElementSheet("6.1", "Línea de acción", 2, has_parent=False)
    assert verdict("element_has_parent", line) == Verdict.WARN
    assert verdict("element_has_parent", replace(line, has_parent=True)) == Verdict.PASS
    assert verdict("element_has_parent", replace(line, depth=1)) == Verdict.NOT_APPLICABLE


def test_findings_name_the_elements(plan: Plan) -> None:
    rows = [ElementRow(1, "OE1", "Uno"), ElementRow(2, "1.1", "a", parent=(1, "OE1")), ElementRow(2, "6.1", "b")]
    actions.load_plan(plan=plan, elements=rows, by=SYSTEM, at=NOW)
    found = queries.findings_of(plan, on=TODAY)
    assert [element.code for element, _ in found if element] == ["6.1"]
    assert {judgement.rule.code for element, judgement in found if element is None} == {
        "planning.mission_and_vision",
        "planning.alignment_reasoned",
    }
