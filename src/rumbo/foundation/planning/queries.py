"""Reads of the plan. Trees come whole, in order, in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from rumbo.core.rules import Judgement
from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.audit.queries import remembered
from rumbo.foundation.planning.models import Plan, PlanElement, PlanLevel, SwotItem
from rumbo.foundation.planning.rules import OF_ELEMENTS, OF_PLANS, RULEBOOK, ElementSheet, PlanSheet

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def plans_of(institution: "Institution") -> list[Plan]:
    """Newest term first."""
    return list(Plan.objects.filter(institution=institution))


def plan_of(institution: "Institution", on: date) -> Plan | None:
    """The plan in force on a day; before any, the first; after all, the last. None when there is no plan."""
    return _in_force(plans_of(institution), on)


def plan_under(institution: "Institution", head: str, on: date) -> Plan | None:
    """As `plan_of`, read again only when something was written: `head` is that of the institution's trail."""
    return _in_force(remembered(institution.slug, head, "plans", partial(plans_of, institution)), on)


def _in_force(plans: list[Plan], on: date) -> Plan | None:
    started = [plan for plan in plans if plan.term_start <= on]
    return next(iter(started or plans[::-1]), None)


def levels_of(plan: Plan) -> list[PlanLevel]:
    """From the highest (depth 1) to the lowest."""
    return list(PlanLevel.objects.filter(plan=plan))


def elements_of(plan: Plan, *, with_retired: bool = False) -> list[PlanElement]:
    """The whole tree in order, with level and suggested parent: a parent always comes before what hangs from it.

    An element without parent comes among the tops, whatever its level.
    """
    elements = PlanElement.objects.filter(plan=plan).select_related("level", "suggested_parent__level")
    return in_tree_order(elements if with_retired else elements.filter(retired_on__isnull=True))


def elements_below(plan: Plan, parent: PlanElement | None) -> list[PlanElement]:
    """Live elements that hang directly from one; those of the highest level without it. With level, one query."""
    below = PlanElement.objects.filter(plan=plan, retired_on__isnull=True).select_related("level")
    found = below.filter(level__depth=1) if parent is None else below.filter(parent=parent)
    return list(found.order_by("level__depth", "position", "code"))


def elements_under(plan: Plan, slug: str, head: str) -> dict[int, PlanElement]:
    """Every element of a plan with its level, retired ones too, by primary key; read again only when something was
    written. They are shared: not to change."""

    def ask() -> dict[int, PlanElement]:
        return {element.pk: element for element in PlanElement.objects.filter(plan=plan).select_related("level")}

    return remembered(slug, head, ("elements", plan.pk), ask)


def in_tree_order(elements: Iterable[PlanElement]) -> list[PlanElement]:
    found = list(elements)
    present = {element.pk for element in found}
    children: dict[int | None, list[PlanElement]] = {}
    for element in found:
        children.setdefault(element.parent_id if element.parent_id in present else None, []).append(element)

    def walk(parent: int | None) -> Iterable[PlanElement]:
        for element in sorted(children.get(parent, []), key=lambda item: (item.level.depth, item.position, item.code)):
            yield element
            yield from walk(element.pk)

    return list(walk(None))


def chains_of(plan: Plan) -> dict[int, tuple[PlanElement, ...]]:
    """Of each element, its chain from the top down to itself: the columns of the alignment matrix. One query."""
    return chains_among({one.pk: one for one in PlanElement.objects.filter(plan=plan).select_related("level")})


def chains_among(elements: Mapping[int, PlanElement]) -> dict[int, tuple[PlanElement, ...]]:
    """As `chains_of`, of elements that were read already."""
    return {
        pk: tuple(elements[step] for step in steps_of(element) if step in elements) for pk, element in elements.items()
    }


def steps_of(element: PlanElement) -> tuple[int, ...]:
    """Primary keys from the top down to the element, out of its path."""
    return tuple(int(step) for step in element.path.split("/") if step)


def element_by_code(plan: Plan, code: str, depth: int | None = None) -> PlanElement | None:
    """Of several levels that use the same code, the deepest, unless `depth` says which."""
    found = PlanElement.objects.filter(plan=plan, code=code.strip()).select_related("level").order_by("-level__depth")
    return (found if depth is None else found.filter(level__depth=depth)).first()


def lowest_by_code(plan: Plan) -> dict[str, int]:
    """Key of the live element that each code alone names: of several levels, the lowest. One query."""
    elements = PlanElement.objects.filter(plan=plan, retired_on__isnull=True).order_by("level__depth")
    return dict(elements.values_list("code", "pk"))


def element_by_ref(institution: "Institution", ref: str) -> PlanElement | None:
    return (
        PlanElement.objects.filter(institution=institution, ref=ref).select_related("level", "plan", "parent").first()
    )


def elements_by_id(ids: Iterable[int]) -> dict[int, PlanElement]:
    return PlanElement.objects.select_related("level").in_bulk(list(ids))


def subtree_ids(element: PlanElement) -> frozenset[int]:
    """Primary keys of the element and everything that hangs from it."""
    return frozenset(
        PlanElement.objects.filter(plan=element.plan_id, path__startswith=element.path).values_list("pk", flat=True)
    )


def unlinked_of(plan: Plan) -> list[PlanElement]:
    """Live elements below the highest level that hang from nothing: they wait for a person (Q-01)."""
    return list(
        PlanElement.objects.filter(plan=plan, parent__isnull=True, level__depth__gt=1, retired_on__isnull=True)
        .select_related("level", "suggested_parent__level")
        .order_by("level__depth", "position", "code")
    )


def swot_of(plan: Plan) -> dict[SwotKind, list[SwotItem]]:
    """The four blocks, each in its order; empty ones too."""
    blocks: dict[SwotKind, list[SwotItem]] = {kind: [] for kind in SwotKind}
    for item in SwotItem.objects.filter(plan=plan):
        blocks[SwotKind(item.kind)].append(item)
    return blocks


def plan_by_ref(institution: "Institution", ref: str) -> Plan | None:
    return Plan.objects.filter(institution=institution, ref=ref).first()


def whole(plan_id: int) -> Plan:
    """The plan read again with all that its audited state tells."""
    return Plan.objects.prefetch_related("levels", Prefetch("swot_items")).get(pk=plan_id)


def element_paths(institution_id: int) -> list[tuple[int, str]]:
    """(primary key, path) of every element, retired ones included: to add each goal to its line and those above."""
    return list(PlanElement.objects.filter(institution=institution_id).values_list("pk", "path"))


def findings_of(plan: Plan, *, on: date) -> list[tuple[PlanElement | None, Judgement]]:
    """Rules that are not met, by the plan itself (None) and by its elements, in tree order. Two queries."""
    blocks = swot_of(plan)
    sheet = PlanSheet(
        plan.name,
        plan.mission,
        plan.vision,
        plan.higher_plan_alignment,
        plan.higher_plan_not_applicable_reason,
        tuple(len(items) for items in blocks.values()),
    )
    found: list[tuple[PlanElement | None, Judgement]] = [
        (None, judgement) for judgement in RULEBOOK.judge(sheet, on=on, codes=OF_PLANS)
    ]
    for element in elements_of(plan):
        level = element.level
        facts = ElementSheet(element.code, level.singular, level.depth, element.parent_id is not None)
        found += [(element, judgement) for judgement in RULEBOOK.judge(facts, on=on, codes=OF_ELEMENTS)]
    return [(element, judgement) for element, judgement in found if not judgement.finding.is_met]
