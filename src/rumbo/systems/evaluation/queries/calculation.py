"""«¿Cómo se calculó?»: the chain from the captures to one stored result, by the same engine that made it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rumbo.core.engine import Block, Explanation, Scheme, evaluate, explain
from rumbo.systems.captures.queries.corrections import applied_to_indicator
from rumbo.systems.evaluation.models import Result, SchemeVersion
from rumbo.systems.evaluation.queries.beside import Beside, beside_of
from rumbo.systems.evaluation.queries.blocks import year_of
from rumbo.systems.evaluation.queries.board_months import BoardMonth
from rumbo.systems.evaluation.queries.schemes import parameters_of, scheme_version_on

if TYPE_CHECKING:
    from rumbo.systems.captures.models import Correction
    from rumbo.systems.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class Calculation:
    """One indicator in one month.

    `stored` is what boards and documents print; `explained` the chain that gives it. When what was captured or
    programmed changed after the month was sealed, `later` has the corrections and `today` the chain with today's
    values: the sealed figure stays. `agrees` is False when not even without them does the chain give the stored
    figure (an authorised change of the programme came after the closing).
    """

    stored: Result
    version: SchemeVersion | None
    scheme: Scheme
    explained: Explanation
    agrees: bool
    later: Sequence["Correction"]
    today: Explanation | None


def calculation_of(institution_id: int, indicator: "Indicator", month: BoardMonth) -> Calculation | None:
    """None when the month has no result of the indicator. A fixed number of queries."""
    period = month.period
    rows = Result.objects.filter(indicator=indicator.pk, period=period.index, closing=month.closing_id)
    stored = rows.select_related("scheme_version").first()
    if stored is None:
        return None
    general = month.closing.scheme_version if month.closing else scheme_version_on(institution_id, period.last_day)
    version = stored.scheme_version or general
    scheme = parameters_of(version)
    data = year_of(
        institution_id,
        month.year,
        cut=month.year.elapsed(period),
        indicator_ids=[indicator.pk],
        only_approved=month.closing is not None,
    )
    block, beside = data.block, beside_of(institution_id, data)
    column = month.year.column(period)
    name = "" if version is None else str(version.number)
    now = _explained(block, scheme, column, beside, name)
    if month.closing is None or _gives(now, stored):
        return Calculation(stored, version, scheme, now, True, (), None)
    first = month.year.first.index
    later = [
        correction
        for correction in applied_to_indicator(indicator.pk, first, period.index)
        if correction.decided_on and correction.decided_on >= month.closing.closed_on
    ]
    sealed = _explained(_without(block, later, first), scheme, column, beside, name)
    return Calculation(stored, version, scheme, sealed, _gives(sealed, stored), later, now)


def _explained(block: Block, scheme: Scheme, column: int, beside: Beside, version: str) -> Explanation:
    result = evaluate(block, scheme, before=beside.before, original=beside.original)
    return explain(block, scheme, result, 0, column, version=version)


def _without(block: Block, later: Sequence["Correction"], first: int) -> Block:
    """The values as they were before the corrections, undone from the newest back."""
    actual, actual_den = block.actual.copy(), block.actual_den.copy()
    for correction in reversed(later):
        column = correction.capture.period - first
        actual[0, column] = _number(correction.before_numerator)
        actual_den[0, column] = _number(correction.before_denominator)
    return block.replace(actual=actual, actual_den=actual_den)


def _number(value: object) -> float:
    return np.nan if value is None else float(value)  # type: ignore[arg-type]


def _gives(found: Explanation, stored: Result) -> bool:
    return (found.percentage, found.light, found.performance_class, found.year_percentage) == (
        stored.compliance_to_date,
        stored.light,
        stored.performance_class,
        stored.compliance_year,
    ) and _same(found.actual.value, stored.actual_to_date)


def _same(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and bool(np.isclose(one, other, rtol=1e-12)))
