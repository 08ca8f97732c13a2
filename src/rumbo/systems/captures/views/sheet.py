"""«Captura»: the area's sheet of twelve months, typed or pasted, saved a page at a time and whole."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.settings import InstitutionSettings
from rumbo.foundation.review import queries as review
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.forms import plain_figure
from rumbo.systems.captures import actions, presenters, queries
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.presenters.sheet import Line, Typed, line_of, name_of
from rumbo.systems.captures.presenters.standing import Standing, by_standing, choices, working_cell
from rumbo.systems.captures.queries import Row, Sheet
from rumbo.systems.captures.views.choosing import Choice, address, choice_of, page_of, sheet_of
from rumbo.systems.captures.views.subject import said

if TYPE_CHECKING:
    from django.core.paginator import Page

_VERSION = re.compile(r"v-(\d{1,15})-\d{1,6}", re.ASCII)  # the field that tells which capture was seen


@door(Permission.VIEW_BOARDS)
def home(request: Request) -> HttpResponse:
    choice = choice_of(request)
    page = page_of(request, choice)
    return _shown(request, choice, sheet_of(request, choice, list(page.object_list)), page=page)


@door(Permission.CAPTURE)
@require_POST
def save(request: Request) -> HttpResponse:
    """Every open cell of the page: all that changed is saved, or nothing is."""
    choice = choice_of(request)
    _saved, refused = _save(request, choice, _posted_sheet(request, choice))
    if refused:
        return refused
    messages.success(request, _("Se guardó la hoja como borrador."))
    return redirect(address(request, choice) + "&guardado=1")


@door(Permission.CAPTURE)
@require_POST
def send(request: Request) -> HttpResponse:
    """Saves what was typed, and sends the drafts of the page that are ready; says what the others lack.

    A returned one goes only when its value was changed here: sending it back as it was answers nobody.
    """
    choice = choice_of(request)
    sheet = _posted_sheet(request, choice)
    saved, refused = _save(request, choice, sheet)
    if refused:
        return refused
    drafts = [working_cell(row, sheet) for row in sheet.rows]
    ready = {
        cell.capture.pk: cell.capture
        for cell in drafts
        if cell.open and cell.capture and cell.state == CaptureState.DRAFT
    } | {capture.pk: capture for capture in saved if capture.period == sheet.working}
    if not ready:
        messages.info(request, _("No hay borradores por enviar en este mes."))
        return redirect(address(request, choice))
    try:
        outcome = actions.submit_many(
            institution=request.institution, captures=list(ready.values()), by=request.actor, at=request.now
        )
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return redirect(address(request, choice) + "&guardado=1")
    if outcome.done:
        count = len(outcome.done)
        words = ngettext("Se envió %(count)s captura a revisión.", "Se enviaron %(count)s capturas a revisión.", count)
        messages.success(request, words % {"count": count})
    for capture, reason in outcome.refused:
        messages.warning(request, f"{capture.indicator.code}: {said(reason)}")
    return redirect(address(request, choice) + "&guardado=1")


def _save(request: Request, choice: Choice, sheet: Sheet) -> tuple[list[Capture], HttpResponse | None]:
    """What was saved, or the page that says why nothing was."""
    drafts, wrong = _typed(sheet, request.POST)
    if wrong:
        return [], _shown(request, choice, sheet, typed=Typed(request.POST, wrong), status=422)
    if not drafts:
        return [], None
    try:
        saved = actions.save_drafts(institution=request.institution, drafts=drafts, by=request.actor, at=request.now)
    except Refusal as refusal:
        typed = Typed(request.POST, {})
        return [], _shown(request, choice, sheet, typed=typed, refusal=said(refusal), status=422)
    return saved, None


def _posted_sheet(request: Request, choice: Choice) -> Sheet:
    """The rows that were on the page, by the fields that came from it; without any, those of the address."""
    ids = {int(key) for _kind, key, _period in (name.split("-") for name in request.POST if _VERSION.fullmatch(name))}
    return sheet_of(request, choice, sorted(ids) or list(page_of(request, choice).object_list))


def _typed(sheet: Sheet, posted: Mapping[str, str]) -> tuple[list[actions.Draft], dict[str, str]]:
    """Cells that were sent and differ from what was shown; and what is wrong, by the name of its field."""
    drafts: list[actions.Draft] = []
    wrong: dict[str, str] = {}
    for row in sheet.rows:
        for cell in row.cells:
            if not cell.open or name_of("v", row, cell) not in posted:
                continue
            entry: actions.Entry = {}
            numerator = _amount(posted, name_of("n", row, cell), wrong)
            if numerator != cell.numerator:
                entry["numerator"] = numerator
            if row.indicator.denominator_name:
                denominator = _amount(posted, name_of("d", row, cell), wrong)
                if denominator != cell.denominator:
                    entry["denominator"] = denominator
            if entry:
                version = posted[name_of("v", row, cell)]
                seen = int(version) if version.isdecimal() else 0
                drafts.append(actions.Draft(row.indicator, cell.period, entry, seen))
    return drafts, wrong


def _amount(posted: Mapping[str, str], name: str, wrong: dict[str, str]) -> Decimal | None:
    typed = posted.get(name, "")
    figure = plain_figure(typed)
    if figure is None:
        wrong[name] = _("«%(value)s» no es un número. Escríbalo como 1,250.5.") % {"value": typed.strip()}
    return Decimal(figure) if figure else None


def _shown(
    request: Request,
    choice: Choice,
    sheet: Sheet,
    *,
    page: "Page[Any] | None" = None,
    typed: Typed | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The rows of a sheet; without a `page` they are those that were posted, whatever their standing is by now."""
    typed = typed or Typed({}, {})
    settings = organization.settings_under(request.institution, str(request.head), request.today)
    shown = by_standing(sheet)
    lines = _lines(request, sheet, shown, settings, typed)
    counts = {one: len(ids) for one, ids in choice.ids.items()}
    working = [working_cell(row, sheet) for row in sheet.rows]
    context = {
        "sheet": sheet,
        "page": page,
        "groups": [(standing, counts.get(standing, 0), lines[standing]) for standing in shown],
        "choices": choices(counts.items(), choice.standing if page else None),
        "months": list(sheet.year.periods),
        "areas": choice.seen,
        "area": choice.area,
        "refusal": refusal,
        "wrong": typed.wrong,
        "may_type": any(line.typable for some in lines.values() for line in some),
        "may_upload": request.actor.may(Permission.CAPTURE, request.institution.pk),
        "drafts": sum(cell.open and cell.state == CaptureState.DRAFT for cell in working),
        "query": address(request, choice).partition("?")[2],
        "plain_query": address(request, choice, "ver", "pagina").partition("?")[2],
        "saved": "guardado" in request.GET,
        "draft_key": _draft_key(request, choice),
        "due_on": queries.due_day(request.institution, Period.of(sheet.working), settings.capture_due_day),
    }
    return render(request, "captures/sheet.html", context, status=status)


def _lines(
    request: Request,
    sheet: Sheet,
    shown: Mapping[Standing, list[Row]],
    settings: InstitutionSettings,
    typed: Typed,
) -> dict[Standing, list[Line]]:
    """The lines of each standing; those returned with their reason, the drafts with what they lack to be sent."""
    returned = _captures(sheet, shown.get(Standing.RETURNED, []))
    drafts = _captures(sheet, shown.get(Standing.DRAFT, []))
    said_of = review.last_returns("captures", [capture.ref for capture in returned.values()])
    lights = {drafts[row.indicator.pk].pk: row.light for row in sheet.rows if row.indicator.pk in drafts}
    judged = queries.judgements_of_many(list(drafts.values()), settings, on=request.today, lights=lights)
    base = reverse("captures:home", kwargs={"slug": request.institution.slug})
    ended = Period.containing(request.today).index - 1

    def line(row: Row) -> Line:
        pk = row.indicator.pk
        back = said_of.get(returned[pk].ref) if pk in returned else None
        lacks = presenters.warnings(judged[drafts[pk].pk]) if pk in drafts else []
        return line_of(
            row,
            sheet,
            ended=ended,
            base=base,
            typed=typed,
            returned=presenters.returned_by(back) if back else "",
            lacks=tuple(one.message for one in lacks if one.tone != "info"),
        )

    return {standing: [line(row) for row in rows] for standing, rows in shown.items()}


def _captures(sheet: Sheet, rows: list[Row]) -> dict[int, Capture]:
    """Of the month on show, by indicator."""
    cells = ((row.indicator.pk, working_cell(row, sheet).capture) for row in rows)
    return {pk: capture for pk, capture in cells if capture is not None}


def _draft_key(request: Request, choice: Choice) -> str:
    """What is typed on one page is not mixed with another's: each row has its fields, each page its draft."""
    parts = (
        request.institution.slug,
        choice.area.code if choice.area else "",
        str(request.institution.year_of(Period.of(choice.working)).year),
        str(request.actor.person_id),
        request.GET.get("ver", ""),
        request.GET.get("pagina", ""),
    )
    return ":".join(("hoja", *parts)).rstrip(":")
