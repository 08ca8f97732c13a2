from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.foundation.audit.states import digest, state_of
from rumbo.foundation.organization.models import Institution
from rumbo.systems.indicators import actions, queries
from rumbo.systems.indicators.events import ProgrammeChanged, programme_changed
from rumbo.systems.indicators.models import Goal, Indicator, MonthlyTarget, Programme
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import NOW, SYSTEM, TODAY

JANUARY = 2026 * 12
WRITE = {"by": SYSTEM, "at": NOW}


def every_month(value: object, year: int = 2026) -> dict[int, tuple[object, None]]:
    return {year * 12 + month: (value, None) for month in range(12)}


def program(indicator: Indicator, value: object = 100, annual: object = 1200, **more: object) -> Programme:
    months = every_month(value)
    return actions.set_programme(indicator=indicator, year=2026, annual_target=annual, months=months, **(WRITE | more))


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> list[ProgrammeChanged]:
    """What is announced, instead of telling the apps above."""
    heard: list[ProgrammeChanged] = []
    monkeypatch.setattr(programme_changed, "_handlers", [heard.append])
    return heard


def test_a_month_of_another_year_and_a_range_out_of_order_are_refused(indicator: Indicator) -> None:
    with pytest.raises(actions.MonthOutsideYear):
        actions.set_programme(indicator=indicator, year=2026, annual_target=1, months={2027 * 12: (1, None)}, **WRITE)
    with pytest.raises(actions.RangeOutOfOrder):
        program(indicator, low=5, high=4)
    assert queries.programme_of(indicator, 2026) is None


@pytest.mark.requirement("A1-20")
def test_a_programme_keeps_its_months_and_what_was_first_approved(
    indicator: Indicator, news: list[ProgrammeChanged]
) -> None:
    programme = program(indicator)
    assert queries.targets_of(programme)[JANUARY + 11] == MonthTarget(Decimal(100))
    assert programme.original_target == 1200
    assert [item.periods for item in news] == [tuple(range(JANUARY, JANUARY + 12))]
    program(indicator)
    assert len(news) == 1  # nothing changed, nothing is told


@pytest.mark.requirement("A1-18")
def test_what_was_agreed_changes_only_with_reason_and_letter(goal: Goal, indicator: Indicator) -> None:
    programme = program(indicator)
    actions.agree_goals(goals=[goal], on=date(2026, 1, 15), **WRITE)
    fresh = queries.indicator_by_code(goal.institution, indicator.code)
    assert fresh is not None
    with pytest.raises(actions.AgreedProgramme, match="Reprogramar"):
        program(fresh, 90, 1080)
    change = {"programme": programme, "annual_target": 1080, "months": every_month(90), "on": TODAY, **WRITE}
    with pytest.raises(actions.UnfoundedChange):
        actions.change_programme(from_period=JANUARY, reason=" ", letter_number="O-1", **change)
    with pytest.raises(actions.PastMonth, match="Enero de 2026"):
        actions.change_programme(from_period=JANUARY + 6, reason="Recorte", letter_number="O-1", **change)
    assert queries.programme_of(indicator, 2026).annual_target == 1200


def test_an_authorised_change_keeps_the_original_beside_the_adjusted(
    goal: Goal, indicator: Indicator, news: list[ProgrammeChanged]
) -> None:
    programme = program(indicator)
    months = every_month(100) | {JANUARY + month: (50, None) for month in range(6, 12)}
    change = {"programme": programme, "from_period": JANUARY + 6, "letter_number": "AMH/012/2026", "on": TODAY}
    with pytest.raises(actions.NothingChanges):
        actions.change_programme(annual_target=1200, months=every_month(100), reason="x", **change, **WRITE)
    done = actions.change_programme(annual_target=900, months=months, reason="Recorte", **change, **WRITE)
    assert (done.before["annual_target"], done.after["annual_target"]) == ("1200", "900")
    assert done.after["months"]["2026-07"] == ["50", None]
    assert news[-1].periods == tuple(range(JANUARY + 6, JANUARY + 12))
    fresh = queries.programme_of(indicator, 2026)
    assert fresh is not None
    assert (fresh.annual_target, fresh.original_target) == (900, 1200)
    july = next(month for month in fresh.months.all() if month.period == JANUARY + 6)
    assert (july.numerator, july.original_numerator) == (50, 100)
    assert queries.changes_of(goal) == [done]
    assert queries.programme_rows(goal.institution, FiscalYear(2026)).rescheduled_from == [JANUARY + 6]


def test_an_altered_month_is_an_altered_programme(indicator: Indicator) -> None:
    programme = program(indicator)
    told = digest(state_of(queries.programme_of(indicator, 2026)))
    MonthlyTarget.objects.filter(programme=programme, period=JANUARY + 3).update(numerator=1)
    assert digest(state_of(queries.programme_of(indicator, 2026))) != told


def test_the_engine_gets_plain_rows(
    institution: Institution, make_goal: Callable[..., Goal], make_indicator: Callable[..., Indicator]
) -> None:
    ratio = make_indicator(
        make_goal("M001"), accumulation=Accumulation.RATIO, denominator_name="Recibidas", factor=100, baseline="86.5"
    )
    quarter = make_indicator(
        make_goal("M002", weight=2, critical=True), direction=Direction.RANGE, frequency=Frequency.QUARTERLY
    )
    make_indicator(make_goal("M003"))  # nothing programmed: not followed this year
    months = {JANUARY + month: ("95", 100) for month in range(12)}
    actions.set_programme(indicator=ratio, year=2026, annual_target=95, months=months, **WRITE)
    actions.set_programme(indicator=quarter, year=2026, annual_target=None, low=50, high=65, months={}, **WRITE)
    year = queries.programme_rows(institution, FiscalYear(2026))
    assert year.indicator_ids == [ratio.pk, quarter.pk]
    assert list(year.programmed_den[:12]) == [100.0] * 12
    assert (year.factor[0], year.baseline[0], year.annual_target[0]) == (100.0, 86.5, 95.0)
    assert year.baseline[1] != year.baseline[1]
    assert (year.low[1], year.high[1], year.weight[1], year.critical[1]) == (50.0, 65.0, 2.0, True)
    assert [month + 1 for month in range(12) if year.due[12 + month]] == [3, 6, 9, 12]
    assert all(value != value for value in year.programmed[12:])
    assert len(queries.programme_rows(institution, FiscalYear(2026), indicator_ids=[quarter.pk])) == 1
    assert len(queries.programme_rows(institution, FiscalYear(2026), indicator_ids=[])) == 0
    assert len(queries.programme_rows(institution, FiscalYear(2025))) == 0


def test_a_retired_goal_says_since_when(institution: Institution, goal: Goal, indicator: Indicator) -> None:
    program(indicator)
    actions.retire_goal(goal=goal, on=date(2026, 5, 20), reason="Se cancela", **WRITE)
    assert queries.programme_rows(institution, FiscalYear(2026)).retired_from == [JANUARY + 4]


@pytest.mark.parametrize("count", [1, 30])
def test_rows_come_in_a_fixed_number_of_queries(
    institution: Institution,
    make_goal: Callable[..., Goal],
    make_indicator: Callable[..., Indicator],
    django_assert_num_queries: object,
    count: int,
) -> None:
    for number in range(count):
        program(make_indicator(make_goal(f"M{number:03}")))
    with django_assert_num_queries(3):
        assert len(queries.programme_rows(institution, FiscalYear(2026))) == count
    with django_assert_num_queries(1):
        assert len(queries.due_in(institution, JANUARY)) == count


def test_who_owes_a_month_depends_on_frequency_and_on_what_is_programmed(
    institution: Institution, make_goal: Callable[..., Goal], make_indicator: Callable[..., Indicator]
) -> None:
    idle = make_indicator(make_goal("M001"))
    months = {JANUARY + 6: (65, None), JANUARY + 7: (35, None), JANUARY: (0, None)}
    actions.set_programme(indicator=idle, year=2026, annual_target=100, months=months, **WRITE)
    june = make_indicator(make_goal("M002"), accumulation=Accumulation.LAST, due_months=[6, 11])
    program(june, 5, 5)

    def owing(month: int) -> list[int]:
        return [due.indicator_id for due in queries.due_in(institution, JANUARY + month - 1)]

    assert [owing(month) for month in (1, 6, 7, 11)] == [[], [june.pk], [idle.pk], [june.pk]]
