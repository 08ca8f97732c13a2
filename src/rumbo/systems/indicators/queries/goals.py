"""Goals and indicators. Fixed queries, whatever their number."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet

from rumbo.foundation.planning.events import CountAsked
from rumbo.systems.indicators.models import Goal, Indicator

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


# Of the indicators: as their goals, the principal one first.
IN_ORDER = ("goal__position", "goal__code", "-principal", "code")


def goals_of(
    institution: "Institution", *, units: Collection[int] | None = None, with_retired: bool = False
) -> list[Goal]:
    """In their order, each with its area, plan element, indicators and co-responsible areas. Three queries."""
    goals = goals_with_all().filter(institution=institution)
    if units is not None:
        goals = goals.filter(unit__in=units)
    return list(goals if with_retired else goals.filter(retired_on__isnull=True))


def goals_with_all() -> QuerySet[Goal]:
    return Goal.objects.select_related("unit", "plan_element__level", "contract").prefetch_related(
        Prefetch("indicators", Indicator.objects.order_by("-principal", "code")), "co_responsibilities__unit"
    )


def goal_by_code(institution: "Institution", code: str) -> Goal | None:
    return goals_with_all().filter(institution=institution, code=code.strip()).first()


def goal_by_ref(institution: "Institution", ref: str) -> Goal | None:
    return goals_with_all().filter(institution=institution, ref=ref).first()


@dataclass(frozen=True, slots=True)
class GoalFilter:
    """Empty fields do not filter. `units` and `elements` are keys with everything below them."""

    text: str = ""
    units: Collection[int] | None = None
    elements: Collection[int] | None = None
    goal_type: str = ""
    critical: bool = False
    retired: bool = False
    order: str = ""


ORDERS = {
    "clave": "code",
    "meta": "statement",
    "area": "unit__code",
    "linea": "plan_element__path",
    "tipo": "goal_type",
    "ponderacion": "weight",
}


def search_goals(institution: "Institution", wanted: GoalFilter) -> QuerySet[Goal]:
    """Goals of a list, with area, plan element and indicators; `order` as in addresses: «clave», «-area»…"""
    goals = goals_with_all().filter(institution=institution, retired_on__isnull=not wanted.retired)
    if wanted.text:
        words = wanted.text.strip()
        named = Q(code__icontains=words) | Q(statement__icontains=words) | Q(indicators__name__icontains=words)
        goals = goals.filter(pk__in=Goal.objects.filter(named, institution=institution).values("pk"))
    if wanted.units is not None:
        goals = goals.filter(Q(unit__in=wanted.units))
    if wanted.elements is not None:
        goals = goals.filter(plan_element__in=wanted.elements)
    if wanted.goal_type:
        goals = goals.filter(goal_type=wanted.goal_type)
    if wanted.critical:
        goals = goals.filter(critical=True)
    field = ORDERS.get(wanted.order.removeprefix("-"))
    if field is None:
        return goals
    return goals.order_by(f"-{field}" if wanted.order.startswith("-") else field, "code")


def goal_counts(institution: "Institution | int") -> dict[int, int]:
    """Live goals hung directly from each plan element."""
    live = Goal.objects.filter(institution=institution, retired_on__isnull=True).order_by()
    return dict(live.values_list("plan_element_id").annotate(goals=Count("pk")))


def tell_goal_counts(news: CountAsked) -> None:
    """Answer the page of the plan: how many goals hang from each element."""
    for element, goals in goal_counts(news.institution_id).items():
        news.counts[element] = news.counts.get(element, 0) + goals


def live_goals_on(element_id: int) -> int:
    return Goal.objects.filter(plan_element=element_id, retired_on__isnull=True).count()


def principal_indicator(goal: Goal) -> Indicator | None:
    return Indicator.objects.filter(goal=goal, principal=True).first()


def indicators_of(
    institution: "Institution",
    *,
    units: Collection[int] | None = None,
    principal: bool | None = None,
    ids: Collection[int] | None = None,
) -> list[Indicator]:
    """Live indicators (of `ids`, when given) with their goal, area and plan element, in the goals' order. One query."""
    found = Indicator.objects.filter(institution=institution, retired_on__isnull=True, goal__retired_on__isnull=True)
    if units is not None:
        found = found.filter(goal__unit__in=units)
    if principal is not None:
        found = found.filter(principal=principal)
    if ids is not None:
        found = found.filter(pk__in=ids)
    return list(found.select_related("goal__unit", "goal__plan_element__level").order_by(*IN_ORDER))


def indicators_by_id(ids: Iterable[int]) -> dict[int, Indicator]:
    """With goal, area and plan element."""
    return Indicator.objects.select_related("goal__unit", "goal__plan_element__level").in_bulk(list(ids))


def indicator_by_code(institution: "Institution", code: str) -> Indicator | None:
    return Indicator.objects.filter(institution=institution, code=code.strip()).select_related("goal__unit").first()


def indicator_by_ref(institution: "Institution", ref: str) -> Indicator | None:
    return Indicator.objects.filter(institution=institution, ref=ref).select_related("goal__unit").first()
