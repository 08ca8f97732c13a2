"""The months that a board may show, and which one it opens with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.foundation.audit.queries import Prepared
from rumbo.systems.evaluation.models import Closing, Result

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class BoardMonth:
    """A month with stored results: sealed by a closing, or open with provisional ones.

    `year`: the fiscal year that it is of.
    `closing` is there only for the month that is shown: a list of months does not need three years of closings whole.
    `newest`: the last provisional result stored in an open month, which changes whenever they are computed again.
    `digest`: of the closing, that its figures are kept by.
    """

    period: Period
    year: FiscalYear
    closing_id: int | None
    closing: Closing | None = None
    newest: int = 0
    digest: str = ""

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
        """The month before, when it is of the same year: figures to date begin again with each."""
        return self.of(month.period.plus(-1)) if month.period > month.year.first else None

    def of_year_through(self, month: BoardMonth) -> list[BoardMonth]:
        """Those of its year up to it."""
        return [one for one in self.months if one.year == month.year and one.period <= month.period]

    def after(self, month: BoardMonth) -> BoardMonth | None:
        return self.of(month.period.plus(1))


def closed_months(institution: "Institution") -> list[BoardMonth]:
    """By their current closings, newest first. One query."""
    found = Closing.objects.filter(institution=institution, current=True).order_by("-period")
    return [
        BoardMonth(month := Period.of(period), institution.year_of(month), closing, digest=digest)
        for period, closing, digest in found.values_list("period", "pk", "digest")
    ]


def board_months(institution: "Institution", today: date, closed: Sequence[BoardMonth]) -> BoardMonths:
    """Those closed and, with one query, which of the open months have results."""
    this_month = Period.containing(today).index
    first = closed[0].period.index + 1 if closed else institution.year_on(today).first.index
    found = _provisional.rows(institution.pk, first, this_month)
    opened = [
        BoardMonth(month := Period.of(period), institution.year_of(month), None, newest=newest)
        for period, newest in found
    ]
    return BoardMonths([*opened, *closed])


@Prepared
def _provisional(institution_id: int, first: int, last: int) -> Any:
    found = Result.objects.filter(institution=institution_id, closing=None, period__range=(first, last))
    return found.order_by("-period").values_list("period").annotate(newest=Max("pk"))


def shown(month: BoardMonth) -> BoardMonth:
    """The same month with its closing and scheme. One query when it is sealed."""
    if month.closing_id is None:
        return month
    return replace(month, closing=Closing.objects.select_related("scheme_version").get(pk=month.closing_id))
