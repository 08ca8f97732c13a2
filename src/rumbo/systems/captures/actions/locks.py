"""The first lock of every write: the month (decision U). Then the record, and last the head of the trail.

SQLite gives its only write lock at the start of the transaction, which is enough. On PostgreSQL captures share an
advisory lock of (institution, month) and the closing takes it whole: no capture slips in while a month is sealed.
"""

from collections.abc import Iterable

from django.db import connection

from rumbo.systems.captures.actions.refusals import PeriodClosed
from rumbo.systems.captures.models import MonthLock


def share_months(institution_id: int, periods: Iterable[int]) -> None:
    """For who captures. In order, so that two writers never wait for each other. Raises PeriodClosed."""
    wanted = sorted(set(periods))
    for period in wanted:
        _advise("pg_advisory_xact_lock_shared", institution_id, period)
    closed = MonthLock.objects.filter(institution=institution_id, period__in=wanted).order_by("period").first()
    if closed:
        raise PeriodClosed(closed.period, closed.locked_on)


def hold_month(institution_id: int, period: int) -> MonthLock | None:
    """For who closes or corrects a closed month: alone until the end of the transaction. The lock, if it is closed."""
    _advise("pg_advisory_xact_lock", institution_id, period)
    return MonthLock.objects.filter(institution=institution_id, period=period).first()


def _advise(function: str, institution_id: int, period: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [institution_id, period])
