"""The upper half of a board: figures with their change, shares by light and class, areas and axes with their bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.engine.comparing import difference, share
from rumbo.core.rendering import text
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.presenters import charts
from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.presenters.wording import (
    Change,
    against_programme,
    change_of_count,
    change_of_points,
    language,
    percent,
)
from rumbo.systems.evaluation.queries.rollups import PLAN, UNIT
from rumbo.systems.evaluation.queries.snapshot import WHOLE, Snapshot, Standing

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit
    from rumbo.foundation.planning.models import PlanElement


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure. `note` gives its base; `url` opens its explanation."""

    label: str
    value: str
    note: str
    change: Change | None = None
    chart: SafeString | str = ""
    url: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One light or class of a share bar. `change`: goals more or fewer than the month before."""

    kind: Light | PerformanceClass
    count: int
    share: float | None
    change: int | None
    query: str

    @property
    def is_light(self) -> bool:
        return isinstance(self.kind, Light)


@dataclass(frozen=True, slots=True)
class NodeRow:
    """An area or a plan element in a table of bars."""

    code: str
    name: str
    url: str
    standing: Standing
    meter: SafeString

    @property
    def lights(self) -> list[tuple[Light, int]]:
        return [(light, self.standing.now.lights[light]) for light in charts.LIGHT_ORDER[: charts.ALWAYS_SHOWN]]


def kpis(opened: Opened, snapshot: Snapshot, subject: Standing, explain: dict[str, str]) -> list[Kpi]:
    """The four of the institution: compliance to date, annual progress, achieved or good, coverage.

    `explain` gives the address of each one's explanation."""
    return [
        _compliance(opened, snapshot, subject, explain),
        _progress(opened, snapshot, subject, explain),
        _good(opened, snapshot, subject, explain),
        _coverage(opened, snapshot, subject, explain),
    ]


def area_kpis(
    opened: Opened, snapshot: Snapshot, subject: Standing, explain: dict[str, str], on_time: tuple[int, int]
) -> list[Kpi]:
    """The five of an area: goals, compliance (against the month before and the institution), progress, coverage,
    captures on time. `on_time`: how many of how many."""
    whole = snapshot.nodes.get(WHOLE)
    compliance = _compliance(opened, snapshot, subject, explain, aside=_against_whole(subject, whole))
    done, owed = on_time
    reported = Kpi(
        label=_("Capturas a tiempo"),
        value=percent(share(done, owed)),
        note=_("%(done)s de %(owed)s del mes") % {"done": text.integer(done), "owed": text.integer(owed)},
        url=explain["reporte"],
    )
    return [
        _good(opened, snapshot, subject, explain),
        compliance,
        _progress(opened, snapshot, subject, explain),
        _coverage(opened, snapshot, subject, explain),
        reported,
    ]


def _against_whole(subject: Standing, whole: Standing | None) -> str:
    apart = difference(subject.now.compliance, whole.now.compliance) if whole else None
    if apart is None or whole is None:
        return ""
    value = {"value": percent(whole.now.compliance), "points": text.points(abs(apart), language=language())}
    if apart == 0:
        return _("Igual que la institución (%(value)s)") % value
    if apart > 0:
        return _("%(points)s sobre la institución (%(value)s)") % value
    return _("%(points)s bajo la institución (%(value)s)") % value


def _series(snapshot: Snapshot, name: str) -> tuple[float | None, ...]:
    return tuple(
        getattr(snapshot.months[period], name) if period in snapshot.months else None
        for period in snapshot.month.year.periods
    )


def _spark(opened: Opened, snapshot: Snapshot, name: str, label: str) -> SafeString | str:
    values = _series(snapshot, name)
    if sum(value is not None for value in values) < 2:
        return ""
    title = _("%(figure)s por mes, de %(first)s a %(last)s") % {
        "figure": label,
        "first": _(opened.year.first.month_name),
        "last": _(opened.year.last.month_name),
    }
    return charts.sparkline(values, title, f"kpi-{name}", opened.accent, width=180)


def _before(opened: Opened, value: float | None) -> Change | None:
    return change_of_points(value, opened.before.period) if opened.before else None


def _compliance(opened: Opened, snapshot: Snapshot, subject: Standing, explain: dict[str, str], aside: str = "") -> Kpi:
    counted = subject.now.counted
    label = _("Cumplimiento al corte")
    note = ngettext(
        "De lo programado; %(count)s meta con semáforo",
        "De lo programado; promedio de %(count)s metas",
        counted,
    ) % {"count": text.integer(counted)}
    return Kpi(
        label=label,
        value=percent(subject.now.compliance),
        note=note,
        change=_before(opened, subject.compliance_change),
        chart=_spark(opened, snapshot, "compliance", label),
        url=explain["cumplimiento"],
        aside=aside,
    )


def _progress(opened: Opened, snapshot: Snapshot, subject: Standing, explain: dict[str, str]) -> Kpi:
    now = subject.now
    return Kpi(
        label=_("Avance anual"),
        value=percent(now.annual_progress),
        note=_("De la meta anual; la marca es lo programado"),
        change=against_programme(subject.behind, now.programmed_progress),
        chart=charts.meter(now.annual_progress, now.programmed_progress, None, 180, opened.accent),
        url=explain["avance"],
    )


def _good(opened: Opened, snapshot: Snapshot, subject: Standing, explain: dict[str, str]) -> Kpi:
    now = subject.now
    label = _("Metas cumplidas o con buen desempeño")
    apart = now.goals - now.expected
    note = _("%(share)s de las programadas al corte") % {"share": percent(now.achieved_or_good_pct)}
    if apart:
        words = ngettext("%(count)s más sin programación", "%(count)s más sin programación", apart)
        note = f"{note}; {words % {'count': text.integer(apart)}}"
    return Kpi(
        label=label,
        value=_("%(part)s de %(whole)s")
        % {"part": text.integer(now.achieved_or_good), "whole": text.integer(now.expected)},
        note=note,
        change=change_of_count(subject.good_change, opened.before.period) if opened.before else None,
        chart=_spark(opened, snapshot, "achieved_or_good_pct", label),
        url=explain["clases"],
    )


def _coverage(opened: Opened, snapshot: Snapshot, subject: Standing, explain: dict[str, str]) -> Kpi:
    now = subject.now
    return Kpi(
        label=_("Cobertura"),
        value=percent(now.coverage),
        note=_("%(part)s de %(whole)s metas con dato")
        % {"part": text.integer(now.counted), "whole": text.integer(now.expected)},
        change=_before(opened, subject.coverage_change),
        chart=_spark(opened, snapshot, "coverage", _("Cobertura")),
        url=explain["cobertura"],
    )


def light_parts(subject: Standing) -> list[Part]:
    """Those that a board always shows, and the others when they have any goal."""
    now, before = subject.now.lights, subject.before.lights if subject.before else None
    shown = [
        light
        for place, light in enumerate(charts.LIGHT_ORDER)
        if place < charts.ALWAYS_SHOWN or now[light] or (before and before[light])
    ]
    return [
        Part(
            light, now[light], share(now[light], subject.now.goals), _more(now, before, light), f"semaforo={light.key}"
        )
        for light in shown
    ]


def class_parts(subject: Standing) -> list[Part]:
    now, before = subject.now.classes, subject.before.classes if subject.before else None
    return [
        Part(
            grade, now[grade], share(now[grade], subject.now.goals), _more(now, before, grade), f"clase={_word(grade)}"
        )
        for grade in sorted(PerformanceClass, reverse=True)
    ]


def _more(now: Sequence[int], before: Sequence[int] | None, code: int) -> int | None:
    return now[code] - before[code] if before else None


def _word(grade: PerformanceClass) -> str:
    return grade.key or "none"


def unit_rows(opened: Opened, snapshot: Snapshot, units: "Iterable[Unit]") -> list[NodeRow]:
    """Areas with goals, in the order of the tree: it is not a ranking of people."""
    return [
        _node(opened, snapshot, standing, unit.code, unit.name, opened.links.area(unit.code))
        for unit in units
        if (standing := snapshot.nodes.get((UNIT.value, unit.pk))) is not None
    ]


def element_rows(opened: Opened, snapshot: Snapshot, elements: "Iterable[PlanElement]") -> list[NodeRow]:
    return [
        _node(
            opened,
            snapshot,
            standing,
            element.code,
            element.statement,
            opened.links.element(element.code, element.level.depth),
        )
        for element in elements
        if (standing := snapshot.nodes.get((PLAN.value, element.pk))) is not None
    ]


def _node(opened: Opened, snapshot: Snapshot, standing: Standing, code: str, name: str, url: str) -> NodeRow:
    drawn = charts.meter(standing.now.compliance, snapshot.scheme.green, None, 132, opened.accent)
    return NodeRow(code, name, url, standing, drawn)
