"""«¿Cómo se calculó?» of one goal and of a figure of many goals."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rumbo.core.engine import NO_SLOT
from rumbo.core.engine.explain import Explanation, Operation
from rumbo.core.engine.explain_rollup import explain_mean
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.foundation.review import queries as review
from rumbo.systems.captures import queries as captures
from rumbo.systems.evaluation.models import RollupResult
from rumbo.systems.evaluation.presenters.evidence import openable
from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.queries.calculation import Calculation, calculation_of
from rumbo.systems.evaluation.queries.light_rows import LightRow, light_rows
from rumbo.systems.evaluation.queries.snapshot import Node, snapshot_of
from rumbo.systems.indicators.queries.made import OfMonth, month_made

if TYPE_CHECKING:
    from collections.abc import Collection

    from rumbo.foundation.review.queries import Decided
    from rumbo.systems.captures.models import Capture, Evidence
    from rumbo.systems.indicators.models import Goal, Indicator

FIGURES = ("cumplimiento", "avance", "clases", "cobertura")


@dataclass(frozen=True, slots=True)
class MonthRead:
    """A month that went into the figure: what the engine took, and the capture that says it."""

    period: int
    evidence: Any
    capture: "Capture | None"
    pieces: "list[Evidence]"


@dataclass(frozen=True, slots=True)
class GoalCalculation:
    opened: Opened
    goal: "Goal"
    indicator: "Indicator"
    found: Calculation
    months: list[MonthRead]
    decisions: "list[Decided]"
    openable: frozenset[int]

    @property
    def explained(self) -> Explanation:
        return self.found.explained

    @property
    def complementary(self) -> bool:
        """Of an indicator that is told beside the one that gives the goal its percentage."""
        return not self.indicator.principal

    @property
    def code(self) -> str:
        """By which it is named: the goal's, or that of its other indicator."""
        return self.indicator.code if self.complementary else self.goal.code

    @property
    def files(self) -> dict[str, str]:
        """Addresses of the sheet on paper and of the data."""
        return self.opened.links.calculation_files(self.goal.code, self.indicator.code if self.complementary else "")

    @property
    def ratio(self) -> bool:
        return any(
            month.evidence.actual_den is not None or month.evidence.programmed_den is not None for month in self.months
        )

    @property
    def formula(self) -> OfMonth | None:
        """The indicator's own, with the values of the month shown; None when the captured values do not feed it."""
        at = self.found.explained.shown_slot
        shown = next((month for month in self.months if month.evidence.slot == at), None)
        if shown is None or not shown.evidence.reported:
            return None
        made = captures.made_of(shown.capture) if shown.capture else None
        return made or month_made(self.indicator, shown.evidence.actual, shown.evidence.actual_den)

    @property
    def since(self) -> int | None:
        """First period of the streak of the light."""
        since = self.found.explained.since
        return None if since == NO_SLOT else self.opened.year.first.index + since

    @property
    def shown_period(self) -> int | None:
        shown = self.found.explained.shown_slot
        return self.opened.year.first.index + shown if shown >= 0 else None


def goal_calculation(opened: Opened, goal: "Goal", indicator: "Indicator") -> GoalCalculation | None:
    """None when the month has no result of the goal."""
    found = calculation_of(opened.institution.pk, indicator, opened.month)
    if found is None:
        return None
    first = opened.year.first.index
    told = captures.captures_of(opened.institution, [indicator.pk], first, opened.period.index)
    pieces = captures.evidence_of(told.values())
    months = []
    for evidence in found.explained.evidence:
        capture = told.get((indicator.pk, first + evidence.slot))
        if evidence.owed or evidence.reported or capture:
            held = pieces.get(capture.pk, []) if capture else []
            months.append(MonthRead(first + evidence.slot, evidence, capture, held))
    last = told.get((indicator.pk, first + max(found.explained.shown_slot, 0)))
    return GoalCalculation(
        opened=opened,
        goal=goal,
        indicator=indicator,
        found=found,
        months=months,
        decisions=review.decisions_of("captures", last.ref) if last else [],
        openable=openable(opened, goal, indicator, [(one.capture, one.pieces) for one in months if one.capture]),
    )


@dataclass(frozen=True, slots=True)
class RolledCalculation:
    """The explanation of one figure of many goals. `outside` tells the goals that do not count, and why.

    `code`: of the area or plan element, empty for the institution. `rows`: the goals of whose figures it is the mean.
    """

    opened: Opened
    figure: str
    title: str
    code: str
    name: str
    board: str
    now: RollupResult
    operation: Operation | None
    value: float | None
    outside: list[tuple[Light, int]]
    classes: list[tuple[PerformanceClass, int]]
    cap: float | None
    version: Any
    rows: tuple[LightRow, ...] = ()


TITLES = {
    "cumplimiento": N_("Cumplimiento al corte"),
    "avance": N_("Avance anual"),
    "clases": N_("Metas cumplidas o con buen desempeño"),
    "cobertura": N_("Cobertura"),
}


def rolled_calculation(
    opened: Opened,
    figure: str,
    node: Node,
    *,
    code: str,
    name: str,
    board: str,
    units: "Collection[int] | None",
    elements: "Collection[int] | None",
) -> RolledCalculation | None:
    snapshot = snapshot_of(opened.ground, opened.months, opened.month, node)
    if snapshot.subject is None:
        return None
    now, operation, value = snapshot.subject.now, None, None
    coloured: list[LightRow] = []
    if figure in ("cumplimiento", "avance"):
        rows = light_rows(opened.institution.pk, opened.month, units=units, elements=elements)
        coloured = [row for row in rows if Light(row.light).is_colour]
        given = [row.compliance_to_date if figure == "cumplimiento" else row.compliance_year for row in coloured]
        operation = explain_mean(given, [row.weight for row in coloured], snapshot.scheme)
        value = now.compliance if figure == "cumplimiento" else now.annual_progress
    return RolledCalculation(
        opened=opened,
        figure=figure,
        title=_(TITLES[figure]),
        code=code,
        name=name,
        board=board,
        now=now,
        operation=operation,
        value=value,
        outside=[
            (light, now.lights[light])
            for light in (Light.NO_DATA, Light.NOT_SCHEDULED, Light.NOT_COMPUTABLE, Light.NOT_DUE)
            if now.lights[light]
        ],
        classes=[(grade, now.classes[grade]) for grade in sorted(PerformanceClass, reverse=True)],
        cap=snapshot.scheme.cap,
        version=snapshot.version,
        rows=tuple(coloured),
    )
