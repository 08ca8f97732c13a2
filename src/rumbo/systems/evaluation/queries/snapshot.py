"""The figures of a month for some nodes, without its rows: what the upper half of every board shows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from rumbo.core.engine import Scheme
from rumbo.core.engine.comparing import difference, projection
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.foundation.audit.queries import Prepared
from rumbo.systems.evaluation.models import RollupResult, SchemeVersion
from rumbo.systems.evaluation.queries.board_months import BoardMonth, BoardMonths
from rumbo.systems.evaluation.queries.ground import Ground
from rumbo.systems.evaluation.queries.light_rows import LightRow
from rumbo.systems.evaluation.queries.open_month import open_month
from rumbo.systems.evaluation.queries.rollups import INSTITUTION, PLAN, UNIT

type Node = tuple[str, int]
WHOLE: Node = (INSTITUTION.value, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A node in the month and in the month before (None in the year's first, or when it is not sealed)."""

    now: RollupResult
    before: RollupResult | None

    @property
    def compliance_change(self) -> float | None:
        """Points."""
        return difference(self.now.compliance, self.before.compliance) if self.before else None

    @property
    def coverage_change(self) -> float | None:
        return difference(self.now.coverage, self.before.coverage) if self.before else None

    @property
    def good_change(self) -> int | None:
        """Goals achieved or good, more or fewer than the month before."""
        return self.now.achieved_or_good - self.before.achieved_or_good if self.before else None

    @property
    def behind(self) -> float | None:
        """Annual progress less what the programme says for this date, in points."""
        return difference(self.now.annual_progress, self.now.programmed_progress)


@dataclass(frozen=True, slots=True)
class YearLine:
    """[12] of % of the annual targets, from the year's first month (`first_month`, 1..12); None where there is none."""

    achieved: tuple[float | None, ...]
    programmed: tuple[float | None, ...]
    projected: tuple[float | None, ...]
    first_month: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`subject` is the node of the board; `months` its roll-ups of the year by period, the shown month included.

    `rows`: the whole institution's, that an open month's roll-ups were made of; None for a sealed month.
    """

    month: BoardMonth
    version: SchemeVersion | None
    scheme: Scheme
    subject: Standing | None
    nodes: Mapping[Node, Standing]
    months: Mapping[int, RollupResult]
    rows: list[LightRow] | None = None

    @property
    def line(self) -> YearLine:
        return _line(self.months, self.month)


def snapshot_of(
    ground: Ground, months: BoardMonths, month: BoardMonth, subject: Node, shown: Collection[Node] = ()
) -> Snapshot:
    """One query for a sealed month; two for an open one, which is kept until it changes."""
    wanted = {subject, WHOLE, *shown}
    before = months.before(month)
    stored = _stored(months, month, before, subject, wanted)
    version = month.closing.scheme_version if month.closing else ground.scheme_version_on(month.period.last_day)
    scheme = Scheme.from_parameters(version.parameters if version else {})
    opened = open_month(ground, month, scheme) if month.closing is None else None
    if opened is not None:
        stored |= {(month.period.index, node): opened.nodes[node] for node in wanted if node in opened.nodes}
    nodes = {
        node: Standing(now, stored.get((month.period.index - 1, node)) if before else None)
        for node in wanted
        if (now := stored.get((month.period.index, node))) is not None
    }
    year = {period: rolled for (period, node), rolled in stored.items() if node == subject}
    return Snapshot(
        month, version, scheme, nodes.get(subject), nodes, dict(sorted(year.items())), opened.rows if opened else None
    )


def _stored(
    months: BoardMonths, month: BoardMonth, before: BoardMonth | None, subject: Node, wanted: Collection[Node]
) -> dict[tuple[int, Node], RollupResult]:
    """By period and node: the subject in the sealed months of the year, the others in the month and the one before."""
    of_year = [one.closing_id for one in months.of_year_through(month) if one.closing_id is not None]
    sealed = [one.closing_id for one in (month, before) if one is not None and one.closing_id is not None]
    others = [sorted(node for name, node in wanted if name == tree) for tree in RollupResult.Tree.values]
    rows = _of_closings.rows(*subject, of_year, sealed, *others)
    return {(found.period, (found.tree, found.node)): found for found in map(_rolled, rows)}


_COLUMNS = [column.attname for column in RollupResult._meta.concrete_fields]


@Prepared
def _of_closings(
    tree: str, node: int, of_year: list[int], sealed: list[int], whole: list[int], units: list[int], elements: list[int]
) -> Any:
    others = Q(tree=INSTITUTION, node__in=whole) | Q(tree=UNIT, node__in=units) | Q(tree=PLAN, node__in=elements)
    found = RollupResult.objects.filter(Q(tree=tree, node=node, closing__in=of_year) | Q(others, closing__in=sealed))
    return found.values_list(*_COLUMNS)


def _rolled(values: tuple[Any, ...]) -> RollupResult:
    return RollupResult.from_db("default", _COLUMNS, values)


def _line(months: Mapping[int, RollupResult], shown: BoardMonth) -> YearLine:
    """Sealed months as they were sealed; those to come as the newest closing among them knows the programme."""
    start, last = shown.year.first.index, shown.year.column(shown.period)
    achieved: list[float | None] = [None] * MONTHS
    programmed: list[float | None] = [None] * MONTHS
    for rolled in months.values():
        for column, value in enumerate(rolled.course):
            programmed[column] = value
    for index, rolled in months.items():
        achieved[index - start] = rolled.annual_progress
        programmed[index - start] = rolled.programmed_progress
    projected = projection(achieved[last], programmed, last)
    return YearLine(tuple(achieved), tuple(programmed), tuple(projected), shown.year.start_month)
