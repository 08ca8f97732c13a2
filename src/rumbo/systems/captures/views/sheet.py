"""«Captura»: the area's sheet of twelve months, typed or pasted, saved whole."""

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
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.forms import plain_figure
from rumbo.systems.captures import actions, presenters, queries
from rumbo.systems.captures.queries import Cell, Row, Sheet
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
    drafts, wrong = _typed(sheet, request.POST)
    if wrong:
        return _shown(request, typed=request.POST, wrong=wrong, status=422)
    try:
        actions.save_drafts(institution=request.institution, drafts=drafts, by=request.actor, at=request.now)
    except Refusal as refusal:
        return _shown(request, typed=request.POST, refusal=said(refusal), status=422)
    messages.success(request, _("Se guardó la hoja como borrador."))
    return redirect(_address(request) + "&guardado=1")


@door(Permission.CAPTURE)
@require_POST
def send(request: Request) -> HttpResponse:
    """Sends the drafts of the month that are ready; says what the others lack."""
    sheet = sheet_of(request)
    ready = [
        cell.capture
        for row in sheet.rows
        for cell in row.cells
        if cell.open and cell.period == sheet.working and cell.capture is not None
    ]
    try:
        outcome = actions.submit_many(institution=request.institution, captures=ready, by=request.actor, at=request.now)
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return redirect(_address(request))
    if outcome.done:
        count = len(outcome.done)
        words = ngettext("Se envió %(count)s captura a revisión.", "Se enviaron %(count)s capturas a revisión.", count)
        messages.success(request, words % {"count": count})
    for capture, reason in outcome.refused:
        messages.warning(request, f"{capture.indicator.code}: {said(reason)}")
    if not ready:
        messages.info(request, _("No hay borradores por enviar en este mes."))
    return redirect(_address(request))


def sheet_of(request: Request) -> Sheet:
    """The sheet of the address: `?area=` (an area and everything below it), `?anio=`, `?mes=2026-11`."""
    working = _working(request)
    area = _area(request)
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


def _area(request: Request) -> "Unit | None":
    code = request.GET.get("area", "")
    return next((unit for unit in areas(request) if unit.code == code), None) if code else None


def _working(request: Request) -> int:
    """The month asked for, or the one that is being worked on."""
    asked = request.GET.get("mes", "")
    try:
        return Period.parse(asked).index if asked else queries.working_period(request.institution, request.today)
    except ValueError:
        return queries.working_period(request.institution, request.today)


def _address(request: Request) -> str:
    address = reverse("captures:home", kwargs={"slug": request.institution.slug})
    kept = request.GET.copy()
    kept.pop("guardado", None)
    kept["mes"] = str(Period.of(_working(request)))
    return f"{address}?{kept.urlencode()}"


def _typed(sheet: Sheet, posted: Mapping[str, str]) -> tuple[list[actions.Draft], dict[str, str]]:
    """Cells that were sent and differ from what was shown; and what is wrong, by the name of its field."""
    drafts: list[actions.Draft] = []
    wrong: dict[str, str] = {}
    for row in sheet.rows:
        for cell in row.cells:
            if not cell.open or _name("v", row, cell) not in posted:
                continue
            entry: actions.Entry = {}
            numerator = _amount(posted, _name("n", row, cell), wrong)
            if numerator != cell.numerator:
                entry["numerator"] = numerator
            if row.indicator.denominator_name:
                denominator = _amount(posted, _name("d", row, cell), wrong)
                if denominator != cell.denominator:
                    entry["denominator"] = denominator
            if entry:
                version = posted[_name("v", row, cell)]
                seen = int(version) if version.isdecimal() else 0
                drafts.append(actions.Draft(row.indicator, cell.period, entry, seen))
    return drafts, wrong


def _amount(posted: Mapping[str, str], name: str, wrong: dict[str, str]) -> Decimal | None:
    typed = posted.get(name, "")
    figure = plain_figure(typed)
    if figure is None:
        wrong[name] = _("«%(value)s» no es un número. Escríbalo como 1,250.5.") % {"value": typed.strip()}
    return Decimal(figure) if figure else None


def _name(kind: str, row: Row, cell: Cell) -> str:
    return f"{kind}-{row.indicator.pk}-{cell.period}"


def _shown(
    request: Request,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    sheet = sheet_of(request)
    area = _area(request)
    lines = [
        {
            "row": row,
            "indicator": row.indicator,
            "light": row.light,
            "cells": [_cell(row, cell, sheet, typed or {}, wrong or {}) for cell in row.cells],
        }
        for row in sheet.rows
    ]
    working = [cell for row in sheet.rows for cell in row.cells if cell.period == sheet.working]
    context = {
        "sheet": sheet,
        "lines": lines,
        "months": [sheet.year * 12 + month for month in range(12)],
        "areas": areas(request),
        "area": area,
        "refusal": refusal,
        "wrong": wrong,
        "may_type": any(cell.open for row in sheet.rows for cell in row.cells),
        "drafts": sum(cell.open and cell.state == CaptureState.DRAFT for cell in working),
        "query": _address(request).partition("?")[2],
        "saved": "guardado" in request.GET,
        "draft_key": _draft_key(request, area, sheet.year),
        "due_on": queries.due_day(
            request.institution,
            Period.of(sheet.working),
            organization.settings_on(request.institution, request.today).capture_due_day,
        ),
    }
    return render(request, "captures/sheet.html", context, status=status)


def _draft_key(request: Request, area: "Unit | None", year: int) -> str:
    return f"hoja:{request.institution.slug}:{area.code if area else ''}:{year}:{request.actor.person_id}"


def _cell(row: Row, cell: Cell, sheet: Sheet, typed: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, Any]:
    """What the table writes: its fields with what was typed, or its value."""
    fields = []
    if cell.open:
        first, second = presenters.value_labels(row.indicator, cell.period)
        pairs = [("n", first, cell.numerator)]
        if row.indicator.denominator_name:
            pairs.append(("d", second, cell.denominator))
        for kind, label, value in pairs:
            name = _name(kind, row, cell)
            fields.append(
                {
                    "name": name,
                    "label": f"{row.indicator.code}: {label}",
                    "value": typed.get(name, presenters.plain(value)),
                    "error": wrong.get(name, ""),
                }
            )
    return {
        "cell": cell,
        "fields": fields,
        "version_name": _name("v", row, cell),
        "current": cell.period == sheet.working,
        "slot": str(Period.of(cell.period)),
    }
