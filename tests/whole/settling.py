"""A small institution with a plan, goals and months, made through the real actions: what the tests of the whole act on.

Plain functions and not fixtures: several tests need more goals, or more people, than the others.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning import queries as plans
from rumbo.foundation.planning.models import Plan
from rumbo.systems.captures import actions as captures
from rumbo.systems.evaluation import actions as evaluation
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import queries as goals
from rumbo.systems.indicators.actions import GoalRow, IndicatorRow, ProgrammeRow
from rumbo.systems.indicators.models import Indicator
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import FOUNDED_AT, SYSTEM, Character, Units

YEAR = 2026
SEPTEMBER, OCTOBER, NOVEMBER = (Period(YEAR, month) for month in (9, 10, 11))
CAUSE: dict[str, Any] = {
    "cause_kind": "procurement",
    "cause": "La licitación se declaró desierta.",
    "corrective_action": "Se abrirán dos frentes simultáneos.",
    "commitment_on": date(2027, 1, 31),
    "responsible_post": "JUD de Alumbrado",
}


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)


def settle_plan(institution: Institution) -> Plan:
    """One axis, «1», with two lines of action, «1.1» and «1.2»."""
    plan = planning.create_plan(
        institution=institution,
        name="Programa de Gobierno 2024-2027",
        term_start=date(2024, 10, 1),
        term_end=date(2027, 9, 30),
        levels=[("Eje rector", "Ejes rectores"), ("Línea de acción", "Líneas de acción")],
        mission="Servir a la demarcación.",
        vision="Ser una institución cercana.",
        annual_plan_url="https://www.prueba.example/poa-2026.pdf",
        work_programme_url="https://www.prueba.example/programa-2024.pdf",
        higher_plan_not_applicable_reason="La institución no forma parte del Gobierno Central.",
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    rows = [
        planning.ElementRow(1, "1", "Servicios públicos de calidad"),
        planning.ElementRow(2, "1.1", "Alumbrado y áreas verdes", parent=(1, "1")),
        planning.ElementRow(2, "1.2", "Obra pública", parent=(1, "1")),
    ]
    planning.load_plan(plan=plan, elements=rows, by=SYSTEM, at=FOUNDED_AT)
    return plan


def settle_goals(institution: Institution, plan: Plan, units: Mapping[str, int]) -> dict[str, Indicator]:
    """A goal of 100 pieces a month for each code of `units` (code → primary key of its area). By code."""
    line = plans.element_by_code(plan, "1.1")
    assert line is not None
    months = {Period(YEAR, month).index: MonthTarget(Decimal(100)) for month in range(1, 13)}
    indicators.load_goals(
        institution=institution,
        goals=[_goal(code, unit, line.pk, months) for code, unit in units.items()],
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    return {item.code: item for item in goals.indicators_of(institution) if item.code in units}


def _goal(code: str, unit: int, line: int, months: Mapping[int, MonthTarget]) -> GoalRow:
    sheet = {
        "name": f"Indicador {code}",
        "unit_of_measure": "pieza",
        "direction": Direction.INCREASING,
        "accumulation": Accumulation.SUM,
        "numerator_name": "Piezas",
    }
    programme = ProgrammeRow(YEAR, annual_target=Decimal(1200), months=dict(months))
    return GoalRow(
        code,
        {"statement": f"Meta {code}", "plan_element_id": line, "unit_id": unit},
        indicators=[IndicatorRow(code, sheet, [programme])],
    )


def settle_months(institution: Institution, found: Iterable[Indicator], through: Period) -> None:
    """Every month up to `through`, reported by all and validated; none closed yet."""
    rows = [
        captures.HistoryRow(
            indicator_id=indicator.pk,
            period=Period(YEAR, month).index,
            numerator=Decimal(90 if indicator.code.startswith("M") else 70),
            denominator=None,
        )
        for indicator in found
        for month in range(1, through.month + 1)
    ]
    at = moment(through.plus(1).first_day)
    captures.load_history(institution=institution, rows=rows, by=SYSTEM, at=at, historical=False)


def close_months(institution: Institution, through: Period, by: Character) -> None:
    """As Planning does it: everything before the last month in one batch, the last one by itself."""
    on = through.plus(1).first_day.replace(day=10)
    actor = by.actor_on(on)
    if through.month > 1:
        evaluation.close_history(
            institution=institution, through=through.plus(-1), by=actor, at=moment(on), on=on, reason="Carga inicial"
        )
    evaluation.close(institution=institution, period=through, by=actor, at=moment(on), on=on)


def settle(institution: Institution, units: Units, closer: Character) -> dict[str, Indicator]:
    """M001 and M002 (DESU), P001 (its parks), O001 (Obras): January to October closed, November open. By code."""
    plan = settle_plan(institution)
    places = {"M001": units.desu.pk, "M002": units.desu.pk, "P001": units.parks.pk, "O001": units.works.pk}
    found = settle_goals(institution, plan, places)
    settle_months(institution, found.values(), OCTOBER)
    close_months(institution, OCTOBER, closer)
    return found
