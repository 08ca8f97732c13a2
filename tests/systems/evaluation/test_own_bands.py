"""Accidents, of which one a month is foreseen: a percentage of one says nothing, so the indicator has its own bands."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client

from rumbo.core.engine import Scheme
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.reason import Reason
from rumbo.foundation.audit.queries import verify
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import queries as plans
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.models import Closing, Result
from rumbo.systems.evaluation.queries.sealed_month import month_of
from rumbo.systems.evaluation.reports.monthly.other_scales import other_scales
from rumbo.systems.evaluation.reports.words import Voice
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import exchange
from rumbo.systems.indicators import queries as goals
from rumbo.systems.indicators.models import Indicator
from rumbo.systems.indicators.programming import NO_BANDS, BandsOutOfOrder, MonthTarget, OwnBands
from tests.cast import FOUNDED_AT, NOW, SYSTEM, TODAY, Character, Units
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, Programme, goal_row

pytestmark = pytest.mark.django_db
NEAR = OwnBands(Decimal(0), Decimal(1))
ONE_A_MONTH = {JANUARY.index + month: MonthTarget(Decimal(1)) for month in range(12)}
WRITE: dict[str, Any] = {"by": SYSTEM, "at": NOW}


@pytest.fixture
def accidents(institution: Institution, units: Units, programme: Programme) -> Indicator:
    line = plans.element_by_code(programme.plan, "1.1")
    assert line is not None
    months = {month: MonthTarget(Decimal(1)) for month in range(1, 13)}
    row = goal_row("S001", units.desu.pk, line.pk, months, direction=Direction.DECREASING, annual_target=Decimal(12))
    indicators.load_goals(institution=institution, goals=[row], by=SYSTEM, at=FOUNDED_AT)
    return _again(institution, programme)


def _again(institution: Institution, programme: Programme | None = None) -> Indicator:
    found = goals.indicator_by_code(institution, "S001")
    assert found is not None
    if programme is not None:
        programme.ids["S001"] = found.pk
    return found


def judge(indicator: Indicator, bands: OwnBands) -> None:
    indicators.set_programme(indicator=indicator, year=2026, annual_target=12, months=ONE_A_MONTH, bands=bands, **WRITE)


def result(indicator: Indicator, period: Any) -> Result:
    return Result.objects.get(indicator=indicator, period=period.index)


@pytest.mark.parametrize(
    "bands",
    [
        OwnBands(Decimal(1)), OwnBands(None, Decimal(1)), OwnBands(Decimal(2), Decimal(1)),
        OwnBands(Decimal(-1), Decimal(1)), OwnBands(below=Decimal(5)), OwnBands(Decimal(0), Decimal(1), Decimal(-1)),
    ],
)  # fmt: skip
def test_bands_that_are_not_two_that_grow_from_zero_are_refused(accidents: Indicator, bands: OwnBands) -> None:
    with pytest.raises(BandsOutOfOrder):
        judge(accidents, bands)
    programme = goals.programme_of(accidents, 2026)
    assert programme is not None
    assert programme.units_green is None


def test_who_does_not_keep_the_goals_writes_no_bands(
    accidents: Indicator, ana: Character, dario: Character, client: Client
) -> None:
    address = f"/i/prueba/metas/indicador/{accidents.ref}/programacion/2026/"
    for someone, status in ((ana, 403), (dario, 404)):
        client.force_login(someone.person)
        assert client.post(address, {"units_green": "0", "units_amber": "1"}).status_code == status


@pytest.mark.requirement("A1-12")
def test_one_more_than_foreseen_is_at_risk_and_not_half_of_what_was_foreseen(
    accidents: Indicator, report: Callable[..., None]
) -> None:
    report(JANUARY, S001=2)
    before = result(accidents, JANUARY)
    assert (before.compliance_to_date, before.light) == (50, Light.RED)
    judge(accidents, NEAR)
    now = result(accidents, JANUARY)
    assert (now.light, now.reason, now.compliance_to_date) == (Light.AMBER, Reason.BY_DISTANCE, None)
    report(FEBRUARY, S001=2)
    assert result(accidents, FEBRUARY).light == Light.RED  # two over the two foreseen by February
    judge(accidents, NO_BANDS)
    assert result(accidents, JANUARY).light == Light.RED
    assert verify() == []


def test_own_bands_go_before_those_of_the_scale_and_the_explanation_says_whose_they_are(
    institution: Institution, accidents: Indicator, report: Callable[..., None], carmen: Character, client: Client
) -> None:
    report(JANUARY, S001=2, M001=90)
    actions.save_scheme(
        institution=institution, parameters=Scheme(units_green=50, units_amber=60).to_parameters(),
        effective_from=date(2026, 1, 1), on=TODAY, by=carmen.actor, at=NOW,
    )  # fmt: skip
    judge(accidents, NEAR)
    client.force_login(carmen.person)
    told = {
        code: client.get(f"/i/prueba/tableros/meta/{code}/calculo/?mes=2026-01").content.decode()
        for code in ("S001", "M001")
    }
    assert "bandas propias del indicador en el año: hasta 0, en meta; hasta 1, en riesgo" in told["S001"]
    assert "con las bandas de la escala: hasta 50, en meta; hasta 60, en riesgo" in told["M001"]
    assert result(accidents, JANUARY).light == Light.AMBER


def test_what_was_agreed_changes_its_bands_by_reason_and_letter_and_the_closed_month_stays(
    institution: Institution, accidents: Indicator, report: Callable[..., None], close: Callable[..., Closing]
) -> None:
    judge(accidents, NEAR)
    report(JANUARY, S001=2)
    close(JANUARY, accept_missing="No remitió la captura.")
    report(FEBRUARY, S001=1)
    indicators.agree_goals(goals=[accidents.goal], on=date(2026, 1, 15), **WRITE)
    again = _again(institution)
    with pytest.raises(indicators.AgreedProgramme):
        judge(again, OwnBands(Decimal(1), Decimal(2)))
    programme = goals.programme_of(again, 2026)
    assert programme is not None
    change = indicators.change_programme(
        programme=programme, annual_target=12, months=ONE_A_MONTH, bands=OwnBands(Decimal(1), Decimal(2)),
        from_period=FEBRUARY.index, reason="Acuerdo del comité", letter_number="DGP/7", on=TODAY, **WRITE,
    )  # fmt: skip
    assert (change.before["units_green"], change.after["units_green"]) == ("0", "1")
    sealed = Closing.objects.get(period=JANUARY.index)
    (said,) = other_scales(Voice(), month_of(institution.pk, JANUARY, closing=sealed))
    assert said == "Por su distancia a lo programado, en unidades, se juzgaron: S001."
    lights = {period: Result.objects.get(indicator=again, period=period.index).light for period in (JANUARY, FEBRUARY)}
    assert lights == {JANUARY: Light.AMBER, FEBRUARY: Light.GREEN}
    assert verify() == []


def test_carmen_writes_them_in_the_form_reads_them_in_the_page_and_they_go_round_the_workbook(
    institution: Institution, accidents: Indicator, carmen: Character, client: Client
) -> None:
    client.force_login(carmen.person)
    address = f"/i/prueba/metas/indicador/{accidents.ref}/programacion/2026/"
    months = {f"n{month}": "1" for month in range(1, 13)} | {"annual_target": "12"}
    page = client.post(address, months | {"units_green": "3", "units_amber": "1"})
    assert page.status_code == 422
    assert "crecen desde cero" in page.content.decode()
    assert (
        client.post(address, months | {"units_green": "0", "units_amber": "1", "units_below": "5"}).status_code == 302
    )
    sheet = client.get(f"/i/prueba/metas/{accidents.goal.ref}/?anio=2026").content.decode()
    assert "hasta 0 pieza, en meta; hasta 1, en riesgo" in sheet
    assert "Solo si lo programado al corte no pasa de 5" in sheet
    content = exchange.template(institution, on=TODAY)
    same = exchange.check(institution=institution, content=content, on=TODAY)
    assert same.errors == []
    assert exchange.apply(same, by=carmen.actor, at=NOW).programmes == 0
    book = openpyxl.load_workbook(io.BytesIO(content))
    table = book["Programación"]
    head = next(row for row in table.iter_rows() if any(cell.value == "En riesgo hasta, en unidades" for cell in row))
    column = next(cell.column for cell in head if cell.value == "En riesgo hasta, en unidades")
    row = next(row[0].row for row in table.iter_rows() if row[0].value == "S001")
    table.cell(row, column).value = 4
    saved = io.BytesIO()
    book.save(saved)
    checked = exchange.check(institution=institution, content=saved.getvalue(), on=TODAY)
    assert exchange.apply(checked, by=carmen.actor, at=NOW).programmes == 1
    programme = goals.programme_of(_again(institution), 2026)
    assert programme is not None
    assert (programme.units_green, programme.units_amber, programme.units_below) == (0, 4, 5)
    assert verify() == []


def test_a_workbook_without_their_columns_leaves_the_bands_as_they_were(
    institution: Institution, accidents: Indicator, carmen: Character
) -> None:
    judge(accidents, NEAR)
    book = openpyxl.load_workbook(io.BytesIO(exchange.template(institution, on=TODAY)))
    page = book["Programación"]
    head = next(row for row in page.iter_rows() if any(cell.value == "En meta hasta, en unidades" for cell in row))
    for cell in head:
        if cell.value and "unidades" in str(cell.value):
            cell.value = f"Otra cosa {cell.column}"
    row = next(row[0].row for row in page.iter_rows() if row[0].value == "S001")
    page.cell(row, next(cell.column for cell in head if cell.value == "Meta anual")).value = 13
    saved = io.BytesIO()
    book.save(saved)
    checked = exchange.check(institution=institution, content=saved.getvalue(), on=TODAY)
    exchange.apply(checked, by=carmen.actor, at=NOW)
    programme = goals.programme_of(_again(institution), 2026)
    assert programme is not None
    assert (programme.annual_target, programme.units_green, programme.units_amber) == (13, 0, 1)
