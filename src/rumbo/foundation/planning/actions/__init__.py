"""Writes of the plan: sentences, atomic, each with its event in the trail."""

from rumbo.foundation.planning.actions.elements import (
    CodeTaken,
    HasChildren,
    NotAParent,
    link_element,
    link_many,
    retire_element,
    save_element,
)
from rumbo.foundation.planning.actions.loading import ElementRow, Loaded, UnknownParent, load_plan
from rumbo.foundation.planning.actions.plans import (
    LevelInUse,
    PlanNameTaken,
    SwotLine,
    TermOutOfOrder,
    create_plan,
    describe_plan,
    save_swot,
    set_levels,
)

__all__ = [
    "CodeTaken",
    "ElementRow",
    "HasChildren",
    "LevelInUse",
    "Loaded",
    "NotAParent",
    "PlanNameTaken",
    "SwotLine",
    "TermOutOfOrder",
    "UnknownParent",
    "create_plan",
    "describe_plan",
    "link_element",
    "link_many",
    "load_plan",
    "retire_element",
    "save_element",
    "save_swot",
    "set_levels",
]
