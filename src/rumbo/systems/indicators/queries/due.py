"""Who owes a report of a month."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, FilteredRelation, FloatField, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.systems.indicators.models import Indicator, MonthlyTarget, Programme
from rumbo.systems.indicators.programming import owes
from rumbo.systems.indicators.queries.goals import IN_ORDER
from rumbo.systems.indicators.queries.raw import raw
from rumbo.systems.indicators.queries.two_years import between_slots

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

FEW = 200  # more indicators than these are asked for by their institution


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is owed: an indicator in a month."""

    indicator_id: int
    goal_id: int
    unit_id: int
    principal: bool
    period: int


def measured_in(
    institution: "Institution", period: int, *, units: Collection[int] | None = None
) -> list[tuple[int, bool]]:
    """Live indicators in the goals' order, each with whether a programme of that year measures it in that month.

    Plain keys and one query: what a long list needs to be put in order before a page of it is read.
    """
    month = Period.of(period)
    year = institution.year_of(month)
    found = Indicator.objects.filter(institution=institution, retired_on__isnull=True, goal__retired_on__isnull=True)
    if units is not None:
        found = found.filter(goal__unit__in=units)
    programmed = Exists(Programme.objects.filter(indicator=OuterRef("pk"), year=year.year))
    rows = found.order_by(*IN_ORDER).annotate(programmed=programmed)
    found_rows = list(rows.values_list("pk", "frequency", "due_months", "programmed"))
    idle = between_slots(((pk, frequency) for pk, frequency, _own, _programmed in found_rows), year.year)
    start = year.start_month
    return [
        (pk, programmed and pk not in idle and month.month in (own or Frequency(frequency).due_months_from(start)))
        for pk, frequency, own, programmed in found_rows
    ]


def measured_by_stretches(institution: "Institution", *, units: Collection[int] | None = None) -> list[Indicator]:
    """Live indicators with several figures a month, by week or fortnight, with goal and area. One query."""
    some = [frequency for frequency in Frequency if not frequency.by_months]
    found = Indicator.objects.filter(institution=institution, frequency__in=some)
    found = found.filter(retired_on__isnull=True, goal__retired_on__isnull=True)
    if units is not None:
        found = found.filter(goal__unit__in=units)
    return list(found.order_by(*IN_ORDER).select_related("goal__unit"))


def due_in(
    institution: "Institution",
    period: int,
    *,
    units: Collection[int] | None = None,
    unless: Exists | None = None,
) -> list[Due]:
    """Who owes a report of a month: in its frequency, and with something programmed (see `programming.owes`).

    `unless`: those that are not asked for, told of `indicator_id`. One query, another where something is measured
    by two variables, another where something is two-yearly.
    """
    month = Period.of(period)
    year = institution.year_of(month)
    rows = Programme.objects.filter(institution=institution, year=year.year, indicator__retired_on__isnull=True)
    rows = rows.filter(indicator__goal__retired_on__isnull=True)
    if units is not None:
        rows = rows.filter(indicator__goal__unit__in=units)
    if unless is not None:
        rows = rows.filter(~unless)
    sheets = raw(_with_target(rows, period))
    by_parts = _by_parts(institution, year, sheets)
    idle = between_slots(((sheet[0], sheet[6]) for sheet in sheets), year.year)
    seen: dict[tuple[str, str], Collection[int]] = {}
    found = []
    for indicator, goal, unit, principal, direction, accumulation, frequency, own, numerator, denominator in sheets:
        key = (frequency, own)
        if key not in seen:
            seen[key] = json.loads(own) or Frequency(frequency).due_months_from(year.start_month)
        if indicator in idle or month.month not in seen[key]:
            continue
        if owes(numerator, denominator, direction, accumulation, by_parts=indicator in by_parts):
            found.append(Due(indicator, goal, unit, bool(principal), period))
    return found


def _with_target(rows: QuerySet[Programme], period: int) -> QuerySet[Any, tuple[Any, ...]]:
    """Plain columns in the goals' order; what is programmed as floats, which tell nothing and zero from the rest."""
    joined = rows.annotate(target=FilteredRelation("months", condition=Q(months__period=period)))
    return joined.order_by(
        "indicator__goal__position", "indicator__goal__code", "-indicator__principal", "indicator__code"
    ).values_list(
        "indicator_id",
        "indicator__goal_id",
        "indicator__goal__unit_id",
        "indicator__principal",
        "indicator__direction",
        "indicator__accumulation",
        "indicator__frequency",
        Cast("indicator__due_months", TextField()),
        Cast("target__numerator", FloatField()),
        Cast("target__denominator", FloatField()),
    )


def _by_parts(institution: "Institution", year: FiscalYear, sheets: list[tuple[Any, ...]]) -> set[int]:
    """Of those measured by two variables, the ones whose year has some denominator programmed. One query at most."""
    asked = [sheet[0] for sheet in sheets if Accumulation(sheet[5]).by_parts]
    if not asked:
        return set()
    months = MonthlyTarget.objects.filter(period__range=year.span, denominator__isnull=False)
    months = months.filter(indicator__in=asked) if len(asked) <= FEW else months.filter(institution=institution)
    return {pk for (pk,) in raw(months.order_by().values_list("indicator_id").distinct())}
