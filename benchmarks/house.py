"""The workload inside the product, loaded through its own actions: 35 months of history sealed, the last one open."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.workload import FIRST_YEAR, LINES, MONTHS, Workload, areas

SLUG = "medicion"
ON = date(2027, 1, 5)
AT = datetime(2027, 1, 5, 10, tzinfo=ZoneInfo("America/Mexico_City"))
FIRST = FIRST_YEAR * 12
LAST = FIRST + MONTHS - 1  # December 2026, left open


@dataclass(slots=True)
class House:
    institution: Any
    by: Any
    people: dict[str, Any]
    seconds: dict[str, float]


def load(work: Workload, say: Callable[[str], None]) -> House:
    """Everything a user would load, timed step by step."""
    from rumbo.core.timekeeping.period import Period
    from rumbo.foundation.organization import actions as organization
    from rumbo.foundation.organization.actor import SystemActor
    from rumbo.systems.captures import actions as captures
    from rumbo.systems.evaluation import actions as evaluation
    from rumbo.systems.indicators import actions as indicators
    from rumbo.systems.indicators import queries as goals

    by = SystemActor()
    institution = organization.create_institution(slug=SLUG, name="Institución de medición", by=by, on=ON, at=AT)
    house = House(institution, by, {}, {})
    units = _areas(house)
    lines = _plan(house)
    with _timed(house, "goals and programmes", say):
        rows = [_goal(work, row, units, lines) for row in range(len(work))]
        indicators.load_goals(institution=institution, goals=rows, by=by, at=AT)
    known = {item.code: item.pk for item in goals.indicators_of(institution)}
    with _timed(house, "35 months of captures", say):
        captures.load_history(institution=institution, rows=_history(work, known), by=by, at=AT)
    with _timed(house, "35 closings", say):
        evaluation.close_history(
            institution=institution, through=Period.of(LAST - 1), by=by, at=AT, on=ON, reason="Medición"
        )
    with _timed(house, "captures of the open month", say):
        rows_open = _month(work, known, MONTHS - 1)
        captures.load_history(institution=institution, rows=rows_open, by=by, at=AT)
    _people(house)
    return house


@contextmanager
def _timed(house: House, name: str, say: Callable[[str], None]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    house.seconds[name] = time.perf_counter() - start
    say(f"  {name}: {house.seconds[name]:.2f} s")


def _areas(house: House) -> dict[int, int]:
    from rumbo.foundation.organization import actions
    from rumbo.foundation.organization.actions import UnitRow

    found = areas()
    codes = {area.number: area.code for area in found}
    rows = [UnitRow(area.code, area.name, parent=codes.get(area.parent or 0, "")) for area in found]
    units = {unit.code: unit.pk for unit in actions.save_units(
        institution=house.institution, rows=rows, by=house.by, at=AT
    )}  # fmt: skip
    return {area.number: units[area.code] for area in found}


def _plan(house: House) -> dict[int, int]:
    from rumbo.foundation.planning import actions, queries
    from rumbo.foundation.planning.actions import ElementRow

    plan = actions.create_plan(
        institution=house.institution,
        name="Programa de medición",
        term_start=date(FIRST_YEAR, 1, 1),
        term_end=date(FIRST_YEAR + 3, 12, 31),
        levels=[("Objetivo", "Objetivos"), ("Línea de acción", "Líneas de acción")],
        by=house.by,
        at=AT,
    )
    objectives = [ElementRow(1, f"OE{i}", f"Objetivo estratégico {i}") for i in range(1, 10)]
    lines = [
        ElementRow(2, f"LA{i:02d}", f"Línea de acción {i}", parent=(1, f"OE{(i - 1) // 5 + 1}"))
        for i in range(1, LINES + 1)
    ]
    actions.load_plan(plan=plan, elements=objectives + lines, by=house.by, at=AT)
    keys = {item.code: item.pk for item in queries.elements_of(plan)}
    return {i: keys[f"LA{i:02d}"] for i in range(1, LINES + 1)}


def _goal(work: Workload, row: int, units: dict[int, int], lines: dict[int, int]) -> Any:
    from rumbo.core.vocabulary.accumulation import Accumulation
    from rumbo.core.vocabulary.direction import Direction
    from rumbo.systems.indicators.actions import GoalRow, IndicatorRow

    code, thing = work.code(row), work.things[row]
    values = {
        "principal": True,
        "name": f"Porcentaje de {thing}",
        "numerator_name": f"{thing} atendidos",
        "denominator_name": f"{thing} recibidos",
        "denominator_symbol": "D",
        "factor": Decimal(100),
        "unit_of_measure": "Porcentaje",
        "direction": Direction.INCREASING.value,
        "accumulation": Accumulation.RATIO.value,
        "decimals": 1,
    }
    years = [_programme(work, row, year) for year in range(MONTHS // 12)]
    return GoalRow(
        code=code,
        values={
            "statement": work.names[row],
            "plan_element_id": lines[int(work.line[row])],
            "unit_id": units[int(work.area[row])],
        },
        indicators=[IndicatorRow(code, values, years)],
    )


def _programme(work: Workload, row: int, year: int) -> Any:
    from rumbo.systems.indicators.actions import ProgrammeRow
    from rumbo.systems.indicators.programming import MonthTarget

    months = {
        FIRST + month: MonthTarget(
            Decimal(int(work.programmed[row, month])), Decimal(int(work.programmed_den[row, month]))
        )
        for month in range(year * 12, year * 12 + 12)
    }
    return ProgrammeRow(FIRST_YEAR + year, None, months=months)


def _history(work: Workload, known: dict[str, int]) -> list[Any]:
    return [row for month in range(MONTHS - 1) for row in _month(work, known, month)]


def _month(work: Workload, known: dict[str, int], month: int) -> list[Any]:
    from rumbo.systems.captures.actions import HistoryRow

    return [
        HistoryRow(
            indicator_id=known[work.code(row)],
            period=FIRST + month,
            numerator=Decimal(int(work.actual[row, month])),
            denominator=Decimal(int(work.actual_den[row, month])),
        )
        for row in range(len(work))
    ]


def _people(house: House) -> None:
    from rumbo.core.vocabulary.role import Role
    from rumbo.foundation.organization import actions, queries

    root = queries.unit_by_code(house.institution, "A-1")
    for role in (Role.CLOSER, Role.CAPTURER):
        house.people[role.value] = actions.add_person(
            institution=house.institution,
            email=f"{role.value}@medicion.example",
            name=role.value,
            role=role,
            unit=root if role is Role.CAPTURER else None,
            by=house.by,
            on=ON,
            at=AT,
        )
