"""What a person owes here: to capture, to correct, to approve, to validate, to decide (decision N)."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.rendering.stretches import stretch_name
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.owed import Owed
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.settings import InstitutionSettings
from rumbo.foundation.review import queries as review
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.queries.captures import visible_to
from rumbo.systems.captures.queries.commitments import commitments_due
from rumbo.systems.captures.queries.corrections import corrections_requested
from rumbo.systems.captures.queries.deadlines import due_day
from rumbo.systems.captures.queries.months import of_open_months, working_period
from rumbo.systems.captures.queries.weeks_owed import ByStretches, WeeksOwed, weeks_owed
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution, Unit
    from rumbo.foundation.review.queries import Decided

LISTED_ONE_BY_ONE = 5  # ours: more to capture than these in an area become one line with their count


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """In every institution of the actor."""
    return [line for institution in organization.institutions_of(actor) for line in owed_in(actor, institution, on=on)]


def owed_in(actor: Actor, institution: "Institution", *, on: date) -> list[Owed]:
    """By kind, in the order of the page: returned, capture, draft, commitment, area_review, planning_review,
    correction. A fixed number of queries for whatever the actor holds."""
    settings = organization.settings_on(institution, on)
    working = working_period(institution, on)
    lines: list[Owed] = []
    if actor.may(Permission.CAPTURE, institution.pk):
        lines += _of_capturer(actor, institution, settings, working, on)
    if actor.may(Permission.APPROVE_AREA, institution.pk):
        lines += _to_review(
            actor, institution, CaptureState.AREA_REVIEW, Permission.APPROVE_AREA, settings.area_review_due_day
        )
    if actor.may(Permission.VALIDATE, institution.pk):
        lines += _to_review(
            actor, institution, CaptureState.PLANNING_REVIEW, Permission.VALIDATE, settings.close_due_day
        )
    if actor.may(Permission.CORRECT_CLOSED_MONTH, institution.pk):
        lines += _to_decide(actor, institution)
    return lines


def _of_capturer(
    actor: Actor, institution: "Institution", settings: InstitutionSettings, working: int, on: date
) -> list[Owed]:
    units = actor.units(Permission.CAPTURE, institution.pk)
    rows = of_open_months(visible_to(actor, institution).filter(period__gte=working - 11), institution)
    if units is not None:
        rows = rows.filter(indicator__goal__unit__in=units)
    captures = list(rows.filter(state__in=(CaptureState.DRAFT, CaptureState.RETURNED)).order_by("indicator__code"))
    returned = [capture for capture in captures if capture.state == CaptureState.RETURNED]
    drafts = [capture for capture in captures if capture.state == CaptureState.DRAFT]
    reasons = review.last_returns("captures", [capture.ref for capture in returned])
    again = due_day(institution, Period.of(working), settings.area_review_due_day)
    due = due_day(institution, Period.of(working), settings.capture_due_day)
    lines = [_returned(institution, capture, reasons.get(capture.ref), again) for capture in returned]
    weeks = weeks_owed(institution, working, on=on, units=None if units is None else list(units))
    lines += _missing(institution, units, working, due, apart=weeks.indicators)
    lines += _weeks(institution, weeks, settings)
    lines += [
        Owed(
            kind="draft",
            title=f"{capture.indicator.code} · {capture.indicator.name}",
            detail=_("Borrador de %(month)s") % {"month": _month(capture.period)},
            url=url_of(institution, capture.indicator.code, capture.period),
            due_on=due,
            unit_name=capture.indicator.goal.unit.name,
        )
        for capture in drafts
        if capture.pk not in weeks.waiting
    ]
    return lines + _commitments(institution, units, working, on)


def _returned(institution: "Institution", capture: Capture, said: "Decided | None", due: date) -> Owed:
    return Owed(
        kind="returned",
        title=f"{capture.indicator.code} · {capture.indicator.name}",
        detail=_("Devuelta: %(month)s") % {"month": _month(capture.period)},
        url=url_of(institution, capture.indicator.code, capture.period),
        due_on=due,
        reason=said.reason if said else "",
        unit_name=capture.indicator.goal.unit.name,
    )


def _weeks(institution: "Institution", weeks: ByStretches, settings: InstitutionSettings) -> list[Owed]:
    """«Por capturar: semana del 2 al 8 de noviembre», or how many and the first of them."""
    periods = {one.period for one in weeks.owed}
    due = {period: due_day(institution, Period.of(period), settings.capture_due_day) for period in periods}
    return [
        Owed(
            kind="capture",
            title=f"{one.indicator.code} · {one.indicator.name}",
            detail=_of_weeks(one),
            url=url_of(institution, one.indicator.code, one.period),
            due_on=one.due_on(due[one.period], settings.stretches_to_report),
            unit_name=one.indicator.goal.unit.name,
        )
        for one in weeks.owed
    ]


def _of_weeks(one: WeeksOwed) -> str:
    first = {"stretch": stretch_name(one.slots[0], _), "more": len(one.slots) - 1}
    if not first["more"]:
        return _("Por capturar: %(stretch)s") % first
    return ngettext(
        "Por capturar: %(stretch)s y otra más", "Por capturar: %(stretch)s y otras %(more)s", len(one.slots) - 1
    ) % first  # fmt: skip


def _missing(
    institution: "Institution", units: Iterable[int] | None, working: int, due: date, *, apart: Collection[int]
) -> list[Owed]:
    """Of the month, but those in `apart`, which owe each week."""
    owing = indicators.due_in(institution, working, units=None if units is None else list(units))
    begun = set(Capture.objects.filter(institution=institution, period=working).values_list("indicator_id", flat=True))
    missing = [one.indicator_id for one in owing if one.indicator_id not in begun and one.indicator_id not in apart]
    by_unit: dict[int, list[tuple[str, str, Unit]]] = {}
    found = indicators.indicators_by_id(missing)
    for pk in missing:
        indicator = found[pk]
        entry = (indicator.code, indicator.name, indicator.goal.unit)
        by_unit.setdefault(indicator.goal.unit_id, []).append(entry)
    lines: list[Owed] = []
    for entries in by_unit.values():
        if len(entries) > LISTED_ONE_BY_ONE:
            lines.append(_grouped(institution, entries, working, due))
            continue
        lines += [
            Owed(
                kind="capture",
                title=f"{code} · {name}",
                detail=_("Por capturar: %(month)s") % {"month": _month(working)},
                url=url_of(institution, code, working),
                due_on=due,
                unit_name=unit.name,
            )
            for code, name, unit in entries
        ]
    return lines


def _grouped(institution: "Institution", entries: "list[tuple[str, str, Unit]]", working: int, due: date) -> Owed:
    count, unit = len(entries), entries[0][2]
    return Owed(
        kind="capture",
        title=ngettext("%(count)s indicador por capturar", "%(count)s indicadores por capturar", count)
        % {"count": count},
        detail=_month(working),
        url=reverse("captures:home", kwargs={"slug": institution.slug}) + f"?area={unit.code}",
        due_on=due,
        count=count,
        unit_name=unit.name,
    )


def _commitments(institution: "Institution", units: Iterable[int] | None, working: int, on: date) -> list[Owed]:
    """Commitments whose date came and of which nobody said what came: said in the capture of the working month."""
    due = commitments_due(institution, on=on, units=None if units is None else list(units))
    return [
        Owed(
            kind="commitment",
            title=f"{one.indicator_code} · {one.corrective_action}",
            detail=_("Compromiso de %(month)s: diga qué se logró") % {"month": _month(one.period)},
            url=url_of(institution, one.indicator_code, working),
            due_on=one.commitment_on,
            unit_name=one.unit_name,
        )
        for one in due
        if not one.outcome and one.period < working
    ]


def _to_review(
    actor: Actor, institution: "Institution", state: CaptureState, permission: Permission, day: int
) -> list[Owed]:
    """One line for each area and month, with its count."""
    rows = of_open_months(visible_to(actor, institution).filter(state=state), institution)
    units = actor.units(permission, institution.pk)
    if units is not None:
        rows = rows.filter(indicator__goal__unit__in=units)
    if actor.person_id is not None:
        rows = rows.exclude(captured_by=actor.person_id)
    waiting = Counter(
        rows.order_by().values_list(
            "indicator__goal__unit__position", "indicator__goal__unit__code", "indicator__goal__unit__name", "period"
        )
    )
    due = {period: due_day(institution, Period.of(period), day) for period in {key[3] for key in waiting}}
    return [
        Owed(
            kind=state.value,
            title=ngettext("%(count)s captura por revisar", "%(count)s capturas por revisar", count) % {"count": count},
            detail=_month(period),
            url=reverse("captures:review", kwargs={"slug": institution.slug}) + f"?area={code}",
            due_on=due[period],
            count=count,
            unit_name=name,
        )
        for (_position, code, name, period), count in sorted(waiting.items())
    ]


def _to_decide(actor: Actor, institution: "Institution") -> list[Owed]:
    return [
        Owed(
            kind="correction",
            title=f"{correction.capture.indicator.code} · {correction.capture.indicator.name}",
            detail=_("Corrección solicitada de %(month)s") % {"month": _month(correction.capture.period)},
            url=reverse("captures:correction", kwargs={"slug": institution.slug, "ref": correction.ref}),
            reason=correction.reason,
            unit_name=correction.capture.indicator.goal.unit.name,
        )
        for correction in corrections_requested(actor, institution)
    ]


def url_of(institution: "Institution", code: str, period: int) -> str:
    """The page where an indicator's month is captured."""
    return reverse("captures:form", kwargs={"slug": institution.slug, "code": code, "period": str(Period.of(period))})


def _month(period: int) -> str:
    month = Period.of(period)
    return _("%(month)s de %(year)s") % {"month": _(month.month_name), "year": month.year}
