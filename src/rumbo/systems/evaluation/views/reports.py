"""Reports and deliverables: what is closed, and its documents, made when they are asked for."""

import io
import zipfile
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rumbo.core.timekeeping.period import InvalidPeriod, Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import downloaded
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.evaluation import reports as documents
from rumbo.systems.evaluation.presenters.reports import plan_files, report_months
from rumbo.systems.evaluation.presenters.wording import language
from rumbo.systems.evaluation.queries.closings import closings_of
from rumbo.systems.evaluation.views.opening import must_read_every_report
from rumbo.systems.indicators import queries as indicators

# Taking a document is told to the trail: only who asks for it takes it, and not who asks whether it is there (HEAD).
only_get = require_http_methods(["GET"])


@door(Permission.VIEW_REPORTS)
def reports(request: Request) -> HttpResponseBase:
    """The closed months of a year with their documents; the plan's documents of each programmed year."""
    must_read_every_report(request)
    current = [closing for closing in closings_of(request.institution.pk) if closing.current]
    institution = request.institution
    years = sorted({institution.year_of(Period.of(closing.period)).year for closing in current}, reverse=True)
    programmed = indicators.years_programmed(request.institution)
    this_year = institution.year_on(request.today)
    shown = institution.year_called(_year(request.GET.get("anio", ""), years or programmed[-1:] or [this_year.year]))
    of_plan = shown.last if shown.year < this_year.year else Period.containing(request.today)
    context = {
        "months": report_months(institution, [closing for closing in current if closing.period in shown.periods]),
        "years": [institution.year_called(one) for one in sorted({*years, *programmed}, reverse=True)],
        "year": shown,
        "plan": plan_files(institution, of_plan) if shown.year in programmed else [],
        "may_prepare": request.actor.may(Permission.PREPARE_REPORTS, request.institution.pk),
    }
    return render(request, "evaluation/reports.html", context)


@door(Permission.VIEW_REPORTS)
@only_get
def report_file(request: Request, month: str, name: str) -> HttpResponseBase:
    """One document, produced now from the sealed results and recorded in the trail."""
    must_read_every_report(request)
    try:
        content = documents.produce_file(name, **_asked(request, month))
    except documents.UnknownReport as error:
        raise Http404(str(error)) from error
    except Forbidden:
        raise
    except Refusal as error:
        return _back(request, error)
    return downloaded(content, _file_name(request, month, name), documents.media_type(name))


@door(Permission.PREPARE_REPORTS)
@only_get
def report_delivery(request: Request, month: str) -> HttpResponseBase:
    """Everything of the delivery in one ZIP, with the list of digests."""
    must_read_every_report(request)
    try:
        files = documents.produce("delivery", **_asked(request, month))
    except Forbidden:
        raise
    except Refusal as error:
        return _back(request, error)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return downloaded(packed.getvalue(), _file_name(request, month, "entrega.zip"), "application/zip")


def _asked(request: Request, month: str) -> dict[str, Any]:
    try:
        period = Period.parse(month)
    except InvalidPeriod as error:
        raise Http404(str(error)) from error
    return {
        "institution": request.institution,
        "period": period,
        "by": request.actor,
        "on": request.today,
        "at": request.now,
        "language": language(),
        "site": request.build_absolute_uri("/"),
    }


def _year(wanted: str, years: list[int]) -> int:
    return int(wanted) if wanted.isdigit() and 1900 <= int(wanted) < 2999 else years[0]


def _back(request: Request, error: Refusal) -> HttpResponseBase:
    messages.error(request, filled(error))
    return redirect("evaluation:reports", request.institution.slug)


def _file_name(request: Request, month: str, name: str) -> str:
    """«miguel-hidalgo-2026-10-informe-mensual.pdf»: kept apart from those of other months."""
    return f"{request.institution.slug}-{month}-{name}"
