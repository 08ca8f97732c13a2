"""Passwords: chosen by each person alone, through a printed link of one use; no mail server is needed."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actions.allowed import must_manage_people
from rumbo.foundation.organization.actions.locks import forget_failures
from rumbo.foundation.organization.actor import SystemActor
from rumbo.foundation.organization.models import Institution, Person


class LinkRefused(Refusal):
    """The link cannot be issued, or no longer opens anything."""


class PasswordRefused(Refusal):
    """The password cannot be used."""


def issue_first_password_link(*, institution: Institution, person: Person, by: Actor, at: datetime) -> str:
    """The path of a page where the person chooses a password, once, within `PASSWORD_RESET_TIMEOUT`.

    It serves for a forgotten password too. Only of who belongs to no other institution where `by` may not manage
    people: otherwise one administration could enter another's house.
    """
    must_manage_people(by, institution)
    places = queries.institutions_with(person)
    if institution.pk not in places:
        raise LinkRefused(_("«%(name)s» no tiene ningún papel en esta institución."), name=person.name)
    if not all(queries.may_manage_people(by, pk) for pk in places):
        raise LinkRefused(
            _("«%(name)s» también trabaja en otra institución. Pida el enlace a quien opera la instalación."),
            name=person.name,
        )
    with transaction.atomic():
        audit.record(chain=institution.slug, by=by, action="organization.issue_link", at=at, title=person.email)
        # Signing in, or a later link, does not wait for this one: choosing the password spends all of them.
        token = default_token_generator.make_token(person)
        return reverse("account:first_password", kwargs={"who": person.ref, "token": token})


def link_is_valid(person: Person | None, token: str) -> bool:
    return person is not None and person.is_active and default_token_generator.check_token(person, token)


def choose_password(*, person: Person, token: str, password: str, by: Actor, at: datetime) -> None:
    """The first password, or a new one, through a link. The link is spent."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if not link_is_valid(person, token):
            raise LinkRefused(_("Este enlace ya se usó o venció. Pida otro a la Administración del sistema."))
        _store(person, password, by=by, at=at, action="organization.choose_password")


def change_password(*, person: Person, current: str, password: str, by: Actor, at: datetime) -> None:
    """By the person alone, who knows the current one."""
    if by.person_id != person.pk:
        raise Forbidden(_("Cada persona cambia solo su propia contraseña."))
    if not person.check_password(current):
        raise PasswordRefused(_("La contraseña actual no es esa. No se cambió nada."))
    with transaction.atomic():
        _store(person, password, by=by, at=at, action="organization.change_password")


def set_password(*, person: Person, password: str, at: datetime) -> None:
    """For the default accounts of the demonstration; refused everywhere else (decision X)."""
    set_passwords(people=[person], password=password, at=at)


def set_passwords(*, people: Sequence[Person], password: str, at: datetime) -> None:
    """The same password for many accounts of the demonstration, worked out once: each costs half a second."""
    if not settings.RUMBO_DEMO:
        raise Forbidden(_("Solo la demostración tiene contraseñas puestas de antemano. Entregue un enlace."))
    hashed = make_password(password)
    with transaction.atomic():
        for person in people:
            person.password = hashed
            person.save(update_fields=["password"])
        audit.record(
            chain=audit.INSTALLATION,
            by=SystemActor(),
            action="organization.set_passwords",
            at=at,
            rows=people,
            details={"count": len(people)},
        )


def renew_hash(*, person: Person, password: str, at: datetime) -> None:
    """The same password, worked out again as strongly as today asks: done when the person signs in."""
    with transaction.atomic():
        before = state_of(person)
        person.set_password(password)
        person.save(update_fields=["password"])
        audit.record(
            chain=audit.INSTALLATION,
            by=SystemActor(),
            action="organization.renew_hash",
            at=at,
            subject=person,
            before=before,
            title=person.email,
        )


def _store(person: Person, password: str, *, by: Actor, at: datetime, action: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise PasswordRefused("%(problem)s", problem=" ".join(problem.messages)) from problem
    before = state_of(person)
    person.set_password(password)
    person.save(update_fields=["password"])
    forget_failures(email=person.email)
    audit.record(
        chain=audit.INSTALLATION, by=by, action=action, at=at, subject=person, before=before, title=person.email
    )
