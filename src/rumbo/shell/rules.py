"""«Reglas»: every rule the program applies, with its citation, on a page and as Markdown for the manual."""

from importlib import import_module

from django.http import HttpResponse
from django.shortcuts import render

from rumbo.core.rules import Rulebook
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui.doors import Request, door

# The explicit list: an app with rules is added here.
BOOKS = ("rumbo.systems.captures.rules",)


def rulebooks() -> list[Rulebook]:
    return [import_module(name).RULEBOOK for name in BOOKS]


@door(Permission.VIEW_PLAN)
def page(request: Request) -> HttpResponse:
    return render(request, "shell/rules.html", {"books": rulebooks()})
