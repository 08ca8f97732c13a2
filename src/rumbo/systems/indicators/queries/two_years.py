"""Two-yearly indicators: their slots end every second year, counted from the first one that was programmed."""

from collections.abc import Iterable

from django.db.models import Min

from rumbo.core.vocabulary.frequency import Frequency
from rumbo.systems.indicators.models import Programme


def between_slots(indicators: Iterable[tuple[int, str]], year: int) -> frozenset[int]:
    """Of (indicator, frequency), those that owe nothing in `year`: their slot is halfway.

    No query unless one of them is two-yearly.
    """
    two_yearly = [pk for pk, frequency in indicators if frequency == Frequency.TWO_YEARLY]
    if not two_yearly:
        return frozenset()
    first = Programme.objects.filter(indicator__in=two_yearly).values_list("indicator").annotate(first=Min("year"))
    return frozenset(pk for pk, since in first.order_by() if (year - since) % 2 == 0)
