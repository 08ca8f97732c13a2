"""From what was typed to what is stored: where an indicator has readings, the month's figures result from them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rumbo.core.rendering.stretches import Stretches
from rumbo.core.rendering.told import Day, Month
from rumbo.core.timekeeping.slots import Slot
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.systems.captures import queries
from rumbo.systems.captures.actions.refusals import InexactValue
from rumbo.systems.captures.rules.exact_decimals import is_exact
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.systems.captures.models import Capture
    from rumbo.systems.indicators.models import Indicator

LONGEST_REASON = 500
type Readings = Mapping[date, Mapping[str, Decimal | None]]


class ResultOfReadings(Refusal):
    """The value is not typed: it results from the readings."""

    def __init__(self, code: str) -> None:
        super().__init__(
            N_(
                "El valor de %(code)s resulta de sus variables: escríbalas en la página de su captura o en la hoja"
                " «Variables» del libro. No se guardó nada."
            ),
            code=code,
        )


class NotAsked(Refusal):
    """A figure of something that the indicator does not ask for that month."""

    def __init__(self, code: str, period: int, what: str) -> None:
        super().__init__(
            N_("%(code)s no pide «%(what)s» en %(month)s. Actualice la página o descargue el libro otra vez."),
            code=code,
            what=what[:60],
            month=Month(period),
        )


class StretchNotBegun(Refusal):
    def __init__(self, slot: Slot) -> None:
        super().__init__(
            N_("La %(stretch)s empieza el %(day)s. Capture las que ya empezaron; no se guardó nada."),
            stretch=Stretches((slot,)),
            day=Day(slot.first_day),
        )


def check_readings(indicator: "Indicator", period: int, entry: Mapping[str, Any], today: date) -> None:
    """Raises ResultOfReadings, NotAsked, StretchNotBegun, InexactValue."""
    asked = indicators.asked_of(indicator)
    readings: Readings = entry.get("readings", {})
    reasons: Mapping[date, str] = entry.get("reasons", {})
    if not asked.by_readings:
        if readings or reasons:
            raise NotAsked(indicator.code, period, next((name for row in readings.values() for name in row), "–"))
        return
    if entry.get("numerator") is not None or entry.get("denominator") is not None:
        raise ResultOfReadings(indicator.code)
    slots = {slot.last_day: slot for slot in asked.stretches(period)}
    for day, values in readings.items():
        if day not in slots:
            raise NotAsked(indicator.code, period, day.isoformat())
        _check_values(indicator, period, asked.recipe.symbols, values)
        if slots[day].first_day > today and any(value is not None for value in values.values()):
            raise StretchNotBegun(slots[day])
    for day in reasons:
        if day not in slots:
            raise NotAsked(indicator.code, period, day.isoformat())


def _check_values(
    indicator: "Indicator", period: int, symbols: tuple[str, ...], values: Mapping[str, Decimal | None]
) -> None:
    for symbol, value in values.items():
        if symbol not in symbols:
            raise NotAsked(indicator.code, period, symbol)
        if value is not None and not is_exact(value):
            raise InexactValue(str(value))


def figured(indicator: "Indicator", period: int, entry: Mapping[str, Any], stored: "Capture | None") -> dict[str, Any]:
    """The columns of the capture. `entry` was checked. Readings stay only while the value results from them."""
    columns = {name: value for name, value in entry.items() if name not in ("readings", "reasons")}
    asked = indicators.asked_of(indicator)
    if not asked.by_readings:
        typed = "numerator" in columns or "denominator" in columns
        return columns | {"readings": {}} if typed and stored and stored.readings else columns
    if entry.get("not_available_reason"):
        return columns | {"numerator": None, "denominator": None, "readings": {}}
    if "readings" not in entry and "reasons" not in entry:
        return {name: value for name, value in columns.items() if name not in ("numerator", "denominator")}
    reasons = {day: reason[:LONGEST_REASON] for day, reason in entry.get("reasons", {}).items()}
    kept = queries.merged(stored.readings if stored else {}, asked, period, entry.get("readings", {}), reasons)
    return columns | result_of(indicator, period, kept)


def result_of(indicator: "Indicator", period: int, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Readings and the two figures that result from them."""
    month = queries.month_in(kept, indicators.asked_of(indicator), period)
    return {"readings": kept, "numerator": month.numerator, "denominator": month.denominator}
