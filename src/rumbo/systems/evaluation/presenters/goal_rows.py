"""Rows of goals: the list, those in rezago, those that advanced most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rumbo.core.engine.comparing import difference
from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.presenters import charts
from rumbo.systems.evaluation.presenters.opened import Links, Opened
from rumbo.systems.evaluation.queries.results import ResultRow
from rumbo.systems.evaluation.queries.sealed import Sealed
from rumbo.systems.evaluation.queries.standings import Advanced, Lagging


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in a list. `gained`: places up (positive) or down since the month before; `change`: points."""

    row: ResultRow
    url: str
    explain: str
    place: int | None = None
    gained: int | None = None
    change: float | None = None
    spark: SafeString | str = ""
    since: Period | None = None


def listed_rows(
    opened: Opened,
    rows: Sequence[ResultRow],
    places: Mapping[int, int],
    before: Mapping[int, Sealed],
    courses: Mapping[int, Mapping[int, float]] | None = None,
) -> list[GoalRow]:
    """`courses`: compliance of each goal in the months of the year, for its sparkline."""
    links = _Prefixes(opened.links)
    found = []
    for row in rows:
        was = before.get(row.indicator_id)
        place = places.get(row.indicator_id)
        found.append(
            GoalRow(
                row=row,
                url=links.goal(row.code),
                explain=links.calculation(row.code),
                place=place,
                gained=was.rank - place if was and was.rank and place else None,
                change=difference(row.compliance_to_date, was.compliance_to_date) if was else None,
                spark=_spark(opened, row, courses.get(row.indicator_id, {}), "fila") if courses is not None else "",
            )
        )
    return found


def lagging_rows(opened: Opened, found: Sequence[Lagging]) -> list[GoalRow]:
    links = _Prefixes(opened.links)
    return [
        GoalRow(
            row=one.row,
            url=links.goal(one.row.code),
            explain=links.calculation(one.row.code),
            since=one.since,
            spark=_spark(
                opened, one.row, {month: was.compliance_to_date for month, was in one.months.items()}, "rezago"
            ),
        )
        for one in found
    ]


def advanced_rows(opened: Opened, found: Sequence[Advanced]) -> list[GoalRow]:
    links = _Prefixes(opened.links)
    return [
        GoalRow(one.row, links.goal(one.row.code), links.calculation(one.row.code), change=one.change) for one in found
    ]


def _spark(opened: Opened, row: ResultRow, course: Mapping[int, float | None], where: str) -> SafeString:
    values = tuple(map(course.get, opened.year.periods))
    title = _("Cumplimiento al corte de %(code)s, mes por mes") % {"code": row.code}
    return charts.sparkline(values, title, f"{where}-{row.code}", opened.accent, reference=100.0)


class _Prefixes:
    """The addresses of many rows with one `reverse` for each kind."""

    def __init__(self, links: Links) -> None:
        self._goal = links.goal("~~~")
        self._calculation = links.calculation("~~~")

    def goal(self, code: str) -> str:
        return self._goal.replace("~~~", quote(code, safe=""))

    def calculation(self, code: str) -> str:
        return self._calculation.replace("~~~", quote(code, safe=""))
