"""The goals under the plan, and what hangs from nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.planning import queries as planning
from rumbo.systems.evaluation.reports.frame import Frame
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.planning.models import Plan, PlanElement, PlanLevel
    from rumbo.systems.indicators.models import Goal, Indicator, Programme


class NoPlan(Refusal):
    """There is nothing to align: the institution has no plan yet."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """One goal with its chain from the top of the plan; `indicator` is its principal one."""

    goal: "Goal"
    chain: tuple["PlanElement", ...]
    indicator: "Indicator | None"
    programme: "Programme | None"

    @property
    def co_responsible(self) -> list[str]:
        return [shared.unit.code for shared in self.goal.co_responsibilities.all()]


@dataclass(frozen=True, slots=True)
class Alignment:
    """`rows` in the order of the plan. Findings: lines without goal, goals without line, elements without parent."""

    frame: Frame
    plan: "Plan"
    levels: Sequence["PlanLevel"]
    rows: Sequence[Aligned]
    empty_lines: Sequence["PlanElement"]
    goals_without_line: Sequence[Aligned]
    unlinked: Sequence["PlanElement"]


def gather(frame: Frame) -> Alignment:
    """A fixed number of queries. Raises NoPlan."""
    institution, year = frame.institution, frame.year.year
    plan = planning.plan_of(institution, frame.period.last_day)
    if plan is None:
        raise NoPlan(N_("La institución todavía no tiene plan. Cárguelo antes de pedir la matriz de alineación."))
    levels = planning.levels_of(plan)
    elements = {element.pk: element for element in planning.elements_of(plan)}
    programmes = indicators.programmes_of(institution, year)
    rows = []
    for goal in indicators.goals_of(institution):
        indicator = goal.principal_indicator
        element = elements.get(goal.plan_element_id)
        steps = planning.steps_of(element) if element else ()
        chain = tuple(elements[step] for step in steps if step in elements)
        rows.append(Aligned(goal, chain, indicator, programmes.get(indicator.pk) if indicator else None))
    place = {pk: number for number, pk in enumerate(elements)}
    rows.sort(key=lambda row: (place.get(row.goal.plan_element_id, len(place)), row.goal.position))
    lowest = levels[-1].depth if levels else 0
    used = {row.goal.plan_element_id for row in rows}
    return Alignment(
        frame=frame,
        plan=plan,
        levels=levels,
        rows=rows,
        empty_lines=[
            element for element in elements.values() if element.level.depth == lowest and element.pk not in used
        ],
        goals_without_line=[row for row in rows if not row.chain or row.chain[-1].level.depth != lowest],
        unlinked=planning.unlinked_of(plan),
    )
