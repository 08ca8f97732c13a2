"""Addresses of the whole site. Words in Spanish; everything of an institution under /i/<slug>/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
