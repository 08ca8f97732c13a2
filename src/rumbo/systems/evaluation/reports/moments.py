"""The day of a moment, as a document writes it."""

from datetime import date, datetime

from django.utils import timezone


def day_of(moment: datetime) -> date:
    """In the zone of the installation, as pages say it: what was sent at seven in the evening is of that day."""
    return timezone.localtime(moment).date()
