"""Addresses of the shell inside an institution."""

from django.urls import path

from rumbo.shell import emblem, inbox, rules, trail
from rumbo.shell.setup import views as setup

app_name = "shell"
urlpatterns = [
    path("", inbox.page, name="inbox"),
    path("pendientes/", inbox.counted, name="inbox_count"),
    path("bitacora/", trail.page, name="trail"),
    path("bitacora/<int:sequence>/", trail.event, name="trail_event"),
    path("emblema/<slug:digest>/", emblem.picture, name="logo"),
    path("reglas/", rules.page, name="rules"),
    path("configuracion/", setup.summary, name="setup"),
    path("configuracion/<slug:step>/", setup.step, name="setup_step"),
]
