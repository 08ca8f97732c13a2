"""Every address as every role, refusals first; and the way of a record through its pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning.models import Plan
from rumbo.systems.transparency import actions, queries
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.states import RecordState
from tests.cast import TODAY, Character, Units
from tests.systems.transparency.conftest import QUARTER, at

type Enter = Callable[[Character], Client]

LIST = "/i/prueba/transparencia/"
RECORD = f"{LIST}2026/3/"
GET = ("", "tabla/", "descargar/xlsx/", "descargar/html/")
ALL = ("", "tabla/", "descargar/xlsx/", "preparar/", "trabajo/", "recomponer/", "validar/", "reabrir/", "publicar/")
READERS = {"rita", "carmen", "hugo", "gina", "ines", "eva"}
PREPARERS = {"rita", "carmen", "gina"}
INSIDE = {"ana", "beto", "rita", "carmen", "hugo", "gina", "ines", "eva", "fede"}


@pytest.fixture(autouse=True)
def demonstration_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: at(TODAY))


@pytest.mark.parametrize("place", ["", *(f"2026/3/{place}" for place in ALL)])
def test_nobody_is_sent_to_sign_in(db: None, place: str) -> None:
    answer = Client().get(f"{LIST}{place}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/entrar/")


@pytest.mark.parametrize("place", ["", *(f"2026/3/{place}" for place in ALL)])
def test_another_institution_does_not_exist(
    published: DisclosureRecord, dario: Character, client_of: Enter, place: str
) -> None:
    assert client_of(dario).get(f"{LIST}{place}").status_code == 404
    assert client_of(dario).post(f"{LIST}{place}").status_code == 404


def test_the_list_is_for_who_sees_the_reports(
    everyone_of_the_cast: dict[str, Character], client_of: Enter, institution: Institution
) -> None:
    answers = {name: client_of(who).get(LIST).status_code for name, who in everyone_of_the_cast.items()}
    assert answers == dict.fromkeys(INSIDE, 403) | dict.fromkeys(READERS, 200) | {"dario": 404}


@pytest.mark.parametrize("place", GET)
def test_what_is_not_published_is_for_who_sees_the_reports(
    draft: DisclosureRecord, everyone_of_the_cast: dict[str, Character], client_of: Enter, place: str
) -> None:
    answers = {name: client_of(who).get(RECORD + place).status_code for name, who in everyone_of_the_cast.items()}
    assert answers == dict.fromkeys(INSIDE, 403) | dict.fromkeys(READERS, 200) | {"dario": 404}


@pytest.mark.parametrize("place", GET)
def test_what_is_published_is_for_everybody_of_the_institution(
    published: DisclosureRecord, everyone_of_the_cast: dict[str, Character], client_of: Enter, place: str
) -> None:
    answers = {name: client_of(who).get(RECORD + place).status_code for name, who in everyone_of_the_cast.items()}
    assert answers == dict.fromkeys(INSIDE, 200) | {"dario": 404}


def test_a_quarter_is_prepared_by_who_prepares_reports(
    institution: Institution, plan: Plan, everyone_of_the_cast: dict[str, Character], client_of: Enter
) -> None:
    for name, who in everyone_of_the_cast.items():
        status = client_of(who).get(f"{RECORD}preparar/").status_code
        assert status == (404 if name == "dario" else 200 if name in PREPARERS else 403), name


@pytest.mark.parametrize(("place", "allowed"), [("trabajo/", {"carmen"}), ("recomponer/", PREPARERS)])
def test_who_may_not_change_a_draft_changes_nothing(
    draft: DisclosureRecord, everyone_of_the_cast: dict[str, Character], client_of: Enter, place: str, allowed: set[str]
) -> None:
    values = {"note": "cambiada", "updated_on": "2026-10-01", "responsible_units": ["Alcaldía de Prueba"]}
    for name, who in everyone_of_the_cast.items():
        if name not in allowed:
            assert client_of(who).post(RECORD + place, values).status_code in (403, 404), name
    draft.refresh_from_db()
    assert (draft.note, draft.state) == ("", RecordState.DRAFT)


@pytest.mark.parametrize("place", ["validar/", "reabrir/", "publicar/"])
def test_only_who_publishes_takes_the_steps(
    draft: DisclosureRecord, everyone_of_the_cast: dict[str, Character], client_of: Enter, place: str
) -> None:
    for name, who in everyone_of_the_cast.items():
        if name != "carmen":
            assert client_of(who).post(RECORD + place, {}).status_code == (404 if name == "dario" else 403), name
    assert client_of(everyone_of_the_cast["carmen"]).get(RECORD + place).status_code == 405


@pytest.mark.parametrize(
    "place", ["2026/5/", "2026/0/preparar/", "2026/2/", "2026/2/trabajo/", "2026/3/descargar/pdf/"]
)
def test_what_does_not_exist_is_not_found(
    draft: DisclosureRecord, carmen: Character, client_of: Enter, place: str
) -> None:
    assert client_of(carmen).get(LIST + place).status_code == 404


def test_preparing_asks_for_an_area_and_keeps_what_was_typed(
    institution: Institution, units: Units, plan: Plan, rita: Character, client_of: Enter
) -> None:
    answer = client_of(rita).post(f"{RECORD}preparar/", {})
    assert answer.status_code == 422
    assert "Elija al menos un área responsable." in answer.content.decode()
    answer = client_of(rita).post(f"{LIST}2027/1/preparar/", {"units": ["AP"]})
    assert answer.status_code == 422
    assert "01/01/2027" in answer.content.decode()


@pytest.mark.requirement("IECM-19", "IECM-21", "IECM-26")
def test_a_record_goes_all_its_way_in_the_browser(
    institution: Institution, units: Units, plan: Plan, carmen: Character, client_of: Enter
) -> None:
    browser = client_of(carmen)
    answer = browser.post(f"{RECORD}preparar/", {"units": ["DESU"]}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{RECORD}trabajo/"
    assert browser.get(f"{RECORD}preparar/")["Location"] == f"{RECORD}trabajo/"
    values = {
        "annual_plan_url": "https://www.prueba.example/poa-2026-v2.pdf",
        "work_programme_url": "",
        "responsible_units": ["Dirección Ejecutiva de Servicios Urbanos"],
        "updated_on": "2026-10-10",
        "note": "Sin programa de trabajo.",
    }
    assert browser.post(f"{RECORD}trabajo/", values | {"annual_plan_url": "no es"}).status_code == 422
    assert browser.post(f"{RECORD}trabajo/", values).status_code == 302
    answer = browser.post(f"{RECORD}validar/", {"validated_on": "2026-09-30"})
    assert answer.status_code == 422
    assert "no es posterior al término del periodo" in answer.content.decode()
    assert browser.post(f"{RECORD}validar/", {"validated_on": "2026-12-01"}).status_code == 302
    assert browser.post(f"{RECORD}trabajo/", values).status_code == 422
    assert browser.post(f"{RECORD}reabrir/", {"reason": ""}).status_code == 422
    assert browser.post(f"{RECORD}reabrir/", {"reason": "Corregir la nota."}).status_code == 302
    assert browser.post(f"{RECORD}validar/", {"validated_on": "2026-12-02"}).status_code == 302
    answer = browser.post(f"{RECORD}publicar/", {"published_on": "2026-12-03"}, follow=True)
    assert "extemporánea" in answer.content.decode()
    record = queries.public_record(institution, QUARTER)
    assert record is not None
    assert (record.published_late, record.note) == (True, "Sin programa de trabajo.")
    assert "Extemporánea" in browser.get(LIST).content.decode()


def test_the_draft_shows_what_the_rules_find(draft: DisclosureRecord, carmen: Character, client_of: Enter) -> None:
    actions.edit(record=draft, values={"annual_plan_url": ""}, by=carmen.actor, at=at(TODAY))
    page = client_of(carmen).get(f"{RECORD}trabajo/").content.decode()
    assert "Falta: Programa Operativo Anual" in page
    assert "El plazo venció el 14/11/2026" in page


def test_who_only_prepares_sees_no_form_to_edit(draft: DisclosureRecord, gina: Character, client_of: Enter) -> None:
    page = client_of(gina).get(f"{RECORD}trabajo/").content.decode()
    assert 'name="note"' not in page
    assert "recomponer/" in page


@pytest.mark.requirement("IECM-02", "Q-06")
def test_the_table_shows_the_fifteen_columns_and_the_article_every_section(
    published: DisclosureRecord, ana: Character, client_of: Enter
) -> None:
    table = client_of(ana).get(f"{RECORD}tabla/").content.decode()
    headings = re.findall(r'<th scope="col" class="[^"]*">([^<]+)</th>', table)
    assert headings == [column.heading for column in published.form.columns]
    article = client_of(ana).get(RECORD).content.decode()
    assert [text in article for text in ("Servir a la demarcación.", "Cada año más intensas.", "OE1.")] == [True] * 3
    assert published.form.legend in article


def test_the_file_comes_with_its_name(published: DisclosureRecord, ana: Character, client_of: Enter) -> None:
    answer = client_of(ana).get(f"{RECORD}descargar/xlsx/")
    assert answer["Content-Disposition"] == 'attachment; filename="a121-f22-b-2026-3.xlsx"'
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize(("place", "most"), [("", 20), ("2026/3/", 20), ("2026/3/tabla/", 20), ("2026/3/trabajo/", 30)])
def test_a_page_takes_the_same_queries_whatever_the_number_of_records(
    draft: DisclosureRecord,
    units: Units,
    carmen: Character,
    client_of: Enter,
    django_assert_max_num_queries: Callable[..., object],
    place: str,
    most: int,
) -> None:
    browser = client_of(carmen)
    counted = []
    for _time in range(2):
        with django_assert_max_num_queries(most) as captured:
            assert browser.get(LIST + place).status_code == 200
        counted.append(len(captured))
        for year in (2024, 2025):
            quarter = Quarter(year, 3)
            if queries.record_of(draft.institution, quarter) is None:
                actions.prepare(
                    institution=draft.institution, quarter=quarter, units=["AP"],
                    by=carmen.actor, on=TODAY, at=at(TODAY),
                )  # fmt: skip
    assert counted[0] == counted[1]
