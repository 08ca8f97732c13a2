"""The readings of a capture: what is stored, beside what its indicator asks for."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from rumbo.core.engine.readings import Month, Stretch, month_of
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.queries import Asked, asked_of
from rumbo.systems.indicators.queries.made import OfMonth, month_made

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator

type Kept = Mapping[str, Mapping[str, Any]]


def stretches_in(kept: Kept, asked: Asked, period: int) -> list[Stretch]:
    """All those of the month, in time order, each with what is known of it; variables of an older formula are left."""
    found = []
    for slot in asked.stretches(period):
        said = kept.get(slot.last_day.isoformat(), {})
        figures = said.get("figures", {})
        known = {symbol: Decimal(figures[symbol]) for symbol in asked.recipe.symbols if symbol in figures}
        found.append(Stretch(slot.last_day, known, said.get("reason", "")))
    return found


def month_in(kept: Kept, asked: Asked, period: int) -> Month:
    """The figures that result from what is stored."""
    return month_of(asked.recipe, stretches_in(kept, asked, period))


def merged(
    kept: Kept,
    asked: Asked,
    period: int,
    readings: Mapping[date, Mapping[str, Decimal | None]],
    reasons: Mapping[date, str],
) -> dict[str, dict[str, Any]]:
    """What to store once some readings change; None takes one out. Stretches that say nothing are left out."""
    found: dict[str, dict[str, Any]] = {}
    for one in stretches_in(kept, asked, period):
        figures = {**one.figures, **readings.get(one.last_day, {})}
        said: dict[str, Any] = {}
        if texts := {symbol: exact(value) for symbol, value in figures.items() if value is not None}:
            said["figures"] = texts
        if reason := reasons.get(one.last_day, one.reason).strip():
            said["reason"] = reason
        if said:
            found[one.last_day.isoformat()] = said
    return found


def made_of(capture: Capture) -> OfMonth | None:
    """How the month of a capture (with its indicator) came of its readings; None when it has none."""
    asked = asked_of(capture.indicator)
    if not (asked.by_readings and capture.readings):
        return None
    return month_made(capture.indicator, None, None, stretches_in(capture.readings, asked, capture.period))


class Told(NamedTuple):
    """The figure of one variable in one stretch; or, without a symbol, why the stretch has none."""

    indicator_id: int
    period: int
    last_day: date
    symbol: str
    value: Decimal | None
    reason: str


def approved_readings(
    institution: "Institution", indicators: "Mapping[int, Indicator]", first: int, last: int
) -> Iterator[Told]:
    """Of the months first..last of some indicators (by primary key), by indicator and in time order. One query."""
    kept = Capture.objects.filter(institution=institution, period__range=(first, last), state=CaptureState.APPROVED)
    rows = kept.exclude(readings={}).order_by("indicator", "period").values_list("indicator_id", "period", "readings")
    for pk, period, readings in rows.iterator():
        if (indicator := indicators.get(pk)) is None:
            continue
        for one in stretches_in(readings, asked_of(indicator), period):
            for symbol, value in one.figures.items():
                yield Told(pk, period, one.last_day, symbol, value, "")
            if one.reason:
                yield Told(pk, period, one.last_day, "", None, one.reason)


def exact(value: Decimal) -> str:
    """«1250.5»: the same figure is always the same text."""
    return format(value.normalize(), "f") if value else "0"
