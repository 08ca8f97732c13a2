"""The area's sheet: what is missing first, what each row says, and what its two buttons do."""

import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.views.choosing import MOST_ROWS
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, Character, Units
from tests.remembering import remembered
from tests.systems.captures.conftest import CAUSE, DECEMBER, NOVEMBER

pytestmark = pytest.mark.django_db
type Save = Callable[..., Capture]
type ClientOf = Callable[[Character], Client]
SHEET = "/i/prueba/captura/"


@pytest.fixture(autouse=True)
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors' clock stands on 3 December 2026."""
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: NOW)
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: NOW.date())


def shown(page: str) -> list[str]:
    """Codes of the rows, from the top."""
    return re.findall(r'<span class="what"><a [^>]*>(\w+)</a>', page)


def test_a_month_that_has_just_begun_is_not_asked_until_it_is_chosen(
    lamps: Indicator, ana: Character, client_of: ClientOf
) -> None:
    client = client_of(ana)
    december = f'name="n-{lamps.pk}-{DECEMBER}"'
    assert december not in client.get(SHEET).content.decode()
    assert december in client.get(SHEET + "?mes=2026-12").content.decode()


def test_what_is_missing_comes_first_and_each_state_has_its_link(
    lamps: Indicator, requests_: Indicator, submitted: Save, ana: Character, client_of: ClientOf
) -> None:
    submitted(lamps, 100)
    client = client_of(ana)
    page = client.get(SHEET).content.decode()
    assert shown(page) == ["M002", "M001"]
    assert re.findall(r">([\w ]+) <span>(\d)</span>", page) == [
        ("Todas", "2"), ("Por capturar", "1"), ("En revisión", "1"),
    ]  # fmt: skip
    assert shown(client.get(SHEET + "?ver=en-revision").content.decode()) == ["M001"]
    assert shown(client.get(SHEET + "?ver=lo-que-sea").content.decode()) == ["M002", "M001"]


def test_a_quarterly_goal_waits_for_its_month_at_the_end(
    surveys: Indicator, requests_: Indicator, ana: Character, client_of: ClientOf
) -> None:
    page = client_of(ana).get(SHEET).content.decode()
    assert shown(page) == ["M002", "M003"]
    assert "No corresponden este mes" in page


def test_a_returned_row_says_why_and_a_draft_what_it_lacks(
    institution: Institution, lamps: Indicator, requests_: Indicator, submitted: Save, save: Save, ana: Character,
    beto: Character, client_of: ClientOf,
) -> None:  # fmt: skip
    actions.return_(
        institution=institution, capture=submitted(lamps, 100), kind=ReturnReason.EVIDENCE_OTHER_PERIOD,
        text="La evidencia es de septiembre.", by=beto.actor, at=NOW,
    )  # fmt: skip
    save(requests_, 40, 100)
    page = client_of(ana).get(SHEET).content.decode()
    assert "Devuelta por el área el 03/12/2026: «La evidencia es de septiembre.»" in page
    assert "Escriba la causa de la variación y la acción correctiva para poder enviarla." in page


def test_sending_saves_what_was_typed_first(lamps: Indicator, ana: Character, client_of: ClientOf) -> None:
    cell = f"{lamps.pk}-{NOVEMBER}"
    assert client_of(ana).post(SHEET + "enviar/", {f"v-{cell}": "0", f"n-{cell}": "4o"}).status_code == 422
    assert not Capture.objects.exists()
    client_of(ana).post(SHEET + "enviar/", {f"v-{cell}": "0", f"n-{cell}": "40"})
    stored = Capture.objects.get(numerator=40)
    assert stored.state == CaptureState.DRAFT  # below the programme it asks for its cause


def test_a_returned_one_is_not_sent_back_as_it_was(
    institution: Institution, lamps: Indicator, requests_: Indicator, submitted: Save, save: Save, ana: Character,
    beto: Character, client_of: ClientOf,
) -> None:  # fmt: skip
    back = actions.return_(
        institution=institution, capture=submitted(lamps, 100), kind=ReturnReason.OTHER, text="Revise.",
        by=beto.actor, at=NOW,
    )  # fmt: skip
    save(requests_, 90, 100, **CAUSE)
    client = client_of(ana)
    client.post(SHEET + "enviar/")
    states = dict(Capture.objects.values_list("indicator__code", "state"))
    assert states == {"M001": CaptureState.RETURNED, "M002": CaptureState.AREA_REVIEW}
    cell = f"{lamps.pk}-{NOVEMBER}"
    client.post(SHEET + "enviar/", {f"v-{cell}": str(back.version), f"n-{cell}": "101"})
    assert Capture.objects.get(indicator=lamps).state == CaptureState.AREA_REVIEW


def test_the_sheet_asks_the_same_of_one_goal_and_of_many(
    make_indicator: Callable[..., Indicator], units: Units, save: Save, ana: Character, client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    def add(number: int) -> None:
        save(make_indicator(f"M{number:03d}", units.desu, dict.fromkeys(range(1, 13), (100, None))), 40)

    client = client_of(ana)
    add(1)
    client.get(SHEET)
    with django_assert_num_queries(QUERIES):
        client.get(SHEET)
    for number in range(2, 10):
        add(number)
    client.get(SHEET)  # what was just written is read again once
    with django_assert_num_queries(QUERIES):
        client.get(SHEET)


QUERIES = 22


@pytest.fixture
@remembered
def many(make_many: Callable[..., list[Indicator]], units: Units) -> list[Indicator]:
    """More goals than a page of the sheet has, in two areas."""
    months = dict.fromkeys(range(1, 13), 100)
    in_parks = make_many([f"P{number:03d}" for number in range(1, 4)], units.parks, months)
    return make_many([f"M{number:03d}" for number in range(1, MOST_ROWS + 3)], units.desu, months) + in_parks


def test_no_page_shows_more_goals_than_fit(many: list[Indicator], ana: Character, client_of: ClientOf) -> None:
    client = client_of(ana)
    first = client.get(SHEET).content.decode()
    second = client.get(SHEET + "?pagina=2").content.decode()
    assert len(shown(first)) == MOST_ROWS
    assert sorted(shown(first) + shown(second)) == sorted(one.code for one in many)
    assert f"1 a {MOST_ROWS} de {len(many)}" in first
    assert f'Por capturar <span class="count">{len(many)}</span>' in second  # of all of them, not of the page
    assert shown(client.get(SHEET + "?pagina=900").content.decode()) == shown(second)


def test_a_page_of_many_asks_what_a_page_of_few_does(
    many: list[Indicator], save: Save, ana: Character, client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    save(many[0], 40)
    for month in range(1, 11):  # a year of history in the row that is shown
        save(many[0], 100, period=NOVEMBER - month)
    client = client_of(ana)
    client.get(SHEET)
    with django_assert_num_queries(QUERIES):
        assert many[0].code in shown(client.get(SHEET + "?pagina=2").content.decode())


def test_only_the_rows_of_the_page_are_saved_and_sent(
    many: list[Indicator], save: Save, ana: Character, client_of: ClientOf
) -> None:
    client = client_of(ana)
    last = many[MOST_ROWS + 1]  # on the second page
    cell = f"{last.pk}-{NOVEMBER}"
    refused = client.post(SHEET + "guardar/?pagina=2", {f"v-{cell}": "0", f"n-{cell}": "cien"})
    assert refused.status_code == 422
    assert shown(refused.content.decode()) == [last.code]
    assert 'value="cien"' in refused.content.decode()
    save(many[0], 100)
    whole_year = {f"v-{cell}": "0", f"n-{cell}": "1100"}  # nothing is left to be explained
    client.post(SHEET + "enviar/?pagina=2", whole_year)
    states = dict(Capture.objects.values_list("indicator__code", "state"))
    assert states == {many[0].code: CaptureState.DRAFT, last.code: CaptureState.AREA_REVIEW}


def test_a_row_of_another_area_is_not_saved_by_naming_it(
    lamps: Indicator, works: Indicator, ana: Character, client_of: ClientOf
) -> None:
    cell = f"{works.pk}-{NOVEMBER}"
    client_of(ana).post(SHEET + "guardar/", {f"v-{cell}": "0", f"n-{cell}": "7", "v-1-x": "0", "v-٣-1": "0"})
    assert not Capture.objects.exists()


def test_the_area_that_was_chosen_is_remembered_until_all_are_asked_for(
    lamps: Indicator, requests_: Indicator, ana: Character, client_of: ClientOf
) -> None:
    client = client_of(ana)
    assert shown(client.get(SHEET + "?area=NO-EXISTE").content.decode()) == ["M001", "M002"]
    assert shown(client.get(SHEET + "?area=DESU-PJ").content.decode()) == ["M002"]
    again = client.get(SHEET).content.decode()
    assert shown(again) == ["M002"]
    assert '<option value="DESU-PJ" selected>' in again
    assert shown(client.get(SHEET + "?area=").content.decode()) == ["M001", "M002"]
    assert shown(client.get(SHEET).content.decode()) == ["M001", "M002"]


def test_excel_takes_all_that_the_filters_say_and_not_the_page(
    many: list[Indicator], save: Save, ana: Character, client_of: ClientOf
) -> None:
    save(many[0], 40)
    client = client_of(ana)

    def codes(query: str) -> list[str]:
        book = load_workbook(io.BytesIO(client.get(SHEET + "excel/" + query).content))
        first = (str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True))
        return [code for code in first if re.fullmatch(r"[MP]\d+", code)]

    assert len(codes("?pagina=2")) == len(many)
    assert codes("?ver=borradores") == ["M001"]
    assert codes("?area=DESU-PJ") == ["P001", "P002", "P003"]


def test_a_state_that_nobody_is_in_says_so(lamps: Indicator, ana: Character, client_of: ClientOf) -> None:
    page = client_of(ana).get(SHEET + "?ver=devueltas").content.decode()
    assert "Ninguno está así en este mes" in page
    assert 'ver=por-capturar"' in page
