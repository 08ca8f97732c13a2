"""The commitment: what is to be achieved, where it hangs from, who answers for it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization.events import FiscalStartMoving, UnitRetiring
from rumbo.foundation.planning.events import ElementRetired
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.actions.common import Amount, may_edit_goals, tell
from rumbo.systems.indicators.actions.membership import decide_contract, keep_terms
from rumbo.systems.indicators.models import CoResponsibility, Goal, Indicator, Programme
from rumbo.systems.indicators.programming import exact
from rumbo.systems.indicators.rules import RULEBOOK

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract
    from rumbo.foundation.organization.models import Institution, Unit
    from rumbo.foundation.planning.models import PlanElement


class GoalCodeTaken(Refusal):
    """A code names one goal of the institution, retired ones included."""


class RetiredGoal(Refusal):
    """What was retired is only consulted."""


class ProgrammedAlready(Refusal):
    """The fiscal year cannot start in another month: something is programmed in this one's."""


class UnitWithGoals(Refusal):
    """An area that answers for goals stays."""


class ElementWithGoals(Refusal):
    """What goals hang from stays."""


class TooManyCritical(Refusal):
    """At most a fifth of the goals is critical (Q-08)."""


def save_goal(
    *,
    institution: "Institution",
    code: str,
    statement: str,
    plan_element: "PlanElement",
    unit: "Unit",
    by: Actor,
    at: datetime,
    goal_type: str = GoalType.ACTION,
    weight: Amount = 1,
    critical: bool = False,
    term_target: Amount = None,
    responsible_post: str = "",
    sdg: str = "",
    agreed_on: date | None = None,
    co_responsible: Collection["Unit"] = (),
    position: int | None = None,
    contract: "Contract | None" = None,
    contract_since: date | None = None,
    goal: Goal | None = None,
) -> Goal:
    """A new goal, or changes to `goal`.

    `contract_since`: from when it is measured so; without it, another contract holds since it starts, and the same one
    since when it did. Raises Forbidden, GoalCodeTaken, RetiredGoal, AmountOutOfRange, TooManyCritical,
    MembershipOutOfOrder.
    """
    may_edit_goals(by, institution.pk, unit.pk)
    was_critical = goal is not None and goal.critical
    if goal is not None:
        may_edit_goals(by, institution.pk, goal.unit_id)
        refuse_retired(goal)
    with transaction.atomic():
        before = state_of(goal) if goal else None
        saved = goal or Goal(institution=institution, position=_next_position(institution))
        if Goal.objects.filter(institution=institution, code=code).exclude(pk=saved.pk).exists():
            raise GoalCodeTaken(N_("La clave %(code)s ya nombra a otra meta. Escriba otra."), code=code)
        saved.code, saved.statement, saved.goal_type = code, statement, GoalType(goal_type)
        saved.plan_element, saved.unit = plan_element, unit
        saved.weight, saved.term_target = exact(weight) or Decimal(0), exact(term_target)
        saved.critical, saved.agreed_on = critical, agreed_on
        decided = decide_contract(saved, contract, contract_since)
        saved.responsible_post, saved.sdg = responsible_post, sdg
        if position is not None:
            saved.position = position
        saved.save()
        keep_terms([(saved, decided)] if decided else [])
        if critical and not was_critical:
            keep_critical_few(institution, at)
        share(saved, [shared.pk for shared in co_responsible])
        return _told(saved, by, at, "indicators.save_goal", before)


def agree_goals(*, goals: Iterable[Goal], on: date, by: Actor, at: datetime) -> list[Goal]:
    """Record that goals were agreed with the heads of their areas (A1-18). Raises Forbidden, RetiredGoal."""
    agreed = []
    with transaction.atomic():
        for goal in goals:
            may_edit_goals(by, goal.institution_id, goal.unit_id)
            refuse_retired(goal)
            before = state_of(goal)
            goal.agreed_on = on
            goal.save(update_fields=["agreed_on"])
            agreed.append(_told(goal, by, at, "indicators.agree_goal", before, tell_above=False))
    return agreed


def retire_goal(*, goal: Goal, on: date, reason: str, by: Actor, at: datetime) -> Goal:
    """It leaves boards and captures from that day; its history stays (decision W). Raises Forbidden, RetiredGoal."""
    may_edit_goals(by, goal.institution_id, goal.unit_id)
    refuse_retired(goal)
    with transaction.atomic():
        before = state_of(goal)
        goal.retired_on, goal.retired_reason = on, reason
        goal.save(update_fields=["retired_on", "retired_reason"])
        return _told(goal, by, at, "indicators.retire_goal", before)


def refuse_retired(goal: Goal) -> None:
    """Raises RetiredGoal."""
    if goal.retired_on is not None:
        raise RetiredGoal(N_("La meta %(code)s está retirada y solo se consulta. No se guardó nada."), code=goal.code)


def keep_critical_few(institution: "Institution", at: datetime) -> None:
    """Asked when more goals become critical, inside their transaction. Raises TooManyCritical."""
    finding = RULEBOOK["indicators.critical_share"].judge(queries.goal_set(institution), on=at.date()).finding
    if not finding.is_met:
        raise TooManyCritical(finding.template, **finding.params)


def keep_elements_with_goals(news: ElementRetired) -> None:
    """A plan element is not retired while live goals hang from it. Raises ElementWithGoals."""
    goals = queries.live_goals_on(news.element_id)
    if goals:
        raise ElementWithGoals(
            N_("No se retiró: %(goals)s metas vigentes dependen de él. Cámbielas de lugar o retírelas antes."),
            goals=goals,
        )


def keep_fiscal_start(news: FiscalStartMoving) -> None:
    """The months of a programme are those of its fiscal year. Raises ProgrammedAlready."""
    if Programme.objects.filter(institution=news.institution_id).exists():
        raise ProgrammedAlready(
            N_(
                "El mes en que inicia el ejercicio ya no cambia: hay metas programadas, y sus meses serían de otro"
                " año. Otro ejercicio se lleva en otra institución."
            )
        )


def keep_units_with_goals(news: UnitRetiring) -> None:
    """An area is not retired while it answers for live goals. Raises UnitWithGoals."""
    goals = Goal.objects.filter(unit=news.unit_id, retired_on__isnull=True).count()
    if goals:
        raise UnitWithGoals(
            N_("El área no se dio de baja: responde de %(goals)s metas vigentes. Cámbielas de área o retírelas antes."),
            goals=goals,
        )


def share(goal: Goal, units: Collection[int]) -> None:
    """Set the areas that share the goal; its own area is never one of them. Inside the caller's transaction."""
    CoResponsibility.objects.filter(goal=goal).exclude(unit__in=units).delete()
    known = set(CoResponsibility.objects.filter(goal=goal).values_list("unit_id", flat=True))
    CoResponsibility.objects.bulk_create(
        CoResponsibility(institution_id=goal.institution_id, goal=goal, unit_id=unit)
        for unit in dict.fromkeys(units)
        if unit not in known and unit != goal.unit_id
    )


def _next_position(institution: "Institution") -> int:
    last = Goal.objects.filter(institution=institution).order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def _told(
    goal: Goal, by: Actor, at: datetime, action: str, before: dict[str, Any] | None, *, tell_above: bool = True
) -> Goal:
    fresh = queries.goals_with_all().select_related("institution").get(pk=goal.pk)
    if before is not None and tell_above:
        ids = Indicator.objects.filter(goal=goal).values_list("pk", flat=True)
        tell(fresh.institution, ids, (), by, at)
    chain = fresh.institution.slug
    title = f"{fresh.code} {fresh.statement}"
    record(chain=chain, by=by, action=action, at=at, subject=fresh, title=title, before=before)
    return fresh
