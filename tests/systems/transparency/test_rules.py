"""Each rule with what it lets through and what it does not. The sheet that starts them is a good one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rumbo.core.rules import Verdict
from rumbo.systems.transparency.rules import RULEBOOK, RecordSheet, WrittenColumn

ON = date(2021, 7, 27)
BLOCKS = ("FORTALEZAS INSTITUCIONALES", "DEBILIDADES INSTITUCIONALES", "OPORTUNIDADES INSTITUCIONALES")
TEXTS = {
    "fiscal_year": "2021",
    "annual_plan_url": "https://www.iecm.mx/www/taip/cg/acu/2021/IECM-ACU-CG-004-2021.pdf",
    "work_programme_url": "https://www.iecm.mx/www/taip/cg/acu/2020/IECM-ACU-CG-011-2020.pdf",
    "mission": "Administrar elecciones.",
    "situation_analysis": "\n\n".join(BLOCKS),
    "higher_plan_alignment": "No aplica, debido a que no forma parte del Gobierno Central (arts. 31 y 32).",
    "note": "",
}
OPTIONAL = {"work_programme_url", "note"}


def sheet(texts: dict[str, str] | None = None, **changes: Any) -> RecordSheet:
    written = TEXTS | (texts or {})
    good = RecordSheet(
        label="SEGUNDO TRIMESTRE 2021",
        fiscal_year=2021,
        quarter=2,
        period_start=date(2021, 4, 1),
        period_end=date(2021, 6, 30),
        updated_on=date(2021, 6, 30),
        validated_on=date(2021, 7, 27),
        published_on=None,
        due_on=date(2021, 8, 14),
        on=ON,
        alert_days=10,
        text_limit=20_000,
        columns=[WrittenColumn(key, key, text, key not in OPTIONAL) for key, text in written.items()],
        blocks=BLOCKS,
    )
    return replace(good, **changes)


def verdict(rule: str, subject: RecordSheet) -> Verdict:
    return RULEBOOK[f"transparency.{rule}"].judge(subject, on=subject.on).finding.verdict


def test_the_published_record_meets_every_rule() -> None:
    assert [judgement.rule.code for judgement in RULEBOOK.judge(sheet(), on=ON) if not judgement.finding.is_met] == []


FAIL, WARN, NEEDS, NOT_APPLICABLE = Verdict.FAIL, Verdict.WARN, Verdict.NEEDS_JUSTIFICATION, Verdict.NOT_APPLICABLE
LATE = {"on": date(2021, 8, 15)}
BROKEN = [
    ("columns_complete", sheet({"mission": "  "}), FAIL),
    ("columns_complete", sheet({"annual_plan_url": ""}), FAIL),
    ("columns_complete", sheet({"higher_plan_alignment": ""}), FAIL),
    ("alignment_reasoned", sheet({"higher_plan_alignment": "No aplica"}), FAIL),
    ("alignment_reasoned", sheet({"higher_plan_alignment": " No aplica. "}), FAIL),
    ("alignment_reasoned", sheet({"higher_plan_alignment": "N/A"}), FAIL),
    ("alignment_reasoned", sheet({"higher_plan_alignment": "NA"}), FAIL),
    ("alignment_reasoned", sheet({"higher_plan_alignment": "Ninguna"}), FAIL),
    ("situation_in_four_blocks", sheet({"situation_analysis": "FORTALEZAS INSTITUCIONALES"}), WARN),
    ("as_the_plan_says", sheet(changed=("Misión",)), WARN),
    ("links_open", sheet({"annual_plan_url": "www.iecm.mx/poa.pdf"}), FAIL),
    ("links_open", sheet({"work_programme_url": "javascript:alert(1)"}), FAIL),
    ("links_open", sheet({"work_programme_url": "https://www.iecm.mx/poa 2021.pdf"}), FAIL),
    ("annual_plan_of_the_year", sheet({"annual_plan_url": "https://www.iecm.mx/2020/poa-2020.pdf"}), WARN),
    ("work_programme_link", sheet({"work_programme_url": ""}), WARN),
    ("text_fits_a_cell", sheet({"mission": "a" * 32_768}), FAIL),
    ("text_within_limit", sheet({"situation_analysis": "a" * 20_001}), WARN),
    ("text_within_limit", sheet(text_limit=70), WARN),
    ("quarter_agrees", sheet(label="PRIMER TRIMESTRE 2021"), FAIL),
    ("quarter_agrees", sheet(fiscal_year=2020), FAIL),
    ("quarter_agrees", sheet(period_start=date(2021, 3, 1)), FAIL),
    ("quarter_agrees", sheet(period_end=date(2021, 6, 29)), FAIL),
    ("update_before_validation", sheet(updated_on=date(2021, 7, 28)), FAIL),
    ("validation_after_period", sheet(validated_on=date(2021, 6, 30)), FAIL),
    ("dates_have_come", sheet(validated_on=date(2021, 7, 28)), FAIL),
    ("dates_have_come", sheet(updated_on=date(2021, 7, 28)), FAIL),
    ("correction_after_previous", sheet(corrects=(date(2021, 7, 1), date(2021, 7, 27))), FAIL),
    ("correction_after_previous", sheet(corrects=(date(2021, 6, 30), date(2021, 7, 28))), FAIL),
    ("annual_with_the_fourth", sheet(quarter=4, period_start=date(2021, 10, 1)), NEEDS),
    ("published_in_time", sheet(**LATE), WARN),
    ("published_in_time", sheet(on=date(2021, 8, 4)), WARN),
    ("published_in_time", sheet(published_on=date(2021, 8, 15), on=date(2021, 9, 1)), WARN),
]
MET = [
    ("columns_complete", sheet({"work_programme_url": "", "note": ""}), Verdict.PASS),
    ("alignment_reasoned", sheet({"higher_plan_alignment": "Se vincula con el eje 3."}), Verdict.PASS),
    ("alignment_reasoned", sheet({"higher_plan_alignment": ""}), NOT_APPLICABLE),
    ("situation_in_four_blocks", sheet({"situation_analysis": ""}), NOT_APPLICABLE),
    ("as_the_plan_says", sheet(changed=("Misión",), published_on=ON), NOT_APPLICABLE),
    ("links_open", sheet({"annual_plan_url": "", "work_programme_url": ""}), NOT_APPLICABLE),
    ("annual_plan_of_the_year", sheet({"annual_plan_url": "https://www.iecm.mx/20210/poa.pdf"}), NOT_APPLICABLE),
    ("annual_plan_of_the_year", sheet({"annual_plan_url": "https://www.iecm.mx/2020/poa-2021.pdf"}), Verdict.PASS),
    ("work_programme_link", sheet({"work_programme_url": "", "note": "No hay programa de trabajo."}), Verdict.PASS),
    ("text_fits_a_cell", sheet({"mission": "a" * 32_767}), Verdict.PASS),
    ("text_within_limit", sheet({"mission": "a" * 30_000}, text_limit=0), NOT_APPLICABLE),
    ("quarter_agrees", sheet(), Verdict.PASS),
    ("update_before_validation", sheet(updated_on=ON), Verdict.PASS),
    ("validation_after_period", sheet(validated_on=date(2021, 7, 1)), Verdict.PASS),
    ("correction_after_previous", sheet(), NOT_APPLICABLE),
    ("correction_after_previous", sheet(corrects=(date(2021, 6, 30), date(2021, 7, 27))), Verdict.PASS),
    ("annual_with_the_fourth", sheet(), NOT_APPLICABLE),
    ("annual_with_the_fourth", sheet(quarter=4, period_start=date(2021, 6, 30)), Verdict.PASS),
    ("annual_with_the_fourth", sheet({"note": "No cambió."}, quarter=4, period_start=date(2021, 10, 1)), Verdict.PASS),
    ("published_in_time", sheet(on=date(2021, 8, 3)), Verdict.PASS),
    ("published_in_time", sheet(first_published_on=date(2021, 8, 14), on=date(2021, 9, 1)), Verdict.PASS),
    ("published_in_time", sheet(published_on=date(2021, 8, 14), on=date(2021, 9, 1)), Verdict.PASS),
]


@pytest.mark.requirement(
    "IECM-02", "IECM-03", "IECM-05", "IECM-06", "IECM-07", "IECM-17", "IECM-18", "IECM-20", "IECM-21", "IECM-22",
    "IECM-26", "Q-05",
)  # fmt: skip
@pytest.mark.parametrize(("rule", "subject", "expected"), BROKEN)
def test_a_rule_finds_what_does_not_meet_it(rule: str, subject: RecordSheet, expected: Verdict) -> None:
    assert verdict(rule, subject) == expected


@pytest.mark.requirement("IECM-07", "IECM-10", "IECM-23", "IECM-24")
@pytest.mark.parametrize(("rule", "subject", "expected"), MET)
def test_a_rule_lets_through_what_meets_it_or_is_not_its_own(
    rule: str, subject: RecordSheet, expected: Verdict
) -> None:
    assert verdict(rule, subject) == expected


def test_every_rule_is_seen_failing_and_passing() -> None:
    codes = {rule.code.removeprefix("transparency.") for rule in RULEBOOK}
    assert {rule for rule, _subject, _expected in BROKEN} == codes
    assert {judgement.rule.code for judgement in RULEBOOK.judge(sheet(), on=ON)} == {rule.code for rule in RULEBOOK}


def test_a_finding_says_its_numbers_in_words() -> None:
    finding = RULEBOOK["transparency.published_in_time"].judge(sheet(**LATE), on=ON).finding
    assert finding.reason.startswith("El plazo venció el 14/08/2021; días naturales de atraso: 1.")
    finding = RULEBOOK["transparency.text_within_limit"].judge(sheet({"mission": "a" * 20_001}), on=ON).finding
    assert "20,001 caracteres" in finding.reason
