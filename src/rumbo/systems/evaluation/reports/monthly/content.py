"""Everything that the monthly report says, gathered from a closing. Nothing is computed here: the engine answers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rumbo.core.engine.comparing import Pace, difference, pace_needed, projection
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.roles import ROLES
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.review import queries as review
from rumbo.systems.captures import queries as captures
from rumbo.systems.evaluation.models import Closing, RollupResult
from rumbo.systems.evaluation.queries import closings_of
from rumbo.systems.evaluation.queries.results import ResultRow
from rumbo.systems.evaluation.queries.sealed_month import Month, month_of, places_before
from rumbo.systems.evaluation.queries.support import support_of
from rumbo.systems.evaluation.queries.through_the_year import (
    MonthOfGoal,
    goals_through_year,
    nodes_through_year,
    since,
)
from rumbo.systems.evaluation.queries.warnings import outlooks_by_indicator, warnings_of
from rumbo.systems.evaluation.reports.frame import Frame
from rumbo.systems.evaluation.reports.monthly.shapes import (
    Area,
    Changed,
    GoalLine,
    Line,
    Monthly,
    Node,
    Returned,
    quality_of,
)
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.planning.models import PlanElement
    from rumbo.systems.indicators.models import Indicator, Programme

INSTITUTION, UNIT, PLAN = RollupResult.Tree.INSTITUTION, RollupResult.Tree.UNIT, RollupResult.Tree.PLAN


def gather(frame: Frame, closing: Closing) -> Monthly:
    """A fixed number of queries, whatever the number of goals and areas."""
    institution, period = frame.institution, frame.period
    month = month_of(institution.pk, period, closing=closing)
    through = goals_through_year(institution.pk, frame.year, period)
    nodes = nodes_through_year(institution.pk, frame.year, period, (INSTITUTION, UNIT, PLAN))
    plan = planning.plan_of(institution, period.last_day)
    elements = {element.pk: element for element in planning.elements_of(plan, with_retired=True)} if plan else {}
    lines = _lines(frame, month, through, elements)
    returns = _returns(lines)
    by_unit: dict[int, list[GoalLine]] = {}
    for line in lines:
        by_unit.setdefault(line.row.unit_id, []).append(line)
    before = period.index - 1

    def node(tree: str, pk: int, code: str, name: str, rolled: RollupResult) -> Node:
        return Node(code, name, rolled, nodes.get((tree, pk), {}).get(before))

    def line_of(tree: str, pk: int) -> Line:
        return _line(nodes.get((tree, pk), {}), frame)

    return Monthly(
        frame=frame,
        closing=closing,
        month=month,
        institution=node(INSTITUTION.value, 0, frame.root_code, institution.name, month.institution),
        axes=[
            node(PLAN.value, element.pk, element.code, element.statement, month.elements[element.pk])
            for element in elements.values()
            if element.level.depth == 1 and element.pk in month.elements
        ],
        areas=[
            Area(
                unit=unit,
                node=node(UNIT.value, unit.pk, unit.code, unit.name, month.units[unit.pk]),
                lines=by_unit[unit.pk],
                quality=quality_of(by_unit[unit.pk]),
                line=line_of(UNIT.value, unit.pk),
                returns=[one for one in returns if one.unit_name == unit.name],
            )
            for unit in frame.units
            if unit.pk in by_unit
        ],
        lines=lines,
        year=nodes.get((INSTITUTION.value, 0), {}),
        line=line_of(INSTITUTION.value, 0),
        elements=elements,
        closings=_closings_told(frame, closing),
        target_changes=indicators.changes_between(institution, period.first_day, period.last_day),
        adjustments=captures.adjustments_in(institution, period.index),
        differences=_differences(closing, lines),
        omissions=captures.omissions_of(institution, period.index),
        returns=returns,
        support=support_of(institution, period, frame.units),
        posts=_posts(frame, closing),
    )


def _lines(
    frame: Frame,
    month: Month,
    through: Mapping[int, Mapping[int, MonthOfGoal]],
    elements: "Mapping[int, PlanElement]",
) -> list[GoalLine]:
    institution, period = frame.institution, frame.period
    goals = {goal.pk: goal for goal in indicators.goals_of(institution, with_retired=True)}
    programmes = indicators.programmes_of(institution, frame.year.year)
    places = places_before(institution.pk, period)
    said = captures.commitments_of(institution, period.index)
    due = {
        one.indicator_id: one for one in captures.commitments_due(institution, on=period.last_day, through=period.index)
    }
    ids = [row.indicator_id for row in month.rows]
    told = captures.captures_of(institution, ids, period.index, period.index)
    evidence = captures.evidence_of(told.values())
    posts = _validating_posts(frame)
    outlooks = outlooks_by_indicator(institution.pk, period)
    follow_ups = warnings_of(frame.year.year, [one.goal_id for one in outlooks.values()])

    def line(row: ResultRow) -> GoalLine:
        goal = goals[row.goal_id]
        indicator = next(one for one in goal.indicators.all() if one.pk == row.indicator_id)
        capture = told.get((row.indicator_id, period.index))
        months = dict(through.get(row.indicator_id, {}))
        was = months.get(period.index - 1)
        return GoalLine(
            row=row,
            goal=goal,
            indicator=indicator,
            programme=programmes.get(row.indicator_id),
            chain=_chain(elements, row.plan_element_id),
            place_before=places.get(row.indicator_id),
            change=difference(row.compliance_to_date, was.compliance_to_date) if was else None,
            months=months,
            since=since(months, period) if period.index in months else None,
            pace=_pace(row, indicator, programmes.get(row.indicator_id), frame),
            said=said.get(row.indicator_id),
            due=due.get(row.indicator_id),
            capture=capture,
            evidence=evidence.get(capture.pk, []) if capture else [],
            validated_by=posts.get(capture.approved_by_id, "") if capture and capture.approved_by_id else "",
            outlook=outlooks.get(row.indicator_id),
            follow_up=follow_ups.get(row.goal_id),
        )

    return [line(row) for row in month.rows]


def _chain(elements: "Mapping[int, PlanElement]", pk: int) -> tuple["PlanElement", ...]:
    element = elements.get(pk)
    return tuple(elements[step] for step in planning.steps_of(element) if step in elements) if element else ()


def _pace(row: ResultRow, indicator: "Indicator", programme: "Programme | None", frame: Frame) -> Pace | None:
    programmed = indicators.targets_of(programme) if programme else {}
    left = [one for one in indicator.periods_due(frame.year) if one > frame.period.index and one in programmed]
    return pace_needed(
        direction=Direction(row.direction),
        accumulation=Accumulation(row.accumulation),
        annual_target=row.annual_target,
        actual_to_date=row.actual_to_date,
        reports=len(left),
    )


def _line(months: Mapping[int, RollupResult], frame: Frame) -> Line:
    """Sealed months as they were sealed; those to come as this closing knows the programme."""
    start, period = frame.year.first.index, frame.period
    last = frame.year.column(period)
    achieved: list[float | None] = [None] * MONTHS
    programmed: list[float | None] = [None] * MONTHS
    for column, value in enumerate(months[period.index].course if period.index in months else ()):
        if column > last:
            programmed[column] = value
    for index, rolled in months.items():
        achieved[index - start] = rolled.annual_progress
        programmed[index - start] = rolled.programmed_progress
    return Line(achieved, programmed, projection(achieved[last], programmed, last))


def _returns(lines: Sequence[GoalLine]) -> list[Returned]:
    returned = {line.capture.ref: line for line in lines if line.capture and line.capture.times_returned}
    decided = review.decisions_of_many("captures", returned)
    return [
        Returned(returned[ref].row.code, returned[ref].row.unit_name, one)
        for ref in sorted(returned, key=lambda ref: returned[ref].row.code)
        for one in decided.get(ref, [])
        if one.verdict == "returned"
    ]


def _closings_told(frame: Frame, closing: Closing) -> list[Closing]:
    """Of this month, and of the year those that superseded or were superseded: the control of closings."""
    return [
        one
        for one in reversed(closings_of(frame.institution.pk))
        if one.period == closing.period
        or (
            one.period in frame.year.periods
            and one.period < closing.period
            and one.closed_on <= closing.closed_on
            and (one.supersedes_id is not None or not one.current)
        )
    ]


def _differences(closing: Closing, lines: Sequence[GoalLine]) -> list[Changed]:
    """Against the closing that this one supersedes, by code."""
    if closing.supersedes_id is None:
        return []
    was: dict[int, tuple[Any, ...]] = {
        pk: (pct, light)
        for pk, pct, light in closing.supersedes.results.filter(principal=True).values_list(  # type: ignore[union-attr]
            "indicator_id", "compliance_to_date", "light"
        )
    }
    found = []
    for line in sorted(lines, key=lambda one: one.row.code):
        pct, light = was.get(line.row.indicator_id, (None, Light.NOT_DUE))
        if (pct, light) != (line.row.compliance_to_date, line.row.light):
            found.append(Changed(line.row.code, pct, line.row.compliance_to_date, Light(light), line.row.light))
    return found


def _validating_posts(frame: Frame) -> dict[int, str]:
    """Post of whoever validates, by person: documents speak of posts, not of names."""
    found = {}
    for membership in organization.memberships_of(frame.institution, on=frame.on):
        if Permission.VALIDATE in ROLES[Role(membership.role)].permissions:
            found[membership.person_id] = membership.post
    return found


def _posts(frame: Frame, closing: Closing) -> dict[str, str]:
    """Who signs what, by post: elaboró, revisó, visto bueno, recibió (A1-26: the requesting area accepts)."""
    by_role: dict[str, str] = {}
    for membership in organization.memberships_of(frame.institution, on=frame.on):
        by_role.setdefault(membership.role, membership.post)
    settings = frame.settings
    return {
        "prepared": settings.contractor_name or by_role.get(Role.CONTRACTOR, ""),
        "reviewed": by_role.get(Role.REVIEWER, "") or settings.planning_unit_name,
        "approved": by_role.get(Role.CLOSER, "") or settings.planning_unit_name,
        "received": settings.requesting_area_name or by_role.get(Role.REQUESTING_AREA, ""),
    }
