"""Writes of goals, indicators and what is programmed: sentences, atomic, each with its event in the trail."""

from rumbo.systems.indicators.actions.changing import NothingChanges, PastMonth, UnfoundedChange, change_programme
from rumbo.systems.indicators.actions.goals import (
    ElementWithGoals,
    GoalCodeTaken,
    RetiredGoal,
    TooManyCritical,
    agree_goals,
    retire_goal,
    save_goal,
)
from rumbo.systems.indicators.actions.indicators import (
    IndicatorCodeTaken,
    PrincipalStays,
    RatioWithoutDenominator,
    make_principal,
    retire_indicator,
    save_indicator,
)
from rumbo.systems.indicators.actions.loading import GoalRow, IndicatorRow, Loaded, ProgrammeRow, load_goals
from rumbo.systems.indicators.actions.programmes import (
    AgreedProgramme,
    MonthOutsideYear,
    RangeOutOfOrder,
    set_programme,
)
from rumbo.systems.indicators.membership import MembershipOutOfOrder

__all__ = [
    "AgreedProgramme",
    "ElementWithGoals",
    "GoalCodeTaken",
    "GoalRow",
    "IndicatorCodeTaken",
    "IndicatorRow",
    "Loaded",
    "MembershipOutOfOrder",
    "MonthOutsideYear",
    "NothingChanges",
    "PastMonth",
    "PrincipalStays",
    "ProgrammeRow",
    "RangeOutOfOrder",
    "RatioWithoutDenominator",
    "RetiredGoal",
    "TooManyCritical",
    "UnfoundedChange",
    "agree_goals",
    "change_programme",
    "load_goals",
    "make_principal",
    "retire_goal",
    "retire_indicator",
    "save_goal",
    "save_indicator",
    "set_programme",
]
