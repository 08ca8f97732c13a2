"""The plan's workbook, with what there is already: uploading it back changes nothing."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.rendering.table import Sheet
from rumbo.core.rendering.workbook import Column, Workbook
from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.planning import queries
from rumbo.foundation.planning.exchange.sheets import FACTS, IDENTITY, LEVELS, PLAN, SWOT
from rumbo.foundation.planning.models import Plan, PlanElement

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

SPARE = 100  # empty lines, already with their lists: enough to add a strategy or two without copying formats

type Rows = Sequence[Sequence[str | int]]


def template(
    institution: "Institution", *, on: date, banner: str | None = None, translate: Callable[[str], str] = str
) -> bytes:
    """XLSX. Headers, lists and words are those of the reader's language; uploading understands every language."""
    plan = queries.plan_of(institution, on)
    book = Workbook(f"{translate(PLAN.name)} · {institution.short_name}", on=on, banner=banner, translate=translate)
    levels = queries.levels_of(plan) if plan else []
    names = [level.singular for level in levels]
    elements = queries.elements_of(plan) if plan else []
    kinds = [translate(kind.label) for kind in SwotKind]
    _write(book, PLAN, [_element(element, elements) for element in _in_levels(elements)], translate, {"level": names})
    _write(book, SWOT, _swot(plan, translate) if plan else [], translate, {"kind": kinds})
    _write(book, LEVELS, [(level.depth, level.singular, level.plural) for level in levels], translate, {})
    _write(book, IDENTITY, [(translate(label), _fact(plan, fact)) for fact, label in FACTS.items()], translate, {})
    return book.to_bytes()


def _write(
    book: Workbook, sheet: Sheet, rows: Rows, translate: Callable[[str], str], choices: dict[str, list[str]]
) -> None:
    columns = [
        Column(
            translate(column.title),
            width=60 if column.key in ("text", "headline", "explanation", "value") else 22,
            editable=True,
            choices=choices.get(column.key, ()),
        )
        for column in sheet.columns
    ]
    empty = [("",) * len(columns)] * (SPARE if sheet in (PLAN, SWOT) else 0)
    name = translate(sheet.name)
    book.sheet(name, columns, [*rows, *empty], heading=name, lead=translate(sheet.help))


def _in_levels(elements: list[PlanElement]) -> list[PlanElement]:
    """As they were loaded, so that their order survives."""
    return sorted(elements, key=lambda element: (element.position, element.level.depth, element.code))


def _element(element: PlanElement, elements: list[PlanElement]) -> tuple[str, ...]:
    by_pk = {other.pk: other for other in elements}
    parent = by_pk.get(element.parent_id or 0)
    suggested = element.suggested_parent
    return (
        element.level.singular,
        element.code,
        _above(element, parent, elements),
        element.statement,
        _above(element, suggested, elements) if suggested else "",
    )


def _above(element: PlanElement, parent: PlanElement | None, elements: list[PlanElement]) -> str:
    """The code alone when nobody nearer has the same one; otherwise «level: code»."""
    if parent is None:
        return ""
    between = range(parent.level.depth + 1, element.level.depth)
    if any(other.code == parent.code and other.level.depth in between for other in elements):
        return f"{parent.level.singular}: {parent.code}"
    return parent.code


def _swot(plan: Plan, translate: Callable[[str], str]) -> Rows:
    blocks = queries.swot_of(plan)
    return [
        (translate(kind.label), item.headline, item.explanation) for kind, items in blocks.items() for item in items
    ]


def _fact(plan: Plan | None, fact: str) -> str:
    value = getattr(plan, fact) if plan else ""
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else value
