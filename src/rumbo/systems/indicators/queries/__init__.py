"""Reads of goals, their indicators and what is programmed. Fixed queries, whatever the number of goals."""

from rumbo.systems.indicators.queries.due import Due, due_in
from rumbo.systems.indicators.queries.findings import Found, findings_of, findings_of_goal, sheet_of
from rumbo.systems.indicators.queries.goals import (
    goal_by_code,
    goal_by_ref,
    goal_counts,
    goals_of,
    goals_with_all,
    indicator_by_code,
    indicator_by_ref,
    indicators_by_id,
    indicators_of,
    live_goals_on,
    principal_indicator,
    tell_goal_counts,
)
from rumbo.systems.indicators.queries.programmes import (
    changes_between,
    changes_of,
    first_programmed_period,
    programme_of,
    programmes_of,
    programmes_of_goal,
    targets_of,
    years_programmed,
)
from rumbo.systems.indicators.queries.year import ProgrammeYear, programme_rows

__all__ = [
    "Due",
    "Found",
    "ProgrammeYear",
    "changes_between",
    "changes_of",
    "due_in",
    "findings_of",
    "findings_of_goal",
    "first_programmed_period",
    "goal_by_code",
    "goal_by_ref",
    "goal_counts",
    "goals_of",
    "goals_with_all",
    "indicator_by_code",
    "indicator_by_ref",
    "indicators_by_id",
    "indicators_of",
    "live_goals_on",
    "principal_indicator",
    "programme_of",
    "programme_rows",
    "programmes_of",
    "programmes_of_goal",
    "sheet_of",
    "targets_of",
    "tell_goal_counts",
    "years_programmed",
]
