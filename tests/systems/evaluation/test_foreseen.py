"""What is foreseen of the institution's own goals, from its tables."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from rumbo.core.engine.foresight import Why
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.risk import Risk, Sureness
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning.queries import element_by_code
from rumbo.shell.command import run
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.models import Outlook
from rumbo.systems.evaluation.queries.foreseen import Foreseen, foreseen
from rumbo.systems.evaluation.queries.outlooks import outlook_of_year, outlooks_of
from rumbo.systems.indicators.actions import GoalRow, ProgrammeRow, load_goals
from rumbo.systems.indicators.programming import MonthTarget
from rumbo.systems.indicators.queries import indicators_of
from tests.cast import FOUNDED_AT, NOW, SYSTEM, TODAY, Units
from tests.systems.evaluation.conftest import Programme, goal_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(institution: Institution, programme: Programme) -> Callable[[Period], dict[str, Foreseen]]:
    codes = {pk: code for code, pk in programme.ids.items()}
    return lambda period: {codes[one.indicator_id]: one for one in foreseen(institution, period)}


@pytest.mark.usefixtures("programme")
def test_nothing_is_foreseen_without_a_programme(institution: Institution) -> None:
    assert foreseen(institution, Period(2031, 3)) == []


@pytest.mark.requirement("A1-13")
def test_a_goal_far_behind_is_at_risk_and_says_what_would_save_it(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None]
) -> None:
    for month in range(1, 7):
        report(Period(2026, month), M001=101 + month % 3, M002=40 + month)
    found = told(Period(2026, 6))
    trees, lamps = found["M002"], found["M001"]
    assert trees.risk is Risk.HIGH
    assert trees.critical
    assert trees.probability > 0.9
    assert trees.pace == pytest.approx((1200 - 261) / 6)
    assert [reason.code for reason in trees.reasons][:2] == [Why.BEHIND, Why.PACE]
    assert lamps.probability < trees.probability
    assert lamps.sureness is not Sureness.NONE


def test_what_comes_after_the_month_is_not_looked_at(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None]
) -> None:
    for month in (1, 2, 3):
        report(Period(2026, month), M001=90, M003=(85, 100))
    before = told(Period(2026, 3))
    report(Period(2026, 4), M001=900, M003=(100, 100))
    after = told(Period(2026, 3))
    for code in ("M001", "M003"):
        assert after[code].probability == pytest.approx(before[code].probability, abs=1e-9)


def test_a_quarter_is_a_slot_like_any_other(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None]
) -> None:
    assert "O001" not in told(Period(2026, 2))
    report(Period(2026, 3), O001=10)
    works = told(Period(2026, 3))["O001"]
    assert works.risk is Risk.HIGH
    assert works.pace == pytest.approx(110 / 3)
    assert str(works.reasons[0]) == "en el último periodo va por debajo de lo programado"


@pytest.mark.requirement("A1-13")
def test_what_is_foreseen_is_kept_once_a_month_and_read_back(
    institution: Institution, programme: Programme, report: Callable[..., None]
) -> None:
    june = Period(2026, 6)
    for month in range(1, 7):
        report(Period(2026, month), M001=100 + month % 3, M002=40 + month)
    asked: dict[str, Any] = {"institution": institution, "period": june, "by": SYSTEM, "on": TODAY, "at": NOW}
    assert actions.foresee_month(**asked) >= 2
    assert actions.foresee_month(**asked) == len(Outlook.objects.filter(period=june.index))
    found = outlooks_of(institution.pk, june)
    assert found[0].indicator_id == programme.ids["M002"]
    assert found == sorted(found, key=lambda one: (-one.risk, -one.sureness, -one.shortfall, -one.probability))
    assert str(found[0].reasons[0]) == "lleva 6 meses por debajo de lo programado"
    assert outlooks_of(institution.pk, june, units=[]) == []
    assert [one.period for one in outlook_of_year(programme.ids["M002"], FiscalYear(2026))] == [june.index]


def test_the_command_asks_for_what_it_lacks_and_tells_how_many(
    institution: Institution, report: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    report(Period(2026, 1), M001=95)
    assert run(["foresight", "month", "--institution", institution.slug]) == 2
    assert run(["foresight", "backtest"]) == 2
    capsys.readouterr()
    assert run(["foresight", "month", "--institution", institution.slug, "--period", "2026-01"]) == 0
    assert "Enero de 2026: riesgo estimado de 3 indicadores." in capsys.readouterr().out


def test_what_is_met_by_rounding_is_met(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None], institution: Institution
) -> None:
    """1199.5 of 1200 prints 100.0 % and is «cumplida»; 1199 prints 99.9 % and is not."""
    for month in range(1, 12):
        report(Period(2026, month), M001=100, M002=100)
    report(Period(2026, 12), M001=100, M002=99)
    found = told(Period(2026, 12))
    assert found["M001"].probability < 0.01
    assert found["M002"].probability > 0.99


@pytest.fixture
def more(institution: Institution, units: Units, programme: Programme) -> None:
    """R001: between 40 and 60 at the end of the year, of which the last value counts; A001: 100 once a year, since
    2024."""
    line = element_by_code(programme.plan, "1.1")
    assert line
    months = {month: MonthTarget(Decimal(50)) for month in range(1, 13)}
    ranged = goal_row("R001", units.desu.pk, line.pk, months, direction=Direction.RANGE, accumulation=Accumulation.LAST)
    annual = goal_row("A001", units.desu.pk, line.pk, {}, frequency=Frequency.ANNUAL)
    load_goals(
        institution=institution,
        goals=[
            _programmed(ranged, replace(ranged.indicators[0].programmes[0], annual_target=None, low=FORTY, high=SIXTY)),
            _programmed(
                annual,
                *(
                    ProgrammeRow(year, months={Period(year, 12).index: MonthTarget(Decimal(100))})
                    for year in (2024, 2025, 2026)
                ),
            ),
        ],
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    programme.ids.update({item.code: item.pk for item in indicators_of(institution)})


FORTY, SIXTY = Decimal(40), Decimal(60)


def _programmed(goal: GoalRow, *programmes: ProgrammeRow) -> GoalRow:
    return replace(goal, indicators=[replace(goal.indicators[0], programmes=programmes)])


@pytest.mark.usefixtures("more")
def test_a_range_is_foreseen_on_both_sides(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None]
) -> None:
    for month in range(1, 7):
        report(Period(2026, month), R001=70 + month % 2)
    out = told(Period(2026, 6))["R001"]
    assert out.risk is Risk.HIGH
    assert out.reasons[0].code is Why.ABOVE
    assert out.pace is None
    for month in range(7, 12):
        report(Period(2026, month), R001=50 + month % 2)
    assert told(Period(2026, 11))["R001"].probability < out.probability


@pytest.mark.usefixtures("more")
def test_once_a_year_is_foreseen_from_former_years_and_left_out_without_them(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None]
) -> None:
    assert "A001" not in told(Period(2026, 6))
    report(Period(2024, 12), A001=80)
    report(Period(2025, 12), A001=81)
    found = told(Period(2026, 6))["A001"]
    assert found.risk is Risk.HIGH
    assert found.sureness is Sureness.LOW
    assert found.reasons[0].params == {"count": 2}
    assert 75 < found.expected < 90
