"""What the engine's blocks are filled with."""

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from rumbo.systems.captures.models import Capture

MONTHS = 12


class Value(NamedTuple):
    """One month of one indicator as it is stored. Amounts in its unit; `state` as in `CaptureState`."""

    indicator_id: int
    period: int
    numerator: Decimal | None
    denominator: Decimal | None
    state: str
    days_late: int
    historical: bool
    corrected: bool


def values(indicator_ids: Collection[int], year: int, *, up_to: int | None = None) -> list[Value]:
    """The months of a calendar year (up to a period, when given) of some indicators, in no order. One query."""
    if not indicator_ids:
        return []
    last = year * MONTHS + MONTHS - 1
    rows = Capture.objects.filter(
        indicator__in=indicator_ids, period__range=(year * MONTHS, last if up_to is None else min(last, up_to))
    )
    return [Value._make(row) for row in rows.order_by().values_list(*Value._fields)]
