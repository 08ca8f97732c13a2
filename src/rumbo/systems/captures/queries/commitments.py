"""Causes, corrective actions and commitments: printed under their row, and back the month after."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from rumbo.core.vocabulary.variation_cause import VariationCause
from rumbo.foundation.audit.queries import Prepared
from rumbo.systems.captures.models import Capture

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class Commitment:
    """What an area said of a month that was not en meta. `outcome` is what it said came of it, the month after."""

    indicator_id: int
    goal_id: int
    goal_code: str
    indicator_code: str
    statement: str
    unit_id: int
    unit_name: str
    period: int
    cause_kind: VariationCause | None
    cause: str
    corrective_action: str
    commitment_on: date | None
    responsible_post: str
    outcome: str

    def overdue(self, on: date) -> bool:
        """Its date passed and nobody said what came of it."""
        return self.commitment_on is not None and self.commitment_on < on and not self.outcome


def commitments_of(
    institution: "Institution", period: int, *, indicators: Collection[int] | None = None
) -> dict[int, Commitment]:
    """What was said of one month, of some indicators alone if given; by indicator. One query."""
    if indicators is None:
        rows = _explained(institution, None).filter(period=period)
        return {row.indicator_id: commitment_from(row, "") for row in rows}
    found = _of_indicators.rows(institution.pk, list(indicators), period)
    return {row[0]: _commitment_of(row) for row in found}


@Prepared
def _of_indicators(institution: int, indicators: list[int], period: int) -> Any:
    """The institution is asked of the indicator: with it on the capture SQLite goes through all of its month."""
    rows = Capture.objects.filter(indicator__institution=institution, indicator__in=indicators, period=period)
    return _told(rows).values_list(*_COLUMNS)


_COLUMNS = (
    "indicator_id", "indicator__goal_id", "indicator__goal__code", "indicator__code", "indicator__goal__statement",
    "indicator__goal__unit_id", "indicator__goal__unit__name", "period", "cause_kind", "cause", "corrective_action",
    "commitment_on", "responsible_post",
)  # fmt: skip


def _commitment_of(values: tuple[Any, ...]) -> Commitment:
    """From the columns above, which are the fields in their order."""
    row = [*values, ""]
    kind = _COLUMNS.index("cause_kind")
    row[kind] = VariationCause(row[kind]) if row[kind] else None
    return Commitment(*row)


def commitments_due(
    institution: "Institution", *, on: date, units: Collection[int] | None = None, through: int | None = None
) -> list[Commitment]:
    """The newest commitment of each indicator whose date has come, with what came of it, by date.

    `outcome` is read from the captures of the months after. With `through` (a period), as it stood in that month's
    report: commitments of the months before it, and what was said up to it. Two queries.
    """
    newest: dict[int, Capture] = {}
    explained = _explained(institution, units).filter(commitment_on__isnull=False)
    if through is not None:
        explained = explained.filter(period__lt=through)
    for row in explained.order_by("period"):
        newest[row.indicator_id] = row
    due = [row for row in newest.values() if row.commitment_on and row.commitment_on <= on]
    said = (
        Capture.objects.filter(institution=institution, indicator__in=[row.indicator_id for row in due])
        .exclude(commitment_outcome="")
        .order_by("period")
        .values_list("indicator_id", "period", "commitment_outcome")
    )
    outcomes: dict[int, str] = {}
    for indicator_id, period, outcome in said:
        if period > newest[indicator_id].period and (through is None or period <= through):
            outcomes[indicator_id] = outcome
    found = [commitment_from(row, outcomes.get(row.indicator_id, "")) for row in due]
    return sorted(found, key=lambda one: (one.commitment_on or on, one.goal_code))


def _explained(institution: "Institution", units: Collection[int] | None) -> QuerySet[Capture]:
    rows = Capture.objects.filter(institution=institution)
    if units is not None:
        rows = rows.filter(indicator__goal__unit__in=units)
    return _told(rows).select_related("indicator__goal__unit")


def _told(rows: QuerySet[Capture]) -> QuerySet[Capture]:
    return rows.exclude(cause="", corrective_action="")


def commitment_from(row: Capture, outcome: str) -> Commitment:
    goal = row.indicator.goal
    return Commitment(
        indicator_id=row.indicator_id,
        goal_id=goal.pk,
        goal_code=goal.code,
        indicator_code=row.indicator.code,
        statement=goal.statement,
        unit_id=goal.unit_id,
        unit_name=goal.unit.name,
        period=row.period,
        cause_kind=VariationCause(row.cause_kind) if row.cause_kind else None,
        cause=row.cause,
        corrective_action=row.corrective_action,
        commitment_on=row.commitment_on,
        responsible_post=row.responsible_post,
        outcome=outcome,
    )


def commitment_before(indicator: "Indicator", period: int) -> Commitment | None:
    """The last commitment that an indicator (with its goal and area) made before a month: what it now has to answer
    for. One query."""
    # Without naming the institution: SQLite would then walk all of its months instead of the indicator's.
    rows = Capture.objects.filter(indicator=indicator.pk, period__lt=period, commitment_on__isnull=False)
    row = rows.exclude(cause="", corrective_action="").order_by("-period").first()
    if row is None:
        return None
    row.indicator = indicator  # already at hand: three joins less
    return commitment_from(row, "")
