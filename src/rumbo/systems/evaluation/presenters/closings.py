"""The closings of an institution as lists and pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.presenters.wording import SHORT, closing_name, month_and_year
from rumbo.systems.evaluation.queries.closings import closings_of

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class ClosingRow:
    closing: Closing
    month: str
    name: str
    digest: str
    url: str
    comparison: str
    board: str


def closing_rows(institution: "Institution") -> list[ClosingRow]:
    """Newest month first, superseded ones included. One query."""
    return rows_of(institution.slug, closings_of(institution.pk))


def rows_of(slug: str, closings: Iterable[Closing]) -> list[ClosingRow]:
    return [_row(slug, closing) for closing in closings]


def _row(slug: str, closing: Closing) -> ClosingRow:
    period = Period.of(closing.period)
    kwargs = {"slug": slug, "month": str(period), "number": closing.number}
    return ClosingRow(
        closing=closing,
        month=month_and_year(period),
        name=closing_name(closing),
        digest=closing.digest[:SHORT],
        url=reverse("evaluation:closed", kwargs=kwargs),
        comparison="" if closing.current else reverse("evaluation:comparison", kwargs=kwargs),
        board=f"{reverse('evaluation:board', kwargs={'slug': slug})}?mes={period}" if closing.current else "",
    )
