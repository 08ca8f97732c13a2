"""Rows of the demonstration's files as the actions take them."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization.actions import PersonRow, UnitRow
from rumbo.foundation.organization.roles import ROLES
from rumbo.foundation.planning.actions import ElementRow
from rumbo.systems.indicators.actions import GoalRow, IndicatorRow, ProgrammeRow
from rumbo.systems.indicators.programming import MonthTarget

ZONE = ZoneInfo("America/Mexico_City")


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """An hour of a working day, aware."""
    return datetime.combine(day, time(hour, minute), ZONE)


def settings_of(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "institution.toml").read_text(encoding="utf-8"))


def unit_rows(rows: Iterable[Mapping[str, str]]) -> list[UnitRow]:
    return [
        UnitRow(
            code=row["code"],
            name=row["name"],
            parent=row["parent"],
            head_post=row["head_post"],
            liaison_post=row["liaison_post"],
            position=number,
        )
        for number, row in enumerate(rows, start=1)
    ]


def person_rows(rows: Iterable[Mapping[str, str]]) -> list[PersonRow]:
    """Roles over the whole institution take no unit, whatever the file says."""
    return [
        PersonRow(
            email=row["email"],
            name=row["name"],
            role=Role(row["role"]),
            unit=row["unit"] if ROLES[Role(row["role"])].needs_unit else "",
            post=row["post"],
        )
        for row in rows
    ]


def element_rows(rows: Iterable[Mapping[str, str]], levels: list[str]) -> list[ElementRow]:
    depth = {name: number for number, name in enumerate(levels, start=1)}
    return [
        ElementRow(
            depth=depth[row["level"]],
            code=row["code"],
            statement=row["text"],
            parent=_above(depth[row["level"]], row["parent"]),
            suggested=_above(depth[row["level"]], row.get("suggested_parent", "")),
        )
        for row in rows
    ]


def _above(depth: int, code: str) -> tuple[int, str] | None:
    return (depth - 1, code) if code else None


def goal_rows(
    rows: Iterable[Mapping[str, str]],
    *,
    units: Mapping[str, int],
    elements: Mapping[str, int],
    programmes: Mapping[str, list[ProgrammeRow]],
    agreed_on: date | None,
) -> list[GoalRow]:
    """Each goal with its principal indicator, which has the goal's code."""
    return [
        GoalRow(
            code=row["code"],
            values={
                "statement": row["statement"],
                "plan_element_id": elements[row["line"]],
                "unit_id": units[row["area"]],
                "goal_type": row["type"],
                "weight": Decimal(row["weight"]),
                "critical": row["critical"] == "yes",
                "term_target": _amount(row["term_target"]),
                "responsible_post": row["responsible_post"],
                "sdg": row["ods"],
                "agreed_on": agreed_on,
                "position": number,
            },
            co_responsible=[units[code] for code in row["co_responsible"].split()],
            indicators=[IndicatorRow(row["code"], _indicator(row), programmes.get(row["code"], []))],
        )
        for number, row in enumerate(rows, start=1)
    ]


def _indicator(row: Mapping[str, str]) -> dict[str, Any]:
    whole = row.get("whole", "yes") == "yes"
    return {
        "principal": True,
        "name": row["indicator"],
        "definition": row["definition"],
        "formula": row["formula"],
        "numerator_symbol": row["numerator_variable"] or "V",
        "numerator_name": row["numerator_name"],
        "denominator_symbol": row["denominator_variable"],
        "denominator_name": row["denominator_name"],
        "factor": Decimal(row["factor"] or 1),
        "unit_of_measure": row["unit"],
        "decimals": int(row["decimals"]) if row.get("decimals") else (0 if whole else 1),
        "direction": Direction[row["direction"].upper()].value,
        "accumulation": Accumulation[row["accumulation"].upper()].value,
        "frequency": row["frequency"],
        "due_months": [int(month) for month in row["due_months"].split()],
        "dimension": row["dimension"],
        "baseline": _amount(row["baseline"]),
        "baseline_year": int(row["baseline_year"]) if row["baseline_year"] else None,
        "source": row["source"],
        "means_of_verification": row["means_of_verification"],
        "required_evidence": row["evidence_type"],
    }


def programme_row(
    year: int, annual: str, months: Mapping[int, tuple[str, str]], low: str = "", high: str = ""
) -> ProgrammeRow:
    """`months` by month 1..12: numerator and denominator as text."""
    return ProgrammeRow(
        year=year,
        annual_target=_amount(annual),
        low=_amount(low),
        high=_amount(high),
        months={
            year * 12 + month - 1: MonthTarget(_amount(numerator), _amount(denominator))
            for month, (numerator, denominator) in months.items()
        },
    )


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
