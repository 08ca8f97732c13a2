"""The rules of goals, indicators and what is programmed."""

from rumbo.core.rules import Rulebook
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules import (
    agreed,
    baseline_year,
    critical_share,
    direction_against_baseline,
    goal_on_line,
    line_has_goal,
    months_add_up,
    one_principal,
    range_in_order,
    ratio_has_denominator,
    unit_of_measure,
)
from rumbo.systems.indicators.rules._subjects import GoalSet, GoalSheet, IndicatorSheet, LineSheet

# Which rules look at which subject.
OF_GOALS = tuple(module.RULE.code for module in (one_principal, agreed, goal_on_line))
OF_INDICATORS = tuple(
    module.RULE.code
    for module in (
        unit_of_measure,
        ratio_has_denominator,
        range_in_order,
        months_add_up,
        baseline_year,
        direction_against_baseline,
    )
)
OF_LINES = (line_has_goal.RULE.code,)
OF_ALL = (critical_share.RULE.code,)

RULEBOOK = Rulebook(
    "indicators",
    N_("Metas e indicadores"),
    (
        one_principal.RULE,
        agreed.RULE,
        goal_on_line.RULE,
        line_has_goal.RULE,
        unit_of_measure.RULE,
        ratio_has_denominator.RULE,
        range_in_order.RULE,
        months_add_up.RULE,
        baseline_year.RULE,
        direction_against_baseline.RULE,
        critical_share.RULE,
    ),
)

__all__ = [
    "OF_ALL",
    "OF_GOALS",
    "OF_INDICATORS",
    "OF_LINES",
    "RULEBOOK",
    "GoalSet",
    "GoalSheet",
    "IndicatorSheet",
    "LineSheet",
]
