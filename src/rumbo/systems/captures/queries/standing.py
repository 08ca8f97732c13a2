"""Commitments and reporting of a month as a board shows them: counted, with only the first few in full."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.foundation.audit.queries import Prepared
from rumbo.systems.captures.models import Capture, Evidence
from rumbo.systems.captures.queries.commitments import Commitment, commitment_from

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

MOST = 10  # commitments in full
_TOLD = ("pk", "indicator_id", "period", "commitment_on", "commitment_outcome")


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


@dataclass(frozen=True, slots=True)
class AreasMonth:
    """What some areas reported of a month and what they are committed to."""

    reporting: Reporting
    commitments: StandingCommitments


type _Told = tuple[int, int, int, date | None, str]  # capture, indicator, period, commitment_on, commitment_outcome


def standing_commitments(
    institution: "Institution", period: int, *, on: date, units: Collection[int] | None = None, most: int = MOST
) -> StandingCommitments:
    """By date, those overdue first. What the month after said came of one settles it. Two queries."""
    limits = [] if units is None else [list(units)]
    return _standing(_told_within.rows(institution.pk, period - 1, period + 1, *limits), period, on, most)


@Prepared
def _told_within(institution: int, first: int, last: int, units: list[int] | None = None) -> Any:
    rows = _within(institution, units).filter(period__range=(first, last))
    return rows.exclude(commitment_on=None, commitment_outcome="").order_by("period").values_list(*_TOLD)


def areas_month(
    institution: "Institution", period: int, *, on: date, units: Collection[int] | None, most: int = MOST
) -> AreasMonth:
    """As `standing_commitments` and `reporting_of`. Of some areas their captures are read once for both: two queries,
    three with commitments; of the whole institution the database adds them up."""
    if units is None:
        return AreasMonth(
            reporting_of(institution, period), standing_commitments(institution, period, on=on, most=most)
        )
    told: list[_Told] = []
    sent: dict[int, tuple[str, int, int]] = {}
    found = _three_months.rows(institution.pk, list(units), period - 1, period + 1)
    for pk, indicator, month, day, outcome, principal, *how in found:
        if day is not None or outcome:
            told.append((pk, indicator, month, day, outcome))
        if month == period and principal:
            sent[pk] = (how[0], how[1], how[2])
    return AreasMonth(_reported(sent), _standing(told, period, on, most))


@Prepared
def _three_months(institution: int, units: list[int], first: int, last: int) -> Any:
    rows = _within(institution, units).filter(period__range=(first, last)).order_by("period")
    return rows.values_list(*_TOLD, "indicator__principal", "state", "days_late", "times_returned")


@Prepared
def _live_evidence(captures: list[int]) -> Any:
    live = Evidence.objects.filter(capture__in=captures, retired_on__isnull=True)
    return live.order_by().values_list("capture_id")


def _within(institution: int, units: Collection[int] | None) -> QuerySet[Capture]:
    """Of some areas the institution is asked of the goal: with it on the capture SQLite goes through its month."""
    if units is None:
        return Capture.objects.filter(institution=institution)
    return Capture.objects.filter(indicator__goal__institution=institution, indicator__goal__unit__in=units)


def _standing(told: Iterable[_Told], period: int, on: date, most: int) -> StandingCommitments:
    """`told` from the oldest."""
    newest: dict[int, tuple[int, date]] = {}
    settled: dict[int, int] = {}
    for pk, indicator, month, day, outcome in told:
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


def _reported(sent: Mapping[int, tuple[str, int, int]]) -> Reporting:
    """`sent`: state, days late and times returned of each capture. One query, of their evidence."""
    pieces = [capture for (capture,) in _live_evidence.rows(list(sent))]
    states = Counter(state for state, _, _ in sent.values())
    return Reporting(
        by_state={CaptureState(state): count for state, count in states.items()},
        late=sum(1 for _, late, _ in sent.values() if late > 0),
        returned=sum(1 for _, _, returned in sent.values() if returned > 0),
        with_evidence=len(set(pieces)),
        evidence=len(pieces),
    )


def reporting_of(institution: "Institution", period: int, *, units: Collection[int] | None = None) -> Reporting:
    """One query: the sums of each state, added up."""
    rows = _within(institution.pk, units).filter(period=period, indicator__principal=True)
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
