"""The list of quarters, a quarter's record to be read, its table and its files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import XLSX, downloaded
from rumbo.systems.transparency import presenters, queries, reports
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.settings import format_on
from rumbo.systems.transparency.views.common import address, crumbs, must_see, shown_or_404


@door(Permission.VIEW_REPORTS)
def records(request: Request) -> HttpResponse:
    standings = queries.standings_of(request.institution, on=request.today)
    context = {
        "years": presenters.years_of(standings, queries.retained_years(request.today.year)),
        "urgent": presenters.urgent(standings),
        "form": format_on(request.today),
    }
    return render(request, "transparency/records.html", context)


@door(Permission.VIEW_PLAN)
def record_page(request: Request, year: int, number: int) -> HttpResponse:
    """The record in sections: what a person reads, also on a phone and on paper."""
    record = shown_or_404(request, year, number)
    must_see(request, record)
    context = _shown(request, record, "record") | {"reading": reports.reading_of(record)}
    return render(request, "transparency/record.html", context)


@door(Permission.VIEW_PLAN)
def table(request: Request, year: int, number: int) -> HttpResponse:
    """The record as the format has it: fifteen columns, one row."""
    record = shown_or_404(request, year, number)
    must_see(request, record)
    context = _shown(request, record, "table") | {"cells": presenters.cells_of(record)}
    return render(request, "transparency/table.html", context)


@door(Permission.VIEW_PLAN)
def download(request: Request, year: int, number: int, extension: str) -> HttpResponse:
    record = shown_or_404(request, year, number)
    must_see(request, record)
    if extension == "xlsx":
        content, kind = reports.record_workbook(record), XLSX
    elif extension == "html":
        content, kind = reports.standalone_page(record), "text/html; charset=utf-8"
    else:
        raise Http404
    name = reports.file_name(record, extension)
    return downloaded(content, name, kind)


def _shown(request: Request, record: DisclosureRecord, view: str) -> dict[str, object]:
    quarter = record.period
    versions = queries.versions_of(record)
    wanted = f"?version={record.version}" if request.GET.get("version") else ""
    in_hand = versions[0] if versions[0].is_correction and versions[0].published_on is None else None
    reads_drafts = request.actor.may(Permission.VIEW_REPORTS, request.institution.pk)
    history = [one for one in versions if reads_drafts or one.published_on is not None]
    return {
        "record": record,
        "wanted": wanted,
        "history": presenters.versions(history) if len(history) > 1 else [],
        "in_hand": in_hand,
        "may_correct": record.published_on is not None and record.successor is None and in_hand is None,
        "form": record.form,
        "name": presenters.quarter_name(quarter),
        "crumbs": crumbs(request, quarter),
        "tabs": [
            {"label": _("Para leer"), "url": address(request, "record", quarter) + wanted, "current": view == "record"},
            {"label": _("Formato de 15 columnas"), "url": address(request, "table", quarter) + wanted,
             "current": view == "table"},
        ],
    }  # fmt: skip
