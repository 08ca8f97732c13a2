"""«Reglas»: every rule the program applies, with its citation, on a page (and, by tools/rules.py, in docs/rules)."""

from django.http import HttpResponse
from django.shortcuts import render

from rumbo.core.rules import Rulebook
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.planning import rules as planning
from rumbo.foundation.ui.doors import Request, door
from rumbo.systems.captures import rules as captures
from rumbo.systems.indicators import rules as indicators
from rumbo.systems.transparency import rules as transparency

# The explicit list: an app with rules is added here.
BOOKS: tuple[Rulebook, ...] = (planning.RULEBOOK, indicators.RULEBOOK, captures.RULEBOOK, transparency.RULEBOOK)


def rulebooks() -> tuple[Rulebook, ...]:
    return BOOKS


@door(Permission.VIEW_PLAN)
def page(request: Request) -> HttpResponse:
    return render(request, "shell/rules.html", {"books": rulebooks()})
