"""The set-up: our answer to each question, and the institution's, dated."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.models import Configuration, Institution
from rumbo.shell.setup.steps import STEPS
from rumbo.systems.evaluation import queries as evaluation
from rumbo.systems.evaluation.models import SchemeVersion
from tests.cast import TODAY, Character, Units
from tests.whole.settling import settle

type SignIn = Callable[[Character], Client]

CALENDAR = {
    "capture_due_day": "4",
    "area_review_due_day": "6",
    "close_due_day": "9",
    "stretches_to_report": "2",
    "effective_from": "2027-01-01",
}


@pytest.mark.parametrize("name", ["ana", "beto", "rita", "hugo", "gina", "ines", "eva"])
@pytest.mark.parametrize("path", ["", "papel/", "escalas/"])
def test_only_who_configures_enters(
    client_of: SignIn, everyone_of_the_cast: dict[str, Character], name: str, path: str
) -> None:
    assert client_of(everyone_of_the_cast[name]).get(f"/i/prueba/configuracion/{path}").status_code == 403


def test_a_step_that_does_not_exist_is_not_found(client_of: SignIn, carmen: Character) -> None:
    assert client_of(carmen).get("/i/prueba/configuracion/inventado/").status_code == 404


@pytest.mark.parametrize("step", [step.key for step in STEPS])
def test_every_step_opens_with_an_answer(client_of: SignIn, carmen: Character, step: str) -> None:
    assert client_of(carmen).get(f"/i/prueba/configuracion/{step}/").status_code == 200


def test_days_out_of_order_are_refused_and_what_was_typed_stays(client_of: SignIn, carmen: Character) -> None:
    wrong = CALENDAR | {"close_due_day": "3"}
    answer = client_of(carmen).post("/i/prueba/configuracion/calendario/", wrong)
    assert answer.status_code == 422
    assert "en ese orden" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert not Configuration.objects.exists()


def test_a_decision_is_saved_with_its_date_and_leads_to_the_next_step(client_of: SignIn, carmen: Character) -> None:
    answer = client_of(carmen).post("/i/prueba/configuracion/calendario/", CALENDAR | {"delivery_same_month": "on"})
    assert answer["Location"] == "/i/prueba/configuracion/programa/"
    version = Configuration.objects.get()
    assert version.effective_from.isoformat() == "2027-01-01"
    assert version.decided_by == carmen.email
    settings = organization.settings_on(version.institution, version.effective_from)
    assert (settings.capture_due_day, settings.delivery_same_month) == (4, True)
    assert settings.stretches_to_report == 2


@pytest.mark.parametrize("stretches", ["0", "5"])
def test_a_week_is_owed_from_one_to_four_weeks_later(client_of: SignIn, carmen: Character, stretches: str) -> None:
    wrong = CALENDAR | {"stretches_to_report": stretches}
    answer = client_of(carmen).post("/i/prueba/configuracion/calendario/", wrong)
    assert answer.status_code == 422
    assert "va de 1 a 4" in answer.content.decode()
    assert not Configuration.objects.exists()


def test_the_fiscal_start_is_asked_until_something_is_programmed_and_then_says_why_it_stays(
    client_of: SignIn, institution: Institution, units: Units, carmen: Character
) -> None:
    client, page = client_of(carmen), "/i/prueba/configuracion/periodo/"
    assert not client.get(page).context["form"].fields["fiscal_start"].disabled
    settle(institution, units, carmen)
    answer = client.get(page)
    field = answer.context["form"].fields["fiscal_start"]
    assert field.disabled
    assert "hay metas programadas, y sus meses serían de otro año" in answer.content.decode()
    sent = {"term_name": "2024-2027", "fiscal_start": "7", "effective_from": "2027-01-01"}
    assert client.post(page, sent).status_code == 302
    assert organization.institution_by_slug("prueba").fiscal_start == 1


@pytest.mark.parametrize("step", [step.key for step in STEPS if step.fields])
def test_our_own_answers_can_be_confirmed(client_of: SignIn, carmen: Character, step: str) -> None:
    client = client_of(carmen)
    form = client.get(f"/i/prueba/configuracion/{step}/").context["form"]
    data = typed(form)
    answer = client.post(f"/i/prueba/configuracion/{step}/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Configuration.objects.get().values == {}
    assert "Definida por la institución" in client.get(f"/i/prueba/configuracion/{step}/").content.decode()


@pytest.mark.requirement("A1-15")
def test_scales_that_do_not_descend_are_refused(client_of: SignIn, carmen: Character) -> None:
    answer = client_of(carmen).post("/i/prueba/configuracion/escalas/", scale(client_of(carmen)) | {"amber": "95"})
    assert answer.status_code == 422
    assert "deben descender" in answer.content.decode()
    assert not SchemeVersion.objects.exists()


@pytest.mark.requirement("A1-09", "A1-15")
def test_scales_are_saved_as_a_dated_version(client_of: SignIn, carmen: Character) -> None:
    client = client_of(carmen)
    answer = client.post("/i/prueba/configuracion/escalas/", scale(client) | {"green": "95", "cap": ""})
    assert answer.status_code == 302, answer.context["form"].errors
    version = SchemeVersion.objects.get()
    scheme = evaluation.scheme_in_force(version.institution_id, TODAY)
    assert (scheme.green, scheme.cap) == (95.0, None)
    assert "versión 1" in client.get("/i/prueba/").content.decode()


def scale(client: Client) -> dict[str, str]:
    return typed(client.get("/i/prueba/configuracion/escalas/").context["form"])


def typed(form: Any) -> dict[str, str]:
    """What a browser would send without touching anything: a box that is not ticked is not sent."""
    values = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in values.items() if value is not None and value is not False}


def test_the_summary_says_what_is_missing(client_of: SignIn, carmen: Character) -> None:
    text = client_of(carmen).get("/i/prueba/configuracion/").content.decode()
    assert "Agregue las áreas responsables" in text
    assert "Cargue el programa" in text
    assert "Captura del área" in text
