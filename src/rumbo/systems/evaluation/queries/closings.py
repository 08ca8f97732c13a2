"""Which months are sealed, and by which closing."""

from django.db.models import Max

from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.indicators import queries as indicators


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


def open_periods(institution_id: int, through: Period) -> list[Period]:
    """Months after the last closed one, up to `through`; only of its year when nothing was ever closed."""
    last = last_closed_period(institution_id)
    first = last.plus(1) if last else Period(through.year, 1)
    return [Period.of(index) for index in range(first.index, through.index + 1)]


def current_closings_from(institution_id: int, period: Period) -> list[Closing]:
    """The current closings of a month and of every later closed month of its year, in order."""
    return list(
        Closing.objects.filter(
            institution=institution_id,
            current=True,
            period__gte=period.index,
            period__lte=Period(period.year, 12).index,
        )
        .select_related("institution")
        .order_by("period")
    )


def first_programmed_period(institution_id: int) -> Period | None:
    """The earliest month that any goal has programmed, with which closing begins."""
    first = indicators.first_programmed_period(institution_id)
    return Period.of(first) if first is not None else None
