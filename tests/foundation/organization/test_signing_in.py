"""Coming in: the password, the lock, the link of one use, the way back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client, override_settings
from django.urls import reverse

from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit.models import Event
from rumbo.foundation.audit.queries import verify
from rumbo.foundation.organization import actions
from rumbo.foundation.organization.models import FailedSignIn, Institution, Person
from rumbo.shell import clock
from tests.cast import FOUNDED, FOUNDED_AT, NOW, SYSTEM, Character, make_character

pytestmark = pytest.mark.django_db
PASSWORD = "jacaranda-en-marzo"
PBKDF2 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
SIGN_IN = "/entrar/"


class Clock:
    """The moment of every request of a test."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    told = Clock()
    monkeypatch.setattr(clock, "now", told.now)
    return told


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> Iterator[None]:
    """What is tested is who may come in, not how long a guess takes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return


def with_password(character: Character) -> Character:
    character.person.password = make_password(PASSWORD)
    character.person.save()
    return character


def attempt(client: Client, email: str, password: str, **extra: str) -> Any:
    return client.post(SIGN_IN, {"email": email, "password": password, **extra})


def errors(answer: Any) -> str:
    return " ".join(answer.context["form"].non_field_errors())


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(ana: Character, time: Clock) -> None:
    with_password(ana)
    known, unknown = attempt(Client(), ana.email, "otra"), attempt(Client(), "nadie@prueba.example", "otra")
    assert known.status_code == unknown.status_code == 422
    assert errors(known) == errors(unknown) == "El correo o la contraseña no coinciden. Revíselos e intente de nuevo."


@pytest.mark.parametrize("email", ["ana@prueba.example", "nadie@prueba.example"])
def test_after_five_failures_even_the_right_password_waits(ana: Character, time: Clock, email: str) -> None:
    with_password(ana)
    client = Client()
    for _ in range(4):
        assert "no coinciden" in errors(attempt(client, email, "otra"))
    # 18:00 UTC is noon in Mexico City
    for password in ("otra", PASSWORD, "otra"):
        assert "espere hasta las 12:15" in errors(attempt(client, email, password))
    assert "_auth_user_id" not in client.session


def test_only_the_lock_of_a_person_is_recorded(ana: Character, time: Clock) -> None:
    with_password(ana)
    for email in (ana.email, "nadie@prueba.example"):
        for _ in range(5):
            attempt(Client(), email, "otra")
    assert [event.title for event in Event.objects.filter(action="organization.lock_person")] == [ana.email]
    assert not FailedSignIn.objects.filter(digest__contains="@").exists()


def test_the_lock_ends_after_fifteen_minutes(ana: Character, time: Clock) -> None:
    with_password(ana)
    client = Client()
    for _ in range(5):
        attempt(client, ana.email, "otra")
    time.moment += timedelta(minutes=15)
    assert attempt(client, ana.email, PASSWORD).status_code == 302
    assert not FailedSignIn.objects.exists()


def test_slow_failures_do_not_add_up(ana: Character, time: Clock) -> None:
    with_password(ana)
    for _ in range(8):
        assert "no coinciden" in errors(attempt(Client(), ana.email, "otra"))
        time.moment += timedelta(minutes=16)


def test_the_lock_of_one_person_is_not_of_another(ana: Character, beto: Character, time: Clock) -> None:
    with_password(ana)
    with_password(beto)
    for _ in range(5):
        attempt(Client(), ana.email, "otra")
    assert attempt(Client(), beto.email, PASSWORD).status_code == 302


def test_an_inactive_person_does_not_come_in(ana: Character, time: Clock) -> None:
    with_password(ana)
    ana.person.is_active = False
    ana.person.save()
    assert attempt(Client(), ana.email, PASSWORD).status_code == 422


def test_without_a_password_nobody_comes_in(ana: Character, time: Clock) -> None:
    assert attempt(Client(), ana.email, "").status_code == 422
    assert attempt(Client(), ana.email, "!").status_code == 422


@pytest.mark.parametrize("target", ["https://otro.example/", "//otro.example/", "javascript:alert(1)", "/salir/"])
def test_signing_in_never_leads_to_another_site(ana: Character, time: Clock, target: str) -> None:
    with_password(ana)
    assert attempt(Client(), ana.email, PASSWORD, next=target)["Location"] == "/"


def test_signing_in_leads_back_to_where_one_was(ana: Character, time: Clock) -> None:
    with_password(ana)
    client = Client()
    page = client.get("/cuenta/?x=1", follow=True)
    assert page.request["PATH_INFO"] == SIGN_IN
    answer = attempt(client, ana.email.upper(), PASSWORD, next=page.context["next"])
    assert answer["Location"] == "/cuenta/?x=1"
    assert client.get("/cuenta/").status_code == 200


def test_going_out_needs_a_form_and_ends_the_session(client_of: Callable[[Character], Client], ana: Character) -> None:
    client = client_of(ana)
    assert client.get("/salir/").status_code == 405
    assert client.post("/salir/")["Location"] == SIGN_IN
    assert client.get("/cuenta/").status_code == 302


def link_of(character: Character, institution: Institution, by: Character) -> str:
    return actions.issue_first_password_link(institution=institution, person=character.person, by=by.actor, at=NOW)


def test_only_who_manages_people_issues_links(institution: Institution, ana: Character, carmen: Character) -> None:
    with pytest.raises(Forbidden):
        link_of(ana, institution, carmen)


def test_an_administration_cannot_take_the_account_of_who_works_elsewhere_too(
    institution: Institution, fede: Character, dario: Character
) -> None:
    with pytest.raises(actions.LinkRefused, match="no tiene ningún papel"):
        link_of(dario, institution, fede)
    actions.add_membership(
        institution=institution, person=dario.person, role=Role.AUDITOR, by=fede.actor, on=FOUNDED, at=FOUNDED_AT
    )
    with pytest.raises(actions.LinkRefused, match="otra institución"):
        link_of(dario, institution, fede)


def test_an_invented_link_opens_nothing(ana: Character) -> None:
    url = reverse("account:first_password", kwargs={"who": ana.person.ref, "token": "abc-123"})
    assert Client().get(url).status_code == 410
    answer = Client().post(url, {"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 410
    ana.person.refresh_from_db()
    assert not ana.person.has_usable_password()


def test_a_weak_password_is_refused_and_the_link_still_opens(
    institution: Institution, ana: Character, fede: Character
) -> None:
    url = link_of(ana, institution, fede)
    for password, again in (("corta", "corta"), ("contraseña1", "contraseña2"), ("1234567890", "1234567890")):
        assert Client().post(url, {"password": password, "again": again}).status_code == 422
    assert Client().get(url).status_code == 200


def test_the_link_serves_once(institution: Institution, ana: Character, fede: Character, time: Clock) -> None:
    url = link_of(ana, institution, fede)
    client = Client()
    assert client.post(url, {"password": PASSWORD, "again": PASSWORD})["Location"] == "/"
    assert client.get("/cuenta/").status_code == 200
    assert Client().get(url).status_code == 410
    assert Client().post(url, {"password": "otra-jacaranda-mas", "again": "otra-jacaranda-mas"}).status_code == 410
    assert attempt(Client(), ana.email, PASSWORD).status_code == 302


def test_a_second_link_dies_with_the_first(institution: Institution, ana: Character, fede: Character) -> None:
    one, other = link_of(ana, institution, fede), link_of(ana, institution, fede)
    Client().post(one, {"password": PASSWORD, "again": PASSWORD})
    assert Client().get(other).status_code == 410


def test_the_printable_page_says_the_link_and_until_when(
    client_of: Callable[[Character], Client], institution: Institution, ana: Character, fede: Character, time: Clock
) -> None:
    url = reverse("organization:person_link", kwargs={"slug": "prueba", "person": ana.person.ref})
    page = client_of(fede).post(url)
    address = page.context["address"]
    assert address.startswith("http://testserver/primera-contrasena/")
    assert "10/12/2026 12:00" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert Client().get(address).status_code == 200


def test_a_password_is_not_changed_without_the_current_one(
    client_of: Callable[[Character], Client], ana: Character
) -> None:
    with_password(ana)
    client = client_of(ana)
    said = {"current": "otra", "password": "nueva-jacaranda-mas", "again": "nueva-jacaranda-mas"}
    answer = client.post("/cuenta/", said)
    assert answer.status_code == 422
    assert "actual no es esa" in str(answer.context["form"].errors["current"])
    ana.person.refresh_from_db()
    assert ana.person.check_password(PASSWORD)


def test_changing_it_keeps_this_session_and_ends_the_others(
    client_of: Callable[[Character], Client], ana: Character
) -> None:
    with_password(ana)
    here, elsewhere = client_of(ana), client_of(ana)
    said = {"current": PASSWORD, "password": "nueva-jacaranda-mas", "again": "nueva-jacaranda-mas"}
    assert here.post("/cuenta/", said).status_code == 302
    assert here.get("/cuenta/").status_code == 200
    assert elsewhere.get("/cuenta/").status_code == 302


def test_nobody_changes_the_password_of_another(ana: Character, fede: Character) -> None:
    with pytest.raises(Forbidden):
        actions.change_password(person=ana.person, current="x", password=PASSWORD, by=fede.actor, at=NOW)


def test_no_account_has_a_default_password_outside_the_demonstration(ana: Character) -> None:
    with pytest.raises(Forbidden, match="demostración"):
        actions.set_password(person=ana.person, password=PASSWORD, at=NOW)
    with override_settings(RUMBO_DEMO=True):
        actions.set_password(person=ana.person, password=PASSWORD, at=NOW)
    assert ana.person.check_password(PASSWORD)


def test_an_ended_session_leads_to_the_same_page_again(
    client_of: Callable[[Character], Client], fede: Character
) -> None:
    client = client_of(fede)
    client.session.flush()
    answer = client.get("/i/prueba/personas/?papel=capturer")
    assert answer["Location"] == "/entrar/?next=/i/prueba/personas/%3Fpapel%3Dcapturer"


def test_who_lost_every_role_finds_no_institution(
    client_of: Callable[[Character], Client], institution: Institution, ana: Character, fede: Character
) -> None:
    (membership,) = institution.memberships.filter(person=ana.person)
    actions.end_membership(membership=membership, reason="Baja", by=SYSTEM, on=FOUNDED, at=NOW)
    assert client_of(ana).get("/i/prueba/").status_code == 404


def test_an_unknown_character_is_not_created_twice(institution: Institution, ana: Character) -> None:
    again = make_character(institution, "ANA", Role.AUDITOR)
    assert again.person == ana.person


def test_a_password_put_by_hand_is_named_and_the_trail_shows_no_hash(ana: Character, settings: Any) -> None:
    """Whoever may write in the tables could give themselves somebody's key: that is seen, and nothing is given away."""
    settings.RUMBO_DEMO = True
    actions.set_passwords(people=[ana.person], password=PASSWORD, at=NOW)
    assert verify() == []
    assert not Event.objects.filter(payload__contains=ana.person.password).exists()
    assert not Event.objects.filter(payload__contains=ana.person.password.split("$")[1]).exists()  # nor its salt
    Person.objects.filter(pk=ana.person.pk).update(password=make_password("otra cosa distinta"))
    assert [str(one) for one in verify()] == [
        f"organization.person «{ana.email}» ({ana.person.ref}): no es como la dejó su último evento"
    ]


def test_a_hash_made_stronger_at_the_sign_in_is_the_program_s_own(ana: Character, settings: Any) -> None:
    """An update of Django asks for more rounds: the first sign-in afterwards works the hash out again."""
    settings.RUMBO_DEMO = True
    actions.set_passwords(people=[ana.person], password=PASSWORD, at=NOW)
    weak = ana.person.password
    settings.PASSWORD_HASHERS = [PBKDF2, *settings.PASSWORD_HASHERS]
    assert attempt(Client(), ana.email, PASSWORD).status_code == 302
    assert Person.objects.get(pk=ana.person.pk).password != weak
    assert Event.objects.filter(action="organization.renew_hash", title=ana.email).count() == 1
    assert verify() == []


def test_a_password_put_by_hand_is_not_laundered_by_signing_in(ana: Character, settings: Any) -> None:
    """With a weak hash of their own in the table, whoever put it signs in, and the program writes it anew."""
    settings.RUMBO_DEMO = True
    actions.set_passwords(people=[ana.person], password="otra-cosa-distinta", at=NOW)
    Person.objects.filter(pk=ana.person.pk).update(password=make_password(PASSWORD))
    settings.PASSWORD_HASHERS = [PBKDF2, *settings.PASSWORD_HASHERS]
    assert attempt(Client(), ana.email, PASSWORD).status_code == 302
    (problem,) = verify()
    assert "ya no era como lo dejó" in problem.message
