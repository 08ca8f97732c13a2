"""The contracts in a list, and one with the goals measured under it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.contracts import queries as contracts
from rumbo.systems.evaluation.models import SchemeAssignment, SchemeVersion
from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.presenters.schemes import name_of
from rumbo.systems.evaluation.queries.results import ResultRow
from rumbo.systems.evaluation.queries.schemes import Schemes
from rumbo.systems.evaluation.queries.under_contract import Measured

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract
    from rumbo.systems.indicators.models import Goal

# Existing looks of the style sheet: dashed, green, plain.
STANDINGS = {
    "to_come": (N_("Por iniciar"), "state-missing"),
    "running": (N_("Vigente"), "state-approved"),
    "ended": (N_("Terminado"), ""),
}


@dataclass(frozen=True, slots=True)
class ContractRow:
    """`scale`: the one of its own, empty when the institution's evaluates its goals; `assigned`: by which decision."""

    contract: "Contract"
    goals: int
    standing: str
    look: str
    scale: str
    assigned: SchemeAssignment | None


def contract_rows(
    found: "Iterable[Contract]", counts: Mapping[int, int], schemes: Schemes, on: date
) -> list[ContractRow]:
    return [contract_row(one, counts.get(one.pk, 0), schemes, on) for one in found]


def contract_row(contract: "Contract", goals: int, schemes: Schemes, on: date) -> ContractRow:
    running = "running" if contracts.is_running(contract, on) else "to_come" if on < contract.starts_on else "ended"
    label, look = STANDINGS[running]
    assigned = schemes.assigned_on(on, ("contract", contract.pk))
    own = assigned if assigned is not None and assigned.scheme else None
    scale = name_of(own.scheme, schemes.versions.get(own.scheme, [])) if own else ""
    return ContractRow(contract, goals, _(label), look, scale, own)


@dataclass(frozen=True, slots=True)
class GoalUnder:
    """A goal of the contract in the month shown; `scale` is the one that evaluated it, with its version."""

    goal: "Goal"
    result: ResultRow | None
    scale: str
    url: str
    explain: str


def goals_under(opened: Opened, found: Iterable[Measured], schemes: Schemes) -> list[GoalUnder]:
    """Those of the areas that the actor sees."""
    return [
        GoalUnder(
            goal=one.goal,
            result=one.result,
            scale=_scale(one.version, schemes) if one.result else "",
            url=opened.links.goal(one.goal.code),
            explain=opened.links.calculation(one.goal.code),
        )
        for one in found
        if opened.sees(one.goal.unit_id)
    ]


def only_scale(goals: Iterable[GoalUnder]) -> str:
    """The one that evaluated them all, to be said once; empty when they are several."""
    scales = {one.scale for one in goals if one.result}
    return scales.pop() if len(scales) == 1 else ""


def _scale(version: SchemeVersion | None, schemes: Schemes) -> str:
    if version is None:
        return _("Propuesta por el sistema")
    named = name_of(version.scheme, schemes.versions.get(version.scheme, []))
    return _("%(name)s, versión %(number)s") % {"name": named, "number": version.number}
