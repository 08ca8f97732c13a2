"""People are of the installation; their places are of each institution.

What is said of a person (name, address) goes to the installation's chain, before the institution's: every action
locks the heads in that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actions.allowed import must_manage_people
from rumbo.foundation.organization.actions.memberships import add_membership, build_membership, place_of
from rumbo.foundation.organization.models import Institution, Membership, Person, Unit

LANGUAGES = ("es", "en")
BATCH = 500


class PersonRefused(Refusal):
    """The person cannot be added with these data."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What is known of a person and one of their roles when many arrive at once. `unit` is a code or ""."""

    email: str
    name: str
    role: Role
    unit: str = ""
    post: str = ""


def ensure_person(*, institution: Institution, email: str, name: str, by: Actor, at: datetime) -> Person:
    """The person with that address; created without a password when there is none. An existing name stays."""
    must_manage_people(by, institution)
    address = clean_email(email)
    with transaction.atomic():
        found = queries.person_by_email(address)
        if found is not None:
            return found
        if not name.strip():
            raise PersonRefused(_("Falta el nombre de «%(email)s». Escríbalo."), email=address)
        person = Person(email=address, name=name.strip()[:150])
        person.set_unusable_password()
        person.save()
        audit.record(
            chain=audit.INSTALLATION,
            by=by,
            action="organization.add_person",
            at=at,
            subject=person,
            title=address,
            details={"institution": institution.slug},
        )
        return person


def add_person(
    *,
    institution: Institution,
    email: str,
    name: str,
    role: Role,
    unit: Unit | None = None,
    post: str = "",
    by: Actor,
    on: date,
    at: datetime,
) -> Person:
    """The person and one role, in one step."""
    with transaction.atomic():
        person = ensure_person(institution=institution, email=email, name=name, by=by, at=at)
        add_membership(institution=institution, person=person, role=role, unit=unit, post=post, by=by, on=on, at=at)
        return person


def add_people(
    *, institution: Institution, rows: Sequence[PersonRow], by: Actor, on: date, at: datetime
) -> list[Membership]:
    """Many people with a role each, all or none. Roles already held stay as they are. One event for the roles."""
    must_manage_people(by, institution)
    with transaction.atomic():
        units = {unit.code: unit for unit in queries.units_of(institution)}
        added: list[Membership] = []
        people = _ensure_people(institution, rows, by, at)
        held = {(item.person_id, item.role, item.unit_id) for item in queries.memberships_of(institution, on=on)}
        for row, person in zip(rows, people, strict=True):
            if row.unit and row.unit not in units:
                raise PersonRefused(
                    _("El área «%(unit)s» de «%(email)s» no existe o está dada de baja."),
                    email=row.email,
                    unit=row.unit,
                )
            unit = units[row.unit] if row.unit else None
            place = place_of(person, row.role, unit)
            if place in held:  # before any question: the same workbook comes back with whoever uploads it in it
                continue
            held.add(place)
            added.append(
                build_membership(
                    institution=institution, person=person, role=row.role, unit=unit, post=row.post, by=by, on=on
                )
            )
        Membership.objects.bulk_create(added, batch_size=BATCH)
        if added:
            audit.record(
                chain=institution.slug,
                by=by,
                action="organization.add_people",
                at=at,
                rows=added,
                details={"count": len(added)},
            )
        return added


def _ensure_people(institution: Institution, rows: Sequence[PersonRow], by: Actor, at: datetime) -> list[Person]:
    """The person of each row; the new ones in one step, with one event."""
    addresses = [clean_email(row.email) for row in rows]
    known = queries.people_by_email(addresses)
    new: dict[str, Person] = {}
    for row, address in zip(rows, addresses, strict=True):
        if address in known or address in new:
            continue
        if not row.name.strip():
            raise PersonRefused(_("Falta el nombre de «%(email)s». Escríbalo."), email=address)
        new[address] = Person(email=address, name=row.name.strip()[:150])
        new[address].set_unusable_password()
    created = Person.objects.bulk_create(new.values(), batch_size=BATCH)
    if created:
        audit.record(
            chain=audit.INSTALLATION,
            by=by,
            action="organization.add_people",
            at=at,
            rows=created,
            details={"institution": institution.slug, "people": list(new)},
        )
    everyone = known | new
    return [everyone[address] for address in addresses]


def choose_language(*, person: Person, language: str) -> None:
    """How the person reads the pages. A preference: it changes nothing that is audited."""
    if language not in LANGUAGES:
        raise PersonRefused(_("El idioma «%(language)s» no está disponible."), language=language)
    person.language = language
    person.save(update_fields=["language"])


def clean_email(email: str) -> str:
    """Lower case, without spaces around. Raises PersonRefused."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise PersonRefused(
            _("«%(email)s» no es un correo. Escríbalo como nombre@dominio.mx."), email=email
        ) from problem
    return address
