"""All that the engine needs of a year, as plain values that become its blocks without being copied."""

import json
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import nan
from typing import TYPE_CHECKING, Any

from django.db.models import FloatField, Min, QuerySet
from django.db.models.functions import Cast

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.frequency import MONTHS, Frequency
from rumbo.systems.indicators.models import MonthlyTarget, Programme, TargetChange
from rumbo.systems.indicators.queries.raw import raw
from rumbo.systems.indicators.queries.two_years import between_slots

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@dataclass(slots=True)
class ProgrammeYear:
    """All that the engine needs of n indicators in one year, except what was reported. Plain values, no models.

    Lists have n items. Arrays are `array('d')` (float64, NaN is «none») and `due` a `bytearray` of 0 and 1: NumPy
    takes them without copying, `np.frombuffer(year.programmed).reshape(-1, 12)`, row by row in time order. They are
    never empty-shaped: with n = 0 they have no items and the reshape gives (0, 12).

    direction, accumulation  numeric codes of the vocabulary
    factor, baseline, low, high, weight, annual_target  f8[n]
    units_green, units_amber, units_below  f8[n], the own bands of the year (see `models.Programme`)
    due                      u1[n*12], the month is a slot of the frequency
    programmed, programmed_den  f8[n*12]
    rescheduled_from         first period from which an authorised change of the year applies, None without one
    retired_from             period in which the goal or the indicator was retired, None while alive
    Only indicators with a programme of the year are here: without one they are not followed that year.
    """

    year: FiscalYear
    indicator_ids: list[int]
    indicator_codes: list[str]
    goal_ids: list[int]
    goal_codes: list[str]
    unit_ids: list[int]
    plan_element_ids: list[int]
    principal: list[bool]
    critical: list[bool]
    decimals: list[int]
    frequency: list[str]
    direction: list[int]
    accumulation: list[int]
    factor: "array[float]"
    baseline: "array[float]"
    low: "array[float]"
    high: "array[float]"
    weight: "array[float]"
    annual_target: "array[float]"
    units_green: "array[float]"
    units_amber: "array[float]"
    units_below: "array[float]"
    due: bytearray
    programmed: "array[float]"
    programmed_den: "array[float]"
    rescheduled_from: list[int | None]
    retired_from: list[int | None]

    def __len__(self) -> int:
        return len(self.indicator_ids)


def programme_rows(
    institution: "Institution | int | None",
    year: FiscalYear,
    *,
    indicator_ids: Collection[int] | None = None,
    principal: bool | None = None,
    with_months: bool = True,
) -> ProgrammeYear:
    """Of a whole institution, or of the given indicators. Three queries.

    Without months `programmed` and `programmed_den` have no values yet: who asked has `target_records` to put there.

    Rows come in the goals' order, the principal indicator first. Months are those of `year`, from its first.
    """
    sheet = Programme.objects.filter(year=year.year)
    months = MonthlyTarget.objects.filter(period__range=year.span)
    changes = TargetChange.objects.filter(programme__year=year.year)
    wanted = None if indicator_ids is None else list(indicator_ids)
    if institution is not None:
        sheet = sheet.filter(institution=institution)
    if wanted is not None:
        # Without naming the institution again: SQLite would then walk all of its months instead of the indicator's.
        sheet = sheet.filter(indicator__in=wanted)
        months = months.filter(indicator__in=wanted)
        changes = changes.filter(programme__indicator__in=wanted)
    elif institution is not None:
        months = months.filter(institution=institution)
        changes = changes.filter(institution=institution)
    if principal is not None:
        sheet = sheet.filter(indicator__principal=principal)
    rows = [] if wanted == [] else raw(_sheet_columns(sheet))
    return _programme_year(year, rows, months if with_months else None, changes)


def _sheet_columns(sheet: QuerySet[Programme]) -> QuerySet[Any, tuple[Any, ...]]:
    def number(path: str) -> Cast:
        return Cast(path, FloatField())

    return sheet.order_by(
        "indicator__goal__position", "indicator__goal__code", "-indicator__principal", "indicator__code"
    ).values_list(
        "indicator_id",
        "indicator__code",
        "indicator__goal_id",
        "indicator__goal__code",
        "indicator__goal__unit_id",
        "indicator__goal__plan_element_id",
        "indicator__principal",
        "indicator__goal__critical",
        "indicator__decimals",
        "indicator__frequency",
        "indicator__direction",
        "indicator__accumulation",
        number("indicator__factor"),
        number("indicator__baseline"),
        number("low"),
        number("high"),
        number("indicator__goal__weight"),
        number("annual_target"),
        "indicator__due_months",
        "indicator__retired_on",
        "indicator__goal__retired_on",
        number("units_green"),
        number("units_amber"),
        number("units_below"),
    )


def _programme_year(
    year: FiscalYear,
    rows: list[tuple[Any, ...]],
    months: QuerySet[MonthlyTarget] | None,
    changes: QuerySet[TargetChange],
) -> ProgrammeYear:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(24)]
    ids = columns[0]
    programmed = array("d", [nan]) * (len(ids) * MONTHS)
    programmed_den = array("d", programmed)
    if ids and months is not None:
        # From the place of an indicator's first month, counted so that adding the period lands on its cell.
        start = {indicator: row * MONTHS - year.first.index for row, indicator in enumerate(ids)}
        values = months.order_by().values_list(
            "indicator_id", "period", Cast("numerator", FloatField()), Cast("denominator", FloatField())
        )
        for indicator, period, numerator, denominator in raw(values):
            place = start.get(indicator)
            if place is None:
                continue
            if numerator is not None:
                programmed[place + period] = numerator
            if denominator is not None:
                programmed_den[place + period] = denominator
    since = dict(
        changes.order_by().values_list("programme__indicator_id").annotate(since=Min("from_period")) if ids else ()
    )
    factor, baseline, low, high, weight, annual_target = (_floats(column) for column in columns[12:18])
    units_green, units_amber, units_below = (_floats(column) for column in columns[21:])
    return ProgrammeYear(
        year=year,
        indicator_ids=ids,
        indicator_codes=columns[1],
        goal_ids=columns[2],
        goal_codes=columns[3],
        unit_ids=columns[4],
        plan_element_ids=columns[5],
        principal=[bool(value) for value in columns[6]],
        critical=[bool(value) for value in columns[7]],
        decimals=columns[8],
        frequency=columns[9],
        direction=columns[10],
        accumulation=columns[11],
        factor=factor,
        baseline=baseline,
        low=low,
        high=high,
        weight=weight,
        annual_target=annual_target,
        units_green=units_green,
        units_amber=units_amber,
        units_below=units_below,
        due=_due_cells(columns[9], columns[18], between_slots(zip(ids, columns[9], strict=True), year.year), ids, year),
        programmed=programmed,
        programmed_den=programmed_den,
        rescheduled_from=[since.get(indicator) for indicator in ids],
        retired_from=[_earliest(*days) for days in zip(columns[19], columns[20], strict=True)],
    )


def _floats(column: Iterable[float | None]) -> "array[float]":
    return array("d", [nan if value is None else value for value in column])


def _due_cells(
    frequencies: Sequence[str], own_months: Sequence[Any], idle: frozenset[int], ids: Sequence[int], year: FiscalYear
) -> bytearray:
    """One cell for each month; equal rows are worked out once. `idle` are the indicators that owe nothing this year."""
    cells = bytearray()
    order = [month.month for month in year.months]
    seen: dict[tuple[str, str], bytes] = {}
    for pk, frequency, own in zip(ids, frequencies, own_months, strict=True):
        if pk in idle:
            cells += bytes(MONTHS)
            continue
        key = (frequency, own if isinstance(own, str) else json.dumps(own))
        if key not in seen:
            months = json.loads(key[1]) or Frequency(frequency).due_months_from(year.start_month)
            seen[key] = bytes(month in months for month in order)
        cells += seen[key]
    return cells


def _earliest(*days: date | str | None) -> int | None:
    """The period of the earliest day; SQLite gives days as text."""
    known = [date.fromisoformat(day) if isinstance(day, str) else day for day in days if day]
    return Period.containing(min(known)).index if known else None
