"""Addresses of the calendar, inside an institution."""

from django.urls import path

from rumbo.foundation.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.year, name="year"),
    path("agregar/", views.add, name="add"),
    path("quitar/", views.remove, name="remove"),
    path("ley/", views.statutory, name="statutory"),
]
