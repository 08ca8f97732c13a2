"""Addresses of the whole site. Words in Spanish; everything of an institution under /i/<slug>/."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from rumbo.shell import views


def _of(module: str, place: str = "") -> list[URLPattern | URLResolver]:
    """The addresses of an app, once it has them."""
    if find_spec(module) is None:
        return []
    try:
        import_module(module)
    except ImportError:
        return []
    return [path(place, include(module))]


of_institution: list[URLPattern | URLResolver] = [
    path("", include("rumbo.shell.institution_urls")),
    *_of("rumbo.foundation.organization.urls"),
    *_of("rumbo.foundation.calendars.urls", "calendario/"),
    *_of("rumbo.foundation.planning.urls", "programa/"),
    *_of("rumbo.systems.indicators.urls", "metas/"),
    *_of("rumbo.systems.captures.urls", "captura/"),
    *_of("rumbo.systems.evaluation.urls"),
    *_of("rumbo.systems.transparency.urls", "transparencia/"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("idioma/", views.language, name="language"),
    *_of("rumbo.foundation.organization.urls.account"),
    path("", include("rumbo.foundation.ui.urls")),
    path("i/<slug:slug>/", include(of_institution)),
]
handler400 = "rumbo.shell.views.bad_request"
handler403 = "rumbo.shell.views.forbidden"
handler404 = "rumbo.shell.views.not_found"
handler500 = "rumbo.shell.views.failed"
