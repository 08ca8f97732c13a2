"""A sealed month whole, as a document reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rumbo.core.engine import Scheme
from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing, RollupResult, SchemeAssignment, SchemeVersion
from rumbo.systems.evaluation.queries.closings import closing_of
from rumbo.systems.evaluation.queries.results import ResultRow, results_of
from rumbo.systems.evaluation.queries.rollups import INSTITUTION, PLAN, UNIT
from rumbo.systems.evaluation.queries.schemes import WHOLE, key_of, schemes_of


@dataclass(frozen=True, slots=True)
class OtherScale:
    """A version that is not the institution's, the goals that it evaluated and the assignments that gave it to them."""

    version: SchemeVersion
    goals: tuple[str, ...]
    assignments: tuple[SchemeAssignment, ...]


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
    others: Sequence[OtherScale] = ()


def month_of(institution_id: int, period: Period, *, closing: Closing) -> Month:
    """Four queries; some more where another scale evaluated something."""
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
        others=_others(institution_id, period, closing),
    )


def _others(institution_id: int, period: Period, closing: Closing) -> list[OtherScale]:
    """As sealed; of the assignments, those in force on the last day of the month."""
    found = closing.results.filter(principal=True, scheme_version__isnull=False)
    codes: dict[int, list[str]] = {}
    for pk, code in found.order_by("goal__position", "goal__code").values_list("scheme_version_id", "goal__code"):
        codes.setdefault(pk or 0, []).append(code)
    if not codes:
        return []
    versions, schemes = SchemeVersion.objects.in_bulk(list(codes)), schemes_of(institution_id)
    keys = {key_of(one) for one in schemes.assignments} - {WHOLE}
    current = [one for key in sorted(keys) if (one := schemes.assigned_on(period.last_day, key))]
    return [
        OtherScale(versions[pk], tuple(goals), tuple(one for one in current if one.scheme == versions[pk].scheme))
        for pk, goals in codes.items()
    ]


def places_before(institution_id: int, period: Period) -> dict[int, int]:
    """Place of each indicator in the month before, for the arrow of the global sheet. Two queries."""
    closing = closing_of(institution_id, period.plus(-1))
    if closing is None:
        return {}
    found = closing.results.filter(principal=True, rank__isnull=False)
    return {indicator: place for indicator, place in found.values_list("indicator_id", "rank") if place}
