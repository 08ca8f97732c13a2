"""Which months are sealed, and by which closing."""

from typing import TYPE_CHECKING

from django.db.models import Max

from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


def closing_of(institution_id: int, period: Period) -> Closing | None:
    """The current closing of a month: the newest, which nothing supersedes."""
    return (
        Closing.objects.filter(institution=institution_id, period=period.index, current=True)
        .select_related("scheme_version")
        .first()
    )


def closings_of(institution_id: int) -> list[Closing]:
    """All of them, newest month first, superseded ones included."""
    return list(Closing.objects.filter(institution=institution_id).order_by("-period", "-number"))


def latest_closing(institution_id: int) -> Closing | None:
    """The current closing of the newest closed month."""
    return Closing.objects.filter(institution=institution_id, current=True).order_by("-period").first()


def last_closed_period(institution_id: int) -> Period | None:
    newest = Closing.objects.filter(institution=institution_id).aggregate(newest=Max("period"))["newest"]
    return Period.of(newest) if newest is not None else None


def open_periods(institution: "Institution", through: Period) -> list[Period]:
    """Months after the last closed one, up to `through`; only of its year when nothing was ever closed."""
    last = last_closed_period(institution.pk)
    first = last.plus(1) if last else institution.year_of(through).first
    return [Period.of(index) for index in range(first.index, through.index + 1)]


def current_closings_from(institution: "Institution", period: Period) -> list[Closing]:
    """The current closings of a month and of every later closed month of its year, in order."""
    return list(
        Closing.objects.filter(
            institution=institution,
            current=True,
            period__range=(period.index, institution.year_of(period).last.index),
        )
        .select_related("institution")
        .order_by("period")
    )


def first_programmed_period(institution_id: int) -> Period | None:
    """The earliest month that any goal has programmed, with which closing begins."""
    first = indicators.first_programmed_period(institution_id)
    return Period.of(first) if first is not None else None
