"""Each board whole: what its page shows, gathered in a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.systems.captures import queries as captures
from rumbo.systems.captures.queries.standing import (
    StandingCommitments,
    reporting_of,
    standing_commitments,
)
from rumbo.systems.evaluation.forms import ListForm, grade_of, light_of
from rumbo.systems.evaluation.presenters import charts, figures
from rumbo.systems.evaluation.presenters.goal_rows import GoalRow, advanced_rows, lagging_rows, listed_rows
from rumbo.systems.evaluation.presenters.list_table import written_rows
from rumbo.systems.evaluation.presenters.nodes_table import written_nodes
from rumbo.systems.evaluation.presenters.opened import Opened, below, children
from rumbo.systems.evaluation.presenters.wording import language, month_and_year, percent
from rumbo.systems.evaluation.queries.light_rows import rows_within
from rumbo.systems.evaluation.queries.listing import Filters, before_of, listed, places_of, rows_of
from rumbo.systems.evaluation.queries.rollups import PLAN, UNIT
from rumbo.systems.evaluation.queries.snapshot import WHOLE, Node, Snapshot, Standing, snapshot_of
from rumbo.systems.evaluation.queries.standings import advanced, lagging, year_of_goals
from rumbo.systems.evaluation.queries.tallies import Tally, tallies

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit
    from rumbo.foundation.planning.models import Plan, PlanElement

PAGE = 50  # rows of a list
FIRST = 10  # that lag
RISEN = 5
BARS = 40  # ours: more bars than these are a wall; the list has the rest
WARNED = 20


@dataclass(frozen=True, slots=True)
class GoalList:
    """The list of a board: its filters, one page of rows, and how many there are."""

    form: ListForm
    page: "Page[Any]"
    rows: list[GoalRow]
    written: SafeString
    filtered: bool
    sorted_by: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a board is about: a node of the roll-ups and the areas or plan elements below it (None: everything)."""

    node: Node = WHOLE
    units: Collection[int] | None = None
    elements: Collection[int] | None = None


@dataclass(frozen=True)
class Board:
    """What every board has. `subject` None: nothing of it was evaluated in the month."""

    opened: Opened
    snapshot: Snapshot
    subject: Standing | None
    kpis: list[figures.Kpi] = field(default_factory=list)
    lights: list[figures.Part] = field(default_factory=list)
    lights_bar: SafeString | str = ""
    classes: list[figures.Part] = field(default_factory=list)
    classes_bar: SafeString | str = ""
    year: SafeString | str = ""
    year_table: list[dict[str, Any]] = field(default_factory=list)
    by_month: SafeString | str = ""
    areas: list[figures.NodeRow] = field(default_factory=list)
    axes: list[figures.NodeRow] = field(default_factory=list)
    axis_name: str = ""
    axis_plural: str = ""
    lagging: list[GoalRow] = field(default_factory=list)
    advanced: list[GoalRow] = field(default_factory=list)
    commitments: StandingCommitments | None = None
    goals: GoalList | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def areas_written(self) -> SafeString:
        return written_nodes(self.areas)

    @property
    def axes_written(self) -> SafeString:
        return written_nodes(self.axes)


def institution_board(opened: Opened, query: QueryDict) -> Board:
    institution = opened.institution
    units = organization.units_of(institution)
    plan = planning.plan_of(institution, opened.period.last_day)
    axes = planning.elements_below(plan, None) if plan else []
    shown_units = children(units, None)
    nodes = [(UNIT.value, unit.pk) for unit in shown_units] + [(PLAN.value, axis.pk) for axis in axes]
    explain = {name: opened.links.rolled(name) for name in ("cumplimiento", "avance", "clases", "cobertura")}
    scope = Scope()
    snapshot = snapshot_of(institution.pk, opened.months, opened.month, scope.node, nodes)
    if snapshot.subject is None:
        return Board(opened, snapshot, None)
    return Board(
        **_upper(opened, snapshot, snapshot.subject),
        kpis=figures.kpis(opened, snapshot, snapshot.subject, explain),
        areas=figures.unit_rows(opened, snapshot, shown_units),
        axes=figures.element_rows(opened, snapshot, axes),
        axis_name=axes[0].level.singular if axes else "",
        axis_plural=axes[0].level.plural if axes else "",
        **_standings(opened, scope, snapshot),
        goals=_goal_list(opened, query, scope, snapshot, units=units, axes=axes, plan=plan),
    )


def element_board(opened: Opened, query: QueryDict, plan: "Plan", element: "PlanElement") -> Board:
    institution = opened.institution
    parts = planning.elements_below(plan, element)
    scope = Scope(node=(PLAN.value, element.pk), elements=planning.subtree_ids(element))
    nodes = [(PLAN.value, part.pk) for part in parts]
    snapshot = snapshot_of(institution.pk, opened.months, opened.month, scope.node, nodes)
    if snapshot.subject is None:
        return Board(opened, snapshot, None)
    depth = element.level.depth
    explain = {
        name: opened.links.rolled(name, element=element.code, depth=depth)
        for name in ("cumplimiento", "avance", "clases", "cobertura")
    }
    return Board(
        **_upper(opened, snapshot, snapshot.subject),
        kpis=figures.kpis(opened, snapshot, snapshot.subject, explain),
        axes=figures.element_rows(opened, snapshot, parts),
        axis_name=parts[0].level.singular if parts else "",
        **_standings(opened, scope, snapshot),
        goals=_goal_list(opened, query, scope, snapshot, units=(), axes=(), plan=plan),
    )


def area_board(opened: Opened, query: QueryDict, unit: "Unit", units: "list[Unit]") -> Board:
    """The blocks of the control board of an area, in the order in which the contract's documents have them."""
    institution = opened.institution
    mine = below(units, unit)
    # the area above all the others is the whole: the database need not look for each of sixty
    limit = None if len(mine) == len(units) else mine
    scope = Scope(node=(UNIT.value, unit.pk), units=limit)
    parts = children(units, unit)
    nodes = [(UNIT.value, part.pk) for part in parts]
    snapshot = snapshot_of(institution.pk, opened.months, opened.month, scope.node, nodes)
    if snapshot.subject is None:
        return Board(opened, snapshot, None, extra={"unit": unit, "parts": parts})
    rows = tallies(institution.pk, opened.month, units=limit)
    reporting = reporting_of(institution, opened.period.index, units=limit)
    on_time = _on_time(opened, rows)
    plan = planning.plan_of(institution, opened.period.last_day)
    explain = {
        name: opened.links.rolled(name, area=unit.code) for name in ("cumplimiento", "avance", "clases", "cobertura")
    } | {"reporte": ""}
    goals = _goal_list(
        opened,
        query,
        scope,
        snapshot,
        units=[one for one in units if one.pk in mine],
        axes=(),
        plan=plan,
        sparks=True,
        total=sum(row.goals for row in rows),
    )
    return Board(
        **_upper(opened, snapshot, snapshot.subject),
        kpis=figures.area_kpis(opened, snapshot, snapshot.subject, explain, on_time),
        areas=figures.unit_rows(opened, snapshot, parts),
        commitments=standing_commitments(institution, opened.period.index, on=opened.today, units=limit),
        goals=goals,
        extra={
            "unit": unit,
            "parts": parts,
            "lines": _lines_of(plan, rows),
            "bars": _bars(opened, limit, goals),
            "bars_of": min(sum(row.goals for row in rows), BARS),
            "warned": _warned(opened, limit, rows),
            "reporting": reporting,
            "on_time": on_time,
            "states": [(state, reporting.by_state[state]) for state in CaptureState if state in reporting.by_state],
            "missing": sum(row.goals for row in rows if row.marks & Mark.NO_REPORT and row.due),
        },
    )


def _upper(opened: Opened, snapshot: Snapshot, subject: Standing) -> dict[str, Any]:
    january = Period(opened.period.year, 1).index
    month = month_and_year(opened.period)
    line, now = snapshot.line, subject.now
    said = _("En %(month)s: avance %(achieved)s, programado %(programmed)s.") % {
        "month": month,
        "achieved": percent(now.annual_progress),
        "programmed": percent(now.programmed_progress),
    }
    return {
        "opened": opened,
        "snapshot": snapshot,
        "subject": subject,
        "lights": figures.light_parts(subject),
        "lights_bar": charts.lights_bar(now.lights, _("Metas por semáforo en %(month)s") % {"month": month}),
        "classes": figures.class_parts(subject),
        "classes_bar": charts.classes_bar(now.classes, _("Metas por clasificación en %(month)s") % {"month": month}),
        "year": charts.year_line(line, title=_("Avance anual, mes por mes"), desc=said, accent=opened.accent),
        "year_table": [
            {
                "period": january + slot,
                "programmed": line.programmed[slot],
                "achieved": line.achieved[slot],
                "rolled": snapshot.months.get(january + slot),
            }
            for slot in range(12)
        ],
        "by_month": charts.classes_by_month(
            dict(snapshot.months),
            january,
            title=_("Metas por clasificación, mes por mes"),
            desc=_("Los meses sin evaluar quedan vacíos."),
        ),
    }


def _standings(opened: Opened, scope: Scope, snapshot: Snapshot) -> dict[str, Any]:
    pk, limits = opened.institution.pk, {"units": scope.units, "elements": scope.elements}
    rows = snapshot.rows if scope.node == WHOLE else None
    found: dict[str, Any] = {
        "lagging": lagging_rows(opened, lagging(pk, opened.month, most=FIRST, **limits)),
        "advanced": advanced_rows(opened, advanced(pk, opened.month, opened.before, most=RISEN, rows=rows, **limits)),
    }
    if scope.elements is None:
        found["commitments"] = standing_commitments(
            opened.institution, opened.period.index, on=opened.today, units=scope.units
        )
    return found


def filters_of(opened: Opened, form: ListForm, scope: Scope, units: "Collection[Unit]", plan: "Plan | None") -> Filters:
    """The filters of an address, within what the page is about."""
    asked = form.understood()
    inside, elements = scope.units, scope.elements
    if asked.get("area"):
        inside = below(units, next(unit for unit in units if unit.code == asked["area"]))
    if asked.get("eje") and plan is not None:
        axis = planning.element_by_code(plan, asked["eje"], depth=1)
        elements = planning.subtree_ids(axis) if axis else elements
    return Filters(
        units=inside,
        elements=elements,
        light=light_of(asked.get("semaforo", "")),
        grade=grade_of(asked.get("clase", "")),
        critical=bool(asked.get("criticas")),
        text=asked.get("busca", ""),
        order=asked["orden"],
    )


def _goal_list(
    opened: Opened,
    query: QueryDict,
    scope: Scope,
    snapshot: Snapshot,
    *,
    units: "Collection[Unit]",
    axes: "Collection[PlanElement]",
    plan: "Plan | None",
    sparks: bool = False,
    total: int | None = None,
) -> GoalList:
    """`total`: how many goals there are without filters, when they were counted already."""
    form = ListForm(query, units=units, elements=axes, axis=next((axis.level.singular for axis in axes), ""))
    filters = filters_of(opened, form, scope, units, plan)
    pages = Paginator(listed(opened.institution.pk, opened.month, filters), PAGE)
    filtered = filters.narrows or filters.units != scope.units or filters.elements != scope.elements
    if total is not None and not filtered:
        pages.count = total
    page = pages.get_page(query.get("pagina"))
    rows = rows_of(page.object_list)  # type: ignore[arg-type]
    ids = [row.indicator_id for row in rows]
    places = (
        {row.indicator_id: row.rank for row in rows if row.rank}
        if opened.month.closing
        else places_of(opened.institution.pk, opened.month, ids, snapshot.rows)
    )
    months = year_of_goals(opened.institution.pk, opened.month, rows) if sparks else None
    shown = listed_rows(opened, rows, places, before_of(opened.before, ids), months)
    return GoalList(
        form=form,
        page=page,
        rows=shown,
        written=written_rows(shown, of_area=sparks, with_area=not sparks or len(units) > 1),
        filtered=filtered,
        sorted_by=filters.order,
    )


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


def _lines_of(plan: "Plan | None", rows: list[Tally]) -> "list[tuple[PlanElement, list[PlanElement]]]":
    """The axes to which an area contributes, each with its lines of action."""
    if plan is None:
        return []
    chains = planning.chains_of(plan)
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


def _warned(opened: Opened, units: Collection[int] | None, tallied: list[Tally]) -> list[dict[str, Any]]:
    """Goals in rezago or at risk, and critical ones without data, each with what the area said of it.

    `tallied` says which of the two there are: what there is none of is not asked for.
    """
    found = rows_within(opened.institution.pk, opened.month, units=units)
    low = found.filter(light__in=(Light.RED, Light.AMBER)).order_by("-critical", "light", "compliance_to_date")
    mute = found.filter(light=Light.NO_DATA, critical=True).order_by("goal__code")
    shown = rows_of(low[:WARNED]) if any(row.light in (Light.RED, Light.AMBER) for row in tallied) else []
    silent = rows_of(mute[:WARNED]) if any(row.light == Light.NO_DATA and row.critical for row in tallied) else []
    said = captures.commitments_of(opened.institution, opened.period.index, units=units)
    rows = listed_rows(opened, [*silent, *shown], {}, {})
    return [{"goal": row, "said": said.get(row.row.indicator_id)} for row in rows]
