"""What is programmed, and what was changed with authorisation."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Min

from rumbo.core.engine.readings import as_float
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.systems.indicators.models import Goal, Indicator, MonthlyTarget, Programme, TargetChange
from rumbo.systems.indicators.programming import MonthTarget

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def programme_of(indicator: Indicator, year: int) -> Programme | None:
    """Of the fiscal year with that name; with its months."""
    return Programme.objects.filter(indicator=indicator, year=year).prefetch_related("months").first()


def programmes_of(institution: "Institution", year: int) -> dict[int, Programme]:
    """By indicator, each with its months. Two queries."""
    found = Programme.objects.filter(institution=institution, year=year).prefetch_related("months")
    return {programme.indicator_id: programme for programme in found}


def annual_targets(indicators: Collection[int], year: int) -> dict[int, Decimal | None]:
    """By indicator, without months. One query."""
    found = Programme.objects.filter(indicator__in=list(indicators), year=year)
    return dict(found.values_list("indicator_id", "annual_target"))


def programmes_of_goal(goal: Goal) -> dict[int, list[Programme]]:
    """By indicator, oldest year first, each with its months. Two queries."""
    found: dict[int, list[Programme]] = {}
    for programme in Programme.objects.filter(indicator__goal=goal).prefetch_related("months"):
        found.setdefault(programme.indicator_id, []).append(programme)
    return found


def years_programmed(institution: "Institution") -> list[int]:
    """By name, oldest first."""
    years = Programme.objects.filter(institution=institution).order_by("year").values_list("year", flat=True)
    return list(years.distinct())


def first_programmed_period(institution_id: int) -> int | None:
    """The earliest month with something programmed, with which closing begins."""
    first: int | None = MonthlyTarget.objects.filter(institution=institution_id).aggregate(first=Min("period"))["first"]
    return first


def targets_of(programme: Programme) -> dict[int, MonthTarget]:
    """What is in force, by period. No query when the months were prefetched."""
    return {
        month.period: MonthTarget(month.numerator, month.denominator)
        for month in programme.months.all()
        if month.numerator is not None or month.denominator is not None
    }


def original_months(indicators: Collection[int], year: FiscalYear) -> list[tuple[int, int, float | None, float | None]]:
    """(indicator, period, numerator, denominator) as first approved. One query."""
    months = MonthlyTarget.objects.filter(indicator__in=list(indicators), period__range=year.span)
    values = months.order_by().values_list("indicator_id", "period", "original_numerator", "original_denominator")
    return [(pk, period, as_float(numerator), as_float(denominator)) for pk, period, numerator, denominator in values]


def term_targets(institution_id: int, indicators: Collection[int]) -> dict[int, tuple[float, date]]:
    """Of principal indicators whose goal has a target for the term: (target, first day of the term). One query."""
    found = Indicator.objects.filter(institution=institution_id, principal=True, goal__term_target__isnull=False)
    wanted = set(indicators)
    values = found.order_by("pk").values_list("pk", "goal__term_target", "goal__plan_element__plan__term_start")
    return {pk: (float(target), start) for pk, target, start in values if pk in wanted}


def changes_of(goal: Goal) -> list[TargetChange]:
    """Authorised changes of any of its indicators, oldest first."""
    return list(TargetChange.objects.filter(programme__indicator__goal=goal).select_related("programme__indicator"))


def changes_of_indicators(indicators: Collection[int]) -> list[TargetChange]:
    """Authorised changes of some indicators, oldest first, each with its programme, its months and its indicator."""
    found = TargetChange.objects.filter(programme__indicator__in=list(indicators)).order_by("pk")
    return list(found.select_related("programme__indicator").prefetch_related("programme__months"))


def changes_between(institution: "Institution", first: date, last: date) -> list[TargetChange]:
    """Authorised between two days, both included: «metas reprogramadas» of the month's news."""
    return list(
        TargetChange.objects.filter(institution=institution, decided_on__range=(first, last)).select_related(
            "programme__indicator__goal__unit"
        )
    )
