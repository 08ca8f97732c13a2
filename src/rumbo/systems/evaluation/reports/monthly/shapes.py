"""What the monthly report says, as plain shapes: goals, nodes, areas, news. They hold and order, no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rumbo.core.engine.comparing import Pace, difference, share
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.risk import Risk
from rumbo.foundation.review.queries import Decided
from rumbo.systems.captures.queries import Commitment
from rumbo.systems.evaluation.models import Closing, EarlyWarning, Outlook, RollupResult
from rumbo.systems.evaluation.queries.results import ResultRow
from rumbo.systems.evaluation.queries.sealed_month import Month
from rumbo.systems.evaluation.queries.support import Support
from rumbo.systems.evaluation.queries.through_the_year import MonthOfGoal
from rumbo.systems.evaluation.reports.frame import Frame

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit
    from rumbo.foundation.planning.models import PlanElement
    from rumbo.systems.captures.models import Capture, Correction, Evidence, Omission
    from rumbo.systems.indicators.models import Goal, Indicator, Programme, TargetChange

LONG_LAG = 3  # months or reports in a row: from here on a lag is told in the summary
FIRST_FEW = 5  # that most advanced, and that most lag


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal as every piece of the report shows it: its sealed row and what was said of it."""

    row: ResultRow
    goal: "Goal"
    indicator: "Indicator"
    programme: "Programme | None"
    chain: tuple["PlanElement", ...]
    place_before: int | None
    change: float | None
    months: Mapping[int, MonthOfGoal]
    since: Period | None
    pace: Pace | None
    said: Commitment | None
    due: Commitment | None
    capture: "Capture | None"
    evidence: Sequence["Evidence"]
    validated_by: str
    outlook: Outlook | None = None
    follow_up: EarlyWarning | None = None

    @property
    def risk(self) -> Risk:
        return Risk(self.outlook.risk) if self.outlook else Risk.UNKNOWN

    @property
    def places_gained(self) -> int | None:
        """Positive when it went up."""
        if self.row.rank is None or self.place_before is None:
            return None
        return self.place_before - self.row.rank

    @property
    def explained(self) -> bool:
        """Whether its cause and commitment print under its row: not en meta, or over the upper mark."""
        return self.said is not None and (self.row.light is not Light.GREEN or Mark.OVER in self.row.marks)

    @property
    def fulfilled(self) -> bool:
        """What came of the commitment whose date came: the goal is en meta again."""
        return self.row.light is Light.GREEN

    @property
    def warned(self) -> bool:
        """In the early warnings: in rezago, at risk, or critical and without data or likely to miss its year."""
        told = self.row.light is Light.NO_DATA or self.risk > Risk.LOW
        return self.row.light in (Light.RED, Light.AMBER) or (self.row.critical and told)


@dataclass(frozen=True, slots=True)
class Node:
    """An axis, an area or the institution, with its roll-up of the month and of the month before."""

    code: str
    name: str
    rolled: RollupResult
    before: RollupResult | None

    @property
    def change(self) -> float | None:
        """Of the mean compliance, in points."""
        return difference(self.rolled.compliance, self.before.compliance) if self.before else None


@dataclass(frozen=True, slots=True)
class Quality:
    """How an area reported the month: captures owed, on time, late, missing, returned; evidence attached."""

    owed: int
    on_time: int
    late: int
    missing: int
    returned: int
    evidence: int
    with_evidence: int

    @property
    def on_time_share(self) -> float | None:
        return share(self.on_time, self.owed)


@dataclass(frozen=True, slots=True)
class Line:
    """The year of a node: [12] of % of the annual target, None where there is none."""

    achieved: Sequence[float | None]
    programmed: Sequence[float | None]
    projected: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Area:
    """One control board."""

    unit: "Unit"
    node: Node
    lines: Sequence[GoalLine]
    quality: Quality
    line: Line
    returns: Sequence["Returned"]


@dataclass(frozen=True, slots=True)
class Returned:
    """A capture of the month that was given back."""

    code: str
    unit_name: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class Changed:
    """A goal whose sealed result a complementary closing changed."""

    code: str
    before: float | None
    after: float | None
    light_before: Light
    light_after: Light


@dataclass(frozen=True)
class Monthly:
    """The report of one closed month. Rows in the order of the global sheet; nodes in the order of their tree."""

    frame: Frame
    closing: Closing
    month: Month
    institution: Node
    axes: Sequence[Node]
    areas: Sequence[Area]
    lines: Sequence[GoalLine]
    year: Mapping[int, RollupResult]
    line: Line
    elements: "Mapping[int, PlanElement]"
    closings: Sequence[Closing]
    target_changes: Sequence["TargetChange"]
    adjustments: Sequence["Correction"]
    differences: Sequence[Changed]
    omissions: Sequence["Omission"]
    returns: Sequence[Returned]
    support: Support
    posts: Mapping[str, str] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        return self.month.period

    @cached_property
    def in_plan_order(self) -> list[GoalLine]:
        order = {pk: place for place, pk in enumerate(self.elements)}
        return sorted(self.lines, key=lambda line: (order.get(line.row.plan_element_id, 0), line.goal.position))

    @cached_property
    def classes(self) -> dict[PerformanceClass, list[GoalLine]]:
        """From «cumplidas» to «sin clasificar», each in the order of compliance (A1-15, A1-22)."""
        found: dict[PerformanceClass, list[GoalLine]] = {kind: [] for kind in sorted(PerformanceClass, reverse=True)}
        for line in self.lines:
            found[line.row.performance_class].append(line)
        return found

    @cached_property
    def quality(self) -> Quality:
        return quality_of(self.lines)

    @cached_property
    def advanced(self) -> list[GoalLine]:
        """Those whose compliance rose most since the month before."""
        risen = [line for line in self.lines if line.change is not None and line.change > 0]
        return sorted(risen, key=lambda line: (-(line.change or 0), line.row.code))[:FIRST_FEW]

    @cached_property
    def lagging(self) -> list[GoalLine]:
        """The lowest of those in rezago."""
        red = [line for line in self.lines if line.row.light is Light.RED]
        return sorted(red, key=lambda line: (line.row.compliance_to_date or 0, line.row.code))[:FIRST_FEW]

    @cached_property
    def long_lagging(self) -> list[GoalLine]:
        return [line for line in self.lines if line.row.light is Light.RED and line.row.streak >= LONG_LAG]

    @cached_property
    def moved(self) -> list[tuple[GoalLine, MonthOfGoal]]:
        """Goals whose light is not the one of the month before, with what it was."""
        before = self.period.index - 1
        found = [(line, line.months[before]) for line in self.lines if before in line.months]
        return [(line, was) for line, was in found if was.light is not line.row.light]

    @cached_property
    def warnings(self) -> list[GoalLine]:
        """Critical first, then in rezago, then at risk, then the others likely to miss the year; the lowest first."""
        warned = [line for line in self.lines if line.warned]
        return sorted(
            warned,
            key=lambda line: (
                not line.row.critical,
                line.row.light is not Light.RED,
                line.row.light is not Light.AMBER,
                line.row.compliance_to_date or 0,
                line.row.code,
            ),
        )

    @cached_property
    def risks(self) -> dict[Risk, int]:
        """How many goals there are of each; empty where the month was never estimated."""
        told = [line.risk for line in self.lines if line.outlook]
        return {risk: told.count(risk) for risk in (Risk.HIGH, Risk.MEDIUM, Risk.LOW)} if told else {}

    @cached_property
    def critical_at_risk(self) -> list[GoalLine]:
        return [line for line in self.lines if line.row.critical and line.risk > Risk.LOW]

    @cached_property
    def due_commitments(self) -> list[GoalLine]:
        return sorted(
            (line for line in self.lines if line.due is not None),
            key=lambda line: (line.fulfilled, line.due.commitment_on if line.due else None, line.row.code),
        )

    @cached_property
    def overdue(self) -> list[GoalLine]:
        return [line for line in self.due_commitments if not line.fulfilled]

    @cached_property
    def late(self) -> list[GoalLine]:
        return [line for line in self.lines if line.row.due and Mark.LATE in line.row.marks and line.capture]


def quality_of(lines: Sequence[GoalLine]) -> Quality:
    """Counted on the sealed rows: what was owed is what was validated or is marked as without report."""
    due = [line for line in lines if line.row.due]
    told = [line for line in due if line.row.state is CaptureState.APPROVED]
    late = [line for line in told if Mark.LATE in line.row.marks]
    missing = [line for line in due if Mark.NO_REPORT in line.row.marks]
    return Quality(
        owed=len(told) + len(missing),
        on_time=len(told) - len(late),
        late=len(late),
        missing=len(missing),
        returned=sum(1 for line in due if line.capture and line.capture.times_returned),
        evidence=sum(len(line.evidence) for line in lines),
        with_evidence=sum(1 for line in told if line.evidence),
    )
