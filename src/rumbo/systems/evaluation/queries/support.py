"""The log of technical support: what a person may see of it, and what the report of a month tells (A1-16, A1-17)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from rumbo.core.timekeeping.business_days import business_days_late
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.foundation.calendars import queries as calendars
from rumbo.systems.evaluation.models import SupportEntry
from rumbo.systems.evaluation.queries.closings import last_closed_period

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution, Unit


@dataclass(frozen=True, slots=True)
class SupportLine:
    """An entry; `response_days` are the business days from the request to the attention, None if nobody asked."""

    entry: SupportEntry
    response_days: int | None

    @property
    def is_training(self) -> bool:
        return self.entry.kind == SupportKind.TRAINING


@dataclass(frozen=True, slots=True)
class AreaSupport:
    """What an area received. `unit` None: what was for all of them. `slowest`: in business days."""

    unit: "Unit | None"
    advice: int
    slowest: int | None
    trainings: int
    trained: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Support:
    """The month's entries by date, and by area in the order of the tree."""

    lines: Sequence[SupportLine]
    areas: Sequence[AreaSupport]


def entries_seen(actor: Actor, institution: "Institution") -> QuerySet[SupportEntry]:
    """Planning, the contractor and whoever sees every board see all; an area sees its own and what was for all."""
    entries = SupportEntry.objects.filter(institution=institution).select_related("unit")
    held = actor.units(Permission.VIEW_BOARDS, institution.pk)
    return entries if held is None else entries.filter(Q(unit_id__in=held) | Q(unit=None))


def entry_seen(actor: Actor, institution: "Institution", ref: UUID) -> SupportEntry | None:
    return entries_seen(actor, institution).filter(ref=ref).first()


def may_open_evidence(actor: Actor, entry: SupportEntry) -> bool:
    """A list of those who attended names people: it is for who keeps the log, who accepts it and who sees reserved
    evidence of that area."""
    whole = (Permission.PREPARE_REPORTS, Permission.ACCEPT_DELIVERABLES)
    if any(actor.may(permission, entry.institution_id) for permission in whole):
        return True
    return actor.may(Permission.VIEW_RESERVED_EVIDENCE, entry.institution_id, entry.unit_id) and (
        entry.unit_id is not None or actor.units(Permission.VIEW_RESERVED_EVIDENCE, entry.institution_id) is None
    )


def may_change(actor: Actor, entry: SupportEntry) -> bool:
    """Its author, or Planning, while its month is open."""
    mine = entry.recorded_by == actor.label or actor.may(Permission.VALIDATE, entry.institution_id)
    return (
        mine
        and entry.retired_on is None
        and actor.may(Permission.PREPARE_REPORTS, entry.institution_id)
        and not is_sealed(entry)
    )


def is_sealed(entry: SupportEntry) -> bool:
    last = last_closed_period(entry.institution_id)
    return last is not None and entry.period <= last.index


def reporting_month(institution_id: int, attended_on: date) -> Period:
    """The month whose report will tell it: its own, or the first that is still open."""
    month, last = Period.containing(attended_on), last_closed_period(institution_id)
    return last.plus(1) if last is not None and month <= last else month


def support_of(institution: "Institution", period: Period, units: "Iterable[Unit]") -> Support:
    """What the report of a month tells. Two queries."""
    entries = list(
        SupportEntry.objects.filter(institution=institution, period=period.index, retired_on=None)
        .select_related("unit")
        .order_by("attended_on", "pk")
    )
    lines = lines_of(institution, entries)
    order = {unit.pk: place for place, unit in enumerate(units)}
    by_unit: dict[int | None, list[SupportLine]] = {}
    for line in lines:
        by_unit.setdefault(line.entry.unit_id, []).append(line)
    areas = sorted(by_unit, key=lambda pk: -1 if pk is None else order.get(pk, len(order)))
    return Support(lines, [_of_area(by_unit[pk]) for pk in areas])


def lines_of(institution: "Institution", entries: Sequence[SupportEntry]) -> list[SupportLine]:
    """With the business days that each one waited. One query."""
    asked = [entry.asked_on for entry in entries if entry.asked_on]
    if not asked:
        return [SupportLine(entry, None) for entry in entries]
    resting = calendars.non_working_days(institution, min(asked), max(entry.attended_on for entry in entries))
    return [
        SupportLine(entry, business_days_late(entry.asked_on, entry.attended_on, resting) if entry.asked_on else None)
        for entry in entries
    ]


def _of_area(lines: Sequence[SupportLine]) -> AreaSupport:
    waited = [line.response_days for line in lines if line.response_days is not None]
    trainings = [line for line in lines if line.is_training]
    return AreaSupport(
        unit=lines[0].entry.unit,
        advice=len(lines) - len(trainings),
        slowest=max(waited, default=None),
        trainings=len(trainings),
        trained=sum(line.entry.people_count for line in trainings),
        hours=sum((line.entry.hours for line in lines), Decimal()),
    )
