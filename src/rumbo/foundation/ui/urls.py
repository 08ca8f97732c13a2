"""Addresses outside every institution."""

from django.urls import path

from rumbo.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("estilo/acento-<str:colour>.css", views.accent, name="accent"),
    path("galeria/", views.gallery, name="gallery"),
]
