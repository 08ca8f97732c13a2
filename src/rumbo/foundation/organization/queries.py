"""Reads. The actor comes first; another institution does not exist for whoever does not belong to it."""

import hashlib
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime
from functools import partial

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.data_nature import notice_of
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit.queries import remembered
from rumbo.foundation.organization.actor import PersonActor, Place
from rumbo.foundation.organization.models import (
    Configuration,
    FailedSignIn,
    Identity,
    Institution,
    Membership,
    Person,
    Unit,
)
from rumbo.foundation.organization.settings import InstitutionSettings

BATCH = 500  # values in one question


def institution_by_slug(slug: str) -> Institution | None:
    """For commands and loaders; pages use `institution_for`."""
    return Institution.objects.filter(slug=slug).first()


def institution_for(actor: Actor, slug: str) -> Institution | None:
    """The institution if the actor belongs to it; None otherwise, which a page answers with 404."""
    institution = institution_by_slug(slug)
    return institution if institution and actor.belongs_to(institution.pk) else None


def institutions_of(actor: Actor) -> list[Institution]:
    """Those the actor belongs to, in the order in which they are shown."""
    return [institution for institution in Institution.objects.all() if actor.belongs_to(institution.pk)]


def person_by_email(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email.strip()).first()


def people_by_email(addresses: Sequence[str]) -> dict[str, Person]:
    """Those that there are of many addresses, as they are stored: in lower case. By address."""
    return {
        person.email: person
        for start in range(0, len(addresses), BATCH)
        for person in Person.objects.filter(email__in=addresses[start : start + BATCH])
    }


def actor_of(person: Person, *, on: date) -> PersonActor:
    """The person with the memberships in force on a day. Two queries."""
    memberships = list(Membership.objects.filter(_in_force(on), person=person))
    institutions = {membership.institution_id for membership in memberships if membership.unit_id}
    paths = dict(Unit.objects.filter(institution__in=institutions).values_list("pk", "path")) if institutions else {}
    places = [
        Place(
            institution=membership.institution_id,
            role=Role(membership.role),
            unit=membership.unit_id,
            below=_below(membership.unit_id, paths),
            post=membership.post,
        )
        for membership in memberships
    ]
    return PersonActor(person_id=person.pk, email=person.email, name=person.name, places=places)


def _below(unit: int | None, paths: dict[int, str]) -> frozenset[int]:
    if unit is None:
        return frozenset()
    start = paths[unit]
    return frozenset(pk for pk, path in paths.items() if path.startswith(start))


def settings_on(institution: Institution, day: date) -> InstitutionSettings:
    """What the institution had decided by a day; the product's defaults where it decided nothing."""
    version = configuration_on(institution, day)
    return InstitutionSettings.from_values(version.values if version else {})


def configuration_on(institution: Institution, day: date) -> Configuration | None:
    """The version in force on a day, or the first one for days before it; None when nothing was decided."""
    return _version_among(configurations_of(institution), day)


def configurations_of(institution: Institution) -> list[Configuration]:
    """Every version, from the oldest."""
    return list(Configuration.objects.filter(institution=institution))


def settings_among(versions: list[Configuration], day: date) -> InstitutionSettings:
    """As `settings_on`, for many days with one query: `versions` are those of `configurations_of`."""
    version = _version_among(versions, day)
    return InstitutionSettings.from_values(version.values if version else {})


def settings_under(institution: Institution, head: str, day: date) -> InstitutionSettings:
    """As `settings_on`, read again only when something was written: `head` is that of the institution's trail."""
    ask = partial(configurations_of, institution)
    return settings_among(remembered(institution.slug, head, "configurations", ask), day)


def units_under(institution: Institution, head: str) -> list[Unit]:
    """As `units_of` with those retired, read again only when something was written. They are shared: not to change."""
    return remembered(institution.slug, head, "units", partial(units_of, institution, with_retired=True))


def _version_among(versions: list[Configuration], day: date) -> Configuration | None:
    started = [version for version in versions if version.effective_from <= day]
    return started[-1] if started else (versions[0] if versions else None)


def data_notice(institution: Institution) -> str:
    """What is said on every page and sheet of a demonstration or of test data; empty for real data."""
    name = institution.short_name or institution.name
    return notice_of(institution.nature, name, translate=_, language=get_language())


def identities_of(institution: Institution) -> list[Identity]:
    """Every name and emblem that it has had, from the oldest; none while it keeps the first."""
    return list(Identity.objects.filter(institution=institution))


def identity_on(institution: Institution, day: date) -> Identity:
    """What it was called on a day. One that never changed answers with what it was created with, unsaved."""
    found = identities_of(institution)
    started = [one for one in found if one.effective_from <= day] or found[:1]
    if started:
        return started[-1]
    return Identity(institution=institution, number=0, name=institution.name, short_name=institution.short_name)


def as_called_on(institution: Institution, day: date) -> Institution:
    """A copy with its name and emblem of that day, for what is printed. It is not to be saved."""
    identity = identity_on(institution, day)
    named = copy(institution)
    named.name, named.short_name, named.logo = identity.name, identity.short_name, identity.logo
    return named


def who_run_the_installation() -> list[Person]:
    return list(Person.objects.filter(runs_installation=True, is_active=True).order_by("name"))


def every_institution(by: Actor) -> list[tuple[Institution, int]]:
    """All of the installation with how many people work in each, for who runs it; nothing of what they do."""
    if not runs_installation(by):
        return []
    people = Count("memberships__person", filter=Q(memberships__ends_on__isnull=True), distinct=True)
    return [(one, one.people) for one in Institution.objects.annotate(people=people)]


def runs_installation(by: Actor) -> bool:
    """The operating user, or a person to whom that was given."""
    return (
        by.person_id is None or Person.objects.filter(pk=by.person_id, runs_installation=True, is_active=True).exists()
    )


def units_of(institution: Institution, *, with_retired: bool = False) -> list[Unit]:
    """The whole tree, in order: a parent always comes before what is below it."""
    units = Unit.objects.filter(institution=institution)
    return in_tree_order(units if with_retired else units.filter(retired_on__isnull=True))


def in_tree_order(units: "QuerySet[Unit] | Iterable[Unit]") -> list[Unit]:
    children: dict[int | None, list[Unit]] = {}
    found = list(units)
    present = {unit.pk for unit in found}
    for unit in found:
        children.setdefault(unit.parent_id if unit.parent_id in present else None, []).append(unit)

    def walk(parent: int | None) -> Iterable[Unit]:
        for unit in sorted(children.get(parent, []), key=lambda item: (item.position, item.code)):
            yield unit
            yield from walk(unit.pk)

    return list(walk(None))


def unit_by_code(institution: Institution, code: str) -> Unit | None:
    return Unit.objects.filter(institution=institution, code=code).first()


def subtree_ids(unit: Unit) -> frozenset[int]:
    """Primary keys of the unit and everything below it."""
    return frozenset(
        Unit.objects.filter(institution=unit.institution_id, path__startswith=unit.path).values_list("pk", flat=True)
    )


def memberships_of(
    institution: Institution, *, on: date, person: Person | None = None, unit: Unit | None = None
) -> list[Membership]:
    """Roles in force on a day, by the person's name; of one person or of one unit alone if given."""
    found = Membership.objects.filter(_in_force(on), institution=institution)
    if person is not None:
        found = found.filter(person=person)
    if unit is not None:
        found = found.filter(unit=unit)
    return list(found.select_related("person", "unit", "institution").order_by("person__name", "role", "pk"))


def everybody_in(institution: Institution) -> list[Membership]:
    """Every role held, in force or ended, with person and unit, by the person's name. One query."""
    found = Membership.objects.filter(institution=institution).select_related("person", "unit")
    return list(found.order_by("person__name", "person_id", "starts_on", "pk"))


def unit_by_ref(institution: Institution, ref: str) -> Unit | None:
    return Unit.objects.filter(institution=institution, ref=ref).select_related("parent").first()


def people_per_unit(institution: Institution, *, on: date) -> dict[int, int]:
    """How many roles are in force in each unit itself, without those below."""
    counted = Membership.objects.filter(_in_force(on), institution=institution, unit__isnull=False)
    return dict(counted.values_list("unit_id").annotate(Count("pk")))


def units_by_id(ids: Iterable[int]) -> dict[int, Unit]:
    return Unit.objects.in_bulk(list(ids))


def membership_by_ref(institution: Institution, ref: str) -> Membership | None:
    return Membership.objects.filter(institution=institution, ref=ref).select_related("person", "unit").first()


def institutions_with(person: Person) -> frozenset[int]:
    """Every institution where the person has or had a place."""
    return frozenset(Membership.objects.filter(person=person).values_list("institution_id", flat=True))


def person_in(institution: Institution, ref: str) -> Person | None:
    """The person by reference, only if they have or had a place in the institution."""
    return Person.objects.filter(ref=ref, memberships__institution=institution).distinct().first()


def person_by_ref(ref: str) -> Person | None:
    """For the link of the first password, which is opened by nobody yet."""
    return Person.objects.filter(ref=ref).first()


def may_manage_people(actor: Actor, institution_id: int) -> bool:
    return actor.may(Permission.MANAGE_PEOPLE, institution_id)


def address_digest(email: str) -> str:
    """How failures are counted without keeping what was typed."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def locked_until(email: str, *, at: datetime) -> datetime | None:
    """Until when sign-in with that address waits; the same for addresses that nobody has."""
    found = FailedSignIn.objects.filter(digest=address_digest(email), locked_until__gt=at).first()
    return found.locked_until if found else None


def _in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def unit_paths(institution_id: int) -> list[tuple[int, str]]:
    """(primary key, path) of every unit, retired ones included: to add each goal to its area and those above."""
    return list(Unit.objects.filter(institution=institution_id).values_list("pk", "path"))
