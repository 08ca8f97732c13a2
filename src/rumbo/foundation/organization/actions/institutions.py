"""A new institution: an empty house with its own chain in the trail; and who may open one."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization.actions.allowed import must_run_installation
from rumbo.foundation.organization.actions.memberships import add_membership
from rumbo.foundation.organization.actions.passwords import issue_first_password_link
from rumbo.foundation.organization.actions.people import ensure_person
from rumbo.foundation.organization.models import Institution, Person

NAME_LENGTH, SHORT_LENGTH = 200, 60
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class InstitutionRefused(Refusal):
    """The institution cannot be created with these data."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`link` is the path where its administration chooses a password; empty when that person already has one."""

    institution: Institution
    administrator: Person
    link: str


class _Founding:
    """Who opens an institution may name its first administrator, and nothing else inside it."""

    def __init__(self, by: Actor) -> None:
        self.label, self.person_id = by.label, by.person_id

    def belongs_to(self, institution: int) -> bool:
        return False

    def units(self, permission: Permission, institution: int) -> frozenset[int] | None:
        return None if permission is Permission.MANAGE_PEOPLE else frozenset()

    def may(self, permission: Permission, institution: int, unit: int | None = None) -> bool:
        return permission is Permission.MANAGE_PEOPLE


def open_institution(
    *,
    slug: str,
    name: str,
    short_name: str = "",
    admin_name: str,
    admin_email: str,
    by: Actor,
    on: date,
    at: datetime,
) -> Opened:
    """A new institution with who administers it, all or nothing. Several live in one installation, walled.

    Raises Forbidden, InstitutionRefused, PersonRefused, MembershipRefused.
    """
    must_run_installation(by)
    founding = _Founding(by)
    with transaction.atomic():
        institution = create_institution(slug=slug, name=name, short_name=short_name, by=by, on=on, at=at)
        person = ensure_person(institution=institution, email=admin_email, name=admin_name, by=founding, at=at)
        add_membership(institution=institution, person=person, role=Role.ADMINISTRATOR, by=founding, on=on, at=at)
        link = ""
        if not person.has_usable_password():
            link = issue_first_password_link(institution=institution, person=person, by=founding, at=at)
        return Opened(institution, person, link)


def give_installation(*, person: Person, runs: bool, by: Actor, at: datetime) -> Person:
    """Let a person run the installation, or no longer. Nobody withdraws it from themselves: somebody must be left."""
    must_run_installation(by)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if not runs and by.person_id == person.pk:
            raise InstitutionRefused(
                _("Nadie se retira a sí mismo la administración de la instalación: pídalo a otra.")
            )
        if person.runs_installation is runs:
            return person
        before = state_of(person)
        person.runs_installation = runs
        person.save(update_fields=["runs_installation"])
        audit.record(
            chain=audit.INSTALLATION,
            by=by,
            action="organization.give_installation" if runs else "organization.withdraw_installation",
            at=at,
            subject=person,
            before=before,
            title=person.email,
        )
        return person


def check_names(name: str, short_name: str, slug: str) -> None:
    if not name.strip():
        raise InstitutionRefused(_("Falta el nombre de la institución «%(slug)s». Escríbalo."), slug=slug)
    if len(name.strip()) > NAME_LENGTH or len(short_name.strip()) > SHORT_LENGTH:
        raise InstitutionRefused(
            _("El nombre lleva hasta 200 caracteres y el corto hasta 60. Acórtelo («%(slug)s»)."), slug=slug
        )


def create_institution(
    *,
    slug: str,
    name: str,
    short_name: str = "",
    nature: str = Institution.Nature.REAL,
    home: str = "board",
    on_first_screen: bool = True,
    position: int = 0,
    time_zone: str = "America/Mexico_City",
    by: Actor,
    on: date,
    at: datetime,
) -> Institution:
    """Only who runs the installation, who by that belongs to none."""
    must_run_installation(by)
    if len(slug) > 60 or not SLUG.fullmatch(slug):
        raise InstitutionRefused(
            _("«%(slug)s» no sirve como clave de la institución: use minúsculas sin acento, números y guiones."),
            slug=slug,
        )
    check_names(name, short_name, slug)
    with transaction.atomic():
        if Institution.objects.filter(slug=slug).exists():
            raise InstitutionRefused(_("La institución «%(slug)s» ya existe. Use otra clave."), slug=slug)
        institution = Institution(
            slug=slug,
            name=name.strip(),
            short_name=(short_name or name).strip()[:60],
            nature=nature,
            home=home,
            on_first_screen=on_first_screen,
            position=position,
            time_zone=time_zone,
            created_on=on,
        )
        institution.save()
        audit.record(
            chain=slug, by=by, action="organization.create_institution", at=at, subject=institution, title=name
        )
        return institution
