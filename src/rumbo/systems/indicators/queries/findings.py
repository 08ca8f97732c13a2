"""What the rules say of the goals as they are written. Fixed queries; nothing is stored."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.rules import Judgement
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.foundation.planning import queries as planning
from rumbo.systems.indicators.models import Goal, Indicator, Programme
from rumbo.systems.indicators.queries.goals import goal_counts, goals_of
from rumbo.systems.indicators.queries.programmes import programmes_of, targets_of
from rumbo.systems.indicators.rules import (
    OF_ALL,
    OF_GOALS,
    OF_INDICATORS,
    OF_LINES,
    RULEBOOK,
    GoalSet,
    GoalSheet,
    IndicatorSheet,
    LineSheet,
)

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that is not met, and by what: `code` of the goal or plan element; empty for the whole institution."""

    code: str
    goal: Goal | None
    judgement: Judgement


def findings_of(institution: "Institution", year: int, *, on: date) -> list[Found]:
    """Of every live goal, line of the plan and the whole, in order; only what is not met. About ten queries."""
    goals = goals_of(institution)
    plan = planning.plan_of(institution, on)
    elements = planning.elements_of(plan) if plan else []
    lowest = max((element.level.depth for element in elements), default=0)
    programmes = programmes_of(institution, year)
    found = [item for goal in goals for item in _of_goal(goal, programmes, year, lowest, on)]
    counts = goal_counts(institution)
    for element in elements:
        if element.level.depth == lowest:
            line = LineSheet(element.code, counts.get(element.pk, 0))
            judged = RULEBOOK.judge(line, on=on, codes=OF_LINES)
            found += [Found(element.code, None, judgement) for judgement in judged]
    whole = goal_set_of(goals)
    found += [Found("", None, judgement) for judgement in RULEBOOK.judge(whole, on=on, codes=OF_ALL)]
    return [item for item in found if not item.judgement.finding.is_met]


def goal_set(institution: "Institution") -> GoalSet:
    """All the live goals, counted. One query."""
    marks = Goal.objects.filter(institution=institution, retired_on=None).order_by().values_list("critical", flat=True)
    return GoalSet(len(marks), sum(marks))


def goal_set_of(goals: Collection[Goal]) -> GoalSet:
    return GoalSet(len(goals), sum(goal.critical for goal in goals))


def findings_of_goal(goal: Goal, programmes: dict[int, Programme], year: int, *, on: date) -> list[Judgement]:
    """Of one goal and its indicators in a year, met or not: the goal's sheet shows all with their reason.

    `programmes` by indicator. One query, for the depth of the plan.
    """
    lowest = max((level.depth for level in planning.levels_of(goal.plan_element.plan)), default=0)
    return [item.judgement for item in _of_goal(goal, programmes, year, lowest, on)]


def _of_goal(goal: Goal, programmes: dict[int, Programme], year: int, lowest: int, on: date) -> Iterator[Found]:
    live = [indicator for indicator in goal.indicators.all() if indicator.retired_on is None]
    principals = sum(indicator.principal for indicator in live)
    sheet = GoalSheet(goal.code, principals, goal.agreed_on, goal.plan_element.level.depth == lowest)
    for judgement in RULEBOOK.judge(sheet, on=on, codes=OF_GOALS):
        yield Found(goal.code, goal, judgement)
    for indicator in live:
        programme = programmes.get(indicator.pk)
        for judgement in RULEBOOK.judge(sheet_of(indicator, programme, year), on=on, codes=OF_INDICATORS):
            yield Found(indicator.code, goal, judgement)


def sheet_of(indicator: Indicator, programme: Programme | None, year: int) -> IndicatorSheet:
    """What the rules look at."""
    targets = targets_of(programme) if programme else {}
    return IndicatorSheet(
        code=indicator.code,
        unit_of_measure=indicator.unit_of_measure,
        direction=Direction(indicator.direction),
        accumulation=Accumulation(indicator.accumulation),
        denominator_name=indicator.denominator_name,
        baseline=indicator.baseline,
        baseline_year=indicator.baseline_year,
        year=year,
        annual_target=programme.annual_target if programme else None,
        low=programme.low if programme else None,
        high=programme.high if programme else None,
        numerators=tuple(target.numerator for target in targets.values() if target.numerator is not None),
    )
