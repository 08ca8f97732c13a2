"""A plan with one axis and two lines, four goals of three areas, and months that can be reported and closed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning import queries as plans
from rumbo.foundation.planning.models import Plan
from rumbo.systems.captures import actions as captures
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import queries as goals
from rumbo.systems.indicators.actions import GoalRow, IndicatorRow, ProgrammeRow
from rumbo.systems.indicators.models import Indicator
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import FOUNDED_AT, SYSTEM, Character, Units
from tests.remembering import remembered

JANUARY, FEBRUARY, MARCH = (Period(2026, month) for month in (1, 2, 3))
type Values = Mapping[str, int | tuple[int, int]]


def day_after(period: Period) -> date:
    """The tenth of the following month: when it is closed."""
    return period.plus(1).first_day.replace(day=10)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Programme:
    """`ids`: primary key of each indicator by its code."""

    plan: Plan
    ids: dict[str, int]


def goal_row(code: str, unit: int, line: int, months: dict[int, MonthTarget], **more: Any) -> GoalRow:
    values = {
        "unit_of_measure": "pieza",
        "direction": Direction.INCREASING,
        "accumulation": Accumulation.SUM,
        "name": f"Indicador {code}",
        "numerator_name": "Piezas",
    }
    goal = {"statement": f"Meta {code}", "plan_element_id": line, "unit_id": unit, "critical": code == "M002"}
    target = more.pop("annual_target", Decimal(1200))
    return GoalRow(
        code,
        goal,
        indicators=[
            IndicatorRow(
                code,
                values | more,
                [
                    ProgrammeRow(
                        2026,
                        annual_target=target,
                        months={Period(2026, month).index: value for month, value in months.items()},
                    )
                ],
            )
        ],
    )


@pytest.fixture
@remembered
def programme(institution: Institution, units: Units) -> Programme:
    """M001 lamps (DESU, 100 a month) · M002 trees (parks, 100 a month, critical) · M003 requests in time (DESU, a
    ratio, 90 of 100) · O001 works (Obras, 30 a quarter)."""
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
        planning.ElementRow(1, "1", "Servicios públicos de calidad"),
        planning.ElementRow(2, "1.1", "Alumbrado y áreas verdes", parent=(1, "1")),
        planning.ElementRow(2, "1.2", "Obra pública", parent=(1, "1")),
    ]
    planning.load_plan(plan=plan, elements=rows, by=SYSTEM, at=FOUNDED_AT)
    green, works = (plans.element_by_code(plan, code) for code in ("1.1", "1.2"))
    assert green and works  # noqa: PT018
    year = range(1, 13)
    hundred = {month: MonthTarget(Decimal(100)) for month in year}
    indicators.load_goals(
        institution=institution,
        goals=[
            goal_row("M001", units.desu.pk, green.pk, hundred),
            goal_row("M002", units.parks.pk, green.pk, hundred),
            goal_row(
                "M003",
                units.desu.pk,
                green.pk,
                {month: MonthTarget(Decimal(90), Decimal(100)) for month in year},
                accumulation=Accumulation.RATIO,
                denominator_name="Solicitudes recibidas",
                denominator_symbol="D",
                factor=Decimal(100),
                decimals=1,
                unit_of_measure="%",
                annual_target=Decimal(90),
            ),
            goal_row(
                "O001",
                units.works.pk,
                works.pk,
                {month: MonthTarget(Decimal(30)) for month in (3, 6, 9, 12)},
                frequency=Frequency.QUARTERLY,
                annual_target=Decimal(120),
            ),
        ],
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    return Programme(plan, {item.code: item.pk for item in goals.indicators_of(institution)})


@pytest.fixture
def report(institution: Institution, programme: Programme) -> Callable[..., None]:
    """`report(JANUARY, M001=90, M003=(80, 100))`: values of a month, validated as they come."""

    def reported(period: Period, **values: int | tuple[int, int]) -> None:
        rows = []
        for code, value in values.items():
            numerator, denominator = value if isinstance(value, tuple) else (value, None)
            rows.append(
                captures.HistoryRow(
                    indicator_id=programme.ids[code],
                    period=period.index,
                    numerator=Decimal(numerator),
                    denominator=None if denominator is None else Decimal(denominator),
                )
            )
        captures.load_history(
            institution=institution, rows=rows, by=SYSTEM, at=moment(day_after(period)), historical=False
        )

    return reported


@pytest.fixture
def close(institution: Institution, carmen: Character) -> Callable[..., Closing]:
    """`close(JANUARY)`: Carmen closes a month on the tenth of the next one."""

    def closed(period: Period, **more: Any) -> Closing:
        on = more.pop("on", day_after(period))
        return actions.close(
            institution=institution, period=period, by=more.pop("by", carmen).actor, at=moment(on), on=on, **more
        )

    return closed


@pytest.fixture
@remembered
def first_quarter(report: Callable[..., None], close: Callable[..., Closing]) -> list[Closing]:
    """January and February closed, March reported and open. Lamps fall behind, requests are met, March brings works."""
    report(JANUARY, M001=95, M002=40, M003=(90, 100))
    january = close(JANUARY)
    report(FEBRUARY, M001=60, M002=50, M003=(95, 100))
    february = close(FEBRUARY)
    report(MARCH, M001=70, M002=60, O001=33)
    return [january, february]


@pytest.fixture
def beside(
    institution: Institution, programme: Programme, first_quarter: list[Closing], report: Callable[..., None]
) -> Indicator:
    """M001-1, told beside the lamps from March: repairs in time over those asked for, 80 of 100 each month."""
    goal = goals.goal_by_code(institution, "M001")
    assert goal
    saved = indicators.save_indicator(
        goal=goal, principal=False, code="M001-1", name="Reparaciones a tiempo", formula="100 × a_tiempo ÷ pedidas",
        numerator_symbol="a_tiempo", numerator_name="Reparaciones a tiempo", denominator_symbol="pedidas",
        denominator_name="Reparaciones pedidas", factor=Decimal(100), unit_of_measure="%", decimals=1,
        direction=Direction.INCREASING, accumulation=Accumulation.RATIO, by=SYSTEM, at=FOUNDED_AT,
    )  # fmt: skip
    indicators.set_programme(
        indicator=saved,
        year=2026,
        annual_target=Decimal(80),
        months={Period(2026, month).index: (Decimal(80), Decimal(100)) for month in range(3, 13)},
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    programme.ids[saved.code] = saved.pk
    report(MARCH, **{saved.code: (60, 90)})
    return saved
