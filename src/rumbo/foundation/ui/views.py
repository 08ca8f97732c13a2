"""The institution's colour as a style sheet (the policy allows no inline styles), and the gallery of components."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.foundation.ui import presenters
from rumbo.foundation.ui.doors import everyone
from rumbo.foundation.ui.forms import GalleryForm

YEAR = 365 * 24 * 60 * 60


@everyone
def accent(request: HttpRequest, colour: str) -> HttpResponse:
    """The address carries the colour, so the answer never changes."""
    sheet = presenters.accent_sheet(colour)
    if sheet is None:
        raise Http404
    return HttpResponse(
        sheet, content_type="text/css; charset=utf-8", headers={"Cache-Control": f"public, max-age={YEAR}, immutable"}
    )


@everyone
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its states. Only where there are no real data to be distracted from."""
    if not (settings.DEBUG or settings.RUMBO_DEMO):
        raise Http404
    wrong = GalleryForm({"value": "1.250,5", "statement": ""})
    wrong.is_valid()
    context: dict[str, Any] = {
        "lights": [light for light in Light if light is not Light.NOT_DUE] + [Light.NOT_DUE],
        "classes": sorted(PerformanceClass, reverse=True),
        "states": list(CaptureState),
        "all_marks": sum(mark for mark in Mark),
        "icons": presenters.icon_names(),
        "form": GalleryForm(),
        "wrong": wrong,
        "page": Paginator(range(240), 20).page(4),
        "crumbs": [("Tableros", "#"), ("Dirección General de Obras", "#"), ("Meta 3.2.1", "")],
    }
    return render(request, "ui/gallery.html", context)
