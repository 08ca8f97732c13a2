"""Early warnings as pages show them: the card of a goal, the section of a board, the list and its workbook."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.rendering.workbook import Column, Kind, Workbook
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.risk import Risk, Sureness
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.systems.evaluation.models import EarlyWarning, Outlook
from rumbo.systems.evaluation.presenters.downloads import banner_of
from rumbo.systems.evaluation.presenters.wording import language, month_and_year, percent
from rumbo.systems.evaluation.queries.warnings import (
    AtRisk,
    Estimated,
    Wanted,
    at_risk,
    counts_by_risk,
    followed,
    outlooks_of_goal,
    reasons_told,
    warning_of,
)

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.evaluation.presenters.opened import Opened
    from rumbo.systems.indicators.models import Goal, Indicator

WHOLE = 100  # per cent
IN_MEETING = 10  # ours: what a meeting looks at one by one; the list has the rest

_MONTHLY = {True: N_("%(pace)s al mes"), False: N_("%(pace)s por reporte")}
_BEYOND = {
    True: N_("ya no alcanza: haría falta %(pace)s al mes"),
    False: N_("ya no alcanza: haría falta %(pace)s por reporte"),
}
NOT_EVEN_ZERO = N_("ya no alcanza, ni con cero en lo que falta del año")
_LIMITS = {True: N_("no más de %(pace)s al mes"), False: N_("no más de %(pace)s por reporte")}


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One goal at risk, in words. `year` is the name of its fiscal year; `pace` and `recent` are empty where the year
    has no report left."""

    outlook: Outlook
    warning: EarlyWarning | None
    reasons: list[str]
    brief: list[str]
    pace: str
    recent: str
    probability: str
    sureness: str
    goal_url: str
    url: str
    overdue: bool
    year: str

    @property
    def risk(self) -> Risk:
        return Risk(self.outlook.risk)

    @property
    def state(self) -> str:
        return _(WarningState(self.warning.state).label) if self.warning else ""


@dataclass(frozen=True, slots=True)
class BoardAlerts:
    """What a board says in a few lines: the critical ones, for the meeting, and how many more there are."""

    estimated: Estimated
    counts: dict[Risk, int]
    meeting: list[RiskLine]
    critical: int
    url: str

    @property
    def at_risk(self) -> int:
        return self.counts[Risk.HIGH] + self.counts[Risk.MEDIUM]

    @property
    def rest(self) -> int:
        return self.at_risk - self.critical

    @property
    def badges(self) -> list[tuple[Risk, int]]:
        return list(self.counts.items())


def board_alerts(
    opened: "Opened",
    *,
    units: Collection[int] | None = None,
    elements: Collection[int] | None = None,
    within: Mapping[str, str] | None = None,
) -> BoardAlerts | None:
    """Of the institution, or of an area or a plan element and all below it; `within` says it in the list's address.

    None where the month was never estimated. Three queries.
    """
    pk, period = opened.institution.pk, opened.period
    counts, estimated = counts_by_risk(pk, period, units, elements)
    if estimated is None:
        return None
    critical = list(at_risk(opened.institution, period, Wanted(units=units, elements=elements, critical=True)))
    lines = lines_of(opened.institution, followed(critical[:IN_MEETING], opened.year.year), opened.today)
    asked = urlencode({"mes": str(period), **(within or {})})
    return BoardAlerts(
        estimated=estimated,
        counts=counts,
        meeting=lines,
        critical=len(critical),
        url=reverse("evaluation:warnings", kwargs={"slug": opened.institution.slug}) + f"?{asked}",
    )


def goal_alerts(opened: "Opened", goal: "Goal", indicators: "Iterable[Indicator]") -> dict[int, RiskLine]:
    """Of the month shown, by indicator; those of which nothing was foreseen are not there. Two queries.

    The follow-up is that of the goal, whose percentage the principal one gives.
    """
    outlooks = outlooks_of_goal(goal.pk, opened.period)
    warning = warning_of(goal.pk, opened.year.year) if outlooks else None
    found = []
    for indicator in indicators:
        if (outlook := outlooks.get(indicator.pk)) is not None:
            outlook.goal, outlook.indicator = goal, indicator
            found.append(AtRisk(outlook, warning if outlook.principal else None))
    return {line.outlook.indicator_id: line for line in lines_of(opened.institution, found, opened.today)}


def whose_turn(warning: EarlyWarning) -> str:
    """Who takes the next step, for whoever may not take it; nothing once it is closed."""
    if warning.state == WarningState.CLOSED:
        return ""
    if warning.done_on is not None:
        return _("La cierra la Dirección de Planeación.")
    if warning.state == WarningState.ATTENDED:
        return _("Que se cumplió lo informa la persona titular del área, o la Dirección de Planeación.")
    if warning.goal.critical:
        return _("Como la meta es crítica, decide la Dirección de Planeación en su reunión.")
    return _("Decide la persona titular del área, o la Dirección de Planeación.")


def lines_of(institution: "Institution", found: Iterable[AtRisk], on: date) -> list[RiskLine]:
    return [_line(institution, one, on) for one in found]


def _line(institution: "Institution", one: AtRisk, on: date) -> RiskLine:
    outlook, warning = one.outlook, one.warning
    goal = {"slug": institution.slug, "code": outlook.goal.code}
    return RiskLine(
        outlook=outlook,
        warning=warning,
        reasons=reasons_told(outlook, decimals=_decimals(outlook), translate=_),
        brief=reasons_told(outlook, decimals=_decimals(outlook), translate=_, brief=True),
        pace=pace_of(outlook),
        recent=_figure(outlook, outlook.recent) if outlook.pace is not None else "",
        probability=percent(100 * outlook.probability, 0),
        sureness=_(Sureness(outlook.sureness).label),
        goal_url=reverse("evaluation:goal", kwargs=goal) + f"?mes={Period.of(outlook.period)}",
        url=reverse("evaluation:warning", kwargs={"slug": institution.slug, "ref": warning.ref}) if warning else "",
        overdue=one.overdue(on),
        year=institution.year_of(Period.of(outlook.period)).label,
    )


def pace_of(outlook: Outlook) -> str:
    """«80.5 al mes (luminaria)», «no más de 3 por reporte (días)»; what the rest of the year still asks."""
    if outlook.pace is None or Risk(outlook.risk) == Risk.LOW:
        return ""
    indicator = outlook.indicator
    percentage = indicator.unit_of_measure == "%"
    said = _LIMITS if indicator.direction == Direction.DECREASING else _MONTHLY
    if outlook.pace < 0:
        return _(NOT_EVEN_ZERO)
    if percentage and outlook.pace > WHOLE:
        said = _BEYOND
    pace = percent(outlook.pace) if percentage else _figure(outlook, outlook.pace)
    told = _(said[indicator.frequency == Frequency.MONTHLY]) % {"pace": pace}
    return told if percentage else f"{told} ({indicator.unit_of_measure})"


def _figure(outlook: Outlook, value: float | None) -> str:
    return text.number(value, _decimals(outlook, value))


def _decimals(outlook: Outlook, value: float | None = None) -> int:
    """One at least where figures are small: a pace is a guide, not a figure of the month."""
    small = value is None or (abs(value) < WHOLE and not value.is_integer())
    return max(outlook.indicator.decimals, 1) if small else outlook.indicator.decimals


# The workbook of the list


def workbook(institution: "Institution", lines: Sequence[RiskLine], estimated: Estimated, on: date) -> bytes:
    title = _("Alertas tempranas, %(month)s") % {"month": month_and_year(estimated.period)}
    book = Workbook(title, on=on, banner=banner_of(institution), language=language(), translate=_)
    book.sheet(
        _("Alertas tempranas"),
        columns(),
        [_cells(line) for line in lines],
        heading=f"{institution.name}. {title}",
        lead=_("Riesgo de no cumplir la meta del año, estimado el %(day)s.")
        % {"day": text.short_date(timezone.localtime(estimated.at).date())},
        frozen_columns=3,
    )
    return book.to_bytes()


def columns() -> list[Column]:
    return [
        Column(_("Clave"), width=10),
        Column(_("Indicador crítico"), width=9),
        Column(_("Meta"), width=56),
        Column(_("Área"), width=34),
        Column(_("Riesgo"), width=14),
        Column(_("Probabilidad de no cumplir"), Kind.PERCENT, 13),
        Column(_("Qué tan seguro es"), width=24),
        Column(_("Por qué"), width=60),
        Column(_("Ritmo que la salvaría"), width=30),
        Column(_("Cierre esperado"), Kind.NUMBER, 13),
        Column(_("Seguimiento"), width=12),
        Column(_("Qué se decidió"), width=44),
        Column(_("Responsable"), width=30),
        Column(_("Para cuándo"), Kind.DATE, 12),
        Column(_("Cumplida el"), Kind.DATE, 12),
        Column(_("Qué se logró"), width=40),
    ]


def _cells(line: RiskLine) -> list[Any]:
    outlook, warning = line.outlook, line.warning
    return [
        outlook.goal.code,
        _("Sí") if outlook.critical else "",
        outlook.goal.statement,
        outlook.goal.unit.name,
        _(line.risk.label),
        100 * outlook.probability,
        line.sureness,
        "; ".join(line.brief),
        line.pace,
        outlook.expected,
        line.state,
        warning.decision if warning else "",
        warning.responsible_post if warning else "",
        warning.due_on if warning else None,
        warning.done_on if warning else None,
        warning.outcome if warning else "",
    ]
