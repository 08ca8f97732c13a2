"""What the pages of the plan show, gathered from what the queries give."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rumbo.core.rendering.cells import normal
from rumbo.foundation.planning.models import PlanElement
from rumbo.foundation.planning.queries import steps_of


@dataclass(slots=True)
class Branch:
    """An element and what hangs from it. `goals` counts those of the whole branch."""

    element: PlanElement
    goals: int = 0
    children: list["Branch"] = field(default_factory=list)
    matches: bool = True


def branches(elements: Sequence[PlanElement], counts: Mapping[int, int], text: str = "") -> list[Branch]:
    """The tree, from elements in tree order. With `text`, only branches where it is found, whole down from there."""
    by_pk = {element.pk: Branch(element) for element in elements}
    for element in elements:
        for step in steps_of(element):
            if step in by_pk:
                by_pk[step].goals += counts.get(element.pk, 0)
    tops: list[Branch] = []
    for element in elements:
        above = by_pk.get(element.parent_id or 0)
        (above.children if above else tops).append(by_pk[element.pk])
    return _found(tops, normal(text)) if text.strip() else tops


def _found(branches: Iterable[Branch], wanted: str) -> list[Branch]:
    kept = []
    for branch in branches:
        branch.matches = wanted in normal(f"{branch.element.code} {branch.element.statement}")
        if branch.matches:
            kept.append(branch)
            continue
        branch.children = _found(branch.children, wanted)
        if branch.children:
            kept.append(branch)
    return kept


@dataclass(frozen=True, slots=True)
class LevelCount:
    """«40 líneas de acción»."""

    name: str
    count: int


def level_counts(elements: Iterable[PlanElement]) -> list[LevelCount]:
    found: dict[int, list[PlanElement]] = {}
    for element in elements:
        found.setdefault(element.level.depth, []).append(element)
    return [
        LevelCount(items[0].level.plural if len(items) != 1 else items[0].level.singular, len(items))
        for _depth, items in sorted(found.items())
    ]


def parents_for(elements: Iterable[PlanElement], depth: int) -> list[PlanElement]:
    """Those that an element of a level may hang from."""
    return [element for element in elements if element.level.depth < depth]
