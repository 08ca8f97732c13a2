"""Every address as everybody: refusals first.

Nobody goes to sign in, another institution does not exist, who may not is told so, and whoever is refused changes
nothing.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit.models import Head
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions as captures
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character, Units, make_character
from tests.whole.addresses import EVERYBODY, INSIDE, OUTSIDE, Address, World, all_addresses, make_world
from tests.whole.settling import CAUSE, NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db
# what these name may be in any institution: a step, a number, a code, a month
COMMON = {"shell:setup_step", "shell:trail_event", "transparency:prepare", "evaluation:area", "evaluation:download"}
REFUSED, MISSING, SENT_AWAY, WRONG_METHOD = 403, 404, 302, 405


@pytest.fixture
def world(institution: Institution, settled: dict[str, Indicator], everyone_of_the_cast: dict[str, Character]) -> World:
    return make_world(institution, settled, everyone_of_the_cast)


def test_every_address_is_in_the_table_and_behind_a_door() -> None:
    found = all_addresses()
    assert set(found) == INSIDE.keys() | OUTSIDE.keys()
    for name, pattern in found.items():
        asks = getattr(pattern.callback, "asks", None)
        assert asks == OUTSIDE[name] if name in OUTSIDE else isinstance(asks, Permission), name


def url(name: str, world: World) -> str:
    address = INSIDE[name]
    return reverse(name, kwargs={"slug": "prueba", **address.of(world)}) + address.query


def fingerprint() -> dict[str, Any]:
    """Of everything that a person can write: how many rows there are, and how many events."""
    models = [model for model in apps.get_models() if model.__module__.startswith("rumbo.")]
    heads = dict(Head.objects.values_list("chain", "sequence"))
    return {model._meta.label: model._default_manager.count() for model in models} | {"heads": heads}


def answers(
    client: Client, world: World, *, data: dict[str, Any] | None = None
) -> Iterator[tuple[str, Address, int, int]]:
    """Status of GET and of POST at each address; what they do is taken back."""
    for name, address in INSIDE.items():
        place = url(name, world)
        statuses = []
        for ask in (client.get, client.post):
            with transaction.atomic():
                statuses.append(ask(place).status_code)
                transaction.set_rollback(True)
        yield name, address, statuses[0], statuses[1]


def test_nobody_is_sent_to_sign_in(world: World) -> None:
    before = fingerprint()
    for name in INSIDE:
        for answer in (Client().get(url(name, world)), Client().post(url(name, world))):
            assert answer.status_code == SENT_AWAY, name
            assert answer["Location"].startswith("/entrar/?next="), name
    assert fingerprint() == before


def test_for_another_institution_nothing_exists(
    world: World, dario: Character, client_of: Callable[..., Client]
) -> None:
    before = fingerprint()
    for name, _address, read, written in answers(client_of(dario), world):
        assert (read, written) == (MISSING, MISSING), name
    assert fingerprint() == before


def test_things_of_another_institution_are_not_found_inside_one_s_own(
    world: World, other_institution: Institution, client_of: Callable[..., Client]
) -> None:
    """Who closes in another institution asks there for the things of this one."""
    closer = make_character(other_institution, "Delia", Role.CLOSER)
    administrator = make_character(other_institution, "Fausto", Role.ADMINISTRATOR)
    for character in (closer, administrator):
        client, before = client_of(character), fingerprint()
        for name, address in INSIDE.items():
            if not address.of(world) or name in COMMON:
                continue
            place = url(name, world).replace("/i/prueba/", "/i/ajena/")
            for answer in (client.get(place), client.post(place)):
                where = f"{name} as {character.email}"
                if answer.status_code == 200:  # an empty board says so, whatever it was asked for
                    assert not [word for word in ("Servicios públicos", "M001") if word in answer.content.decode()], (
                        where
                    )
                else:
                    assert answer.status_code in (MISSING, REFUSED, WRONG_METHOD, SENT_AWAY), where
        assert fingerprint() == before


@pytest.mark.slow
@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_may_not_is_refused_and_changes_nothing(
    who: str, world: World, everyone_of_the_cast: dict[str, Character], client_of: Callable[..., Client]
) -> None:
    client, before = client_of(everyone_of_the_cast[who]), fingerprint()
    wrong = []
    for name, address in INSIDE.items():
        place = url(name, world)
        if who in address.elsewhere:
            assert client.get(place)["Location"] == "/i/prueba/tableros/area/DESU/"
            continue
        # what takes no GET may say so before it asks who it is
        no = {REFUSED, WRONG_METHOD} if address.writes else {REFUSED}
        if who not in address.roles and (status := client.get(place).status_code) not in no:
            wrong.append(f"reads {name}: {status}")
        if who not in (address.posts or address.roles) and (status := client.post(place).status_code) != REFUSED:
            wrong.append(f"writes to {name}: {status}")
    assert wrong == []
    assert fingerprint() == before


@pytest.mark.slow
@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_may_comes_in(
    who: str, world: World, everyone_of_the_cast: dict[str, Character], client_of: Callable[..., Client]
) -> None:
    wrong = []
    for name, address, read, written in answers(client_of(everyone_of_the_cast[who]), world):
        if who in address.roles and read != (WRONG_METHOD if address.writes else 200):
            wrong.append(f"reads {name}: {read}")
        no = {REFUSED} if address.names_more else {REFUSED, MISSING}
        if who in (address.posts or address.roles) and (written >= 500 or written in no):
            wrong.append(f"writes to {name}: {written}")
    assert wrong == []


# One's own area and the others'


AREA = [
    ("evaluation:area", {"code": "DGO"}),
    ("evaluation:goal", {"code": "O001"}),
    ("evaluation:calculation", {"code": "O001"}),
    ("evaluation:indicator_calculation", {"code": "O001", "measure": "O001"}),
    ("captures:form", {"code": "O001", "period": str(NOVEMBER)}),
    ("captures:unavailable", {"code": "O001", "period": str(NOVEMBER)}),
    ("captures:attach", {"code": "O001", "period": str(NOVEMBER)}),
    ("captures:ask_correction", {"code": "O001", "period": str(OCTOBER)}),
]


@pytest.mark.parametrize("who", ["ana", "beto"])
def test_the_area_of_others_is_refused(
    who: str, world: World, everyone_of_the_cast: dict[str, Character], client_of: Callable[..., Client]
) -> None:
    client, before = client_of(everyone_of_the_cast[who]), fingerprint()
    for name, arguments in AREA:
        place = reverse(name, kwargs={"slug": "prueba", **arguments})
        assert client.get(place).status_code in (REFUSED, WRONG_METHOD), name
        typed = {"version": "0", "numerator": "5", "reason": "x", "expected_on": "2026-12-30"}
        assert client.post(place, typed).status_code == REFUSED, name
    for query in ("?area=DGO&dato=clases", "?eje=1&dato=clases", "?dato=clases"):
        answer = client.get(reverse("evaluation:rolled", kwargs={"slug": "prueba"}) + query)
        assert answer.status_code in (REFUSED, MISSING), query
    assert fingerprint() == before


def test_the_proof_and_the_capture_of_another_area_are_refused(
    world: World,
    institution: Institution,
    settled: dict[str, Indicator],
    units: Units,
    everyone_of_the_cast: dict[str, Character],
    client_of: Callable[..., Client],
) -> None:
    oscar = make_character(institution, "Oscar", Role.CAPTURER, units.works)
    draft = captures.save_draft(
        institution=institution, indicator=settled["O001"], period=NOVEMBER.index,
        entry={"numerator": Decimal(70), **CAUSE}, version=None, by=oscar.actor, at=NOW,  # type: ignore[typeddict-item]
    )  # fmt: skip
    content = b"%PDF-1.7\nde obras\n%%EOF"
    proof = captures.attach(
        institution=institution, capture=draft, content=content, file_name="o.pdf", by=oscar.actor, at=NOW
    )
    captures.submit(institution=institution, capture=draft, by=oscar.actor, at=NOW)
    before = fingerprint()
    for who in ("ana", "beto"):
        client = client_of(everyone_of_the_cast[who])
        for path in (f"evidencia/{proof.ref}/", f"evidencia/{proof.ref}/retirar/", f"revision/{draft.ref}/devolver/"):
            data = {"reason": "x", "kind": "value", "text": "x"}
            for answer in (client.get(f"/i/prueba/captura/{path}"), client.post(f"/i/prueba/captura/{path}", data)):
                assert answer.status_code in (REFUSED, MISSING, WRONG_METHOD), f"{who} {path}"
    beto = client_of(everyone_of_the_cast["beto"])
    assert beto.get(f"/i/prueba/captura/revision/{draft.ref}/").status_code in (REFUSED, MISSING)
    beto.post("/i/prueba/captura/revision/decidir/", {"accion": "validar", "captura": str(draft.ref)})
    assert fingerprint() == before
    assert Capture.objects.get(pk=draft.pk).state == "area_review"


def test_a_reserved_proof_is_opened_only_by_its_area_its_reviewers_and_the_auditor(
    world: World, institution: Institution, everyone_of_the_cast: dict[str, Character], client_of: Callable[..., Client]
) -> None:
    proof = captures.attach(
        institution=institution,
        capture=Capture.objects.get(indicator__code="M002", period=NOVEMBER.index)
        if Capture.objects.filter(indicator__code="M002", period=NOVEMBER.index).exists()
        else captures.save_draft(
            institution=institution, indicator=Indicator.objects.select_related("goal__unit").get(code="M002"),
            period=NOVEMBER.index, entry={}, version=0, by=everyone_of_the_cast["ana"].actor, at=NOW,
        ),
        content=b"%PDF-1.7\nreservada\n%%EOF", file_name="r.pdf", reserved=True,
        by=everyone_of_the_cast["ana"].actor, at=NOW,
    )  # fmt: skip
    place = reverse("captures:evidence", kwargs={"slug": "prueba", "ref": proof.ref})
    opened = {who for who in EVERYBODY if client_of(everyone_of_the_cast[who]).get(place).status_code == 200}
    assert opened == {"ana", "beto", "rita", "carmen", "eva"}
