"""A whole plan at once, as a workbook brings it: one transaction, one event with the digest of every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.planning import queries
from rumbo.foundation.planning.actions.permission import may_edit_plan
from rumbo.foundation.planning.actions.plans import SwotLine, write_swot
from rumbo.foundation.planning.models import Plan, PlanElement

type Key = tuple[int, str]


class UnknownParent(Refusal):
    """The parent that a row names is neither in the plan nor in the load, or is not of a higher level."""


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element by its level's depth and its code. `parent` and `suggested` are (depth, code) or None."""

    depth: int
    code: str
    statement: str
    parent: Key | None = None
    suggested: Key | None = None


@dataclass(slots=True)
class Loaded:
    """How many rows were new, changed or already as the file says."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def load_plan(
    *,
    plan: Plan,
    elements: Sequence[ElementRow],
    by: Actor,
    at: datetime,
    texts: dict[str, str] | None = None,
    swot: Sequence[SwotLine] | None = None,
) -> Loaded:
    """Create or update by (depth, code), in the order given. What the file does not name stays as it is.

    `swot` None leaves the situation analysis alone. A row without parent keeps the parent it already had: a link that
    a person confirmed is not undone by a file that knows nothing of it. Raises Forbidden, UnknownParent.
    """
    may_edit_plan(by, plan.institution_id)
    with transaction.atomic():
        if texts or swot is not None:
            _write_plan(plan, texts or {}, swot)
        loaded, touched = _write_elements(plan, elements)
        subject = queries.whole(plan.pk)
        details = {"created": loaded.created, "updated": loaded.updated}
        record(
            chain=subject.institution.slug, by=by, action="planning.load_plan", at=at,
            subject=subject, title=subject.name, rows=touched, details=details,
        )  # fmt: skip
    return loaded


def _write_plan(plan: Plan, texts: dict[str, str], swot: Sequence[SwotLine] | None) -> None:
    for name, value in texts.items():
        setattr(plan, name, value)
    plan.save()
    if swot is not None:
        write_swot(plan, swot)


def _write_elements(plan: Plan, rows: Sequence[ElementRow]) -> tuple[Loaded, list[PlanElement]]:
    levels = {level.depth: level for level in queries.levels_of(plan)}
    known: dict[Key, PlanElement] = {
        (element.level.depth, element.code): element for element in queries.elements_of(plan, with_retired=True)
    }
    states = {key: _facts(element) for key, element in known.items()}
    new: list[PlanElement] = []
    for position, row in enumerate(rows, start=1):
        element = known.get((row.depth, row.code))
        if element is None:
            element = PlanElement(institution_id=plan.institution_id, plan=plan, level=levels[row.depth], code=row.code)
            known[row.depth, row.code] = element
            new.append(element)
        element.statement, element.position = row.statement, position
    PlanElement.objects.bulk_create(new)
    for row in rows:
        _link(known, row)
    _paths(list(known.values()))
    changed = [element for key, element in known.items() if key in states and _facts(element) != states[key]]
    PlanElement.objects.bulk_update(
        [*new, *changed], ["statement", "position", "parent", "suggested_parent", "path"], batch_size=500
    )
    named = {(row.depth, row.code) for row in rows}
    updated = sum((element.level.depth, element.code) in named for element in changed)
    return Loaded(len(new), updated, len(named) - len(new) - updated), [*new, *changed]


def _link(known: dict[Key, PlanElement], row: ElementRow) -> None:
    element = known[row.depth, row.code]
    for key in (row.parent, row.suggested):
        if key is not None and (key not in known or key[0] >= row.depth):
            raise UnknownParent(
                N_("%(code)s depende de «%(parent)s», que no está en un nivel superior del plan ni del archivo."),
                code=row.code, parent=key[1],
            )  # fmt: skip
    if row.parent is not None:
        element.parent, element.suggested_parent = known[row.parent], None
    elif row.suggested is not None and element.parent_id is None:
        element.suggested_parent = known[row.suggested]


def _paths(elements: list[PlanElement]) -> None:
    """A parent is always of a higher level, so going down the levels finds every parent's path ready."""
    by_pk = {element.pk: element for element in elements}
    for element in sorted(elements, key=lambda item: item.level.depth):
        above = by_pk[element.parent_id].path if element.parent_id else "/"
        element.path = f"{above}{element.pk}/"


def _facts(element: PlanElement) -> tuple[object, ...]:
    return (element.statement, element.position, element.parent_id, element.suggested_parent_id, element.path)
