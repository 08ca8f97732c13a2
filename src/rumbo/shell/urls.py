"""Addresses of the whole site. Words in Spanish; everything of an institution under /i/<slug>/."""

from django.urls import URLPattern, URLResolver, include, path

from rumbo.shell import installation, views

of_institution: list[URLPattern | URLResolver] = [
    path("", include("rumbo.shell.institution_urls")),
    path("", include("rumbo.foundation.organization.urls")),
    path("calendario/", include("rumbo.foundation.calendars.urls")),
    path("programa/", include("rumbo.foundation.planning.urls")),
    path("metas/", include("rumbo.systems.indicators.urls")),
    path("captura/", include("rumbo.systems.captures.urls")),
    path("", include("rumbo.systems.evaluation.urls")),
    path("transparencia/", include("rumbo.systems.transparency.urls")),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("idioma/", views.language, name="language"),
    path("instalacion/", installation.page, name="installation"),
    path("instalacion/abrir/", installation.add, name="installation_add"),
    path("instalacion/administran/", installation.give, name="installation_give"),
    path("", include("rumbo.foundation.organization.urls.account")),
    path("", include("rumbo.foundation.ui.urls")),
    path("i/<slug:slug>/", include(of_institution)),
]
handler400 = "rumbo.shell.views.bad_request"
handler403 = "rumbo.shell.views.forbidden"
handler404 = "rumbo.shell.views.not_found"
handler500 = "rumbo.shell.views.failed"
