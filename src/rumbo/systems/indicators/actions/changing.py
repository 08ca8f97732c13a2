"""An authorised change of what was programmed (reprogramación): both values are kept, the original and the adjusted."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from rumbo.core.rendering.told import Month
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import plain, state_of
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.actions.common import Amount, Months, may_edit_goals
from rumbo.systems.indicators.actions.goals import refuse_retired
from rumbo.systems.indicators.actions.programmes import Sheet, changed_periods, check, sheet_of, told
from rumbo.systems.indicators.models import MonthlyTarget, Programme, TargetChange
from rumbo.systems.indicators.programming import NO_BANDS, MonthTarget, OwnBands, in_order


class UnfoundedChange(Refusal):
    """An authorised change says why and by which official letter."""


class PastMonth(Refusal):
    """A change is never retroactive: it reaches from its first month on."""


class NothingChanges(Refusal):
    """What is asked is what is already programmed."""


def change_programme(
    *,
    programme: Programme,
    annual_target: Amount,
    months: Months,
    from_period: int,
    reason: str,
    letter_number: str,
    on: date,
    by: Actor,
    at: datetime,
    low: Amount = None,
    high: Amount = None,
    bands: OwnBands = NO_BANDS,
) -> TargetChange:
    """The whole programme as it will be; months before `from_period` must come as they are.

    Raises Forbidden, RetiredGoal, UnfoundedChange, PastMonth, NothingChanges and what `set_programme` raises of values.
    """
    goal = programme.indicator.goal
    may_edit_goals(by, goal.institution_id, goal.unit_id)
    refuse_retired(goal)
    if not reason.strip() or not letter_number.strip():
        raise UnfoundedChange(N_("La reprogramación no se guardó: escriba el motivo y el número del oficio."))
    sheet = check(goal.institution.year_called(programme.year), annual_target, low, high, months)
    sheet = sheet._replace(bands=in_order(bands))
    with transaction.atomic():
        programme = queries.programme_of(programme.indicator, programme.year) or programme
        old, before = sheet_of(programme), state_of(programme)
        changed = _changed(programme, old, sheet, from_period)
        sheet.write_to(programme)
        programme.save()
        _write_months(programme, sheet.months)
        change = TargetChange.objects.create(
            institution_id=goal.institution_id,
            programme=programme,
            before=_told_as(old, changed),
            after=_told_as(sheet, changed),
            from_period=from_period,
            reason=reason,
            letter_number=letter_number,
            decided_on=on,
            decided_by=by.label,
        )
        fresh = told(programme, changed, by, at, "indicators.change_programme", before)
        title = f"{fresh.indicator.code} {goal.institution.year_called(fresh.year).label}: {letter_number}"
        chain = fresh.institution.slug
        record(chain=chain, by=by, action="indicators.authorize_change", at=at, subject=change, title=title)
    return change


def _changed(programme: Programme, old: Sheet, sheet: Sheet, from_period: int) -> list[int]:
    if old == sheet:
        raise NothingChanges(N_("Lo que escribió es lo que ya está programado. No se guardó ninguna reprogramación."))
    differing = {period for period in old.months.keys() | sheet.months.keys() if _of(old, period) != _of(sheet, period)}
    past = sorted(period for period in differing if period < from_period)
    if past:
        raise PastMonth(
            N_("%(month)s es anterior al mes desde el que aplica la reprogramación y no puede cambiar. Déjelo igual."),
            month=Month(past[0], first=True),
        )
    return [period for period in changed_periods(programme, sheet) if period >= from_period]


def _of(sheet: Sheet, period: int) -> MonthTarget | None:
    return sheet.months.get(period)


def _write_months(programme: Programme, targets: Mapping[int, MonthTarget]) -> None:
    rows = {month.period: month for month in programme.months.all()}
    for period in targets.keys() - rows.keys():
        rows[period] = MonthlyTarget(
            institution_id=programme.institution_id,
            programme=programme,
            indicator_id=programme.indicator_id,
            period=period,
        )
    for period, row in rows.items():
        target = targets.get(period, MonthTarget())
        row.numerator, row.denominator = target.numerator, target.denominator
    MonthlyTarget.objects.bulk_create([row for row in rows.values() if row.pk is None])
    MonthlyTarget.objects.bulk_update([row for row in rows.values() if row.pk], ["numerator", "denominator"])


def _told_as(sheet: Sheet, periods: list[int]) -> dict[str, object]:
    """JSON: amounts as exact text; only the months that change."""
    values = {str(Period.of(period)): sheet.months.get(period, MonthTarget()) for period in periods}
    return {
        "annual_target": plain(sheet.annual_target),
        "low": plain(sheet.low),
        "high": plain(sheet.high),
        "units_green": plain(sheet.bands.green),
        "units_amber": plain(sheet.bands.amber),
        "units_below": plain(sheet.bands.below),
        "months": {name: [plain(target.numerator), plain(target.denominator)] for name, target in values.items()},
    }
