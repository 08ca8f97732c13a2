"""The area's sheet to Excel and back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rumbo.core.rendering.limits import DEFAULT_LIMITS
from rumbo.core.rendering.refused import WorkbookRefused
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import workbook_answer
from rumbo.systems.captures.exchange import load, marked, workbook
from rumbo.systems.captures.forms import UploadForm
from rumbo.systems.captures.views.choosing import choice_of, units_of
from rumbo.systems.captures.views.subject import said

MOST_SHOWN = 50  # errors written on the page; the marked workbook has them all


@door(Permission.VIEW_BOARDS)
def download(request: Request) -> HttpResponse:
    """«Descargar en Excel»: everything that the filters of the sheet say, whatever the page on show."""
    choice = choice_of(request)
    year = request.institution.year_of(Period.of(choice.working))
    content = workbook(
        request.actor,
        request.institution,
        year=year,
        on=request.today,
        units=units_of(choice.area),
        indicator_ids=choice.wanted if choice.standing else None,
        banner=_banner(request),
        translate=_,
    )
    return workbook_answer(content, f"captura-{request.institution.slug}-{year.year}.xlsx")


@door(Permission.CAPTURE)
def upload(request: Request) -> HttpResponse:
    """«Subir Excel»: what is wrong comes back marked in its cells, and nothing is applied."""
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": [
            (_("Captura"), reverse("captures:home", kwargs={"slug": request.institution.slug})),
            (_("Subir Excel"), ""),
        ],
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "captures/upload.html", context, status=422 if form.errors else 200)
    content: bytes = form.cleaned_data["file"].read(DEFAULT_LIMITS.file_bytes + 1)
    try:
        loaded = load(content, institution=request.institution, by=request.actor, on=request.today, at=request.now)
    except WorkbookRefused as refusal:
        form.add_error("file", refusal.message(_))
        return render(request, "captures/upload.html", context, status=422)
    except Forbidden as refused:
        raise PermissionDenied from refused
    except Refusal as refused:
        form.add_error("file", said(refused))
        return render(request, "captures/upload.html", context, status=422)
    if loaded.ok:
        messages.success(
            request,
            _("Se leyeron bien %(rows)s filas; %(changed)s capturas quedaron guardadas, sin enviar.")
            % {"rows": loaded.rows, "changed": loaded.changed},
        )
        return redirect("captures:home", slug=request.institution.slug)
    if request.POST.get("accion") == "marcado":
        return workbook_answer(marked(content, loaded.errors), "captura-por-corregir.xlsx")
    context |= {
        "loaded": loaded,
        "bad": len({error.row for error in loaded.errors}),
        "errors": loaded.errors[:MOST_SHOWN],
        "more": max(len(loaded.errors) - MOST_SHOWN, 0),
    }
    return render(request, "captures/upload.html", context, status=422)


def _banner(request: Request) -> str | None:
    """The notice of demonstration data, as every sheet carries it."""
    return organization.data_notice(request.institution) or None
