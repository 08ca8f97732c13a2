"""A new institution: an empty house with its own chain in the trail."""

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.organization.actions.allowed import must_be_operator
from rumbo.foundation.organization.models import Institution

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class InstitutionRefused(Refusal):
    """The institution cannot be created with these data."""


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
    """Only the operating user: whoever is a person belongs to an institution that already exists."""
    must_be_operator(by)
    if len(slug) > 60 or not SLUG.fullmatch(slug):
        raise InstitutionRefused(
            _("«%(slug)s» no sirve como clave de la institución: use minúsculas sin acento, números y guiones."),
            slug=slug,
        )
    if not name.strip():
        raise InstitutionRefused(_("Falta el nombre de la institución «%(slug)s». Escríbalo."), slug=slug)
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
