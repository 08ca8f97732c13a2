"""Addresses of the plan."""

from django.urls import path

from rumbo.foundation.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("nuevo/", views.create, name="create"),
    path("excel/", views.template, name="template"),
    path("subir/", views.upload, name="upload"),
    path("ligar/", views.link, name="link"),
    path("textos/", views.texts, name="texts"),
    path("foda/", views.swot, name="swot"),
    path("elemento/nuevo/", views.add, name="add"),
    path("elemento/<uuid:ref>/", views.edit, name="edit"),
    path("elemento/<uuid:ref>/retirar/", views.retire, name="retire"),
]
