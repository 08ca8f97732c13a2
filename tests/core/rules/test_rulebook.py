"""The machinery of rules refuses lists that lie and verdicts without a reason."""

from dataclasses import dataclass
from datetime import date

import pytest

from rumbo.core.rules import (
    Citation,
    Finding,
    InForce,
    Rule,
    Rulebook,
    RulebookError,
    Severity,
    Verdict,
    not_applicable,
    passed,
)


@dataclass(frozen=True)
class Delivery:
    days_late: int | None


def check(subject: Delivery) -> Finding:
    if subject.days_late is None:
        return not_applicable("Todavía no se entrega.")
    if subject.days_late:
        return ON_TIME.broken("Se entregó %(days)s días tarde.", days=subject.days_late, evidence={"late": True})
    return passed("Se entregó a tiempo.")


ON_TIME = Rule(
    code="deliveries.on_time",
    sentence="La entrega se hace a tiempo.",
    citation=Citation("Anexo técnico 1", "párrafo 12", ("A1-25",)),
    severity=Severity.BLOCKS,
    check=check,
    in_force=InForce(since=date(2026, 1, 1)),
)
BOOK = Rulebook("deliveries", "Entregas", (ON_TIME,))


def test_it_refuses_a_code_listed_twice() -> None:
    with pytest.raises(RulebookError, match="twice"):
        Rulebook("deliveries", "Entregas", (ON_TIME, ON_TIME))


def test_it_refuses_a_rule_of_another_app() -> None:
    with pytest.raises(RulebookError, match="not a rule of captures"):
        Rulebook("captures", "Captura", (ON_TIME,))


def test_it_refuses_a_verdict_without_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        Finding(Verdict.FAIL, " ")


def test_it_refuses_a_rule_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="end before"):
        InForce(date(2026, 2, 1), date(2026, 1, 1))


def test_an_unmet_rule_takes_the_verdict_of_its_severity_and_says_why() -> None:
    [judgement] = BOOK.judge(Delivery(3), on=date(2026, 5, 1))
    assert judgement.blocks
    assert judgement.finding.verdict is Verdict.FAIL
    assert judgement.finding.reason == "Se entregó 3 días tarde."
    assert judgement.finding.evidence == {"late": True}


def test_a_rule_outside_its_dates_does_not_apply_and_says_so() -> None:
    [judgement] = BOOK.judge(Delivery(3), on=date(2025, 12, 31))
    assert judgement.finding.verdict is Verdict.NOT_APPLICABLE
    assert "vigente" in judgement.finding.reason


def test_not_applicable_is_met_and_has_its_own_reason() -> None:
    [judgement] = BOOK.judge(Delivery(None), on=date(2026, 5, 1))
    assert judgement.finding.is_met
    assert judgement.finding.reason == "Todavía no se entrega."


def test_only_the_rules_asked_for_are_judged() -> None:
    assert BOOK.judge(Delivery(3), on=date(2026, 5, 1), codes=["deliveries.other"]) == []


def test_a_rule_is_found_by_its_code() -> None:
    assert BOOK["deliveries.on_time"] is ON_TIME
    with pytest.raises(KeyError):
        BOOK["deliveries.never"]
