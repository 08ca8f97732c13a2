"""The sections of an institution, in the order of the menu; each needs a permission."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.urls import NoReverseMatch, reverse

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission


class Group(Enum):
    """What one does each month, what one reads, what all of it stands on."""

    MONTH = auto()
    READING = auto()
    HOUSE = auto()


@dataclass(frozen=True, slots=True)
class Section:
    """`name` of its address. Several permissions: any of them opens it. `group`: those of one stand together.

    The label is one or two words, so that the menu of who sees most fits one line of a desk; the page's title says it
    whole («Informes» opens «Informes y entregables»). `also`: pages of the section that live at another address.
    """

    label: str
    name: str
    permissions: tuple[Permission, ...]
    group: Group
    also: tuple[str, ...] = ()


SECTIONS = (
    Section(N_("Mis pendientes"), "shell:inbox", (Permission.VIEW_INBOX,), Group.MONTH),
    Section(N_("Captura"), "captures:home", (Permission.CAPTURE, Permission.APPROVE_AREA), Group.MONTH),
    Section(
        N_("Revisión"),
        "captures:review",
        (Permission.APPROVE_AREA, Permission.VALIDATE),
        Group.MONTH,
        ("captures:corrections",),
    ),
    Section(N_("Cierre"), "evaluation:closing", (Permission.CLOSE_MONTH,), Group.MONTH, ("captures:history",)),
    Section(N_("Tableros"), "evaluation:board", (Permission.VIEW_BOARDS,), Group.READING),
    Section(N_("Alertas"), "evaluation:warnings", (Permission.VIEW_BOARDS,), Group.READING),
    Section(N_("Programa de gobierno"), "planning:plan", (Permission.VIEW_PLAN,), Group.READING),
    Section(N_("Metas"), "indicators:goals", (Permission.VIEW_PLAN,), Group.READING, ("evaluation:contracts",)),
    Section(N_("Informes"), "evaluation:reports", (Permission.VIEW_REPORTS,), Group.READING, ("evaluation:closing",)),
    Section(N_("Acompañamiento"), "evaluation:support", (Permission.VIEW_BOARDS,), Group.READING),
    Section(N_("Transparencia"), "transparency:records", (Permission.VIEW_REPORTS,), Group.READING),
    Section(
        N_("Áreas y personas"), "organization:people", (Permission.MANAGE_PEOPLE,), Group.HOUSE, ("organization:areas",)
    ),
    Section(N_("Calendario"), "calendars:year", (Permission.VIEW_INBOX,), Group.HOUSE),
    Section(N_("Bitácora"), "shell:trail", (Permission.VIEW_TRAIL,), Group.HOUSE),
    Section(
        N_("Configuración"),
        "shell:setup",
        (Permission.CONFIGURE,),
        Group.HOUSE,
        ("evaluation:schemes", "organization:areas"),
    ),
)
FOOTER = (Section(N_("Reglas"), "shell:rules", (Permission.VIEW_PLAN,), Group.HOUSE),)
PLAN = "planning:plan"


@dataclass(frozen=True, slots=True)
class Link:
    """`counts` is the address that says how many wait there; the page asks for it once it is shown.

    `apart`: a group of the menu begins here.
    """

    label: str
    url: str
    current: bool = False
    counts: str = ""
    apart: bool = False


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
