"""People, their roles, and handing over what they have pending."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization import actions, queries
from rumbo.foundation.organization.models import Institution, Membership, Person
from rumbo.foundation.organization.roles import ROLES
from tests.cast import NOW, SYSTEM, TODAY, Character, Units

pytestmark = pytest.mark.django_db
SLUG = {"slug": "prueba"}


def membership_of(character: Character) -> Membership:
    return Membership.objects.get(person=character.person)


def test_a_closer_cannot_give_roles(institution: Institution, carmen: Character, ana: Character) -> None:
    with pytest.raises(Forbidden):
        actions.add_membership(
            institution=institution, person=ana.person, role=Role.CLOSER, by=carmen.actor, on=TODAY, at=NOW
        )


def test_nobody_gives_a_role_to_themselves(institution: Institution, fede: Character) -> None:
    with pytest.raises(actions.MembershipRefused, match="a sí mismo"):
        actions.add_membership(
            institution=institution, person=fede.person, role=Role.CLOSER, by=fede.actor, on=TODAY, at=NOW
        )


def test_nobody_receives_what_they_hand_over_to_themselves(
    institution: Institution, fede: Character, carmen: Character
) -> None:
    with pytest.raises(actions.MembershipRefused, match="a sí mismo"):
        actions.hand_over(
            institution=institution, from_person=carmen.person, to_person=fede.person, reason="Cambio", by=fede.actor,
            on=TODAY, at=NOW,
        )  # fmt: skip
    assert membership_of(carmen).ends_on is None


def test_a_role_over_an_area_needs_the_area(institution: Institution, ana: Character, fede: Character) -> None:
    with pytest.raises(actions.MembershipRefused, match="Elija el área"):
        actions.add_membership(
            institution=institution, person=ana.person, role=Role.AREA_HEAD, by=fede.actor, on=TODAY, at=NOW
        )


def test_the_area_must_be_of_the_institution(
    institution: Institution, dario: Character, ana: Character, fede: Character
) -> None:
    with pytest.raises(actions.MembershipRefused, match="no existe"):
        actions.add_membership(
            institution=institution, person=ana.person, role=Role.CAPTURER, unit=dario.unit, by=fede.actor, on=TODAY,
            at=NOW,
        )  # fmt: skip


def test_the_same_role_is_not_given_twice(
    institution: Institution, ana: Character, units: Units, fede: Character
) -> None:
    with pytest.raises(actions.MembershipRefused, match="ya tiene el papel"):
        actions.add_membership(
            institution=institution, person=ana.person, role=Role.CAPTURER, unit=units.desu, by=fede.actor, on=TODAY,
            at=NOW,
        )  # fmt: skip


def test_the_last_administration_does_not_end(fede: Character) -> None:
    with pytest.raises(actions.MembershipRefused, match="única persona"):
        actions.end_membership(membership=membership_of(fede), reason="Baja", by=SYSTEM, on=TODAY, at=NOW)


def test_a_role_does_not_end_without_a_reason_nor_twice(ana: Character, fede: Character) -> None:
    with pytest.raises(actions.MembershipRefused, match="motivo"):
        actions.end_membership(membership=membership_of(ana), reason=" ", by=fede.actor, on=TODAY, at=NOW)
    actions.end_membership(membership=membership_of(ana), reason="Baja", by=fede.actor, on=TODAY, at=NOW)
    with pytest.raises(actions.MembershipRefused, match="ya había terminado"):
        actions.end_membership(membership=membership_of(ana), reason="Baja", by=fede.actor, on=TODAY, at=NOW)


@pytest.mark.parametrize("email", ["", "ana", "ana@", "ana@prueba .example", "á@b"])
def test_what_is_not_an_address_is_refused(institution: Institution, email: str) -> None:
    with pytest.raises(actions.PersonRefused, match="no es un correo"):
        actions.ensure_person(institution=institution, email=email, name="Ana", by=SYSTEM, at=NOW)


def test_an_ended_role_is_held_until_that_day(ana: Character, fede: Character, institution: Institution) -> None:
    actions.end_membership(membership=membership_of(ana), reason="Baja", by=fede.actor, on=TODAY, at=NOW)
    assert ana.actor_on(TODAY - timedelta(days=1)).may(Permission.CAPTURE, institution.pk)
    assert not ana.actor_on(TODAY).may(Permission.CAPTURE, institution.pk)
    assert not ana.actor_on(TODAY).belongs_to(institution.pk)


def test_a_role_reaches_what_is_below_its_area(ana: Character, institution: Institution, units: Units) -> None:
    reached = {
        unit.code for unit in (units.root, units.desu, units.parks, units.works)
        if ana.actor.may(Permission.CAPTURE, institution.pk, unit.pk)
    }  # fmt: skip
    assert reached == {"DESU", "DESU-PJ"}


def test_work_is_handed_over_in_one_step(
    institution: Institution, ana: Character, beto: Character, fede: Character
) -> None:
    actions.add_membership(
        institution=institution, person=ana.person, role=Role.REVIEWER, by=fede.actor, on=TODAY, at=NOW
    )
    actions.hand_over(
        institution=institution, from_person=ana.person, to_person=beto.person, reason="Vacaciones", by=fede.actor,
        on=TODAY, at=NOW,
    )  # fmt: skip
    assert not ana.actor.belongs_to(institution.pk)
    assert beto.actor.roles_in(institution.pk) == {Role.AREA_HEAD, Role.CAPTURER, Role.REVIEWER}
    event = Event.objects.get(action="organization.hand_over")
    assert event.title == "ana@prueba.example → beto@prueba.example"
    assert [str(problem) for problem in audit.verify()] == []


def test_what_the_other_already_held_is_not_given_twice(
    institution: Institution, ana: Character, beto: Character, units: Units, fede: Character
) -> None:
    actions.add_membership(
        institution=institution, person=beto.person, role=Role.CAPTURER, unit=units.desu, by=fede.actor, on=TODAY,
        at=NOW,
    )  # fmt: skip
    received = actions.hand_over(
        institution=institution, from_person=ana.person, to_person=beto.person, reason="Baja", by=fede.actor, on=TODAY,
        at=NOW,
    )  # fmt: skip
    assert received == []
    with pytest.raises(actions.NothingToHandOver):
        actions.hand_over(
            institution=institution, from_person=ana.person, to_person=beto.person, reason="Baja", by=fede.actor,
            on=TODAY, at=NOW,
        )  # fmt: skip


def test_handing_over_here_leaves_the_other_institution_alone(
    institution: Institution, other_institution: Institution, dario: Character, beto: Character, fede: Character
) -> None:
    actions.add_membership(
        institution=institution, person=dario.person, role=Role.AUDITOR, by=fede.actor, on=TODAY, at=NOW
    )
    actions.hand_over(
        institution=institution, from_person=dario.person, to_person=beto.person, reason="Baja", by=fede.actor,
        on=TODAY, at=NOW,
    )  # fmt: skip
    assert dario.actor.belongs_to(other_institution.pk)
    assert not dario.actor.belongs_to(institution.pk)


# Pages


def post(client: Client, name: str, said: dict[str, Any], **about: Any) -> Any:
    return client.post(reverse(f"organization:{name}", kwargs=SLUG | about), said)


def test_a_person_is_added_on_the_page(client_of: Callable[[Character], Client], fede: Character, units: Units) -> None:
    client = client_of(fede)
    said = {"email": "nora@prueba.example", "name": "Nora", "role": "capturer", "unit": "", "post": "Enlace"}
    refused = post(client, "add_person", said)
    assert refused.status_code == 422
    assert "Elija el área de «Nora»" in refused.content.decode()
    assert not Person.objects.filter(email="nora@prueba.example").exists()
    assert post(client, "add_person", said | {"unit": str(units.works.ref)}).status_code == 302
    assert Membership.objects.get(person__email="nora@prueba.example").unit == units.works


def test_work_is_handed_over_on_the_page_to_somebody_new(
    client_of: Callable[[Character], Client], fede: Character, ana: Character
) -> None:
    client = client_of(fede)
    about = {"person": ana.person.ref}
    assert post(client, "hand_over", {"reason": "Baja"}, **about).status_code == 422
    said = {"to": "nueva", "email": "nora@prueba.example", "name": "Nora", "reason": "Baja"}
    assert post(client, "hand_over", said, **about).status_code == 302
    assert Membership.objects.get(person__email="nora@prueba.example").role == "capturer"


def test_a_role_ends_on_the_page(client_of: Callable[[Character], Client], fede: Character, ana: Character) -> None:
    about = {"membership": membership_of(ana).ref}
    assert post(client_of(fede), "end_membership", {"reason": ""}, **about).status_code == 422
    assert post(client_of(fede), "end_membership", {"reason": "Baja"}, **about).status_code == 302
    assert membership_of(ana).ended_reason == "Baja"


def names(answer: Any) -> list[str]:
    return [line.person.name for line in answer.context["page"].object_list]


def test_the_list_is_filtered(
    client_of: Callable[[Character], Client], everyone_of_the_cast: dict[str, Character], units: Units
) -> None:
    client = client_of(everyone_of_the_cast["fede"])
    url = reverse("organization:people", kwargs=SLUG)
    assert names(client.get(url)) == ["Ana", "Beto", "Carmen", "Eva", "Fede", "Gina", "Hugo", "Ines", "Rita"]
    assert names(client.get(url, {"area": units.desu.ref})) == ["Ana", "Beto"]
    assert names(client.get(url, {"papel": "closer"})) == ["Carmen"]
    assert names(client.get(url, {"busca": "ÁNA"})) == ["Ana"]
    assert names(client.get(url, {"area": "no es una referencia"}))[0] == "Ana"
    actions.end_membership(
        membership=membership_of(everyone_of_the_cast["ana"]), reason="Baja", by=SYSTEM, on=TODAY.replace(2024), at=NOW
    )
    assert "Ana" not in names(client.get(url))
    assert "Ana" in names(client.get(url, {"terminados": "1"}))


def test_each_role_is_described_where_it_is_given(client_of: Callable[[Character], Client], fede: Character) -> None:
    page = client_of(fede).get(reverse("organization:people", kwargs=SLUG)).content.decode()
    assert all(definition.description in page for definition in ROLES.values())


@pytest.mark.parametrize("name", ["people", "areas"])
def test_the_lists_ask_as_much_of_two_people_as_of_forty(
    client_of: Callable[[Character], Client],
    institution: Institution,
    fede: Character,
    units: Units,
    name: str,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    client = client_of(fede)
    url = reverse(f"organization:{name}", kwargs=SLUG)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    asked = len(few)  # now: the next request forgets them
    rows = [actions.PersonRow(f"p{n}@prueba.example", f"P{n}", Role.CAPTURER, "DGO") for n in range(40)]
    actions.save_units(
        institution=institution,
        rows=[actions.UnitRow(f"U{n}", f"Área {n}", "DGO") for n in range(40)],
        by=SYSTEM,
        at=NOW,
    )
    actions.add_people(institution=institution, rows=rows, by=SYSTEM, on=TODAY.replace(2024), at=NOW)
    client.get(url)  # the first one after a write reads again what is kept under the head of the trail
    with django_assert_num_queries(asked):
        client.get(url)


def test_areas_are_added_changed_and_retired_on_the_pages(
    client_of: Callable[[Character], Client], carmen: Character, units: Units, institution: Institution
) -> None:
    client = client_of(carmen)
    said = {
        "code": "DGO-A",
        "name": "Alumbrado",
        "parent": str(units.works.ref),
        "head_post": "JUD",
        "liaison_post": "",
    }
    assert post(client, "add_area", said | {"code": "DESU"}).status_code == 422
    assert post(client, "add_area", said).status_code == 302
    unit = queries.unit_by_code(institution, "DGO-A")
    assert unit is not None
    assert post(client, "edit_area", said | {"name": "Alumbrado público"}, unit=unit.ref).status_code == 302
    assert post(client, "retire_area", {"reason": ""}, unit=unit.ref).status_code == 422
    assert post(client, "retire_area", {"reason": "Se fusiona"}, unit=unit.ref).status_code == 302
    page = client.get(reverse("organization:areas", kwargs=SLUG), {"bajas": "1"}).content.decode()
    assert "Alumbrado público" in page
    assert "Se fusiona" in page
    assert [str(problem) for problem in audit.verify()] == []
