"""The sections of an institution, in the order of the menu; each needs a permission."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission


@dataclass(frozen=True, slots=True)
class Section:
    """`name` of its address. Several permissions: any of them opens it."""

    label: str
    name: str
    permissions: tuple[Permission, ...]


SECTIONS = (
    Section(N_("Mis pendientes"), "shell:inbox", (Permission.VIEW_INBOX,)),
    Section(N_("Captura"), "captures:home", (Permission.CAPTURE, Permission.APPROVE_AREA)),
    Section(N_("Revisión"), "captures:review", (Permission.APPROVE_AREA, Permission.VALIDATE)),
    Section(N_("Cierre del mes"), "evaluation:closing", (Permission.CLOSE_MONTH,)),
    Section(N_("Tableros"), "evaluation:board", (Permission.VIEW_BOARDS,)),
    Section(N_("Programa de gobierno"), "planning:plan", (Permission.VIEW_PLAN,)),
    Section(N_("Metas e indicadores"), "indicators:goals", (Permission.VIEW_PLAN,)),
    Section(N_("Informes y entregables"), "evaluation:reports", (Permission.VIEW_REPORTS,)),
    Section(N_("Acompañamiento técnico"), "evaluation:support", (Permission.VIEW_BOARDS,)),
    Section(N_("Transparencia"), "transparency:records", (Permission.VIEW_REPORTS,)),
    Section(N_("Áreas y personas"), "organization:people", (Permission.MANAGE_PEOPLE,)),
    Section(N_("Calendario de seguimiento"), "calendars:year", (Permission.VIEW_INBOX,)),
    Section(N_("Bitácora"), "shell:trail", (Permission.VIEW_TRAIL,)),
    Section(N_("Configuración"), "shell:setup", (Permission.CONFIGURE,)),
)
FOOTER = (Section(N_("Reglas"), "shell:rules", (Permission.VIEW_PLAN,)),)
PLAN = "planning:plan"


@dataclass(frozen=True, slots=True)
class Link:
    """`counts` is the address that says how many wait there; the page asks for it once it is shown."""

    label: str
    url: str
    current: bool = False
    counts: str = ""


def address(name: str, slug: str) -> str:
    """The section's address in an institution; empty when no app has it."""
    try:
        return reverse(name, kwargs={"slug": slug})
    except NoReverseMatch:
        return ""


def logo_address(institution: Any) -> str:
    """With its digest, so that a browser keeps it and a new one is asked for; empty without an emblem."""
    if not institution.logo:
        return ""
    return reverse("shell:logo", kwargs={"slug": institution.slug, "digest": institution.logo[:16]})


def open_to(actor: Any, institution: Any, sections: tuple[Section, ...] = SECTIONS) -> Iterator[tuple[Section, str]]:
    """Sections that exist and that the actor may open, with their address."""
    for section in sections:
        if any(actor.may(permission, institution.pk) for permission in section.permissions):
            url = address(section.name, institution.slug)
            if url:
                yield section, url
