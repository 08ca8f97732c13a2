"""The contracts of the borough: the one by which it is evaluated, and the surveys that measure some of its goals."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from rumbo.foundation.contracts import actions as contracts
from rumbo.foundation.organization.actor import PersonActor
from rumbo.shell.demonstration.conduct import YEAR
from rumbo.shell.demonstration.loading.reading import moment
from rumbo.shell.demonstration.loading.setting_up import House
from rumbo.systems.evaluation import actions as evaluation
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import queries as goals

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract

PLANNING = "carmen@miguel-hidalgo.example"
CONTRACTOR_NAME = "Prestador del servicio (demostración)"
JANUARY = 1
SAME = ("code", "statement", "plan_element", "unit", "goal_type", "weight", "critical", "term_target",
        "responsible_post", "sdg", "agreed_on")  # fmt: skip


def award(house: House) -> None:
    """The consultancy by which the months are evaluated, before the first of them is."""
    _register(house, house.values["contract"], CONTRACTOR_NAME)


def tell(house: House, month: int) -> None:
    """The surveys, once January is closed: their goals, and the scale that judges them."""
    if month != JANUARY:
        return
    surveys = house.values["surveys"]
    contract, planning = _register(house, surveys, surveys["supplier"]), house.person(PLANNING, surveys["award_on"])
    for code in surveys["goals"]:
        _measure(house, code, contract, planning)
    _judge(house, contract, surveys["scale"], planning)


def _register(house: House, said: Mapping[str, Any], supplier: str) -> "Contract":
    return contracts.save_contract(
        institution=house.institution,
        number=said["number"],
        title=said["title"],
        supplier=supplier,
        starts_on=said["award_on"],
        ends_on=said["service_end"],
        by=house.person(PLANNING, said["award_on"]),
        at=moment(said["award_on"], 13),
    )


def _measure(house: House, code: str, contract: "Contract", by: PersonActor) -> None:
    """The goal as it was, under the contract."""
    goal = goals.goal_by_code(house.institution, code)
    if goal is None:
        raise LookupError(code)
    indicators.save_goal(
        institution=house.institution,
        goal=goal,
        contract=contract,
        co_responsible=[shared.unit for shared in goal.co_responsibilities.all()],
        by=by,
        at=moment(contract.starts_on, 14),
        **{name: getattr(goal, name) for name in SAME},
    )


def _judge(house: House, contract: "Contract", scale: Mapping[str, Any], by: PersonActor) -> None:
    """The scale that its goals are evaluated with since it started."""
    on, at = contract.starts_on, moment(contract.starts_on, 15)
    version = evaluation.save_scheme(
        institution=house.institution,
        scheme="encuestas-ciudadanas",
        name=scale["name"],
        parameters=dict(scale["parameters"]),
        effective_from=date(YEAR, 1, 1),
        by=by,
        at=at,
        on=on,
    )
    evaluation.assign_scheme(
        institution=house.institution,
        scheme=version.scheme,
        indicator=None,
        contract=contract,
        effective_from=on,
        reason=scale["reason"],
        by=by,
        at=at,
        on=on,
    )
