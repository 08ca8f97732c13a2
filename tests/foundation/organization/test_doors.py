"""Every address of this app as every role: who is nobody, who is of another house, who lacks the permission."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from rumbo.foundation.organization import queries
from rumbo.foundation.organization.models import Institution
from tests.cast import TODAY, Character, Units

pytestmark = pytest.mark.django_db

PEOPLE = {"fede"}  # who administers
AREAS = {"fede", "carmen"}  # and who closes
DOORS = [
    ("people", PEOPLE), ("add_person", PEOPLE), ("upload_people", PEOPLE), ("people_template", PEOPLE),
    ("hand_over", PEOPLE), ("end_membership", PEOPLE), ("person_link", PEOPLE),
    ("areas", AREAS), ("add_area", AREAS), ("upload_areas", AREAS), ("areas_template", AREAS),
    ("edit_area", AREAS), ("retire_area", AREAS),
]  # fmt: skip


@pytest.fixture
def address(institution: Institution, units: Units, ana: Character) -> Callable[..., str]:
    """The address of a door, about Ana, her role or her area."""
    (membership,) = queries.memberships_of(institution, on=TODAY, person=ana.person)
    subject = {
        "hand_over": {"person": ana.person.ref}, "person_link": {"person": ana.person.ref},
        "end_membership": {"membership": membership.ref},
        "edit_area": {"unit": units.desu.ref}, "retire_area": {"unit": units.desu.ref},
    }  # fmt: skip

    def of(name: str, slug: str = "prueba", **instead: object) -> str:
        return reverse(f"organization:{name}", kwargs={"slug": slug} | (instead or subject.get(name, {})))

    return of


def ask(client: Client, name: str, url: str) -> int:
    """The link is only issued by a POST."""
    return (client.post(url) if name == "person_link" else client.get(url)).status_code


@pytest.mark.parametrize(("name", "allowed"), DOORS)
def test_nobody_is_sent_to_sign_in_and_brought_back(address: Callable[..., str], name: str, allowed: set[str]) -> None:
    answer = Client().post(address(name)) if name == "person_link" else Client().get(address(name))
    assert answer.status_code == 302
    assert answer["Location"] == f"/entrar/?next={address(name)}"


@pytest.mark.parametrize(("name", "allowed"), DOORS)
@pytest.mark.requirement("A1-05")
def test_each_role_finds_only_its_doors_open(
    address: Callable[..., str],
    client_of: Callable[[Character], Client],
    everyone_of_the_cast: dict[str, Character],
    name: str,
    allowed: set[str],
) -> None:
    expected = {who: 200 if who in allowed else 404 if who == "dario" else 403 for who in everyone_of_the_cast}
    found = {who: ask(client_of(person), name, address(name)) for who, person in everyone_of_the_cast.items()}
    assert found == expected


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("hand_over", "person"), ("person_link", "person"), ("end_membership", "membership"),
        ("edit_area", "unit"), ("retire_area", "unit"),
    ],
)  # fmt: skip
def test_what_is_of_another_institution_is_not_found(
    address: Callable[..., str],
    client_of: Callable[[Character], Client],
    fede: Character,
    dario: Character,
    other_institution: Institution,
    name: str,
    argument: str,
) -> None:
    (membership,) = queries.memberships_of(other_institution, on=TODAY)
    assert membership.unit
    foreign = {"person": dario.person.ref, "membership": membership.ref, "unit": membership.unit.ref}[argument]
    assert ask(client_of(fede), name, address(name, **{argument: foreign})) == 404
    assert ask(client_of(fede), name, address(name, **{argument: uuid4()})) == 404


def test_who_receives_is_somebody_of_the_list_or_somebody_new_with_address_and_name(
    institution: Institution,
    address: Callable[..., str],
    client_of: Callable[[Character], Client],
    fede: Character,
    ana: Character,
) -> None:
    client, url = client_of(fede), address("hand_over", person=ana.person.ref)
    page = client.get(url).content.decode()
    assert "Quién recibe</label>" in page, "it is not optional"
    for sent in ({"to": ""}, {"to": "nueva"}, {"to": "nueva", "email": "hilda@prueba.example"}):
        refused = client.post(url, sent | {"reason": "Relevo"})
        assert refused.status_code in (200, 422)
        assert refused.context["form"].errors["to"], sent
    new = {"to": "nueva", "email": "hilda@prueba.example", "name": "Hilda", "reason": "Relevo"}
    assert client.post(url, new).status_code == 302
    tomorrow = [one.person.name for one in queries.memberships_of(institution, on=TODAY + timedelta(days=1))]
    assert "Hilda" in tomorrow
    assert "Ana" not in tomorrow


def test_the_link_is_not_issued_by_visiting_an_address(
    address: Callable[..., str], client_of: Callable[[Character], Client], fede: Character
) -> None:
    assert client_of(fede).get(address("person_link")).status_code == 405
