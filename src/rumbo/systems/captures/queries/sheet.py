"""The area's sheet: one row per indicator, twelve months, and what may be typed today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isnan
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.systems.captures.events import CaptureLight, light_reader
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.queries.captures import captures_of
from rumbo.systems.captures.queries.months import locked_months
from rumbo.systems.captures.states import EDITABLE
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of one indicator. `due`: its frequency measures it. `open`: it may be typed now by who asks.

    `programmed` in the unit of the indicator (of a ratio, its numerator); None when nothing is."""

    period: int
    due: bool
    programmed: float | None
    closed_on: date | None
    open: bool
    capture: Capture | None

    @property
    def state(self) -> CaptureState:
        return CaptureState(self.capture.state) if self.capture else CaptureState.MISSING

    @property
    def numerator(self) -> Decimal | None:
        return self.capture.numerator if self.capture else None

    @property
    def denominator(self) -> Decimal | None:
        return self.capture.denominator if self.capture else None

    @property
    def version(self) -> int:
        return self.capture.version if self.capture else 0


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator (with its goal and area), its months, and its light in the month that is being worked on."""

    indicator: "Indicator"
    cells: tuple[Cell, ...]
    light: CaptureLight | None

    @property
    def asked(self) -> indicators.Asked:
        """What its capture asks for; by readings, on a page of its own."""
        return indicators.asked_of(self.indicator)


@dataclass(frozen=True, slots=True)
class Sheet:
    year: FiscalYear
    working: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an indicator stands in one month, without reading the rest of its year."""

    indicator_id: int
    due: bool
    state: CaptureState


def slots_of(
    actor: Actor, institution: "Institution", period: int, *, units: Collection[int] | None = None
) -> list[Slot]:
    """Every indicator that the actor sees (of `units`, when given), in the goals' order. Two queries of plain keys."""
    seen = _within(actor.units(Permission.VIEW_BOARDS, institution.pk), units)
    stored = Capture.objects.filter(institution=institution, period=period).order_by()
    states = dict(stored.values_list("indicator_id", "state"))
    return [
        Slot(pk, due, CaptureState(states.get(pk, CaptureState.MISSING)))
        for pk, due in indicators.measured_in(institution, period, units=seen)
    ]


def sheet_of(
    actor: Actor,
    institution: "Institution",
    *,
    year: FiscalYear,
    working: int,
    on: date,
    units: Collection[int] | None = None,
    indicator_ids: Sequence[int] | None = None,
) -> Sheet:
    """Indicators of the areas the actor sees (of `units`, when given), in the goals' order; or, of those, the ones in
    `indicator_ids`, in its order. Fixed queries.

    `working` is the month whose lights are shown (year * 12 + month - 1).
    """
    seen = _within(actor.units(Permission.VIEW_BOARDS, institution.pk), units)
    found = indicators.indicators_of(institution, units=seen, ids=indicator_ids)
    if indicator_ids is not None:
        places = {pk: place for place, pk in enumerate(indicator_ids)}
        found.sort(key=lambda indicator: places[indicator.pk])
    ids = [indicator.pk for indicator in found]
    captures = captures_of(institution, ids, *year.span)
    programmed = _programmed(institution, year, ids)
    closed = locked_months(institution, year)
    lights = light_reader.lights_of(ids, working)
    this_month = Period.containing(on).index
    rows = []
    for indicator in found:
        mine = actor.may(Permission.CAPTURE, institution.pk, indicator.goal.unit_id)
        cells = []
        for period in year.periods:
            due, amount = programmed.get((indicator.pk, period), (False, None))
            capture = captures.get((indicator.pk, period))
            if capture:
                capture.indicator = indicator
            begun = period <= this_month and period not in closed
            state = capture.state if capture else CaptureState.MISSING
            may_type = mine and begun and due and state in EDITABLE
            cells.append(Cell(period, due, amount, closed.get(period), may_type, capture))
        rows.append(Row(indicator, tuple(cells), lights.get(indicator.pk)))
    return Sheet(year, working, tuple(rows))


def _within(seen: frozenset[int] | None, wanted: Collection[int] | None) -> Collection[int] | None:
    if seen is None or wanted is None:
        return wanted if seen is None else seen
    return seen & frozenset(wanted)


def _programmed(
    institution: "Institution", year: FiscalYear, ids: Collection[int]
) -> dict[tuple[int, int], tuple[bool, float | None]]:
    rows = indicators.programme_rows(institution, year, indicator_ids=ids)
    found = {}
    for place, pk in enumerate(rows.indicator_ids):
        for cell, period in enumerate(year.periods, start=place * MONTHS):
            amount = rows.programmed[cell]
            found[pk, period] = (bool(rows.due[cell]), None if isnan(amount) else amount)
    return found
