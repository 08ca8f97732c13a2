"""Years that start in any month, from the programme to the documents: the months go in their order, what is added up
goes through January and starts again with the year, and a streak goes on."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from django.test import Client
from pypdf import PdfReader

from rumbo.core.timekeeping.period import MONTH_NAMES, Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning import queries as plans
from rumbo.systems.captures import actions as captures
from rumbo.systems.captures import queries as captured
from rumbo.systems.captures.exchange import load, workbook
from rumbo.systems.evaluation import actions, reports
from rumbo.systems.evaluation.exchange.columnar.exporting import export_columnar
from rumbo.systems.evaluation.models import Closing, EarlyWarning, Outlook, Result, SchemeVersion
from rumbo.systems.evaluation.queries.board_months import BoardMonth, shown
from rumbo.systems.evaluation.queries.calculation import calculation_of
from rumbo.systems.evaluation.queries.sealing import broken_seals
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import exchange as goals_exchange
from rumbo.systems.indicators import queries as goals
from rumbo.systems.indicators.actions import GoalRow, ProgrammeRow
from rumbo.systems.indicators.models import MonthlyTarget
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import FOUNDED_AT, NOW, SYSTEM, Character, Units
from tests.remembering import remembered
from tests.systems.evaluation.conftest import day_after, goal_row, moment

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Character], Client]
LOW, HIGH = 60, 95  # lamps of the months that are red and of those that are green


@dataclass
class House:
    """`year`: the fiscal year that starts in 2026. `close(month)` closes every month up to it."""

    institution: Institution
    year: FiscalYear
    carmen: Character
    ids: dict[str, int]

    def month(self, number: int) -> Period:
        """From 1; 13 is the first month of the next year."""
        return self.year.first.plus(number - 1)

    def report(self, number: int, **values: int | tuple[int, int]) -> None:
        period = self.month(number)
        rows = [
            captures.HistoryRow(self.ids[code], period.index, *map(Decimal, value))
            if isinstance(value, tuple)
            else captures.HistoryRow(self.ids[code], period.index, Decimal(value), None)
            for code, value in values.items()
        ]
        at = moment(day_after(period))
        captures.load_history(institution=self.institution, rows=rows, by=SYSTEM, at=at, historical=False)

    def close(self, number: int) -> Closing:
        on = day_after(self.month(number))
        return actions.close(
            institution=self.institution, period=self.month(number), by=self.carmen.actor_on(on), at=moment(on), on=on,
            accept_missing="No llegó a tiempo.",
        )  # fmt: skip

    def lived(self, through: int) -> list[Closing]:
        """Lamps at 95 until the fourth month before the end and then at 60; the works of each quarter; the ratio."""
        closings = []
        for number in range(1, through + 1):
            self.report(number, M001=HIGH if number < 10 else LOW, M003=(90, 100))
            if number % 3 == 0:
                self.report(number, O001=30)
            closings.append(self.close(number))
        return closings

    def result(self, code: str, number: int) -> Result:
        return Result.objects.exclude(closing__current=False).get(
            indicator=self.ids[code], period=self.month(number).index
        )


def programmes(year: FiscalYear, months: dict[int, MonthTarget], target: int) -> ProgrammeRow:
    """`months` by their place in the year, from 1."""
    targets = {year.first.plus(number - 1).index: value for number, value in months.items()}
    return ProgrammeRow(year.year, annual_target=Decimal(target), months=targets)


def rows_of(year: FiscalYear, units: Units, green: int, works: int) -> list[GoalRow]:
    hundred = dict.fromkeys(range(1, 13), MonthTarget(Decimal(100)))
    ratio = dict.fromkeys(range(1, 13), MonthTarget(Decimal(90), Decimal(100)))
    quarters = dict.fromkeys((3, 6, 9, 12), MonthTarget(Decimal(30)))
    found = [
        goal_row("M001", units.desu.pk, green, {}),
        goal_row(
            "M003", units.desu.pk, green, {}, accumulation=Accumulation.RATIO, denominator_name="Solicitudes",
            denominator_symbol="D", factor=Decimal(100), decimals=1, unit_of_measure="%",
        ),
        goal_row("O001", units.works.pk, works, {}, frequency=Frequency.QUARTERLY),
    ]  # fmt: skip
    sheets = [
        [programmes(each, hundred, 1200) for each in (year, year.plus(1))],
        [programmes(year, ratio, 90)],
        [programmes(year, quarters, 120)],
    ]
    return [
        replace(row, indicators=[replace(row.indicators[0], programmes=sheet)])
        for row, sheet in zip(found, sheets, strict=True)
    ]


def starting_in(institution: Institution, month: int, by: Character) -> None:
    organization.configure(
        institution=institution, values={"fiscal_start": month}, effective_from=date(2026, 1, 1),
        by=by.actor, at=FOUNDED_AT, on=date(2026, 1, 1),
    )  # fmt: skip


@pytest.fixture(params=[7, 4])
@remembered
def house(request: Any, institution: Institution, units: Units, carmen: Character, fede: Character) -> House:
    """M001 lamps, 100 a month, this year and the next · M003 requests in time, 90 of 100 · O001 works, 30 a quarter."""
    starting_in(institution, request.param, fede)
    plan = planning.create_plan(
        institution=institution, name="Programa 2024-2027", term_start=date(2024, 10, 1), term_end=date(2027, 9, 30),
        levels=[("Eje rector", "Ejes rectores"), ("Línea de acción", "Líneas de acción")], by=SYSTEM, at=FOUNDED_AT,
    )  # fmt: skip
    elements = [
        planning.ElementRow(1, "1", "Servicios públicos"),
        planning.ElementRow(2, "1.1", "Alumbrado", parent=(1, "1")),
        planning.ElementRow(2, "1.2", "Obra pública", parent=(1, "1")),
    ]
    planning.load_plan(plan=plan, elements=elements, by=SYSTEM, at=FOUNDED_AT)
    green, works = (plans.element_by_code(plan, code) for code in ("1.1", "1.2"))
    assert green and works  # noqa: PT018
    year = institution.year_called(2026)
    found = rows_of(year, units, green.pk, works.pk)
    indicators.load_goals(institution=institution, goals=found, by=SYSTEM, at=FOUNDED_AT)
    return House(institution, year, carmen, {item.code: item.pk for item in goals.indicators_of(institution)})


def lamps_by(number: int) -> int:
    """What `lived` has reported to date."""
    late = max(number - 9, 0)
    return HIGH * (number - late) + LOW * late


def names_of(year: FiscalYear) -> list[str]:
    return [month.month_name.capitalize() for month in year.months]


def in_order(text: str, words: list[str]) -> bool:
    """Whether they appear one after the other."""
    at = 0
    for word in words:
        at = text.find(word, at)
        if at < 0:
            return False
        at += len(word)
    return True


# The setting


def test_the_year_does_not_move_once_something_is_programmed(house: House, fede: Character) -> None:
    with pytest.raises(Refusal, match="hay metas programadas"):
        starting_in(house.institution, 1, fede)
    kept = Institution.objects.get(pk=house.institution.pk)
    assert kept.fiscal_start == house.year.start_month
    assert kept.configurations.count() == 1


def test_the_year_does_not_move_once_something_is_captured(house: House, fede: Character) -> None:
    house.report(1, M001=10)
    for sheet in (goals.programmes_of(house.institution, year) for year in (2026, 2027)):
        for programme in sheet.values():
            programme.delete()
    with pytest.raises(Refusal, match="hay datos capturados"):
        starting_in(house.institution, 1, fede)


def test_there_is_no_thirteenth_month(institution: Institution, fede: Character) -> None:
    with pytest.raises(Refusal, match="mes del 1 al 12"):
        starting_in(institution, 13, fede)


def test_the_set_up_asks_it_and_the_trail_tells_it(
    institution: Institution, carmen: Character, client_of: ClientOf
) -> None:
    client, address = client_of(carmen), "/i/prueba/configuracion/periodo/"
    assert 'name="fiscal_start"' in client.get(address).content.decode()
    said = {"term_name": "2024-2027", "fiscal_start": "7", "effective_from": "2026-01-01"}
    assert client.post(address, said).status_code == 302
    institution.refresh_from_db()
    assert institution.fiscal_start == 7
    assert institution.year_on(date(2027, 6, 30)).label == "2026–2027"
    (version,) = institution.configurations.all()
    assert version.values == {"fiscal_start": 7}
    assert audit.history_of("organization.configuration", str(version.ref))
    assert client.post(address, said | {"term_name": "2024-2030"}).status_code == 302


# The programme


def test_a_month_of_another_fiscal_year_is_refused(house: House) -> None:
    lamps = goals.indicator_by_code(house.institution, "M001")
    assert lamps
    before = {house.year.first.index - 1: MonthTarget(Decimal(1))}
    with pytest.raises(indicators.MonthOutsideYear, match=house.year.label):
        indicators.set_programme(indicator=lamps, year=2026, annual_target=1, months=before, by=SYSTEM, at=NOW)


def test_quarters_are_those_of_the_year(house: House) -> None:
    works = goals.indicator_by_code(house.institution, "O001")
    assert works
    quarters = [house.month(number).index for number in (3, 6, 9, 12)]
    assert works.periods_due(house.year) == quarters
    owing = [
        month.index
        for month in house.year.months
        if any(due.indicator_id == works.pk for due in goals.due_in(house.institution, month.index))
    ]
    assert owing == quarters


def test_the_form_of_the_programme_asks_the_months_in_their_order(
    house: House, carmen: Character, client_of: ClientOf
) -> None:
    works = goals.indicator_by_code(house.institution, "O001")
    assert works
    address = f"/i/prueba/metas/indicador/{works.ref}/programacion/2026/"
    client = client_of(carmen)
    page = client.get(address).content.decode()
    assert house.year.label in page
    assert in_order(page, [f'name="n{month.month}"' for month in house.year.months])
    spread = client.post(address, {"annual_target": "40", "repartir": "iguales"}).content.decode()
    ended = [house.month(number).month for number in (3, 6, 9, 12)]
    assert [month for month in range(1, 13) if f'name="n{month}" inputmode="decimal" value="10"' in spread] == sorted(
        ended
    )
    assert (
        client.post(address, {"annual_target": "50", "n1": "20", f"n{house.year.start_month}": "30"}).status_code == 302
    )
    january = MonthlyTarget.objects.get(indicator=works.pk, period=Period(2027, 1).index)
    assert january.numerator == 20


def test_the_workbook_of_goals_has_the_months_in_their_order_and_comes_back(house: House) -> None:
    content = goals_exchange.template(house.institution, on=house.year.first.first_day)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Programación"]
    head = next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "Clave del indicador")
    told = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row if cell.value)
    assert f"«2026» es el año de {house.year.first.month_name} de 2026 a {house.year.last.month_name} de 2027" in told
    at = head.index(f"{house.year.first.month_name[:3].capitalize()}")
    assert [str(name) for name in head[at : at + 12]] == [name[:3] for name in names_of(house.year)]
    before = list(MonthlyTarget.objects.order_by("indicator", "period").values_list("indicator", "period", "numerator"))
    checked = goals_exchange.check(institution=house.institution, content=content, on=house.year.first.first_day)
    assert checked.errors == []
    goals_exchange.apply(checked, by=SYSTEM, at=NOW)
    after = list(MonthlyTarget.objects.order_by("indicator", "period").values_list("indicator", "period", "numerator"))
    assert after == before


# The capture


def test_the_sheet_goes_to_excel_in_its_order_and_comes_back_to_its_months(house: House, ana: Character) -> None:
    number = 14 - house.year.start_month  # January
    on = house.month(number).plus(1).first_day
    by = ana.actor_on(on)
    content = workbook(by, house.institution, year=house.year, on=on)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if row[0].value == "Clave")
    titles = {str(cell.value): cell.column for cell in header}
    assert [title for title in titles if title.lower() in MONTH_NAMES] == names_of(house.year)
    assert f"de {house.year.first.month_name} de 2026" in str(sheet["A3"].value) + str(sheet["A2"].value)
    line = next(row[0].row for row in sheet.iter_rows() if row[0].value == "M001")
    sheet.cell(line, titles["Enero"]).value = 77
    target = io.BytesIO()
    book.save(target)
    loaded = load(target.getvalue(), institution=house.institution, by=by, on=on, at=moment(on))
    assert (loaded.ok, loaded.changed) == (True, 1)
    (value,) = captured.values([house.ids["M001"]], house.year)
    assert (value.period, value.numerator) == (Period(2027, 1).index, 77)


def test_the_sheet_shows_the_twelve_months_of_the_year(house: House, carmen: Character, client_of: ClientOf) -> None:
    page = client_of(carmen).get("/i/prueba/captura/?area=&mes=2027-01").content.decode()
    assert f"Doce meses de {house.year.label}" in page
    short = [name[:3].lower() for name in names_of(house.year)]
    assert in_order(page[page.index("<thead") :], [f">{name}" for name in short])


def test_the_sheet_says_how_each_row_stands_in_the_month_of_the_address(
    house: House, carmen: Character, client_of: ClientOf
) -> None:
    house.report(14 - house.year.start_month, M001=80)
    groups = client_of(carmen).get("/i/prueba/captura/?area=&mes=2027-01").context["groups"]
    found = {standing.value: [line.code for line in lines] for standing, _count, lines in groups}
    assert found["validadas"] == ["M001"]
    assert found["por-capturar"] == ["M003"]


# The evaluation


def test_what_is_added_up_goes_through_january_and_starts_again_with_the_year(house: House) -> None:
    house.lived(12)
    january = 14 - house.year.start_month
    for number in (1, january - 1, january, 12):
        lamps = house.result("M001", number)
        assert (lamps.programmed_to_date, lamps.actual_to_date) == (100 * number, lamps_by(number))
    assert house.result("M001", 12).compliance_year == 86.3
    assert house.result("M003", january).actual_to_date == 90
    house.report(13, M001=50)
    house.close(13)
    assert (house.result("M001", 13).programmed_to_date, house.result("M001", 13).actual_to_date) == (100, 50)
    assert broken_seals() == []


def test_works_are_due_at_the_end_of_each_quarter_of_the_year(house: House) -> None:
    house.lived(6)
    due = Result.objects.filter(indicator=house.ids["O001"], due=True, closing__isnull=False)
    assert sorted(due.values_list("period", flat=True)) == [house.month(3).index, house.month(6).index]
    assert house.result("O001", 6).actual_to_date == 60
    assert house.result("O001", 5).slot_period == house.month(3).index


def test_a_streak_goes_on_into_the_next_fiscal_year(house: House) -> None:
    house.lived(12)
    last = house.result("M001", 12)
    house.report(13, M001=87)
    closing = house.close(13)
    first = house.result("M001", 13)
    assert (last.light, first.light) == (Light.AMBER, Light.AMBER)
    assert first.streak == last.streak + 1
    assert first.streak_since == last.streak_since
    lamps = goals.indicator_by_code(house.institution, "M001")
    assert lamps
    month = BoardMonth(house.month(13), house.year.plus(1), closing.pk)
    told = calculation_of(house.institution.pk, lamps, shown(month))
    assert told
    assert told.agrees
    assert told.explained.since < 0


def test_a_capture_is_stored_in_the_open_months_of_its_year_alone(house: House, ana: Character) -> None:
    on = day_after(house.month(9))
    lamps = goals.indicator_by_code(house.institution, "M001")
    assert lamps
    captures.save_draft(
        indicator=lamps, period=house.month(1).index, entry={"numerator": Decimal(80)}, institution=house.institution,
        version=0, by=ana.actor_on(on), at=moment(on),
    )  # fmt: skip
    stored = Result.objects.filter(indicator=lamps.pk).order_by("period").values_list("period", "actual_to_date")
    assert [period for period, _ in stored] == [house.month(number).index for number in range(1, 10)]
    assert {actual for _, actual in stored} == {80}


def test_a_complementary_closing_reaches_the_rest_of_its_year_and_no_further(house: House, carmen: Character) -> None:
    house.lived(12)
    house.report(13, M001=100)
    house.close(13)
    on = day_after(house.month(13))
    again = actions.supersede(
        institution=house.institution, period=house.month(8), by=carmen.actor_on(on), at=moment(on), on=on,
        reason="Se corrigió.", letter_number="DP/1/2027",
    )  # fmt: skip
    assert [one.period for one in again] == [house.month(number).index for number in range(8, 13)]


def test_our_own_scheme_is_adopted_from_the_first_day_of_the_year(house: House) -> None:
    house.lived(2)
    assert SchemeVersion.objects.get().effective_from == house.year.first.first_day


# Pages


def test_boards_and_goals_show_the_months_of_the_year(house: House, carmen: Character, client_of: ClientOf) -> None:
    january = 14 - house.year.start_month
    house.lived(january)
    client = client_of(carmen)
    names = names_of(house.year)
    board = client.get("/i/prueba/tableros/?mes=2027-01").content.decode()
    assert f"de {names[0].lower()} a {names[-1].lower()}" in board
    assert in_order(board, [f">{name[:3].lower()}</text>" for name in names])
    goal = client.get("/i/prueba/tableros/meta/M001/?mes=2027-01").content.decode()
    assert in_order(goal[goal.index("<tbody") :], [name.lower() for name in names])
    assert str(lamps_by(january)) in goal.replace(",", "")
    plan = client.get(f"/i/prueba/metas/{goals.goal_by_code(house.institution, 'M001').ref}/").content.decode()  # type: ignore[union-attr]
    assert house.year.label in plan
    listed = client.get("/i/prueba/informes/").content.decode()
    assert f"Meses cerrados de {house.year.label}" in listed
    assert client.get("/i/prueba/informes/?anio=2027").status_code == 200


def test_the_first_month_of_a_year_is_not_compared_with_the_last_of_another(
    house: House, carmen: Character, client_of: ClientOf
) -> None:
    house.lived(12)
    house.report(13, M001=100)
    house.close(13)
    board = client_of(carmen).get(f"/i/prueba/tableros/?mes={house.month(13)}").context["board"]
    assert (board.opened.before, board.subject.compliance_change) == (None, None)
    board = client_of(carmen).get("/i/prueba/tableros/?mes=2027-01").context["board"]
    assert board.opened.before.period == Period(2026, 12)


# Documents


def produced(house: House, kind: str, number: int, gina: Character) -> dict[str, bytes]:
    on = day_after(house.month(number))
    return reports.produce(
        kind, institution=house.institution, period=house.month(number), by=gina.actor_on(on), on=on, at=moment(on)
    )


def test_the_monthly_report_shows_the_months_of_the_year(house: House, gina: Character) -> None:
    january = 14 - house.year.start_month
    house.lived(january)
    files = produced(house, "monthly", january, gina)
    sheet = openpyxl.load_workbook(io.BytesIO(files["informe-mensual.xlsx"]), data_only=True)["Avance del año"]
    lines = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).split(" ")[0].lower() in MONTH_NAMES]
    assert [str(row[0]).split(" ")[0].capitalize() for row in lines] == names_of(house.year)
    assert [row[2] is not None for row in lines] == [number <= january for number in range(1, 13)]
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["informe-mensual.pdf"])).pages)
    assert in_order(" ".join(text.split()), [name[:3].lower() for name in names_of(house.year)])
    assert str(lamps_by(january)) in text.replace(",", "")
    results = files["resultados.csv"].decode("utf-8-sig")
    assert [str(month) in results for month in house.year.months] == [number <= january for number in range(1, 13)]


def test_the_documents_of_the_plan_are_of_the_year(house: House, gina: Character) -> None:
    house.lived(1)
    files = produced(house, "schedule", 1, gina)
    book = openpyxl.load_workbook(io.BytesIO(files["programacion-por-area.xlsx"]))
    sheet = book["Programación"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "Área" and row[3].value == "Clave")
    titles = [str(cell.value) for cell in header]
    short = [name[:3].lower() for name in names_of(house.year)]
    assert [title.lower() for title in titles[9:21]] == short
    works = next(row for row in sheet.iter_rows() if row[3].value == "O001")
    assert [cell.value for cell in works[9:21]] == [None, None, 30] * 4
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["programacion-por-area.pdf"])).pages)
    assert house.year.label in text
    matrix = produced(house, "alignment", 1, gina)["matriz-de-alineacion.xlsx"]
    words = [
        str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(matrix))["Matriz"].iter_rows() for cell in row
    ]
    assert f"Meta {house.year.label}" in words


# What is foreseen


def test_what_is_foreseen_counts_from_the_start_of_the_year(house: House, carmen: Character) -> None:
    number = 14 - house.year.start_month
    house.lived(number)
    on = day_after(house.month(number))
    told = actions.foresee_month(
        institution=house.institution, period=house.month(number), by=carmen.actor_on(on), on=on, at=moment(on)
    )
    assert told == 3
    lamps = Outlook.objects.get(indicator=house.ids["M001"], period=Period(2027, 1).index)
    assert lamps.low <= lamps.expected <= lamps.high
    assert 700 < lamps.expected < 1200
    assert {one.year for one in EarlyWarning.objects.all()} <= {2026}
    assert EarlyWarning.objects.filter(goal__code="M001").exists()


# For others


def test_what_is_consolidated_is_of_calendar_years(house: House, tmp_path: Path) -> None:
    house.lived(12)
    told = export_columnar(house.institution, 2027, 2027, tmp_path)
    assert told.months == 12
    (file,) = (tmp_path / "obs").glob("*.parquet")
    seen = pl.read_parquet(file)["period"]
    last = house.year.last.index
    assert (seen.min(), seen.max()) == (Period(2027, 1).index, last)
