"""The plan itself: its names, its texts, its levels and its situation analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.planning import queries
from rumbo.foundation.planning.actions.permission import may_edit_plan
from rumbo.foundation.planning.models import Plan, PlanElement, PlanLevel, SwotItem

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

DESCRIPTION = (
    "name", "kind_name", "mission", "vision", "term_start", "term_end", "annual_plan_url", "work_programme_url",
    "higher_plan_alignment", "higher_plan_not_applicable_reason",
)  # fmt: skip


class PlanNameTaken(Refusal):
    """Two plans of an institution cannot have the same name."""


class TermOutOfOrder(Refusal):
    """A plan must end after it starts."""


class LevelInUse(Refusal):
    """A level with elements cannot be removed."""


@dataclass(frozen=True, slots=True)
class SwotLine:
    """One item of the situation analysis, in the order in which it is read."""

    kind: SwotKind
    headline: str
    explanation: str = ""


def create_plan(
    *,
    institution: "Institution",
    name: str,
    term_start: date,
    term_end: date,
    levels: Sequence[tuple[str, str]],
    by: Actor,
    at: datetime,
    **texts: str,
) -> Plan:
    """`levels` from the highest: (singular, plural). `texts`: any other of `DESCRIPTION`.

    Raises Forbidden, PlanNameTaken, TermOutOfOrder.
    """
    may_edit_plan(by, institution.pk)
    plan = Plan(institution=institution, name=name, term_start=term_start, term_end=term_end)
    _describe(plan, texts)
    with transaction.atomic():
        _check(plan)
        plan.save()
        _write_levels(plan, levels)
        plan = queries.whole(plan.pk)
        record(chain=institution.slug, by=by, action="planning.create_plan", at=at, subject=plan, title=plan.name)
    return plan


def describe_plan(*, plan: Plan, by: Actor, at: datetime, **values: Any) -> Plan:
    """Change the name, the term or the texts of a plan. Raises Forbidden, PlanNameTaken, TermOutOfOrder."""
    may_edit_plan(by, plan.institution_id)
    with transaction.atomic():
        before = state_of(queries.whole(plan.pk))
        _describe(plan, values)
        _check(plan)
        plan.save()
        return _told(plan, by, at, "planning.describe_plan", before)


def set_levels(*, plan: Plan, levels: Sequence[tuple[str, str]], by: Actor, at: datetime) -> Plan:
    """Rename, add or remove levels, from the highest. Raises Forbidden, LevelInUse."""
    may_edit_plan(by, plan.institution_id)
    with transaction.atomic():
        before = state_of(queries.whole(plan.pk))
        used = PlanElement.objects.filter(plan=plan, level__depth__gt=len(levels)).select_related("level").first()
        if used is not None:
            raise LevelInUse(
                N_("El nivel «%(level)s» no se quitó: tiene elementos. Muévalos o retírelos antes."),
                level=used.level.singular,
            )
        PlanLevel.objects.filter(plan=plan, depth__gt=len(levels)).delete()
        _write_levels(plan, levels)
        return _told(plan, by, at, "planning.set_levels", before)


def save_swot(*, plan: Plan, items: Sequence[SwotLine], by: Actor, at: datetime) -> Plan:
    """Replace the whole situation analysis (IECM-11, IECM-12; its segmentation is editable, Q-03)."""
    may_edit_plan(by, plan.institution_id)
    with transaction.atomic():
        before = state_of(queries.whole(plan.pk))
        write_swot(plan, items)
        return _told(plan, by, at, "planning.save_swot", before)


def write_swot(plan: Plan, items: Sequence[SwotLine]) -> None:
    """Inside the caller's transaction and event."""
    SwotItem.objects.filter(plan=plan).delete()
    last = dict.fromkeys(SwotKind, 0)
    rows = []
    for item in items:
        last[item.kind] += 1
        rows.append(
            SwotItem(
                institution_id=plan.institution_id,
                plan=plan,
                kind=item.kind,
                position=last[item.kind],
                headline=item.headline,
                explanation=item.explanation,
            )
        )
    SwotItem.objects.bulk_create(rows)


def _describe(plan: Plan, values: dict[str, Any]) -> None:
    unknown = set(values) - set(DESCRIPTION)
    if unknown:
        raise TypeError(f"a plan has no {sorted(unknown)}")
    for name, value in values.items():
        setattr(plan, name, value)


def _check(plan: Plan) -> None:
    if plan.term_end <= plan.term_start:
        raise TermOutOfOrder(N_("El plan no se guardó: el periodo termina antes de empezar. Corrija las fechas."))
    if Plan.objects.filter(institution=plan.institution_id, name=plan.name).exclude(pk=plan.pk).exists():
        raise PlanNameTaken(N_("Ya hay un plan llamado «%(name)s». Escriba otro nombre."), name=plan.name)


def _write_levels(plan: Plan, levels: Sequence[tuple[str, str]]) -> None:
    for depth, (singular, plural) in enumerate(levels, start=1):
        PlanLevel.objects.update_or_create(
            plan=plan,
            depth=depth,
            defaults={"institution_id": plan.institution_id, "singular": singular, "plural": plural},
        )


def _told(plan: Plan, by: Actor, at: datetime, action: str, before: dict[str, Any]) -> Plan:
    plan = queries.whole(plan.pk)
    chain = plan.institution.slug
    record(chain=chain, by=by, action=action, at=at, subject=plan, title=plan.name, before=before)
    return plan
