"""Early warnings as they are followed: who may take which step, and which goals are at risk in a month (A1-13)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from rumbo.core.engine.foresight import Why, told_again
from rumbo.core.rendering.told import Figure
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.filling import Translate, fill
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.risk import Risk
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.systems.evaluation.models import EarlyWarning, Outlook
from rumbo.systems.evaluation.queries.outlooks import MOST_URGENT

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

AT_RISK = (Risk.MEDIUM, Risk.HIGH)
_PACES = {Why.PACE, Why.LIMIT}


@dataclass(frozen=True, slots=True)
class Estimated:
    """When a month was estimated, and of how many goals what they say has changed since (`changed_on` the first)."""

    period: Period
    at: datetime
    goals: int
    changed: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A principal indicator in a month: what is foreseen of it, and its follow-up when it has one."""

    outlook: Outlook
    warning: EarlyWarning | None

    def overdue(self, on: date) -> bool:
        return self.warning is not None and is_overdue(self.warning, on)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list; None and empty ask for everything.

    `units`: those that may be seen, or the chosen ones; `elements`: those of the plan where the goals hang.
    """

    units: Collection[int] | None = None
    elements: Collection[int] | None = None
    risk: Risk | None = None
    critical: bool | None = None
    state: WarningState | None = None


# Who may take which step


def may_follow(actor: Actor, institution_id: int) -> bool:
    """Planning: every warning of the institution, and their meeting."""
    return actor.may(Permission.VALIDATE, institution_id)


def may_attend(actor: Actor, warning: EarlyWarning) -> bool:
    """Planning, or the head of the area: to see it and to say that it is done."""
    institution = warning.institution_id
    return may_follow(actor, institution) or actor.may(Permission.APPROVE_AREA, institution, warning.goal.unit_id)


def may_decide(actor: Actor, warning: EarlyWarning) -> bool:
    """On a critical goal, Planning, in its meeting; on the others their area too."""
    return may_follow(actor, warning.institution_id) or (not warning.goal.critical and may_attend(actor, warning))


def is_overdue(warning: EarlyWarning, on: date) -> bool:
    """The date of the decision passed and nobody said that it was done: it asks for attention again."""
    return (
        warning.state == WarningState.ATTENDED
        and warning.done_on is None
        and warning.due_on is not None
        and warning.due_on < on
    )


# What there is


def estimated_months(institution_id: int) -> list[Estimated]:
    """Newest first. One query."""
    rows = (
        Outlook.objects.filter(institution=institution_id, principal=True)
        .values("period")
        .annotate(at=Max("estimated_at"), goals=Count("pk"), changed=Count("changed_at"), since=Min("changed_at"))
        .order_by("-period")
    )
    return [Estimated(Period.of(one["period"]), one["at"], one["goals"], one["changed"], one["since"]) for one in rows]


def at_risk(institution: "Institution", period: Period, wanted: Wanted = Wanted()) -> QuerySet[Outlook]:
    """Principal indicators, critical ones first, then the most urgent. Without a wanted risk, those at risk."""
    rows = _principal(institution.pk, period, wanted.units, wanted.elements)
    rows = rows.filter(risk__in=AT_RISK) if wanted.risk is None else rows.filter(risk=wanted.risk)
    if wanted.critical is not None:
        rows = rows.filter(critical=wanted.critical)
    if wanted.state is not None:
        year = institution.year_of(period).year
        followed = EarlyWarning.objects.filter(institution=institution, year=year, state=wanted.state)
        rows = rows.filter(goal__in=followed.values("goal"))
    return rows.select_related("goal", "goal__unit", "unit", "indicator").order_by(
        "-critical", *MOST_URGENT, "goal__position", "goal__code"
    )


def _principal(
    institution_id: int, period: Period, units: Collection[int] | None, elements: Collection[int] | None
) -> QuerySet[Outlook]:
    rows = Outlook.objects.filter(institution=institution_id, period=period.index, principal=True)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    return rows if elements is None else rows.filter(goal__plan_element__in=list(elements))


def followed(outlooks: Sequence[Outlook], year: int) -> list[AtRisk]:
    """With their follow-up. One query."""
    warnings = warnings_of(year, [one.goal_id for one in outlooks])
    return [AtRisk(one, warnings.get(one.goal_id)) for one in outlooks]


def warnings_of(year: int, goals: Iterable[int]) -> Mapping[int, EarlyWarning]:
    """By goal."""
    found = EarlyWarning.objects.filter(year=year, goal__in=list(goals)).select_related("goal", "goal__unit")
    return {one.goal_id: one for one in found}


def counts_by_risk(
    institution_id: int,
    period: Period,
    units: Collection[int] | None = None,
    elements: Collection[int] | None = None,
) -> tuple[dict[Risk, int], Estimated | None]:
    """Of the principal indicators of some areas or elements, and when they were estimated. One query."""
    rows = _principal(institution_id, period, units, elements)
    found = list(
        rows.order_by()
        .values("risk")
        .annotate(at=Max("estimated_at"), goals=Count("pk"), changed=Count("changed_at"), since=Min("changed_at"))
    )
    counts = {one["risk"]: one["goals"] for one in found}
    changed = [one["since"] for one in found if one["since"]]
    estimated = Estimated(
        period=period,
        at=max(one["at"] for one in found),
        goals=sum(counts.values()),
        changed=sum(one["changed"] for one in found),
        changed_at=min(changed, default=None),
    ) if found else None  # fmt: skip
    return {risk: counts.get(risk.value, 0) for risk in (Risk.HIGH, Risk.MEDIUM, Risk.LOW)}, estimated


def reasons_told(outlook: Outlook, *, decimals: int, translate: Translate, brief: bool = False) -> list[str]:
    """Why, in words, at most three; without the pace, which is told apart.

    `brief`: for a list, where that nobody has former years need not be said on every line.
    """
    left_out = _PACES | {Why.NO_PAST} if brief else _PACES
    told = [one for one in map(told_again, outlook.reasons) if one.code not in left_out]
    return [
        fill(one.template, {name: _figure(value, decimals) for name, value in one.params.items()}, translate)
        for one in told
    ]


def _figure(value: float, decimals: int) -> object:
    return Figure(value, decimals) if isinstance(value, float) else value


def outlooks_of_goal(goal_id: int, period: Period) -> dict[int, Outlook]:
    """Of each of its indicators of which something was foreseen. One query."""
    return {one.indicator_id: one for one in Outlook.objects.filter(goal=goal_id, period=period.index)}


def outlook_of(indicator_id: int, period: Period) -> Outlook | None:
    return Outlook.objects.filter(indicator=indicator_id, period=period.index).first()


def warnings_of_goals(institution_id: int, year: int) -> dict[str, EarlyWarning]:
    """Every one of a year, by the code of its goal. One query."""
    found = EarlyWarning.objects.filter(institution=institution_id, year=year).select_related("institution", "goal")
    return {one.goal.code: one for one in found}


def outlooks_by_indicator(institution_id: int, period: Period) -> dict[int, Outlook]:
    """The principal ones of a month. One query."""
    found = Outlook.objects.filter(institution=institution_id, period=period.index, principal=True)
    return {one.indicator_id: one for one in found}


def warning_of(goal_id: int, year: int) -> EarlyWarning | None:
    return EarlyWarning.objects.filter(goal=goal_id, year=year).select_related("goal").first()


def warning_seen(actor: Actor, institution: "Institution", ref: UUID) -> EarlyWarning | None:
    """Of the institution and of an area whose boards the actor may see."""
    found = EarlyWarning.objects.filter(institution=institution, ref=ref)
    held = actor.units(Permission.VIEW_BOARDS, institution.pk)
    if held is not None:
        found = found.filter(goal__unit__in=held)
    return found.select_related("institution", "goal", "goal__unit").first()


def waiting(actor: Actor, institution: "Institution", *, on: date) -> list[EarlyWarning]:
    """Not closed, of what the actor follows: Planning the critical goals, the head of an area those of the area.

    One query, none for who follows nothing. A year that ended is followed until its last month is closed.
    """
    planning, units = may_follow(actor, institution.pk), actor.units(Permission.APPROVE_AREA, institution.pk)
    if not planning and units is not None and not units:
        return []
    oldest = institution.year_of(Period.containing(on).plus(-2))
    rows = EarlyWarning.objects.filter(institution=institution, year__gte=oldest.year)
    if units is not None:
        of_area = Q(goal__unit__in=units)
        rows = rows.filter(of_area | Q(goal__critical=True) if planning else of_area)
    rows = rows.exclude(state=WarningState.CLOSED).select_related("goal", "goal__unit")
    return list(rows.order_by("-risk", "goal__position", "goal__code"))
