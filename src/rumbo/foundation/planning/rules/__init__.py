"""The rules of the plan."""

from rumbo.core.rules import Rulebook
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.planning.rules import alignment_reasoned, element_has_parent, four_swot_blocks, mission_and_vision
from rumbo.foundation.planning.rules._subjects import ElementSheet, PlanSheet

# Which rules look at which subject.
OF_PLANS = tuple(module.RULE.code for module in (mission_and_vision, alignment_reasoned, four_swot_blocks))
OF_ELEMENTS = (element_has_parent.RULE.code,)

RULEBOOK = Rulebook(
    "planning",
    N_("Programa"),
    (mission_and_vision.RULE, alignment_reasoned.RULE, four_swot_blocks.RULE, element_has_parent.RULE),
)

__all__ = ["OF_ELEMENTS", "OF_PLANS", "RULEBOOK", "ElementSheet", "PlanSheet"]
