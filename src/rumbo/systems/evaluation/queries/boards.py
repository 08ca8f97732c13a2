"""What a board shows, gathered in a fixed number of queries whatever the number of goals and months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from rumbo.core.engine import Scheme, ranks
from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing, RollupResult
from rumbo.systems.evaluation.queries.closings import closing_of, last_closed_period
from rumbo.systems.evaluation.queries.results import ResultRow, order_of_ranking, results_of
from rumbo.systems.evaluation.queries.rollups import (
    INSTITUTION,
    PLAN,
    UNIT,
    membership,
    node_through_time,
    rolled_up,
    stored_rollups,
)
from rumbo.systems.evaluation.queries.schemes import scheme_in_force

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Month:
    """One month of an institution as every board and document reads it: sealed, or provisional while open.

    `rows` are principal results from most to least compliant; roll-ups by node, stored or (open month) computed by the
    engine from those rows. `before` is the roll-up of the month before, for the change.
    """

    period: Period
    closing: Closing | None
    scheme: Scheme
    rows: Sequence[ResultRow]
    institution: RollupResult
    units: dict[int, RollupResult]
    elements: dict[int, RollupResult]

    @property
    def is_open(self) -> bool:
        return self.closing is None


def default_period(institution_id: int, today: date) -> Period:
    """What a board opens with: the last closed month; the last one ended when nothing was ever closed."""
    return last_closed_period(institution_id) or Period.containing(today).plus(-1)


def month_of(institution_id: int, period: Period, *, closing: Closing | None = None) -> Month:
    """A month whole. Five queries when sealed, six when open."""
    closing = closing or closing_of(institution_id, period)
    rows = results_of(institution_id, period, closing=closing)
    if closing is not None:
        found = RollupResult.objects.filter(closing=closing)
        by_tree: dict[str, dict[int, RollupResult]] = {}
        for rolled in found:
            by_tree.setdefault(rolled.tree, {})[rolled.node] = rolled
        scheme = Scheme.from_parameters(closing.scheme_version.parameters)
    else:
        scheme = scheme_in_force(institution_id, period.last_day)
        rows = _placed(rows)
        by_tree = {}
        for rolled in rolled_up(institution_id, rows, period.index, scheme, membership(institution_id), None):
            by_tree.setdefault(rolled.tree, {})[rolled.node] = rolled
    return Month(
        period=period,
        closing=closing,
        scheme=scheme,
        rows=rows,
        institution=by_tree[INSTITUTION][0],
        units=by_tree.get(UNIT, {}),
        elements=by_tree.get(PLAN, {}),
    )


def year_of_node(institution_id: int, tree: str, node: int, period: Period) -> dict[int, RollupResult]:
    """The sealed months of the period's year for one node, by period. One query."""
    return node_through_time(institution_id, tree, node, Period(period.year, 1).index, period.index)


def before(institution_id: int, period: Period, tree: str) -> dict[int, RollupResult]:
    """Roll-ups of the month before by node, empty when it is not sealed. Two queries."""
    closing = closing_of(institution_id, period.plus(-1))
    return stored_rollups(closing, tree) if closing else {}


def places_before(institution_id: int, period: Period) -> dict[int, int]:
    """Place of each indicator in the month before, for the arrow of the global sheet. Two queries."""
    closing = closing_of(institution_id, period.plus(-1))
    if closing is None:
        return {}
    found = closing.results.filter(principal=True, rank__isnull=False)
    return {indicator: place for indicator, place in found.values_list("indicator_id", "rank") if place}


def _placed(rows: Sequence[ResultRow]) -> list[ResultRow]:
    """Rows of an open month with their place, which only a closing stores."""
    pct = np.array([np.nan if row.compliance_to_date is None else row.compliance_to_date for row in rows])
    places = ranks(pct).tolist() if len(rows) else []
    placed = [row._replace(rank=place or None) for row, place in zip(rows, places, strict=True)]
    return sorted(placed, key=order_of_ranking)


__all__ = ["Month", "before", "default_period", "month_of", "places_before", "year_of_node"]
