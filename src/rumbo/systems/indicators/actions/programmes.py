"""What is programmed for a year, while it is being agreed."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.actions.common import Amount, Months, exact_months, may_edit_goals, tell
from rumbo.systems.indicators.actions.goals import refuse_retired
from rumbo.systems.indicators.models import Indicator, MonthlyTarget, Programme
from rumbo.systems.indicators.programming import NO_BANDS, MonthTarget, OwnBands, exact, in_order


class Sheet(NamedTuple):
    """All that a year says of an indicator: its figures, its months by period and its own bands."""

    annual_target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    months: Mapping[int, MonthTarget]
    bands: OwnBands = NO_BANDS

    @property
    def of_year(self) -> tuple[object, ...]:
        """What is not of one month."""
        return self.annual_target, self.low, self.high, self.bands

    def write_to(self, programme: Programme) -> None:
        """Everything but the months, which are rows of their own. Not saved."""
        programme.annual_target, programme.low, programme.high = self.annual_target, self.low, self.high
        programme.units_green, programme.units_amber = self.bands.green, self.bands.amber
        programme.units_below = self.bands.below


class AgreedProgramme(Refusal):
    """What was agreed with the area changes only by an authorised change."""


class MonthOutsideYear(Refusal):
    """A month of another year."""


class RangeOutOfOrder(Refusal):
    """The lower limit of a range is over the upper one."""


def set_programme(
    *,
    indicator: Indicator,
    year: int,
    annual_target: Amount,
    months: Months,
    by: Actor,
    at: datetime,
    low: Amount = None,
    high: Amount = None,
    bands: OwnBands = NO_BANDS,
) -> Programme:
    """The whole programme of the fiscal year named `year`, as first approved: what is not in `months` (period →
    numerator, denominator) is not programmed.

    It may be written again until the goal is agreed with its area; from then on, `change_programme`.
    Raises Forbidden, RetiredGoal, AgreedProgramme, MonthOutsideYear, RangeOutOfOrder,
    BandsOutOfOrder, AmountOutOfRange.
    """
    goal = indicator.goal
    may_edit_goals(by, goal.institution_id, goal.unit_id)
    refuse_retired(goal)
    fiscal = goal.institution.year_called(year)
    sheet = check(fiscal, annual_target, low, high, months)
    sheet = sheet._replace(bands=in_order(bands))
    with transaction.atomic():
        programme = queries.programme_of(indicator, year)
        before = state_of(programme) if programme else None
        if programme is not None and goal.agreed_on is not None and sheet_of(programme) != sheet:
            raise agreed(goal.code, fiscal)
        changed = changed_periods(programme, sheet)
        programme = programme or Programme(institution_id=goal.institution_id, indicator=indicator, year=year)
        sheet.write_to(programme)
        programme.original_target = programme.annual_target
        programme.save()
        MonthlyTarget.objects.filter(programme=programme).delete()
        MonthlyTarget.objects.bulk_create(approved_months(programme, sheet.months))
        return told(programme, changed, by, at, "indicators.set_programme", before)


def check(year: FiscalYear, annual_target: Amount, low: Amount, high: Amount, months: Months) -> Sheet:
    """Exact amounts in order. Raises MonthOutsideYear, RangeOutOfOrder, AmountOutOfRange."""
    lowest, highest = exact(low), exact(high)
    if lowest is not None and highest is not None and highest < lowest:
        raise RangeOutOfOrder(
            N_("El límite inferior (%(low)s) es mayor que el superior (%(high)s). Corrija uno de los dos."),
            low=lowest, high=highest,
        )  # fmt: skip
    targets = exact_months(months)
    if any(period not in year.periods for period in targets):
        raise MonthOutsideYear(N_("Hay meses que no son de %(year)s. No se guardó la programación."), year=year.label)
    return Sheet(exact(annual_target), lowest, highest, targets)


def agreed(code: str, year: FiscalYear) -> AgreedProgramme:
    return AgreedProgramme(
        N_("La programación %(year)s de %(code)s ya se acordó con su área. Use «Reprogramar», con motivo y oficio."),
        code=code, year=year.label,
    )  # fmt: skip


def sheet_of(programme: Programme) -> Sheet:
    """What is in force."""
    bands = OwnBands(programme.units_green, programme.units_amber, programme.units_below)
    return Sheet(programme.annual_target, programme.low, programme.high, queries.targets_of(programme), bands)


def changed_periods(programme: Programme | None, sheet: Sheet) -> list[int]:
    """Months whose value differs; all of the year's when only the annual target or the range does."""
    old = sheet_of(programme) if programme else Sheet(None, None, None, {})
    before, after = old.months, sheet.months
    periods = [period for period in before.keys() | after.keys() if before.get(period) != after.get(period)]
    return sorted(periods or (after if old.of_year != sheet.of_year else ()))


def approved_months(programme: Programme, targets: Mapping[int, MonthTarget]) -> list[MonthlyTarget]:
    """Rows of what is first approved: in force and original are the same."""
    return [
        MonthlyTarget(
            institution_id=programme.institution_id,
            programme=programme,
            indicator_id=programme.indicator_id,
            period=period,
            numerator=target.numerator,
            denominator=target.denominator,
            original_numerator=target.numerator,
            original_denominator=target.denominator,
        )
        for period, target in sorted(targets.items())
    ]


def told(
    programme: Programme, periods: list[int], by: Actor, at: datetime, action: str, before: dict[str, Any] | None
) -> Programme:
    """Announce and record; gives the programme read again with its months."""
    fresh = Programme.objects.select_related("indicator", "institution").prefetch_related("months").get(pk=programme.pk)
    if periods:
        tell(fresh.institution, [fresh.indicator_id], periods, by, at)
    chain = fresh.institution.slug
    title = f"{fresh.indicator.code} {fresh.institution.year_called(fresh.year).label}"
    record(chain=chain, by=by, action=action, at=at, subject=fresh, title=title, before=before)
    return fresh
