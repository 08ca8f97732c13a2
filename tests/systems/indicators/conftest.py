"""A plan with two lines, a goal of DESU and its indicator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning import queries as plans
from rumbo.foundation.planning.models import Plan, PlanElement
from rumbo.systems.indicators import actions
from rumbo.systems.indicators.events import programme_changed
from rumbo.systems.indicators.models import Goal, Indicator
from tests.cast import FOUNDED_AT, SYSTEM, Units
from tests.remembering import remembered

JANUARY = 2026 * 12


@dataclass(frozen=True)
class Lines:
    plan: Plan
    lights: PlanElement
    parks: PlanElement


@pytest.fixture
@remembered
def lines(institution: Institution) -> Lines:
    plan = planning.create_plan(
        institution=institution,
        name="Programa de Gobierno 2024-2027",
        term_start=date(2024, 10, 1),
        term_end=date(2027, 9, 30),
        levels=[("Eje rector", "Ejes rectores"), ("Línea de acción", "Líneas de acción")],
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    rows = [
        planning.ElementRow(1, "2", "Servicios urbanos"),
        planning.ElementRow(2, "2.1", "Sustituir y reparar luminarias", parent=(1, "2")),
        planning.ElementRow(2, "2.2", "Mantener áreas verdes", parent=(1, "2")),
    ]
    planning.load_plan(plan=plan, elements=rows, by=SYSTEM, at=FOUNDED_AT)
    lights, parks = plans.element_by_code(plan, "2.1"), plans.element_by_code(plan, "2.2")
    assert lights
    assert parks
    return Lines(plan, lights, parks)


@pytest.fixture
def make_goal(institution: Institution, units: Units, lines: Lines) -> Callable[..., Goal]:
    def make(code: str = "M001", **values: Any) -> Goal:
        options = {
            "statement": "Sustituir 1,200 luminarias",
            "plan_element": lines.lights,
            "unit": units.desu,
            "by": SYSTEM,
            "at": FOUNDED_AT,
        }
        return actions.save_goal(institution=institution, code=code, **(options | values))

    return make


@pytest.fixture
def goal(make_goal: Callable[..., Goal]) -> Goal:
    return make_goal()


@pytest.fixture
def make_indicator() -> Callable[..., Indicator]:
    def make(goal: Goal, code: str = "", **values: Any) -> Indicator:
        options = {
            "name": "Luminarias sustituidas",
            "unit_of_measure": "luminaria",
            "direction": Direction.INCREASING,
            "accumulation": Accumulation.SUM,
            "by": SYSTEM,
            "at": FOUNDED_AT,
        }
        return actions.save_indicator(goal=goal, code=code or f"{goal.code}-I1", **(options | values))

    return make


@pytest.fixture
def indicator(goal: Goal, make_indicator: Callable[..., Indicator]) -> Indicator:
    """A monthly sum, more is better."""
    return make_indicator(goal)


@pytest.fixture
def unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this app announces reaches nobody: for tests about this app alone."""
    monkeypatch.setattr(programme_changed, "_handlers", [])
