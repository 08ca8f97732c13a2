"""What the pages of people and areas show, gathered from what the queries give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from rumbo.core.rendering.cells import normal
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actor import PersonActor
from rumbo.foundation.organization.models import Institution, Membership, Person, Unit
from rumbo.foundation.organization.roles import ROLES


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role of one person. `ended` when it is no longer held."""

    membership: Membership
    label: str
    description: str
    unit: str
    ended: bool


@dataclass(slots=True)
class PersonLine:
    person: Person
    roles: list[RoleLine] = field(default_factory=list)

    @property
    def active(self) -> bool:
        return any(not role.ended for role in self.roles)


@dataclass(frozen=True, slots=True)
class PlaceRole:
    label: str
    description: str
    unit: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """An institution where one has a place, with each role."""

    institution: str
    roles: tuple[PlaceRole, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """`depth` from 0; `people` with a role in the area itself."""

    unit: Unit
    depth: int
    people: int

    @property
    def indent(self) -> str:
        """Shown before the name; a screen reader skips it."""
        return "— " * self.depth


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list is limited to; empty is everything in force."""

    text: str = ""
    role: str = ""
    unit: str = ""
    ended: bool = False


def people_lines(institution: Institution, chosen: PeopleFilter, *, on: date) -> list[PersonLine]:
    """Each person with their roles, by name. Two queries at most."""
    below = _below(institution, chosen.unit)
    lines: dict[int, PersonLine] = {}
    for membership in queries.everybody_in(institution):
        line = _role_line(membership, on)
        if (line.ended and not chosen.ended) or not _wanted(membership, chosen, below):
            continue
        lines.setdefault(membership.person_id, PersonLine(membership.person)).roles.append(line)
    return list(lines.values())


def unit_lines(units: Sequence[Unit], people: dict[int, int]) -> list[UnitLine]:
    """The tree in order, with how deep each area is."""
    depths: dict[int, int] = {}
    lines = []
    for unit in units:
        depths[unit.pk] = depths.get(unit.parent_id, -1) + 1 if unit.parent_id else 0
        lines.append(UnitLine(unit, depths[unit.pk], people.get(unit.pk, 0)))
    return lines


def unit_choices(units: Iterable[Unit]) -> list[tuple[str, str]]:
    """By reference, with the depth shown: a list of the browser has no tree."""
    return [(str(line.unit.ref), "\u2003" * line.depth + str(line.unit)) for line in unit_lines(list(units), {})]


def places_of(actor: PersonActor) -> list[PlaceLine]:
    """Everything the person may do, everywhere. Two queries."""
    units = queries.units_by_id(place.unit for place in actor.places if place.unit)
    return [
        PlaceLine(
            institution=institution.name,
            roles=tuple(
                PlaceRole(
                    label=place.role.label,
                    description=ROLES[place.role].description,
                    unit=units[place.unit].name if place.unit else "",
                )
                for place in actor.places
                if place.institution == institution.pk
            ),
        )
        for institution in queries.institutions_of(actor)
    ]


def roles_described() -> list[tuple[str, str]]:
    return [(definition.role.label, definition.description) for definition in ROLES.values()]


def _below(institution: Institution, ref: str) -> frozenset[int]:
    unit = queries.unit_by_ref(institution, ref) if ref else None
    return queries.subtree_ids(unit) if unit else frozenset()


def _wanted(membership: Membership, chosen: PeopleFilter, below: frozenset[int]) -> bool:
    if chosen.role and membership.role != chosen.role:
        return False
    if chosen.unit and membership.unit_id not in below:
        return False
    words = normal(f"{membership.person.name} {membership.person.email} {membership.post}")
    return normal(chosen.text) in words if chosen.text else True


def _role_line(membership: Membership, on: date) -> RoleLine:
    role = Role(membership.role)
    return RoleLine(
        membership=membership,
        label=role.label,
        description=ROLES[role].description,
        unit=str(membership.unit) if membership.unit else "",
        ended=membership.ends_on is not None and membership.ends_on <= on,
    )


def qr_drawing(address: str) -> SafeString:
    """The address as a QR drawing (SVG, without styles): typed links of sixty signs are mistyped."""
    drawing = segno.make(address, error="m").svg_inline(scale=4, border=2)
    return mark_safe(drawing)  # noqa: S308  (our own drawing; the address is only dots in it)


def link_expires(at: datetime) -> datetime:
    """When the link that is issued at that moment no longer opens."""
    return at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
