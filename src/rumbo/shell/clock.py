"""The only place that asks what time it is. The demonstration's day is fixed by RUMBO_TODAY (decision T)."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Aware, in UTC. In the demonstration, its fixed day at the hour it really is."""
    moment = timezone.now()
    if settings.RUMBO_TODAY:
        day = date.fromisoformat(settings.RUMBO_TODAY)
        local = timezone.localtime(moment)
        return local.replace(year=day.year, month=day.month, day=day.day)
    return moment


def today() -> date:
    """The day in the zone of the installation."""
    return timezone.localtime(now()).date()
