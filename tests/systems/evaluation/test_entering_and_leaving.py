"""A goal enters a contract and leaves it on a day: each month keeps the scale it had then, also if closed again."""

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rumbo.core.vocabulary.light import Light
from rumbo.foundation.audit.models import Event
from rumbo.foundation.audit.queries import verify
from rumbo.foundation.contracts.models import Contract
from rumbo.foundation.organization.models import Institution
from rumbo.shell import trail_reading
from rumbo.systems.evaluation import actions, queries
from rumbo.systems.evaluation.models import Closing, SchemeVersion
from rumbo.systems.indicators import exchange
from rumbo.systems.indicators import queries as indicators
from rumbo.systems.indicators.actions import MembershipOutOfOrder
from rumbo.systems.indicators.models import FormerContract, Goal
from tests.cast import NOW, TODAY, Character
from tests.systems.evaluation.conftest import FEBRUARY, MARCH, day_after
from tests.systems.evaluation.test_under_contract import EASY, assign, lights, measure, register, save

pytestmark = pytest.mark.django_db
START, IN_MARCH, DECEMBER = date(2026, 1, 1), date(2026, 3, 2), date(2026, 12, 1)


@pytest.fixture
def surveys(institution: Institution, first_quarter: list[Closing], carmen: Character) -> Contract:
    """In force and judged by its easy scale all year; M002, far behind, enters it on 2 March."""
    contract = register(institution, carmen, starts_on=START)
    save(institution, EASY, carmen, scheme="anexo", name="Anexo técnico")
    assign(institution, "anexo", carmen, contract=contract, effective_from=START)
    measure(institution, "M002", contract, carmen, IN_MARCH)
    return contract


def scheme_on(institution: Institution, day: date) -> str:
    (goal,) = Goal.objects.filter(institution=institution, code="M002").prefetch_related("indicators")
    assert goal.principal_indicator is not None
    found = queries.schemes_of(institution.pk).version_on(day, goal.principal_indicator.pk)
    return found.scheme if found else ""


def test_what_starts_before_the_last_change_is_refused_and_nothing_is_written(
    institution: Institution, surveys: Contract, carmen: Character
) -> None:
    other = register(institution, carmen, number="AD-13/2026")
    for day in (START, IN_MARCH):
        with pytest.raises(MembershipOutOfOrder, match="Lo anterior vale desde el 02/03/2026"):
            measure(institution, "M002", other, carmen, day)
    with pytest.raises(MembershipOutOfOrder, match="desde cuándo"):
        measure(institution, "M002", None, carmen)
    assert not FormerContract.objects.exists()
    assert verify() == []


@pytest.mark.requirement("A1-12")
def test_a_month_before_the_goal_entered_is_closed_again_with_the_scale_that_it_had(
    institution: Institution, surveys: Contract, close: Callable[..., Closing], carmen: Character
) -> None:
    assert lights(institution, MARCH)["M002"] == Light.GREEN
    again = actions.supersede(
        institution=institution, period=FEBRUARY, reason="Se contó dos veces.", letter_number="AMH/1/2026",
        by=carmen.actor, at=NOW, on=TODAY,
    )  # fmt: skip
    rows = {row.indicator.code: row for row in again[0].results.select_related("indicator")}
    assert (rows["M002"].light, rows["M002"].scheme_version) == (Light.RED, None)
    closing = close(MARCH, accept_missing="No remitió la captura.")
    row = closing.results.get(indicator__code="M002")
    assert row.light == Light.GREEN
    assert row.scheme_version == SchemeVersion.objects.get(scheme="anexo")
    assert verify() == []


def test_what_left_is_judged_by_the_contract_until_the_day_before(
    institution: Institution, surveys: Contract, carmen: Character
) -> None:
    measure(institution, "M002", None, carmen, date(2026, 4, 1))
    assert lights(institution, MARCH)["M002"] == Light.GREEN
    days = (date(2026, 3, 1), IN_MARCH, date(2026, 3, 31), date(2026, 4, 1))
    assert [scheme_on(institution, day) for day in days] == ["general", "anexo", "anexo", "general"]
    other = register(institution, carmen, number="AD-13/2026")
    measure(institution, "M002", other, carmen, date(2026, 6, 1))
    assign(institution, "anexo", carmen, contract=other, effective_from=START)
    assert [scheme_on(institution, date(2026, month, 1)) for month in (3, 4, 5, 6)] == [
        "general", "general", "general", "anexo",
    ]  # fmt: skip
    assert verify() == []


def test_a_date_typed_wrong_is_corrected_and_the_open_month_follows(
    institution: Institution, surveys: Contract, carmen: Character
) -> None:
    measure(institution, "M002", surveys, carmen, DECEMBER)
    assert lights(institution, MARCH)["M002"] == Light.RED
    measure(institution, "M002", None, carmen, date(2026, 12, 20))
    measure(institution, "M002", None, carmen, date(2026, 12, 10))
    goal = Goal.objects.get(institution=institution, code="M002")
    assert [(one.term.since, one.term.until) for one in indicators.terms_of(goal)] == [
        (DECEMBER, date(2026, 12, 10)),
    ]
    assert verify() == []


def test_what_the_terms_of_a_contract_cost_is_one_query(
    institution: Institution, surveys: Contract, carmen: Character
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as before:
        queries.schemes_of(institution.pk)
    measure(institution, "M002", None, carmen, date(2026, 4, 1))
    measure(institution, "M001", surveys, carmen)
    with CaptureQueriesContext(connection) as after:
        queries.schemes_of(institution.pk)
    assert len(before) == len(after) == 3


def test_the_page_of_the_contract_lists_those_of_each_month(
    institution: Institution, surveys: Contract, carmen: Character, client: Client
) -> None:
    client.force_login(carmen.person)
    page = f"/i/prueba/contratos/{surveys.ref}/"
    assert "Meta M002" in client.get(f"{page}?mes=2026-03").content.decode()
    earlier = client.get(f"{page}?mes=2026-02").content.decode()
    assert "Meta M002" not in earlier
    assert "ninguna meta se medía bajo él" in earlier
    measure(institution, "M002", None, carmen, date(2026, 4, 1))
    assert "Meta M002" in client.get(f"{page}?mes=2026-03").content.decode()
    assert indicators.contract_counts(institution, date(2026, 3, 31)) == {surveys.pk: 1}
    assert indicators.contract_counts(institution, date(2026, 4, 1)) == {}


def test_carmen_takes_a_goal_out_in_its_form_and_the_pages_and_the_trail_say_both_days(
    institution: Institution, surveys: Contract, carmen: Character, client: Client
) -> None:
    client.force_login(carmen.person)
    goal = indicators.goal_by_code(institution, "M002")
    assert goal is not None
    address = f"/i/prueba/metas/{goal.ref}/editar/"
    form = client.get(address)
    assert "Bajo el contrato desde" in form.content.decode()
    typed = _typed(form)
    refused = client.post(address, typed | {"contract": ""})  # its date is still the one on which it entered
    assert refused.status_code == 422
    assert "Lo anterior vale desde el 02/03/2026" in refused.content.decode()
    assert client.post(address, typed | {"contract": "", "contract_since": ""}).status_code == 302
    goal = Goal.objects.get(pk=goal.pk)
    assert goal.contract is None
    assert goal.contract_since is not None  # the day on which the page was used
    left = f"{goal.contract_since:%d/%m/%Y}"
    for place in (f"/i/prueba/metas/{goal.ref}/", "/i/prueba/tableros/meta/M002/?mes=2026-03"):
        page = client.get(place).content.decode()
        for words in ("AD-12/2026", "desde el 02/03/2026", f"hasta antes del {left}"):
            assert words in page, place
    told = Event.objects.filter(action="indicators.save_goal").order_by("sequence").last()
    assert told is not None
    said = {change.word: change.after for change in trail_reading.changes(json.loads(told.payload))}
    former = said["Contratos anteriores"]
    assert former is not None
    assert former.lines == (f"AD-12/2026 Difusión: 02/03/2026 – {left}",)
    assert said["Contrato"] is not None
    assert said["Contrato"].lines == ("–",)
    assert verify() == []


def _typed(page: Any) -> dict[str, Any]:
    """What the forms of a page show, as it would be sent."""
    found: dict[str, Any] = {}
    for form in page.context["forms"]:
        for field in form:
            value = field.value()
            found[field.html_name] = "" if value is None else value
    return {name: value for name, value in found.items() if value is not False}


def test_the_workbook_says_since_when_and_comes_back_the_same(
    institution: Institution, surveys: Contract, carmen: Character
) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(exchange.template(institution, on=TODAY)))
    sheet = book["Metas"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Contrato" for cell in row))
    columns = {cell.value: cell.column for cell in head}
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == "M002")
    since = sheet.cell(first, columns["Bajo el contrato desde"])
    assert since.value.date() == IN_MARCH
    assert _load(institution, book, carmen) == (0, [])
    sheet.cell(first, columns["Contrato"]).value = None
    assert _load(institution, book, carmen) == (0, [since.column])
    since.value = None
    assert _load(institution, book, carmen) == (1, [])
    goal = Goal.objects.get(institution=institution, code="M002")
    assert (goal.contract, goal.contract_since) == (None, TODAY)
    assert FormerContract.objects.get().until == TODAY
    assert verify() == []


def _load(institution: Institution, book: Any, by: Character) -> tuple[int, list[int]]:
    """How many goals changed, and the columns of the errors."""
    saved = io.BytesIO()
    book.save(saved)
    checked = exchange.check(institution=institution, content=saved.getvalue(), on=TODAY)
    if checked.errors:
        return 0, [error.column for error in checked.errors]
    return exchange.apply(checked, by=by.actor, at=NOW).updated, []


def test_a_goal_whose_contract_was_never_dated_is_under_it_always(
    institution: Institution, surveys: Contract, carmen: Character
) -> None:
    """As those of installations that had contracts before their dates."""
    Goal.objects.filter(institution=institution, code="M002").update(contract_since=None)
    assert scheme_on(institution, START) == "anexo"
    assert scheme_on(institution, day_after(MARCH)) == "anexo"
