"""«Mis pendientes»: what the person owes in every system, in one list (decision N)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.owed import Owed
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui.doors import Request, door
from rumbo.shell.setup import owing as setup
from rumbo.systems.captures import queries as captures
from rumbo.systems.evaluation import queries as evaluation
from rumbo.systems.transparency import queries as transparency

# The explicit list: a new system that owes something is added here.
SOURCES: tuple[Callable[..., list[Owed]], ...] = (
    setup.owed_in,
    captures.owed_in,
    evaluation.owed_in,
    evaluation.warnings_owed,
    evaluation.deliveries_owed,
    transparency.owed_in,
)

KINDS: dict[str, str] = {
    "setup": N_("Para empezar"),
    "returned": N_("Devueltas para corregir"),
    "capture": N_("Por capturar"),
    "draft": N_("Borradores por enviar"),
    "commitment": N_("Compromisos que vencieron"),
    "area_review": N_("Por dar visto bueno"),
    "planning_review": N_("Por validar"),
    "correction": N_("Correcciones por decidir"),
    "warning": N_("Alertas tempranas"),
    "close": N_("Meses por cerrar"),
    "deliver": N_("Entregas por hacer"),
    "accept": N_("Entregas por verificar"),
    "publish": N_("Por publicar"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one kind, soonest first."""

    title: str
    lines: list[Owed]

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)


def owed(request: Any) -> list[Owed]:
    """Once per request, however many times the page asks."""
    if not hasattr(request, "owed"):
        request.owed = [
            line for source in SOURCES for line in source(request.actor, request.institution, on=request.today)
        ]
    found: list[Owed] = request.owed
    return found


def count(request: Any) -> int:
    return sum(line.count for line in owed(request))


def grouped(lines: list[Owed]) -> list[Group]:
    """In the order of KINDS, what is returned first: it has already waited once."""
    order = [*KINDS, *sorted({line.kind for line in lines} - set(KINDS))]
    groups = []
    for kind in order:
        mine = sorted(
            (line for line in lines if line.kind == kind), key=lambda line: (line.due_on or date.max, line.title)
        )
        if mine:
            groups.append(Group(_(KINDS.get(kind, kind)), mine))
    return groups


@door(Permission.VIEW_INBOX)
def counted(request: Request) -> HttpResponse:
    """The number alone. Every page asks for it after it is shown, so that no board waits for the inbox."""
    return HttpResponse(str(count(request)), content_type="text/plain", headers={"Cache-Control": "no-store"})


@door(Permission.VIEW_INBOX)
def page(request: Request) -> HttpResponse:
    lines = owed(request)
    context = {
        "groups": grouped(lines),
        "total": count(request),
        "overdue": sum(line.count for line in lines if line.due_on and line.due_on < request.today),
        "next_due": min((line.due_on for line in lines if line.due_on and line.due_on >= request.today), default=None),
    }
    return render(request, "shell/inbox.html", context)
