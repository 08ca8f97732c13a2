"""The cast of every test: a small institution and people with fixed characters.

Ana captures in DESU, Beto heads it, Rita reviews for Planning, Carmen closes. Hugo heads the institution, Gina is the
contractor, Inés the requesting area, Eva audits, Fede administers. Darío captures in another institution and must see
nothing of this one.

Loaded as a plugin by `tests/conftest.py`: no import is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization import actions, queries
from rumbo.foundation.organization.actor import PersonActor, SystemActor
from rumbo.foundation.organization.models import Institution, Person, Unit
from tests.remembering import remembered

FOUNDED = date(2023, 12, 1)
FOUNDED_AT = datetime(2023, 12, 1, 15, 0, tzinfo=UTC)
TODAY = date(2026, 12, 3)
NOW = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
SYSTEM = SystemActor()


@dataclass(frozen=True)
class Character:
    """A person of the cast. `actor` stands at a door on 3 December 2026."""

    person: Person
    role: Role
    unit: Unit | None

    @property
    def actor(self) -> PersonActor:
        return self.actor_on(TODAY)

    def actor_on(self, day: date) -> PersonActor:
        return queries.actor_of(self.person, on=day)

    @property
    def email(self) -> str:
        return self.person.email


@dataclass(frozen=True)
class Units:
    """The tree: `root` holds `desu` (with `parks` inside) and `works`."""

    root: Unit
    desu: Unit
    parks: Unit
    works: Unit


def make_institution(slug: str, name: str) -> Institution:
    return actions.create_institution(
        slug=slug, name=name, short_name=name, nature="real", by=SYSTEM, on=FOUNDED, at=FOUNDED_AT
    )


def make_character(institution: Institution, name: str, role: Role, unit: Unit | None = None) -> Character:
    person = actions.add_person(
        institution=institution,
        email=f"{name.lower()}@{institution.slug}.example",
        name=name,
        role=role,
        unit=unit,
        post=f"{role.label} ({unit.code})" if unit else role.label,
        by=SYSTEM,
        on=FOUNDED,
        at=FOUNDED_AT,
    )
    return Character(person=person, role=role, unit=unit)


@pytest.fixture
@remembered
def institution(db: None) -> Institution:
    return make_institution("prueba", "Alcaldía de Prueba")


@pytest.fixture
@remembered
def units(institution: Institution) -> Units:
    rows = [
        actions.UnitRow(code="AP", name="Alcaldía de Prueba", head_post="Persona titular de la Alcaldía"),
        actions.UnitRow(
            code="DESU",
            name="Dirección Ejecutiva de Servicios Urbanos",
            parent="AP",
            head_post="Dirección Ejecutiva de Servicios Urbanos",
            liaison_post="Enlace de planeación de Servicios Urbanos",
        ),
        actions.UnitRow(code="DESU-PJ", name="Subdirección de Parques y Jardines", parent="DESU"),
        actions.UnitRow(code="DGO", name="Dirección General de Obras", parent="AP"),
    ]
    return Units(*actions.save_units(institution=institution, rows=rows, by=SYSTEM, at=FOUNDED_AT))


@pytest.fixture
@remembered
def other_institution(db: None) -> Institution:
    return make_institution("ajena", "Institución Ajena")


@pytest.fixture
@remembered
def ana(institution: Institution, units: Units) -> Character:
    """Captures in DESU and below."""
    return make_character(institution, "Ana", Role.CAPTURER, units.desu)


@pytest.fixture
@remembered
def beto(institution: Institution, units: Units) -> Character:
    """Heads DESU: gives the first approval."""
    return make_character(institution, "Beto", Role.AREA_HEAD, units.desu)


@pytest.fixture
@remembered
def rita(institution: Institution) -> Character:
    """Reviews for Planning, cannot close."""
    return make_character(institution, "Rita", Role.REVIEWER)


@pytest.fixture
@remembered
def carmen(institution: Institution) -> Character:
    """Closes the month and keeps the plan."""
    return make_character(institution, "Carmen", Role.CLOSER)


@pytest.fixture
@remembered
def hugo(institution: Institution) -> Character:
    """Heads the institution: reads the boards."""
    return make_character(institution, "Hugo", Role.INSTITUTION_HEAD)


@pytest.fixture
@remembered
def gina(institution: Institution) -> Character:
    """The contractor: prepares and alters nothing."""
    return make_character(institution, "Gina", Role.CONTRACTOR)


@pytest.fixture
@remembered
def ines(institution: Institution) -> Character:
    """The requesting area: accepts deliverables."""
    return make_character(institution, "Ines", Role.REQUESTING_AREA)


@pytest.fixture
@remembered
def eva(institution: Institution) -> Character:
    """Audits: sees everything, changes nothing."""
    return make_character(institution, "Eva", Role.AUDITOR)


@pytest.fixture
@remembered
def fede(institution: Institution) -> Character:
    """Administers areas, people and configuration."""
    return make_character(institution, "Fede", Role.ADMINISTRATOR)


@pytest.fixture
@remembered
def dario(other_institution: Institution) -> Character:
    """Captures in another institution."""
    (unit,) = actions.save_units(
        institution=other_institution,
        rows=[actions.UnitRow(code="DESU", name="Servicios Urbanos")],
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    return make_character(other_institution, "Dario", Role.CAPTURER, unit)


@pytest.fixture
def everyone_of_the_cast(
    ana: Character, beto: Character, rita: Character, carmen: Character, hugo: Character, gina: Character,
    ines: Character, eva: Character, fede: Character, dario: Character,
) -> dict[str, Character]:  # fmt: skip
    """By name, for the tests that try a door as every role. Darío must get 404."""
    return {
        "ana": ana, "beto": beto, "rita": rita, "carmen": carmen, "hugo": hugo, "gina": gina, "ines": ines,
        "eva": eva, "fede": fede, "dario": dario,
    }  # fmt: skip


@pytest.fixture
def client_of() -> Callable[[Character], Client]:
    """`client_of(ana)`: a browser where Ana has already signed in."""

    def sign_in(character: Character) -> Client:
        client = Client()
        client.force_login(character.person)
        return client

    return sign_in
