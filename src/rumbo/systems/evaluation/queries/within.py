"""Questions about the principal results of a month, of some areas or plan elements when given."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet

from rumbo.foundation.audit.queries import Prepared
from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.board_months import BoardMonth

type Limits = Collection[int] | None


def rows_within(
    institution_id: int, month: BoardMonth, *, units: Limits = None, elements: Limits = None
) -> QuerySet[Result]:
    """To be filtered further, for what an address may ask in many ways."""
    return _within(institution_id, month.period.index, month.closing_id, units, elements)


class Within:
    """One of those questions, its SQL written once. `shape` filters, sorts and says the columns; see `Prepared`."""

    def __init__(self, shape: Callable[..., "QuerySet[Result, Any]"]) -> None:
        self._shape = shape
        self._prepared: dict[tuple[bool, ...], Prepared] = {}

    def rows(
        self, institution_id: int, month: BoardMonth, *more: Any, units: Limits = None, elements: Limits = None
    ) -> list[tuple[Any, ...]]:
        """One query. `more` are what `shape` takes after the results."""
        limits = (month.closing_id, units, elements)
        given = tuple(limit is not None for limit in limits)
        if given not in self._prepared:
            self._prepared[given] = Prepared(_Asked(self._shape, given))
        values = [limit if isinstance(limit, int) else list(limit) for limit in limits if limit is not None]
        return self._prepared[given].rows(institution_id, month.period.index, *values, *more)


class _Asked:
    """Builds the query from the limits that there are, in their order."""

    def __init__(self, shape: Callable[..., "QuerySet[Result, Any]"], given: tuple[bool, ...]) -> None:
        self._shape, self._given, self._count = shape, given, sum(given)

    def __call__(self, institution_id: int, period: int, *values: Any) -> "QuerySet[Result, Any]":
        left = iter(values[: self._count])
        limits = [next(left) if given else None for given in self._given]
        return self._shape(_within(institution_id, period, *limits), *values[self._count :])


def _within(
    institution_id: int, period: int, closing_id: int | None, units: Limits, elements: Limits
) -> QuerySet[Result]:
    found = Result.objects.filter(institution=institution_id, period=period, closing=closing_id, principal=True)
    if units is not None:
        found = found.filter(unit__in=units)
    if elements is not None:
        found = found.filter(plan_element__in=elements)
    return found
