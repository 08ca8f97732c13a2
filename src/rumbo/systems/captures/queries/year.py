"""The year of one indicator: what was programmed and what was done, month by month."""

from dataclasses import dataclass
from decimal import Decimal
from math import isnan
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class MonthOfYear:
    """Amounts in the unit of the indicator; of a ratio, its numerators and denominators. None is «none»."""

    period: int
    due: bool
    programmed: float | None
    programmed_den: float | None
    numerator: Decimal | None
    denominator: Decimal | None
    state: CaptureState


def year_of(indicator: "Indicator", year: FiscalYear) -> list[MonthOfYear]:
    """Twelve months; empty when the indicator has no programme of the year. Four queries."""
    programme = indicators.programme_rows(indicator.institution_id, year, indicator_ids=[indicator.pk])
    if not len(programme):
        return []
    rows = Capture.objects.filter(indicator=indicator.pk, period__range=year.span).order_by()
    known = {
        period: (numerator, denominator, state)
        for period, numerator, denominator, state in rows.values_list("period", "numerator", "denominator", "state")
    }
    found = []
    for month, period in enumerate(year.periods):
        numerator, denominator, state = known.get(period, (None, None, CaptureState.MISSING))
        found.append(
            MonthOfYear(
                period=period,
                due=bool(programme.due[month]),
                programmed=_known(programme.programmed[month]),
                programmed_den=_known(programme.programmed_den[month]),
                numerator=numerator,
                denominator=denominator,
                state=CaptureState(state),
            )
        )
    return found


def _known(value: float) -> float | None:
    return None if isnan(value) else value
