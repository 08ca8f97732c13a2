"""Pages of the set-up."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui.doors import Request, door


@door(Permission.CONFIGURE)
def summary(request: Request) -> HttpResponse:
    return render(request, "shell/setup.html", {})


@door(Permission.CONFIGURE)
def step(request: Request, step: str) -> HttpResponse:
    raise Http404
