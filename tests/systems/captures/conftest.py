"""The goals of the cast: what Ana captures in DESU, a ratio in its parks, a quarterly one, and one of another area."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.foundation.organization.models import Institution, Unit
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning.models import PlanElement
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators import actions as programme
from rumbo.systems.indicators.models import Indicator
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import FOUNDED_AT, NOW, SYSTEM, Character, Units
from tests.remembering import remembered

OCTOBER, NOVEMBER, DECEMBER = (Period(2026, month).index for month in (10, 11, 12))
CAUSE: dict[str, Any] = {
    "cause_kind": "procurement",
    "cause": "La licitación se declaró desierta.",
    "corrective_action": "Se abrirán dos frentes simultáneos.",
    "commitment_on": date(2027, 1, 31),
    "responsible_post": "JUD de Alumbrado",
}
PIECES: dict[str, Any] = {
    "unit_of_measure": "pieza",
    "direction": Direction.INCREASING,
    "accumulation": Accumulation.SUM,
    "numerator_name": "Piezas",
}


@pytest.fixture
@remembered
def line(institution: Institution) -> PlanElement:
    plan = planning.create_plan(
        institution=institution,
        name="Programa de Gobierno 2024-2027",
        term_start=date(2024, 10, 1),
        term_end=date(2027, 9, 30),
        levels=[("Eje rector", "Ejes rectores")],
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    level = plan.levels.get()
    return planning.save_element(
        plan=plan, level=level, code="1", statement="Servicios públicos de calidad", by=SYSTEM, at=FOUNDED_AT
    )


type Amounts = dict[int, tuple[int | None, int | None]]


@pytest.fixture
def make_indicator(institution: Institution, line: PlanElement) -> Callable[..., Indicator]:
    """A goal with its principal indicator and its programme of 2026, everything through the real actions."""

    def make(code: str, unit: Unit, months: dict[int, Any], **more: Any) -> Indicator:
        goal = programme.save_goal(
            institution=institution,
            code=code,
            statement=f"Meta {code}",
            plan_element=line,
            unit=unit,
            by=SYSTEM,
            at=FOUNDED_AT,
        )
        indicator = programme.save_indicator(
            goal=goal, code=code, name=f"Indicador {code}", by=SYSTEM, at=FOUNDED_AT, **PIECES | more
        )
        programme.set_programme(
            indicator=indicator,
            year=2026,
            annual_target=1200,
            months={Period(2026, month).index: amounts for month, amounts in months.items()},
            by=SYSTEM,
            at=FOUNDED_AT,
        )
        return Indicator.objects.select_related("goal__unit").get(pk=indicator.pk)

    return make


@pytest.fixture
def make_many(institution: Institution, line: PlanElement) -> Callable[..., list[Indicator]]:
    """As `make_indicator`, one for each code, all together as a workbook brings them: of pieces, so many a month."""

    def make(codes: Iterable[str], unit: Unit, months: dict[int, int]) -> list[Indicator]:
        targets = {Period(2026, month).index: MonthTarget(Decimal(amount)) for month, amount in months.items()}
        year = programme.ProgrammeRow(2026, annual_target=Decimal(1200), months=targets)
        rows = [
            programme.GoalRow(
                code,
                {"statement": f"Meta {code}", "plan_element_id": line.pk, "unit_id": unit.pk},
                indicators=[programme.IndicatorRow(code, PIECES | {"name": f"Indicador {code}"}, [year])],
            )
            for code in codes
        ]
        programme.load_goals(institution=institution, goals=rows, by=SYSTEM, at=FOUNDED_AT)
        made = Indicator.objects.filter(goal__institution=institution, code__in=[row.code for row in rows])
        return list(made.select_related("goal__unit").order_by("pk"))

    return make


@pytest.fixture
@remembered
def lamps(make_indicator: Callable[..., Indicator], units: Units) -> Indicator:
    """100 lamps each month, in DESU."""
    return make_indicator("M001", units.desu, dict.fromkeys(range(1, 13), (100, None)))


@pytest.fixture
@remembered
def requests_(make_indicator: Callable[..., Indicator], units: Units) -> Indicator:
    """A percentage with two values, in the parks of DESU."""
    return make_indicator(
        "M002",
        units.parks,
        dict.fromkeys(range(1, 13), (90, 100)),
        accumulation=Accumulation.RATIO,
        numerator_name="Solicitudes concluidas en plazo",
        denominator_name="Solicitudes recibidas",
        denominator_symbol="D",
        factor=100,
        unit_of_measure="%",
        decimals=1,
    )


@pytest.fixture
@remembered
def surveys(make_indicator: Callable[..., Indicator], units: Units) -> Indicator:
    """A quarterly count: November is not its month."""
    return make_indicator("M003", units.desu, dict.fromkeys((3, 6, 9, 12), (5, None)), frequency=Frequency.QUARTERLY)


@pytest.fixture
@remembered
def works(make_indicator: Callable[..., Indicator], units: Units) -> Indicator:
    """Of another area: Ana has no business there."""
    return make_indicator("O001", units.works, dict.fromkeys(range(1, 13), (10, None)))


@pytest.fixture
def save(institution: Institution, ana: Character) -> Callable[..., Capture]:
    """Ana saves a value: `save(lamps, 100)`."""

    def saved(
        indicator: Indicator,
        value: int | str | None,
        denominator: int | None = None,
        *,
        period: int = NOVEMBER,
        by: Character = ana,
        at: datetime = NOW,
        version: int | None = None,
        **more: Any,
    ) -> Capture:
        entry: Any = {"numerator": None if value is None else Decimal(value), **more}
        if denominator is not None:
            entry["denominator"] = Decimal(denominator)
        return actions.save_draft(
            institution=institution, indicator=indicator, period=period, entry=entry, version=version,
            by=by.actor, at=at,
        )  # fmt: skip

    return saved


@pytest.fixture
def submitted(institution: Institution, ana: Character, save: Callable[..., Capture]) -> Callable[..., Capture]:
    """Ana saves and sends, with cause and commitment: `submitted(lamps, 100)`."""

    def sent(indicator: Indicator, value: int, denominator: int | None = None, **more: Any) -> Capture:
        by, at = more.pop("by", ana), more.pop("at", NOW)
        capture = save(indicator, value, denominator, by=by, at=at, **CAUSE | more)
        return actions.submit(institution=institution, capture=capture, by=by.actor, at=at)

    return sent
