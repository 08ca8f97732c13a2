"""A sealed month whole, as a document reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rumbo.core.engine import Scheme
from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing, RollupResult
from rumbo.systems.evaluation.queries.closings import closing_of
from rumbo.systems.evaluation.queries.results import ResultRow, results_of
from rumbo.systems.evaluation.queries.rollups import INSTITUTION, PLAN, UNIT


@dataclass(frozen=True, slots=True)
class Month:
    """`rows` are principal results from most to least compliant; roll-ups by node, as they were stored."""

    period: Period
    closing: Closing
    scheme: Scheme
    rows: Sequence[ResultRow]
    institution: RollupResult
    units: dict[int, RollupResult]
    elements: dict[int, RollupResult]


def month_of(institution_id: int, period: Period, *, closing: Closing) -> Month:
    """Three queries."""
    by_tree: dict[str, dict[int, RollupResult]] = {}
    for rolled in RollupResult.objects.filter(closing=closing):
        by_tree.setdefault(rolled.tree, {})[rolled.node] = rolled
    return Month(
        period=period,
        closing=closing,
        scheme=Scheme.from_parameters(closing.scheme_version.parameters),
        rows=results_of(institution_id, period, closing=closing),
        institution=by_tree[INSTITUTION][0],
        units=by_tree.get(UNIT, {}),
        elements=by_tree.get(PLAN, {}),
    )


def places_before(institution_id: int, period: Period) -> dict[int, int]:
    """Place of each indicator in the month before, for the arrow of the global sheet. Two queries."""
    closing = closing_of(institution_id, period.plus(-1))
    if closing is None:
        return {}
    found = closing.results.filter(principal=True, rank__isnull=False)
    return {indicator: place for indicator, place in found.values_list("indicator_id", "rank") if place}
