"""«Captura»: the area's sheet of twelve months, typed or pasted, saved whole."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

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
from rumbo.systems.captures.presenters.standing import Standing, asked_standing, by_standing, choices, working_cell
from rumbo.systems.captures.queries import Row, Sheet
from rumbo.systems.captures.views.subject import said

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit

FIRST_YEAR, LAST_YEAR = 1900, 2999


@door(Permission.VIEW_BOARDS)
def home(request: Request) -> HttpResponse:
    return _shown(request)


@door(Permission.CAPTURE)
@require_POST
def save(request: Request) -> HttpResponse:
    """Every open cell of the sheet: all that changed is saved, or nothing is."""
    sheet = sheet_of(request)
    _saved, refused = _save(request, sheet)
    if refused:
        return refused
    messages.success(request, _("Se guardó la hoja como borrador."))
    return redirect(_address(request, sheet.working) + "&guardado=1")


@door(Permission.CAPTURE)
@require_POST
def send(request: Request) -> HttpResponse:
    """Saves what was typed, and sends the drafts of the month that are ready; says what the others lack.

    A returned one goes only when its value was changed here: sending it back as it was answers nobody.
    """
    sheet = sheet_of(request)
    saved, refused = _save(request, sheet)
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
        return redirect(_address(request, sheet.working))
    try:
        outcome = actions.submit_many(
            institution=request.institution, captures=list(ready.values()), by=request.actor, at=request.now
        )
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return redirect(_address(request, sheet.working) + "&guardado=1")
    if outcome.done:
        count = len(outcome.done)
        words = ngettext("Se envió %(count)s captura a revisión.", "Se enviaron %(count)s capturas a revisión.", count)
        messages.success(request, words % {"count": count})
    for capture, reason in outcome.refused:
        messages.warning(request, f"{capture.indicator.code}: {said(reason)}")
    return redirect(_address(request, sheet.working) + "&guardado=1")


def _save(request: Request, sheet: Sheet) -> tuple[list[Capture], HttpResponse | None]:
    """What was saved, or the page that says why nothing was."""
    drafts, wrong = _typed(sheet, request.POST)
    if wrong:
        return [], _shown(request, typed=Typed(request.POST, wrong), status=422)
    if not drafts:
        return [], None
    try:
        saved = actions.save_drafts(institution=request.institution, drafts=drafts, by=request.actor, at=request.now)
    except Refusal as refusal:
        return [], _shown(request, typed=Typed(request.POST, {}), refusal=said(refusal), status=422)
    return saved, None


def sheet_of(request: Request, seen: "list[Unit] | None" = None) -> Sheet:
    """The sheet of the address: `?area=` (an area and everything below it), `?anio=`, `?mes=2026-11`."""
    working = _working(request)
    area = _area(request, areas(request) if seen is None else seen)
    return queries.sheet_of(
        request.actor,
        request.institution,
        year=Period.of(working).year,
        working=working,
        on=request.today,
        units=organization.subtree_ids(area) if area else None,
    )


def areas(request: Request) -> "list[Unit]":
    """Those that the actor sees, in the order of the tree."""
    seen = request.actor.units(Permission.VIEW_BOARDS, request.institution.pk)
    return [unit for unit in organization.units_of(request.institution) if seen is None or unit.pk in seen]


def _area(request: Request, seen: "list[Unit]") -> "Unit | None":
    code = request.GET.get("area", "")
    return next((unit for unit in seen if unit.code == code), None) if code else None


def _working(request: Request) -> int:
    """The month asked for, or the one that is being worked on."""
    asked = request.GET.get("mes", "")
    try:
        return Period.parse(asked).index if asked else queries.working_period(request.institution, request.today)
    except ValueError:
        return queries.working_period(request.institution, request.today)


def _address(request: Request, working: int, *, without: str = "") -> str:
    """Of the sheet on show, to come back to it."""
    address = reverse("captures:home", kwargs={"slug": request.institution.slug})
    kept = request.GET.copy()
    for name in ("guardado", without):
        kept.pop(name, None)
    kept["mes"] = str(Period.of(working))
    return f"{address}?{kept.urlencode()}"


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


def _shown(request: Request, *, typed: Typed | None = None, refusal: str = "", status: int = 200) -> HttpResponse:
    typed = typed or Typed({}, {})
    seen = areas(request)
    area = _area(request, seen)
    sheet = sheet_of(request, seen)
    settings = organization.settings_on(request.institution, request.today)
    groups = by_standing(sheet)
    asked = None if typed.values else asked_standing(request.GET.get("ver", ""))
    shown = {one: rows for one, rows in groups.items() if asked is None or one is asked}
    lines = _lines(request, sheet, shown, settings, typed)
    working = [working_cell(row, sheet) for row in sheet.rows]
    context = {
        "sheet": sheet,
        "groups": [(standing, lines[standing]) for standing in shown],
        "choices": choices(((one, len(rows)) for one, rows in groups.items()), asked),
        "months": [sheet.year * 12 + month for month in range(12)],
        "areas": seen,
        "area": area,
        "refusal": refusal,
        "wrong": typed.wrong,
        "may_type": any(line.typable for some in lines.values() for line in some),
        "may_upload": request.actor.may(Permission.CAPTURE, request.institution.pk),
        "drafts": sum(cell.open and cell.state == CaptureState.DRAFT for cell in working),
        "query": _address(request, sheet.working).partition("?")[2],
        "plain_query": _address(request, sheet.working, without="ver").partition("?")[2],
        "saved": "guardado" in request.GET,
        "draft_key": _draft_key(request, area, sheet.year),
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


def _draft_key(request: Request, area: "Unit | None", year: int) -> str:
    return f"hoja:{request.institution.slug}:{area.code if area else ''}:{year}:{request.actor.person_id}"
