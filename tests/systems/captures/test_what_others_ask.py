"""What the captures and the goals refuse when something below or beside them would undo their past."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from rumbo.foundation.organization import actions as organization
from rumbo.systems.captures import actions
from rumbo.systems.captures.actions.refusals import ProgrammeOfClosedMonth
from rumbo.systems.indicators import actions as programme
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.actions.goals import UnitWithGoals
from rumbo.systems.indicators.models import Indicator
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import NOW, SYSTEM, TODAY, Character, Units
from tests.systems.captures.conftest import NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db


def test_a_closed_month_keeps_what_it_had_programmed(
    carmen: Character, units: Units, make_indicator: Callable[..., Indicator]
) -> None:
    indicator = make_indicator("M1", units.desu, {10: (10, None), 11: (10, None)})
    institution = indicator.goal.institution
    actions.lock_month(institution=institution, period=OCTOBER, accepted="Sin datos.", by=SYSTEM, at=NOW)
    sheet = queries.programme_of(indicator, 2026)
    assert sheet is not None

    def change(first: int) -> None:
        months = queries.targets_of(sheet) | {first: MonthTarget(Decimal(15))}
        programme.change_programme(
            programme=sheet, annual_target=sheet.annual_target, months=months, from_period=first,
            reason="Ajuste", letter_number="OF-1", on=TODAY, by=carmen.actor, at=NOW,
        )  # fmt: skip

    with pytest.raises(ProgrammeOfClosedMonth, match="octubre de 2026"):
        change(OCTOBER)
    assert queries.targets_of(queries.programme_of(indicator, 2026))[OCTOBER].numerator == 10
    change(NOVEMBER)
    assert queries.targets_of(queries.programme_of(indicator, 2026))[NOVEMBER].numerator == 15


def test_an_area_that_answers_for_goals_is_not_retired(units: Units, make_indicator: Callable[..., Indicator]) -> None:
    make_indicator("M1", units.works, {11: (10, None)})
    with pytest.raises(UnitWithGoals, match="1 metas"):
        organization.retire_unit(unit=units.works, reason="Fusión", by=SYSTEM, on=TODAY, at=NOW)
    units.works.refresh_from_db()
    assert units.works.retired_on is None
