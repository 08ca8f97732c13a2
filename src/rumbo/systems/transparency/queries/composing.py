"""The texts of the record, from the structured plan: nobody types them twice.

Paragraphs are separated by an empty line, and the headline of an item of the diagnosis goes in a line of its own, so
that the frozen text can be read again in sections. Joined with spaces it is what the format's publications print.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from rumbo.foundation.planning import queries as planning
from rumbo.systems.transparency.settings import BLOCKS, NOT_APPLICABLE

if TYPE_CHECKING:
    from rumbo.foundation.planning.models import Plan, PlanElement, PlanLevel

PARAGRAPH: Final = "\n\n"
# Fields of a record that come from the plan and are not edited in it.
COMPOSED: Final = (
    "mission", "vision", "situation_analysis", "objectives", "action_lines", "higher_plan_alignment",
)  # fmt: skip


def composed(plan: "Plan") -> dict[str, str]:
    """Text of each field of `COMPOSED`. Three queries."""
    levels = planning.levels_of(plan)
    elements = planning.elements_of(plan)
    return {
        "mission": _flat(plan.mission),
        "vision": _flat(plan.vision),
        "situation_analysis": situation_analysis(plan),
        "objectives": _listed(elements, _objectives(levels)),
        "action_lines": _listed(elements, levels[-1] if len(levels) > 1 else None),
        "higher_plan_alignment": alignment(plan.higher_plan_alignment, plan.higher_plan_not_applicable_reason),
    }


def situation_analysis(plan: "Plan") -> str:
    """The four named blocks (IECM-11), each item with its headline and its explanation (IECM-12)."""
    paragraphs = []
    for kind, items in planning.swot_of(plan).items():
        if items:
            paragraphs.append(BLOCKS[kind])
            paragraphs += ["\n".join(filter(None, map(_flat, (item.headline, item.explanation)))) for item in items]
    return PARAGRAPH.join(paragraphs)


def alignment(written: str, reason: str) -> str:
    """What the plan says of the higher plan, or «No aplica» with its reason (IECM-18); empty when it says neither."""
    if written.strip():
        return _flat(written)
    reason = _flat(reason)
    if not reason or reason.lower().startswith(NOT_APPLICABLE.lower()):
        return reason
    return f"{NOT_APPLICABLE}. {reason}"


def _objectives(levels: "list[PlanLevel]") -> "PlanLevel | None":
    """The level that calls itself so; in a plan without one, the highest."""
    named = (level for level in levels if level.singular.lower().startswith("objetivo"))
    return next(named, levels[0] if levels else None)


def _listed(elements: "Iterable[PlanElement]", level: "PlanLevel | None") -> str:
    """«OE1. Garantizar…», «Línea de acción 1.1. Facilitar…»: a number alone says nothing, so the level goes before."""
    if level is None:
        return ""
    mine = sorted((one for one in elements if one.level_id == level.pk), key=lambda one: _natural(one.code))
    return "\n".join(f"{_called(level, one.code)}. {_flat(one.statement)}" for one in mine)


def _called(level: "PlanLevel", code: str) -> str:
    return code if code[:1].isalpha() else f"{level.singular} {code}"


def _natural(code: str) -> list[tuple[int, str]]:
    """Order of people: 2.1 before 10.1, OE9 before OE10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", code)]


def _flat(text: str) -> str:
    return " ".join(text.split())
