"""Closing the door of a month. Who evaluates and seals calls it first (decision J)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.organization.events import FiscalStartMoving
from rumbo.systems.captures import queries
from rumbo.systems.captures.actions.allowed import demand, local_day
from rumbo.systems.captures.actions.locks import hold_month
from rumbo.systems.captures.actions.refusals import CapturedAlready, PeriodClosed, ProgrammeOfClosedMonth, UnitsPending
from rumbo.systems.captures.models import Capture, MonthLock, Omission
from rumbo.systems.indicators.events import ProgrammeChanged

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@transaction.atomic
def lock_month(
    *,
    institution: "Institution",
    period: int,
    accepted: Mapping[int, str] | str = "",
    by: Actor,
    at: datetime,
) -> MonthLock:
    """From here on nothing of the month is edited. `accepted`: the reason of each pending area by its primary key,
    or one reason for all of them.

    Raises Forbidden, PeriodClosed, UnitsPending (an area is pending and nobody said why it is accepted).
    """
    demand(by, Permission.CLOSE_MONTH, institution)
    closed = hold_month(institution.pk, period)
    if closed:
        raise PeriodClosed(period, closed.locked_on)
    pending = queries.omissions_by_unit(institution, period)
    reasons = {unit.unit_id: _reason(accepted, unit.unit_id) for unit in pending}
    unexplained = [unit for unit in pending if not reasons[unit.unit_id]]
    if unexplained:
        raise UnitsPending(period, unexplained)
    day = local_day(institution, at)
    lock = MonthLock.objects.create(institution=institution, period=period, locked_on=day)
    Omission.objects.bulk_create(
        Omission(
            institution=institution,
            period=period,
            unit_id=unit.unit_id,
            count=unit.count,
            reason=reasons[unit.unit_id],
            accepted_by=by.label,
            accepted_on=day,
        )
        for unit in pending
    )
    audit.record(
        chain=institution.slug,
        by=by,
        action="captures.lock_month",
        at=at,
        title=str(period),
        details={
            "period": period,
            "omissions": [
                {"unit": unit.unit_code, "count": unit.count, "reason": reasons[unit.unit_id]} for unit in pending
            ],
        },
    )
    return lock


def keep_closed_months(news: ProgrammeChanged) -> None:
    """What a closed month had programmed does not change: its results are sealed.

    Raises ProgrammeOfClosedMonth.
    """
    locked = MonthLock.objects.filter(institution=news.institution_id, period__in=news.periods).order_by("period")
    first = locked.first()
    if first is not None:
        raise ProgrammeOfClosedMonth(first.period, first.locked_on)


def keep_fiscal_start(news: FiscalStartMoving) -> None:
    """The accumulated of a month is that of its fiscal year. Raises CapturedAlready."""
    if Capture.objects.filter(institution=news.institution_id).exists():
        raise CapturedAlready


def _reason(accepted: Mapping[int, str] | str, unit_id: int) -> str:
    return (accepted if isinstance(accepted, str) else accepted.get(unit_id, "")).strip()
