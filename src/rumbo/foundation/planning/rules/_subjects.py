"""What the rules of the plan look at. Filled by the queries of this app."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The texts of a plan. `swot_blocks`: how many items each of the four blocks has."""

    name: str
    mission: str
    vision: str
    higher_plan_alignment: str
    higher_plan_not_applicable_reason: str
    swot_blocks: Sequence[int]


@dataclass(frozen=True, slots=True)
class ElementSheet:
    """An element: depth 1 is the highest level."""

    code: str
    level: str
    depth: int
    has_parent: bool
