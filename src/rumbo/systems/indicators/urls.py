"""Addresses of goals and indicators."""

from django.urls import path

from rumbo.systems.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.goals, name="goals"),
    path("excel/", views.template, name="template"),
    path("subir/", views.upload, name="upload"),
    path("nueva/", views.add, name="add"),
    path("formula/", views.formula, name="formula"),
    path("acordar/", views.agree, name="agree"),
    path("<uuid:ref>/", views.goal, name="goal"),
    path("<uuid:ref>/editar/", views.edit, name="edit"),
    path("<uuid:ref>/retirar/", views.retire, name="retire"),
    path("<uuid:ref>/indicador/", views.add_indicator, name="add_indicator"),
    path("indicador/<uuid:ref>/", views.edit_indicator, name="edit_indicator"),
    path("indicador/<uuid:ref>/principal/", views.principal, name="principal"),
    path("indicador/<uuid:ref>/retirar/", views.retire_indicator, name="retire_indicator"),
    path("indicador/<uuid:ref>/programacion/<int:year>/", views.programme, name="programme"),
    path("indicador/<uuid:ref>/reprogramar/<int:year>/", views.change, name="change"),
]
