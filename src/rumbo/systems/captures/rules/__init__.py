"""Rules of a capture, in the order in which a person meets them: the value, its size, its explanation, its proof."""

from rumbo.core.rules import Rulebook
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules import (
    accumulated_as_month,
    cause_needed,
    commitment_ahead,
    evidence_expected,
    evidence_missing,
    exact_decimals,
    jump,
    negative_value,
    part_over_whole,
    readings_complete,
    readings_computable,
    value_present,
    whole_unit,
    zero_denominator,
)
from rumbo.systems.captures.rules._facts import RECENT_MONTHS, CaptureFacts

__all__ = ["RECENT_MONTHS", "RULEBOOK", "CaptureFacts"]

RULEBOOK = Rulebook(
    "captures",
    N_("Captura"),
    (
        value_present.RULE,
        readings_complete.RULE,
        readings_computable.RULE,
        exact_decimals.RULE,
        negative_value.RULE,
        whole_unit.RULE,
        zero_denominator.RULE,
        part_over_whole.RULE,
        accumulated_as_month.RULE,
        jump.RULE,
        cause_needed.RULE,
        commitment_ahead.RULE,
        evidence_missing.RULE,
        evidence_expected.RULE,
    ),
)
