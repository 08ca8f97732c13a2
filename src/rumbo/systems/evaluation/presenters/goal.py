"""The page of a goal: its year, its light month by month, what was said of it, what proves it and what changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.light import Light
from rumbo.foundation.review import queries as review
from rumbo.systems.captures import queries as captures
from rumbo.systems.captures.queries.corrections import applied_to_indicator
from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.presenters import charts
from rumbo.systems.evaluation.presenters.evidence import openable
from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.presenters.wording import closing_name, language
from rumbo.systems.evaluation.queries.goal_year import GoalYear, goal_year
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.planning.models import PlanElement
    from rumbo.foundation.review.queries import Decided
    from rumbo.systems.captures.models import Capture, Correction, Evidence
    from rumbo.systems.indicators.models import Goal, Indicator, TargetChange


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the goal. `explain` is empty where there is no result."""

    period: int
    due: bool
    owed: bool
    programmed: float | None
    schedule: float | None
    result: Result | None
    capture: "Capture | None"
    evidence: "list[Evidence]"
    decisions: "list[Decided]"
    explain: str
    shown: bool

    @property
    def light(self) -> Light:
        return Light(self.result.light) if self.result else Light.NOT_DUE

    @property
    def said(self) -> bool:
        return bool(self.capture and (self.capture.cause or self.capture.corrective_action))


@dataclass(frozen=True, slots=True)
class Superseded:
    """What a closing that another one replaced said of the goal, beside what is said now."""

    name: str
    month: int
    was: Result
    now: Result | None
    url: str

    @property
    def differs(self) -> bool:
        return self.now is None or (self.was.compliance_to_date, self.was.actual_to_date, self.was.light) != (
            self.now.compliance_to_date,
            self.now.actual_to_date,
            self.now.light,
        )


@dataclass(frozen=True)
class GoalPage:
    opened: Opened
    goal: "Goal"
    indicator: "Indicator"
    chain: "tuple[PlanElement, ...]"
    now: Result | None
    months: list[MonthRow]
    line: SafeString | str
    bars: SafeString | str
    corrections: "list[Correction]"
    superseded: list[Superseded]
    changes: "list[TargetChange]"
    openable: frozenset[int]
    complementary: "list[tuple[Indicator, Result | None]]" = field(default_factory=list)

    @property
    def explained(self) -> list[MonthRow]:
        """Months with a cause or a commitment, newest first."""
        return [month for month in reversed(self.months) if month.said]

    @property
    def proved(self) -> list[MonthRow]:
        return [month for month in reversed(self.months) if month.evidence]

    @property
    def reviewed(self) -> list[MonthRow]:
        return [month for month in reversed(self.months) if month.decisions]


def goal_page(opened: Opened, goal: "Goal", indicator: "Indicator", closing_url: Callable[[int, int], str]) -> GoalPage:
    """`closing_url(period, number)`: where a closing is compared with the one that replaced it."""
    institution, year = opened.institution, opened.year
    found = goal_year(institution.pk, goal.pk, indicator, year, opened.period)
    told = captures.captures_of(institution, [indicator.pk], *year.span)
    evidence = captures.evidence_of(told.values())
    decisions = review.decisions_of_many("captures", [capture.ref for capture in told.values()])
    months = [
        _month(opened, goal, indicator, found, told, evidence, decisions, slot, period)
        for slot, period in enumerate(year.months)
    ]
    plan = opened.ground.plan_on(opened.period.last_day)
    chains = opened.ground.chains(plan) if plan else {}
    return GoalPage(
        opened=opened,
        goal=goal,
        indicator=indicator,
        chain=chains.get(goal.plan_element_id, ()),
        now=found.results.get(opened.period.index),
        months=months,
        line=_line(opened, indicator, found),
        bars=_bars(opened, indicator, found),
        corrections=applied_to_indicator(indicator.pk, *year.span),
        superseded=[
            Superseded(closing_name(was.closing), was.period, was, now, closing_url(was.period, was.closing.number))
            for was in found.superseded
            if was.closing is not None
            for now in [found.results.get(was.period)]
        ],
        changes=indicators.changes_of(goal),
        openable=openable(opened, goal, indicator, [(one.capture, one.evidence) for one in months if one.capture]),
        complementary=[
            (one, found.complementary.get(one.pk)) for one in goal.indicators.all() if one.pk != indicator.pk
        ],
    )


def _month(
    opened: Opened,
    goal: "Goal",
    indicator: "Indicator",
    found: GoalYear,
    told: "dict[tuple[int, int], Capture]",
    evidence: "dict[int, list[Evidence]]",
    decisions: "dict[Any, list[Decided]]",
    slot: int,
    period: Period,
) -> MonthRow:
    capture = told.get((indicator.pk, period.index))
    result = found.results.get(period.index)
    month = opened.months.of(period)
    return MonthRow(
        period=period.index,
        due=found.due[slot],
        owed=found.owed[slot],
        programmed=found.programmed[slot] if found.due[slot] else None,
        schedule=found.schedule[slot],
        result=result,
        capture=capture,
        evidence=evidence.get(capture.pk, []) if capture else [],
        decisions=decisions.get(capture.ref, []) if capture else [],
        explain=opened.links.calculation(goal.code).replace(str(opened.period), str(period))
        if result and month
        else "",
        shown=period == opened.period,
    )


def _line(opened: Opened, indicator: "Indicator", found: GoalYear) -> SafeString | str:
    achieved = tuple(
        result.actual_to_date
        if month <= opened.period and (result := found.results.get(month.index)) and result.slot_period
        else None
        for month in opened.year.months
    )
    if not any(value is not None for value in (*achieved, *found.schedule)):
        return ""
    return charts.goal_line(
        achieved,
        found.schedule,
        unit="%" if indicator.unit_of_measure == "%" else indicator.unit_of_measure,
        decimals=indicator.decimals,
        title=_("Realizado y programado acumulados de %(code)s") % {"code": indicator.code},
        desc=indicator.name,
        accent=opened.accent,
        first_month=opened.year.start_month,
    )


def _bars(opened: Opened, indicator: "Indicator", found: GoalYear) -> SafeString | str:
    """One bar for each month that is due: what was done in it against what was programmed for it."""
    lang = language()
    rows = []
    for slot, month in enumerate(opened.year.months):
        if not found.due[slot] or found.programmed[slot] is None:
            continue
        result = found.results.get(month.index) if month <= opened.period else None
        value = result.actual if result else None
        rows.append((text.month_name(month.month, language=lang), value, found.programmed[slot], None))
    if not rows:
        return ""
    return charts.month_bars(
        tuple(rows),
        _("Realizado de cada mes; la marca es lo programado"),
        indicator.name,
        indicator.unit_of_measure,
        indicator.decimals,
        lang,
        opened.accent,
    )
