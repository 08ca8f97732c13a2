"""Who stands at a door: a signed-in person with their memberships of the day, or the operating user."""

from collections.abc import Iterable
from dataclasses import dataclass

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization.roles import ROLES


@dataclass(frozen=True, slots=True)
class Place:
    """One membership in force: a role in an institution, over the units below (and including) `unit`."""

    institution: int
    role: Role
    unit: int | None
    below: frozenset[int]
    post: str = ""


class PersonActor:
    """A person. Built once per request by `queries.actor_of`, with one query."""

    def __init__(self, *, person_id: int, email: str, name: str, places: Iterable[Place]) -> None:
        self._person_id = person_id
        self.email = email
        self.name = name
        self.places = tuple(places)

    @property
    def label(self) -> str:
        return self.email

    @property
    def person_id(self) -> int | None:
        return self._person_id

    @property
    def institutions(self) -> frozenset[int]:
        return frozenset(place.institution for place in self.places)

    def belongs_to(self, institution: int) -> bool:
        return any(place.institution == institution for place in self.places)

    def roles_in(self, institution: int) -> frozenset[Role]:
        return frozenset(place.role for place in self.places if place.institution == institution)

    def post_in(self, institution: int) -> str:
        return next((place.post for place in self.places if place.institution == institution and place.post), "")

    def units(self, permission: Permission, institution: int) -> frozenset[int] | None:
        held: set[int] = set()
        for place in self.places:
            if place.institution == institution and permission in ROLES[place.role].permissions:
                if place.unit is None:
                    return None
                held |= place.below
        return frozenset(held)

    def may(self, permission: Permission, institution: int, unit: int | None = None) -> bool:
        """With `unit=None`, whether the permission is held anywhere in the institution: the page then limits itself
        to `units(...)`. With a unit, whether it is held there."""
        held = self.units(permission, institution)
        if held is None:
            return True
        return unit in held if unit is not None else bool(held)


class SystemActor:
    """The operating user who owns RUMBO_HOME, recorded as «sistema» (decision Z)."""

    label = "sistema"
    person_id = None

    def belongs_to(self, institution: int) -> bool:
        return True

    def units(self, permission: Permission, institution: int) -> frozenset[int] | None:
        return None

    def may(self, permission: Permission, institution: int, unit: int | None = None) -> bool:
        return True
