"""One axis, objective, strategy or action line at a time; and the links that a person confirms."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.planning.actions.permission import may_edit_plan
from rumbo.foundation.planning.events import ElementRetired, element_retired
from rumbo.foundation.planning.models import Plan, PlanElement, PlanLevel


class CodeTaken(Refusal):
    """A code names one element of its level."""


class NotAParent(Refusal):
    """A parent is of the same plan and of a higher level."""


class HasChildren(Refusal):
    """What has something hanging from it cannot be retired."""


def save_element(
    *,
    plan: Plan,
    level: PlanLevel,
    code: str,
    statement: str,
    by: Actor,
    at: datetime,
    parent: PlanElement | None = None,
    suggested_parent: PlanElement | None = None,
    position: int | None = None,
    element: PlanElement | None = None,
) -> PlanElement:
    """A new element, or changes to `element`. Raises Forbidden, CodeTaken, NotAParent."""
    may_edit_plan(by, plan.institution_id)
    check_parent(plan.pk, level.depth, parent)
    with transaction.atomic():
        before = state_of(element) if element else None
        saved = element or PlanElement(institution_id=plan.institution_id, plan=plan, position=_next_position(plan))
        taken = PlanElement.objects.filter(plan=plan, level=level, code=code).exclude(pk=saved.pk)
        if taken.exists():
            raise CodeTaken(
                N_("La clave %(code)s ya nombra a otro elemento de «%(level)s». Escriba otra."),
                code=code, level=level.plural,
            )  # fmt: skip
        saved.level, saved.code, saved.statement = level, code, statement
        saved.suggested_parent = None if parent else suggested_parent
        if position is not None:
            saved.position = position
        _hang(saved, parent)
        _record(plan, saved, by, at, "planning.save_element", before)
    return saved


def link_element(*, element: PlanElement, parent: PlanElement, by: Actor, at: datetime) -> PlanElement:
    """A person says what an element hangs from (IECM-16). Raises Forbidden, NotAParent."""
    return link_many(links=[(element, parent)], by=by, at=at)[0]


def link_many(*, links: Iterable[tuple[PlanElement, PlanElement]], by: Actor, at: datetime) -> list[PlanElement]:
    """Several links confirmed together: all or none. One event for each: a person answers for each. Raises as above."""
    linked = []
    with transaction.atomic():
        for element, parent in links:
            may_edit_plan(by, element.institution_id)
            check_parent(element.plan_id, element.level.depth, parent)
            before = state_of(element)
            element.suggested_parent = None
            _hang(element, parent)
            _record(element.plan, element, by, at, "planning.link_element", before)
            linked.append(element)
    return linked


def retire_element(*, element: PlanElement, on: date, reason: str, by: Actor, at: datetime) -> PlanElement:
    """Raises Forbidden, HasChildren, and whatever an app above answers while something of its own hangs from it."""
    may_edit_plan(by, element.institution_id)
    with transaction.atomic():
        before = state_of(element)
        if PlanElement.objects.filter(parent=element, retired_on__isnull=True).exists():
            raise HasChildren(
                N_("%(code)s no se retiró: de él dependen otros elementos. Retírelos o cámbielos de lugar antes."),
                code=element.code,
            )
        element.retired_on, element.retired_reason = on, reason
        element.save()
        element_retired.announce(ElementRetired(element.institution_id, element.pk, on))
        _record(element.plan, element, by, at, "planning.retire_element", before)
    return element


def check_parent(plan_id: int, depth: int, parent: PlanElement | None) -> None:
    """Raises NotAParent unless it is of the plan and of a higher level."""
    if parent is not None and (parent.plan_id != plan_id or parent.level.depth >= depth):
        raise NotAParent(
            N_("No puede depender de %(code)s: elija un elemento de un nivel superior del mismo plan."),
            code=parent.code,
        )


def _hang(element: PlanElement, parent: PlanElement | None) -> None:
    """Save under its parent and take along everything that hangs from it."""
    old = element.path
    element.parent = parent
    if element.pk is None:
        element.save()
    element.path = f"{parent.path if parent else '/'}{element.pk}/"
    element.save()
    if old and old != element.path:
        below = list(PlanElement.objects.filter(plan_id=element.plan_id, path__startswith=old).exclude(pk=element.pk))
        for child in below:
            child.path = element.path + child.path.removeprefix(old)
        PlanElement.objects.bulk_update(below, ["path"])


def _next_position(plan: Plan) -> int:
    last = PlanElement.objects.filter(plan=plan).order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def _record(
    plan: Plan, element: PlanElement, by: Actor, at: datetime, action: str, before: dict[str, Any] | None
) -> None:
    chain = plan.institution.slug
    title = f"{element.code} {element.statement}"
    record(chain=chain, by=by, action=action, at=at, subject=element, title=title, before=before)
