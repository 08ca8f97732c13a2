"""The months that a board may show, and which one it opens with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing, Result


@dataclass(frozen=True, slots=True)
class BoardMonth:
    """A month with stored results: sealed by a closing, or open with provisional ones.

    `closing` is there only for the month that is shown: a list of months does not need three years of closings whole.
    """

    period: Period
    closing_id: int | None
    closing: Closing | None = None

    @property
    def is_open(self) -> bool:
        return self.closing_id is None


@dataclass(frozen=True, slots=True)
class BoardMonths:
    """Newest first."""

    months: Sequence[BoardMonth]

    def of(self, period: Period) -> BoardMonth | None:
        return next((month for month in self.months if month.period == period), None)

    @property
    def first_shown(self) -> BoardMonth | None:
        """The last closed month; the newest open one when nothing was ever closed."""
        return next((month for month in self.months if not month.is_open), next(iter(self.months), None))

    def before(self, month: BoardMonth) -> BoardMonth | None:
        """The month before, when it is of the same year: figures to date begin again in January."""
        return self.of(month.period.plus(-1)) if month.period.month > 1 else None

    def after(self, month: BoardMonth) -> BoardMonth | None:
        return self.of(month.period.plus(1))


def board_months(institution_id: int, today: date) -> BoardMonths:
    """Two queries: the current closings, and which of the open months have results."""
    closings = list(
        Closing.objects.filter(institution=institution_id, current=True).order_by("-period").values_list("period", "pk")
    )
    this_month = Period.containing(today).index
    first = closings[0][0] + 1 if closings else Period(today.year, 1).index
    found = (
        Result.objects.filter(institution=institution_id, closing=None, period__range=(first, this_month))
        .order_by("-period")
        .values_list("period", flat=True)
        .distinct()
    )
    opened = [BoardMonth(Period.of(period), None) for period in found]
    return BoardMonths([*opened, *(BoardMonth(Period.of(period), closing) for period, closing in closings)])


def shown(month: BoardMonth) -> BoardMonth:
    """The same month with its closing and scheme. One query when it is sealed."""
    if month.closing_id is None:
        return month
    return replace(month, closing=Closing.objects.select_related("scheme_version").get(pk=month.closing_id))
