"""Commitments and reporting of a month as a board shows them: counted, with only the first few in full."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.queries.commitments import Commitment, commitment_from

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class StandingCommitments:
    """Of what was said in a month and in the one before. Each goal counts once, by the newest thing that it said."""

    overdue: int
    to_come: int
    first: list[Commitment]


@dataclass(frozen=True, slots=True)
class Reporting:
    """Captures of a month: how many in each state, late, given back at least once, with and pieces of evidence."""

    by_state: dict[CaptureState, int]
    late: int
    returned: int
    with_evidence: int
    evidence: int


def standing_commitments(
    institution: "Institution", period: int, *, on: date, units: Collection[int] | None = None, most: int = 10
) -> StandingCommitments:
    """By date, those overdue first. What the month after said came of one settles it. Two queries."""
    rows = Capture.objects.filter(institution=institution, period__range=(period - 1, period + 1))
    if units is not None:
        rows = rows.filter(indicator__goal__unit__in=units)
    newest: dict[int, tuple[int, date]] = {}
    settled: dict[int, int] = {}
    told = rows.exclude(commitment_on=None, commitment_outcome="").order_by("period")
    for pk, indicator, month, day, outcome in told.values_list(
        "pk", "indicator_id", "period", "commitment_on", "commitment_outcome"
    ):
        if outcome:
            settled[indicator] = month
        if day is not None and month <= period:
            newest[indicator] = (pk, day)
            settled.pop(indicator, None)
    waiting = sorted((day, pk) for indicator, (pk, day) in newest.items() if indicator not in settled)
    overdue = sum(1 for day, _ in waiting if day < on)
    wanted = [pk for _, pk in waiting[:most]]
    found = Capture.objects.select_related("indicator__goal__unit").in_bulk(wanted)
    return StandingCommitments(overdue, len(waiting) - overdue, [commitment_from(found[pk], "") for pk in wanted])


def reporting_of(institution: "Institution", period: int, *, units: Collection[int] | None = None) -> Reporting:
    """One query: the sums of each state, added up."""
    rows = Capture.objects.filter(institution=institution, period=period, indicator__principal=True)
    if units is not None:
        rows = rows.filter(indicator__goal__unit__in=units)
    live = Q(evidence__retired_on__isnull=True)
    sums = list(
        rows.order_by()
        .values_list("state")
        .annotate(
            found=Count("pk", distinct=True),
            late=Count("pk", filter=Q(days_late__gt=0), distinct=True),
            returned=Count("pk", filter=Q(times_returned__gt=0), distinct=True),
            with_evidence=Count("pk", filter=live & Q(evidence__isnull=False), distinct=True),
            pieces=Count("evidence", filter=live),
        )
    )
    late, returned, with_evidence, evidence = (sum(one[column] for one in sums) for column in range(2, 6))
    by_state = {CaptureState(one[0]): one[1] for one in sums}
    return Reporting(by_state, late, returned, with_evidence, evidence)
