"""Addresses of the whole site. Words in Spanish; everything of an institution under /i/<slug>/."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from rumbo.shell import views


def _of(app: str, place: str = "") -> list[URLPattern | URLResolver]:
    """The addresses of an app, once it has them."""
    return [path(place, include(f"{app}.urls"))] if find_spec(f"{app}.urls") else []


of_institution: list[URLPattern | URLResolver] = [
    path("", include("rumbo.shell.institution_urls")),
    *_of("rumbo.foundation.organization"),
    *_of("rumbo.foundation.calendars", "calendario/"),
    *_of("rumbo.foundation.planning", "programa/"),
    *_of("rumbo.systems.indicators", "metas/"),
    *_of("rumbo.systems.captures", "captura/"),
    *_of("rumbo.systems.evaluation"),
    *_of("rumbo.systems.transparency", "transparencia/"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("idioma/", views.language, name="language"),
    path("", include("rumbo.foundation.ui.urls")),
    path("i/<slug:slug>/", include(of_institution)),
]
handler400 = "rumbo.shell.views.bad_request"
handler403 = "rumbo.shell.views.forbidden"
handler404 = "rumbo.shell.views.not_found"
handler500 = "rumbo.shell.views.failed"
