"""Saving what was typed: one field, one form or a whole sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.actor import PersonActor
from rumbo.systems.captures.actions.allowed import demand, local_day
from rumbo.systems.captures.actions.figuring import Readings, check_readings, figured
from rumbo.systems.captures.actions.locks import share_months
from rumbo.systems.captures.actions.refusals import (
    Conflict,
    InexactValue,
    NotDue,
    NotStarted,
    UnavailableIncomplete,
)
from rumbo.systems.captures.actions.telling import announce
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.rules.exact_decimals import is_exact
from rumbo.systems.captures.states import Move, after

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator


class Entry(TypedDict, total=False):
    """What a person typed. A key that is absent stays as it was; amounts in the unit of the indicator.

    Where the indicator has readings they are typed instead of the two figures: by the last day of each stretch, by
    symbol, None taking one out; `reasons` say why a stretch has none. Those that are absent stay as they were.
    """

    numerator: Decimal | None
    denominator: Decimal | None
    readings: Readings
    reasons: Mapping[date, str]
    cause_kind: str
    cause: str
    corrective_action: str
    commitment_on: date | None
    responsible_post: str
    commitment_outcome: str
    not_available_reason: str
    expected_on: date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """One row of a sheet. `version` is the one that the person saw, 0 for none; None saves over whatever there is."""

    indicator: "Indicator"
    period: int
    entry: Entry
    version: int | None = None


@transaction.atomic
def save_draft(
    *,
    institution: "Institution",
    indicator: "Indicator",
    period: int,
    entry: Entry,
    version: int | None,
    by: Actor,
    at: datetime,
) -> Capture:
    """Save what was typed of one indicator (with its goal) in one month. Saving the same again changes nothing.

    Raises Forbidden, PeriodClosed, NotStarted, NotDue, NotAllowed, InexactValue, Conflict; and ResultOfReadings,
    NotAsked, StretchNotBegun where the indicator has readings.
    """
    draft = Draft(indicator, period, entry, version)
    saved = _save(institution, [draft], by, at, action="captures.save")
    return saved[0]


@transaction.atomic
def save_drafts(*, institution: "Institution", drafts: Sequence[Draft], by: Actor, at: datetime) -> list[Capture]:
    """A sheet that came back from Excel or from the clipboard: all of its rows or none, with one event.

    Raises what `save_draft` raises.
    """
    return _save(institution, drafts, by, at, action="captures.save_sheet")


@transaction.atomic
def mark_unavailable(
    *,
    institution: "Institution",
    indicator: "Indicator",
    period: int,
    reason: str,
    expected_on: date | None,
    version: int | None,
    by: Actor,
    at: datetime,
) -> Capture:
    """«Aún no se cuenta con el dato»: why, and when it is expected. Any value typed before is taken out.

    Raises UnavailableIncomplete and what `save_draft` raises.
    """
    if not reason.strip() or expected_on is None or expected_on < local_day(institution, at):
        raise UnavailableIncomplete
    entry = Entry(numerator=None, denominator=None, not_available_reason=reason.strip(), expected_on=expected_on)
    return _save(institution, [Draft(indicator, period, entry, version)], by, at, action="captures.mark_unavailable")[0]


def _save(
    institution: "Institution", drafts: Sequence[Draft], by: Actor, at: datetime, *, action: str
) -> list[Capture]:
    today = local_day(institution, at)
    for draft in drafts:
        _check(institution, draft, by, today)
    share_months(institution.pk, (draft.period for draft in drafts))
    stored = {
        (capture.indicator_id, capture.period): capture
        for capture in Capture.objects.select_for_update().filter(
            institution=institution.pk,
            indicator__in=[draft.indicator.pk for draft in drafts],
            period__in={draft.period for draft in drafts},
        )
    }
    saved = [_write(institution, draft, stored.get((draft.indicator.pk, draft.period)), by, at) for draft in drafts]
    changed = [capture for capture, before in saved if before is not None]
    if changed:
        _tell(institution, saved, by, at, action)
    return [capture for capture, _ in saved]


def _check(institution: "Institution", draft: Draft, by: Actor, today: date) -> None:
    indicator, month = draft.indicator, Period.of(draft.period)
    demand(by, Permission.CAPTURE, institution, indicator.goal.unit_id)
    if month.first_day > today:
        raise NotStarted(draft.period)
    retired = [day for day in (indicator.retired_on, indicator.goal.retired_on) if day]
    if month.month not in indicator.months_due(institution.year_of(month)) or any(
        day <= month.first_day for day in retired
    ):
        raise NotDue(indicator.code, draft.period)
    for value in (draft.entry.get("numerator"), draft.entry.get("denominator")):
        if value is not None and not is_exact(value):
            raise InexactValue(str(value))
    check_readings(indicator, draft.period, draft.entry, today)


def _write(
    institution: "Institution", draft: Draft, stored: Capture | None, by: Actor, at: datetime
) -> tuple[Capture, dict[str, Any] | None]:
    """The capture and its state before; None when nothing changed."""
    capture = stored or Capture(institution=institution, indicator=draft.indicator, period=draft.period, version=0)
    entry = figured(draft.indicator, draft.period, draft.entry, stored)
    if stored and not _differs(stored, entry):
        return stored, None
    capture.state = after(stored.state if stored else "missing", Move.SAVE)
    if stored and draft.version is not None and draft.version != stored.version:
        raise _conflict(institution, stored, entry)
    before = state_of(capture) if stored else {}
    for name, value in entry.items():
        setattr(capture, name, value)
    if entry.get("readings") or entry.get("numerator") is not None or entry.get("denominator") is not None:
        capture.not_available_reason, capture.expected_on = "", None
    capture.version += 1
    capture.captured_by_id, capture.captured_at = by.person_id, at
    if stored:
        capture.save()
        return capture, before
    try:
        with transaction.atomic(savepoint=connection.vendor == "postgresql"):
            capture.save(force_insert=True)
    except IntegrityError:  # on PostgreSQL two people may start the same capture at once
        return _write(institution, draft, _reread(capture), by, at)
    return capture, before


def _reread(capture: Capture) -> Capture:
    return Capture.objects.select_for_update().get(indicator=capture.indicator_id, period=capture.period)


def _differs(stored: Capture, entry: Mapping[str, Any]) -> bool:
    return any(getattr(stored, name) != value for name, value in entry.items())


def _conflict(institution: "Institution", stored: Capture, entry: Mapping[str, Any]) -> Conflict:
    """Who saved is told by post, as people of the institution know each other."""
    local = stored.captured_at.astimezone(ZoneInfo(institution.time_zone))
    return Conflict(stored, entry, who=_who(institution, stored, local.date()), at=local)


def _who(institution: "Institution", stored: Capture, on: date) -> str:
    if stored.captured_by is None:
        return "sistema"
    actor: PersonActor = organization.actor_of(stored.captured_by, on=on)
    return actor.post_in(institution.pk) or actor.name


def _tell(
    institution: "Institution",
    saved: Sequence[tuple[Capture, dict[str, Any] | None]],
    by: Actor,
    at: datetime,
    action: str,
) -> None:
    changed = [(capture, before) for capture, before in saved if before is not None]
    captures = [capture for capture, _ in changed]
    announce(institution, captures, by, at)
    if len(changed) == 1:
        capture, before = changed[0]
        audit.record(
            chain=institution.slug, by=by, action=action, at=at, subject=capture, title=title_of(capture), before=before
        )
    else:
        details = {"captures": [title_of(capture) for capture in captures]}
        audit.record(chain=institution.slug, by=by, action=action, at=at, rows=captures, details=details)


def title_of(capture: Capture) -> str:
    """«M001 · 2026-10», how a capture is named in the trail and in its review."""
    return f"{capture.indicator.code} · {Period.of(capture.period)}"
