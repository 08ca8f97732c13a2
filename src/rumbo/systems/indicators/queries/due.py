"""Who owes a report of a month."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.systems.indicators.models import Indicator, MonthlyTarget, Programme
from rumbo.systems.indicators.programming import MonthTarget, owes
from rumbo.systems.indicators.queries.goals import IN_ORDER
from rumbo.systems.indicators.queries.two_years import between_slots

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is owed: an indicator in a month, with what it has programmed."""

    indicator_id: int
    goal_id: int
    unit_id: int
    principal: bool
    period: int
    numerator: Decimal | None
    denominator: Decimal | None


def measured_in(
    institution: "Institution", period: int, *, units: Collection[int] | None = None
) -> list[tuple[int, bool]]:
    """Live indicators in the goals' order, each with whether a programme of that year measures it in that month.

    Plain keys and one query: what a long list needs to be put in order before a page of it is read.
    """
    year, month = Period.of(period).year, Period.of(period).month
    found = Indicator.objects.filter(institution=institution, retired_on__isnull=True, goal__retired_on__isnull=True)
    if units is not None:
        found = found.filter(goal__unit__in=units)
    programmed = Exists(Programme.objects.filter(indicator=OuterRef("pk"), year=year))
    rows = found.order_by(*IN_ORDER).annotate(programmed=programmed)
    found_rows = list(rows.values_list("pk", "frequency", "due_months", "programmed"))
    idle = between_slots(((pk, frequency) for pk, frequency, _own, _programmed in found_rows), year)
    return [
        (pk, programmed and pk not in idle and month in (own or Frequency(frequency).due_months))
        for pk, frequency, own, programmed in found_rows
    ]


def due_in(
    institution: "Institution",
    period: int,
    *,
    units: Collection[int] | None = None,
    indicator_ids: Collection[int] | None = None,
) -> list[Due]:
    """Who owes a report of a month: in its frequency, and with something programmed (see `programming.owes`).

    Three queries.
    """
    year, month = Period.of(period).year, Period.of(period).month
    rows = Programme.objects.filter(institution=institution, year=year, indicator__retired_on__isnull=True)
    rows = rows.filter(indicator__goal__retired_on__isnull=True)
    if units is not None:
        rows = rows.filter(indicator__goal__unit__in=units)
    if indicator_ids is not None:
        rows = rows.filter(indicator__in=indicator_ids)
    months = MonthlyTarget.objects.filter(institution=institution)
    targets = {
        indicator: MonthTarget(numerator, denominator)
        for indicator, numerator, denominator in months.filter(period=period).values_list(
            "indicator_id", "numerator", "denominator"
        )
    }
    by_parts = set(
        months.filter(period__range=(year * MONTHS, year * MONTHS + MONTHS - 1), denominator__isnull=False)
        .order_by()
        .values_list("indicator_id", flat=True)
        .distinct()
    )
    sheets = list(
        rows.order_by(
            "indicator__goal__position", "indicator__goal__code", "-indicator__principal", "indicator__code"
        ).values_list(
            "indicator_id",
            "indicator__goal_id",
            "indicator__goal__unit_id",
            "indicator__principal",
            "indicator__direction",
            "indicator__accumulation",
            "indicator__frequency",
            "indicator__due_months",
        )
    )
    idle = between_slots(((sheet[0], sheet[6]) for sheet in sheets), year)
    found = []
    for indicator_id, goal_id, unit_id, principal, direction, accumulation, frequency, due_months in sheets:
        target = targets.get(indicator_id, MonthTarget())
        in_slot = indicator_id not in idle and month in (due_months or Frequency(frequency).due_months)
        if in_slot and owes(target, direction, accumulation, by_parts=indicator_id in by_parts):
            found.append(Due(indicator_id, goal_id, unit_id, principal, period, target.numerator, target.denominator))
    return found
