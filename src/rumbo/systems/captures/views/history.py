"""Carga histórica on a page: the same workbook, checks and action as `rumbo import captures`."""

from dataclasses import replace
from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from rumbo.core.rendering.cells import CellError
from rumbo.core.rendering.intake import data_sheets
from rumbo.core.rendering.reading import read_upload
from rumbo.core.rendering.table import template
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import Outcome, spoken, upload_page, workbook_answer
from rumbo.systems.captures.exchange import load
from rumbo.systems.captures.exchange.tables import HISTORY
from rumbo.systems.captures.exchange.variables import VARIABLES
from rumbo.systems.indicators import queries as indicators

_OTHER = N_("Este libro es la hoja de captura de un área. Aquí se sube el de carga histórica: descargue la plantilla.")


@door(Permission.CLOSE_MONTH)
def upload(request: Request) -> HttpResponseBase:
    """What is wrong is listed, and comes back marked in its cells; nothing is applied by halves."""
    return upload_page(
        request,
        title=_("Carga histórica"),
        lead=_("Valores de meses pasados que la institución ya tenía, sin plazos y con su marca. Una fila por mes."),
        run=partial(run, request),
        template="captures:history_template",
        back="evaluation:closing",
    )


@door(Permission.CLOSE_MONTH)
def blank(request: Request) -> HttpResponse:
    title = _("Carga histórica de %(institution)s") % {"institution": request.institution.name}
    banner = organization.data_notice(request.institution)
    measured = indicators.indicators_of(request.institution)
    apart = [spoken(VARIABLES)] if any(indicators.asked_of(one).by_readings for one in measured) else []
    content = template(spoken(HISTORY), title, [], banner=banner, translate=_, also=apart)
    return workbook_answer(content, f"carga-historica-{request.institution.slug}.xlsx")


def run(request: Request, content: bytes, dry_run: bool) -> Outcome:
    """Rehearsed first: the area's sheet, which looks alike, would leave drafts instead of history."""
    ask = partial(load, content, institution=request.institution, by=request.actor, on=request.today, at=request.now)
    try:
        loaded = ask(dry_run=True)
        errors = [CellError(0, 0, _OTHER)] if loaded.kind != "history" else loaded.errors
        if not errors and not dry_run:
            loaded = ask()
            errors = loaded.errors
    except Refusal as refusal:
        return Outcome(content, 0, (CellError(0, 0, refusal.template, refusal.params),), (), applied=False)
    name = next((one.name for one in data_sheets(read_upload(content)) if one.rows), "")
    placed = tuple(replace(error, sheet=error.sheet or name) for error in errors)
    good = 0 if loaded.kind != "history" else loaded.rows
    return Outcome(content, good, placed, tuple(loaded.warnings), applied=not errors and not dry_run)
