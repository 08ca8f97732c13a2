"""The control board of an area, gathered in a fixed number of queries."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.systems.captures import queries as captures
from rumbo.systems.captures.queries.standing import areas_month
from rumbo.systems.evaluation.presenters import charts, figures
from rumbo.systems.evaluation.presenters.board import Board, upper_half
from rumbo.systems.evaluation.presenters.goal_list import GoalList, Scope, goal_list
from rumbo.systems.evaluation.presenters.goal_rows import listed_rows
from rumbo.systems.evaluation.presenters.opened import Opened, below, children
from rumbo.systems.evaluation.presenters.wording import language
from rumbo.systems.evaluation.queries.listing import Filters, listed, of_areas, rows_of
from rumbo.systems.evaluation.queries.results import ResultRow
from rumbo.systems.evaluation.queries.rollups import UNIT
from rumbo.systems.evaluation.queries.snapshot import Standing, snapshot_of
from rumbo.systems.evaluation.queries.tallies import Tally, tallied, tallies
from rumbo.systems.evaluation.queries.within import rows_within

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit
    from rumbo.foundation.planning.models import Plan, PlanElement

BARS = 40  # ours: more bars than these are a wall; the list has the rest
WARNED = 20
LOW = (Light.RED, Light.AMBER)
FEW = 150  # ours: goals that are read whole sooner than counted, sorted and cut by four questions


def area_board(opened: Opened, query: QueryDict, unit: "Unit", units: "list[Unit]") -> Board:
    """The blocks of the control board of an area, in the order in which the contract's documents have them."""
    institution = opened.institution
    mine = below(units, unit)
    # the area above all the others is the whole: the database need not look for each of sixty
    limit = None if len(mine) == len(units) else mine
    scope = Scope(node=(UNIT.value, unit.pk), units=limit)
    parts = children(units, unit)
    nodes = [(UNIT.value, part.pk) for part in parts]
    snapshot = snapshot_of(opened.ground, opened.months, opened.month, scope.node, nodes)
    if snapshot.subject is None:
        return Board(opened, snapshot, None, extra={"unit": unit, "parts": parts})
    every = _every(opened, limit, snapshot.subject)
    rows = tallies(institution.pk, opened.month, units=limit) if every is None else tallied(every)
    told = areas_month(institution, opened.period.index, on=opened.today, units=limit)
    on_time, states = _on_time(opened, rows), told.reporting.by_state
    plan = opened.ground.plan_on(opened.period.last_day)
    explain = {
        name: opened.links.rolled(name, area=unit.code) for name in ("cumplimiento", "avance", "clases", "cobertura")
    } | {"reporte": ""}
    goals = goal_list(
        opened,
        query,
        scope,
        snapshot,
        units=[one for one in units if one.pk in mine],
        axes=(),
        plan=plan,
        sparks=True,
        total=sum(row.goals for row in rows),
        every=every,
    )
    return Board(
        **upper_half(opened, query, snapshot, snapshot.subject),
        kpis=figures.area_kpis(opened, snapshot, snapshot.subject, explain, on_time),
        areas=figures.unit_rows(opened, snapshot, parts),
        commitments=told.commitments,
        goals=goals,
        extra={
            "unit": unit,
            "parts": parts,
            "lines": _lines_of(opened, plan, rows),
            "bars": _bars(opened, limit, goals),
            "bars_of": min(sum(row.goals for row in rows), BARS),
            "warned": _warned(opened, _low(opened, limit, rows) if every is None else _low_among(every)),
            "reporting": told.reporting,
            "on_time": on_time,
            "states": [(state, states[state]) for state in CaptureState if state in states],
            "missing": sum(row.goals for row in rows if row.marks & Mark.NO_REPORT and row.due),
        },
    )


def _every(opened: Opened, units: Collection[int] | None, subject: Standing) -> list[ResultRow] | None:
    """All the goals of an area in the order of its list, when they are few: everything about them is one question."""
    if units is None or subject.now.goals > FEW:
        return None
    return of_areas(opened.institution.pk, opened.month, units)


def _on_time(opened: Opened, rows: list[Tally]) -> tuple[int, int]:
    """Reports of the month sent in time, of those owed; counted on the stored rows, as the monthly report does."""
    due = [row for row in rows if row.due]
    told = [row for row in due if row.state != CaptureState.MISSING and not row.marks & Mark.NO_REPORT]
    if opened.month.closing:
        told = [row for row in told if row.state == CaptureState.APPROVED]
    missing = sum(row.goals for row in due if row.marks & Mark.NO_REPORT)
    late = sum(row.goals for row in told if row.marks & Mark.LATE)
    sent = sum(row.goals for row in told)
    return sent - late, sent + missing


def _lines_of(opened: Opened, plan: "Plan | None", rows: list[Tally]) -> "list[tuple[PlanElement, list[PlanElement]]]":
    """The axes to which an area contributes, each with its lines of action."""
    if plan is None:
        return []
    chains = opened.ground.chains(plan)
    found: dict[int, tuple[PlanElement, dict[int, PlanElement]]] = {}
    for row in rows:
        chain = chains.get(row.plan_element_id)
        if chain:
            lines = found.setdefault(chain[0].pk, (chain[0], {}))[1]
            if len(chain) > 1:
                lines[chain[-1].pk] = chain[-1]
    ordered = sorted(found.values(), key=lambda pair: (pair[0].position, pair[0].code))
    return [(axis, sorted(lines.values(), key=lambda line: (line.position, line.code))) for axis, lines in ordered]


def _bars(opened: Opened, units: Collection[int] | None, goals: GoalList) -> SafeString | str:
    if not goals.filtered and goals.sorted_by == Filters().order and goals.page.number == 1:
        found = [goal.row for goal in goals.rows[:BARS]]  # the list begins with the same goals
    else:
        found = rows_of(listed(opened.institution.pk, opened.month, Filters(units=units))[:BARS])
    rows = tuple((row.code, row.statement, row.compliance_to_date, int(row.light)) for row in found)
    if not rows:
        return ""
    title = _("Realizado acumulado de cada meta, como porcentaje de lo programado")
    desc = _("La marca vertical es lo programado al corte.")
    return charts.goal_bars(rows, title, desc, language(), opened.accent)


def _low(opened: Opened, units: Collection[int] | None, tallied: list[Tally]) -> list[ResultRow]:
    """Critical goals without data, then those in rezago or at risk, the critical ones first.

    `tallied` says which of the two there are: what there is none of is not asked for.
    """
    found = rows_within(opened.institution.pk, opened.month, units=units)
    low = found.filter(light__in=LOW).order_by("-critical", "light", "compliance_to_date", "goal__code")
    mute = found.filter(light=Light.NO_DATA, critical=True).order_by("goal__code")
    shown = rows_of(low[:WARNED]) if any(row.light in LOW for row in tallied) else []
    silent = rows_of(mute[:WARNED]) if any(row.light == Light.NO_DATA and row.critical for row in tallied) else []
    return [*silent, *shown]


def _low_among(rows: list[ResultRow]) -> list[ResultRow]:
    """The same of rows that were read already."""
    low = [row for row in rows if row.light in LOW]
    mute = [row for row in rows if row.light is Light.NO_DATA and row.critical]
    low.sort(key=lambda row: (not row.critical, row.light, row.compliance_to_date or 0.0, row.code))
    mute.sort(key=lambda row: row.code)
    return [*mute[:WARNED], *low[:WARNED]]


def _warned(opened: Opened, found: list[ResultRow]) -> list[dict[str, Any]]:
    """Each with what the area said of it."""
    if not found:
        return []
    ids = [row.indicator_id for row in found]
    said = captures.commitments_of(opened.institution, opened.period.index, indicators=ids)
    rows = listed_rows(opened, found, {}, {})
    return [{"goal": row, "said": said.get(row.row.indicator_id)} for row in rows]
