"""What a year takes from others: streaks that go on, the term, slots of two years; and the first programme."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from rumbo.core.engine import Scheme
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.reason import Reason
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions as captures
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.models import Closing, Result
from rumbo.systems.evaluation.queries.board_months import BoardMonth, shown
from rumbo.systems.evaluation.queries.calculation import calculation_of
from rumbo.systems.evaluation.queries.sealing import broken_seals
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import queries as goals
from rumbo.systems.indicators.models import Goal, Indicator
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import NOW, SYSTEM, Character
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, MARCH, Programme, day_after, moment

pytestmark = pytest.mark.django_db
NEXT = Period(2027, 1)


def programmed(institution: Institution, code: str, year: int, months: dict[int, int], target: int) -> None:
    indicator = goals.indicator_by_code(institution, code)
    assert indicator
    indicators.set_programme(
        indicator=indicator,
        year=year,
        annual_target=Decimal(target),
        months={Period(year, month).index: MonthTarget(Decimal(value)) for month, value in months.items()},
        by=SYSTEM,
        at=NOW,
    )


def reported(institution: Institution, indicator_id: int, months: dict[Period, int]) -> None:
    rows = [
        captures.HistoryRow(indicator_id=indicator_id, period=period.index, numerator=Decimal(value), denominator=None)
        for period, value in months.items()
    ]
    captures.load_history(institution=institution, rows=rows, by=SYSTEM, at=NOW)


@pytest.fixture
def two_years(institution: Institution, programme: Programme, carmen: Character) -> Callable[[Period], list[Closing]]:
    """2026 and January of 2027, closed as history: lamps at half from October on."""
    programmed(institution, "M001", 2027, dict.fromkeys(range(1, 13), 100), 1200)
    year = {Period(2026, month): 100 if month < 10 else 10 for month in range(1, 13)}
    reported(institution, programme.ids["M001"], year | {NEXT: 10})

    def closed(through: Period) -> list[Closing]:
        on = day_after(through)
        return actions.close_history(
            institution=institution, through=through, by=carmen.actor, at=moment(on), on=on, reason="Carga histórica."
        )

    return closed


def of(programme: Programme, code: str, period: Period) -> Result:
    return Result.objects.get(indicator=programme.ids[code], period=period.index)


def test_a_streak_goes_on_in_january_and_says_since_when(
    programme: Programme, two_years: Callable[[Period], list[Closing]]
) -> None:
    two_years(NEXT)
    december, january = of(programme, "M001", Period(2026, 12)), of(programme, "M001", NEXT)
    assert (december.light, december.streak, december.streak_since) == (Light.AMBER, 2, Period(2026, 11).index)
    assert (january.light, january.streak, january.streak_since) == (Light.RED, 1, NEXT.index)
    assert not Result.objects.filter(indicator=programme.ids["M002"], period=NEXT.index).exists()


def test_the_same_light_in_january_is_the_same_streak(
    institution: Institution, programme: Programme, two_years: Callable[[Period], list[Closing]]
) -> None:
    reported(institution, programme.ids["M001"], {NEXT: 75})
    closings = two_years(NEXT)
    january = of(programme, "M001", NEXT)
    assert (january.light, january.streak, january.streak_since) == (Light.AMBER, 3, Period(2026, 11).index)
    indicator = goals.indicator_by_code(institution, "M001")
    assert indicator
    told = calculation_of(institution.pk, indicator, shown(BoardMonth(NEXT, FiscalYear(NEXT.year), closings[-1].pk)))
    assert told
    assert told.agrees
    assert (told.explained.streak, told.explained.since) == (3, -2)
    assert broken_seals() == []


def test_a_row_sealed_before_these_figures_existed_keeps_its_digest(
    programme: Programme, report: Callable[..., None], close: Callable[..., Closing]
) -> None:
    report(JANUARY, M001=95)
    closing = close(JANUARY, accept_missing="No llegó.")
    assert broken_seals() == []
    Result.objects.filter(closing=closing, indicator=programme.ids["M001"]).update(streak_since=1)
    assert len(broken_seals()) == 1


@pytest.mark.requirement("A1-03")
def test_the_term_adds_up_its_years(
    institution: Institution, programme: Programme, two_years: Callable[[Period], list[Closing]]
) -> None:
    Goal.objects.filter(code="M001").update(term_target=Decimal(2400))
    two_years(NEXT)
    december, january = of(programme, "M001", Period(2026, 12)), of(programme, "M001", NEXT)
    assert (december.term_actual, december.term_compliance) == (930, 38.8)
    assert (january.term_actual, january.term_compliance) == (940, 39.2)
    assert of(programme, "M002", Period(2026, 12)).term_compliance is None


def test_a_two_yearly_goal_owes_at_the_end_of_its_second_year(
    institution: Institution, programme: Programme, two_years: Callable[[Period], list[Closing]]
) -> None:
    Indicator.objects.filter(code="M001").update(frequency=Frequency.TWO_YEARLY, accumulation=Accumulation.LAST)
    two_years(Period(2027, 1))
    assert not Result.objects.filter(indicator=programme.ids["M001"], due=True).exists()
    assert of(programme, "M001", Period(2026, 12)).light == Light.NOT_DUE
    months = {period: goals.due_in(institution, period.index) for period in (Period(2026, 12), Period(2027, 12))}
    owing = {period: {due.indicator_id for due in found} for period, found in months.items()}
    assert programme.ids["M001"] not in owing[Period(2026, 12)]
    assert programme.ids["M001"] in owing[Period(2027, 12)]
    measured = dict(goals.measured_in(institution, Period(2026, 12).index))
    assert measured[programme.ids["M001"]] is False


def test_a_changed_programme_keeps_the_first_one_beside(
    institution: Institution,
    programme: Programme,
    report: Callable[..., None],
    close: Callable[..., Closing],
    carmen: Character,
) -> None:
    report(JANUARY, M001=90)
    close(JANUARY, accept_missing="No llegó.")
    indicator = goals.indicator_by_code(institution, "M001")
    assert indicator
    sheet = goals.programme_of(indicator, 2026)
    assert sheet
    months = goals.targets_of(sheet) | {Period(2026, month).index: MonthTarget(Decimal(50)) for month in range(2, 13)}
    indicators.change_programme(
        programme=sheet, annual_target=Decimal(650), months=months, from_period=FEBRUARY.index,
        reason="Se redujo el presupuesto.", letter_number="DGSU/10/2026", on=day_after(JANUARY), by=carmen.actor,
        at=moment(day_after(JANUARY)),
    )  # fmt: skip
    report(FEBRUARY, M001=50)
    close(FEBRUARY, accept_missing="No llegó.")
    report(MARCH, M001=50)
    february = of(programme, "M001", FEBRUARY)
    assert (february.compliance_to_date, february.compliance_original) == (93.3, 70)
    assert of(programme, "M002", FEBRUARY).compliance_original is None
    assert broken_seals() == []


def test_a_goal_judged_by_distance_shows_its_units_and_bands(
    institution: Institution,
    first_quarter: list[Closing],
    programme: Programme,
    client_of: Callable[[Character], Client],
    carmen: Character,
) -> None:
    actions.save_scheme(
        institution=institution, parameters=Scheme(units_green=10, units_amber=80).to_parameters(),
        effective_from=MARCH.first_day, by=carmen.actor, at=NOW, on=MARCH.last_day,
    )  # fmt: skip
    stored = of(programme, "M001", MARCH)
    assert (stored.light, stored.reason, stored.compliance_to_date) == (Light.AMBER, Reason.BY_DISTANCE, None)
    page = client_of(carmen).get("/i/prueba/tableros/meta/M001/calculo/?mes=2026-03").content.decode()
    assert "máx(300 − 225, 0) = 75" in page
    assert "hasta 80 pieza de distancia" in page
    assert "más de 80 pieza de distancia" in page
