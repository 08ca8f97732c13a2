"""The sheet «Variables» of the area's workbook and of the carga histórica."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.utils.translation import gettext, override

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.exchange import Loaded, load, marked, workbook
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, TODAY, Character, Units
from tests.systems.captures.conftest import NOVEMBER, OCTOBER
from tests.systems.captures.test_readings import WEEKS, ClientOf, Read, calls, december, month, read, served, speed

__all__ = ["calls", "december", "read", "served", "speed"]
pytestmark = pytest.mark.django_db
HEAD = ["Clave", "Variable", "Último día", "Valor", "Razón, si no hay dato"]
LONG = ["Clave", "Periodo", "Numerador", "Denominador", "Causa de la variación", "Explicación de la causa",
        "Acción correctiva", "Fecha compromiso", "Puesto responsable"]  # fmt: skip
END = date(2026, 11, 30)


def written(institution: Institution, by: Character, **more: Any) -> bytes:
    return workbook(by.actor, institution, year=FiscalYear(2026), on=TODAY, **more)


def back(content: bytes, institution: Institution, by: Character, **more: Any) -> Loaded:
    return load(content, institution=institution, by=by.actor, on=TODAY, at=NOW, **more)


def table(content: bytes, name: str = "Variables") -> tuple[Any, int, dict[str, int]]:
    """The sheet, the number of its header, and the column of each title."""
    sheet: Any = openpyxl.load_workbook(BytesIO(content))[name]
    for row in sheet.iter_rows():
        titles = {str(cell.value): cell.column for cell in row if cell.value}
        if "Último día" in titles or "Last day" in titles:
            return sheet, row[0].row, titles
    raise AssertionError("no header")


def saved(sheet: Any) -> bytes:
    target = BytesIO()
    sheet.parent.save(target)
    return target.getvalue()


def alone(*rows: list[Any], history: list[list[Any]] | None = None) -> bytes:
    """A workbook with only that sheet, or with the long one before it."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    if history is not None:
        for line in history:
            sheet.append(line)
        sheet = book.create_sheet()
    sheet.title = "Variables"
    for line in (HEAD, *rows):
        sheet.append(line)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def lines(content: bytes) -> dict[tuple[str, str, date], tuple[Any, Any]]:
    sheet, header, at = table(content)
    found = {}
    for row in sheet.iter_rows(min_row=header + 1, values_only=True):
        if row[0]:
            day: datetime = row[at["Último día"] - 1]
            found[row[0], row[1], day.date()] = (row[at["Valor"] - 1], row[at["Razón, si no hay dato"] - 1] or None)
    return found


def test_a_house_without_variables_has_no_such_sheet(
    institution: Institution, lamps: Indicator, ana: Character
) -> None:
    assert openpyxl.load_workbook(BytesIO(written(institution, ana))).sheetnames == ["Captura"]


@pytest.mark.requirement("A1-08")
def test_four_variables_and_the_weeks_go_and_come_back_whole(
    institution: Institution, calls: Indicator, served: Indicator, read: Read, ana: Character
) -> None:
    read(calls, {WEEKS[0]: {"V": "20.5"}}, {WEEKS[1]: "Sin servicio."})
    read(served, month(atendidos=80, turnados=10))
    content = written(institution, ana)
    told = lines(content)
    assert told["M004", "V", WEEKS[0]] == (20.5, None)
    assert told["M004", "V", WEEKS[1]] == (None, "Sin servicio.")
    assert told["M005", "recibidos", END] == (None, None)
    assert ("M005", "atendidos", date(2026, 12, 31)) in told
    loaded = back(content, institution, ana)
    assert (loaded.errors, loaded.changed) == ([], 0)
    sheet, header, at = table(content)
    for row in range(header + 1, sheet.max_row + 1):
        value = {("M005", "recibidos"): 103, ("M005", "duplicados"): 3}.get(
            (sheet.cell(row, 1).value, sheet.cell(row, 2).value)
        )
        if value and sheet.cell(row, 3).value.date() == END:
            sheet.cell(row, at["Valor"], value)
    loaded = back(saved(sheet), institution, ana)
    assert (loaded.errors, loaded.changed) == ([], 1)
    capture = Capture.objects.get(indicator=served)
    assert (capture.numerator, capture.denominator) == (90, 100)
    assert Capture.objects.get(indicator=calls).version == 1
    assert audit.verify() == []


def test_the_sheet_is_read_in_the_other_language(institution: Institution, served: Indicator, ana: Character) -> None:
    with override("en"):
        content = written(institution, ana, translate=gettext)
    sheet, header, at = table(content)
    sheet.cell(header + 1, at["Value"], 7)
    assert back(saved(sheet), institution, ana).errors == []
    assert Capture.objects.count() == 1


def test_wrong_cells_come_back_marked_in_their_sheet_and_nothing_is_applied(
    institution: Institution, calls: Indicator, served: Indicator, lamps: Indicator, works: Indicator, ana: Character
) -> None:
    content = alone(
        ["M005", "atendidos", END, "ochenta", None],
        ["M005", "otra", END, 3, None],
        ["M004", "V", END, 3, None],
        ["M001", "V", END, 3, None],
        ["O001", "V", END, 3, None],
        ["M005", "recibidos", END, 5, None],
        ["M005", "recibidos", END, 6, None],
        ["M005", "turnados", date(2031, 1, 31), 6, None],
        ["<script>", "V", END, 3, None],
    )
    loaded = back(content, institution, ana)
    said = {(error.row, error.sheet): str(error) for error in loaded.errors}
    assert [row for row, _sheet in sorted(said)] == [2, 3, 4, 5, 6, 8, 9, 10]
    for row, words in {2: "«ochenta» no es un número", 3: "Son: atendidos, turnados, recibidos, duplicados",
                       4: "no tiene un corte que termine el 30/11/2026", 5: "no se captura por variables",
                       6: "en sus áreas", 8: "Repite la fila 7"}.items():  # fmt: skip
        assert words in said[row, "Variables"], said[row, "Variables"]
    assert not Capture.objects.exists()
    book = openpyxl.load_workbook(BytesIO(marked(content, loaded.errors)))
    assert "otra" in str(book["Variables"]["B3"].comment.text)  # type: ignore[union-attr]


def test_a_value_that_results_is_not_changed_in_the_other_sheet(
    institution: Institution, served: Indicator, ana: Character
) -> None:
    content = written(institution, ana)
    sheet: Any = openpyxl.load_workbook(BytesIO(content))["Captura"]
    header = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Clave")
    november = next(cell.column for cell in sheet[header] if cell.value == "Noviembre")
    sheet.cell(header + 1, november, 90)
    (error,) = back(saved(sheet), institution, ana).errors
    assert "resulta de sus variables" in str(error)


def test_what_is_under_review_is_not_changed_by_a_workbook(
    institution: Institution, served: Indicator, read: Read, ana: Character
) -> None:
    content = written(institution, ana)
    read(served, month(atendidos=80, turnados=10, recibidos=103, duplicados=3))
    Capture.objects.update(state="area_review")
    sheet, header, at = table(content)
    of_november = next(row for row in range(header + 1, sheet.max_row) if sheet.cell(row, 3).value.date() == END)
    sheet.cell(of_november, at["Valor"], 7)
    errors = back(saved(sheet), institution, ana).errors
    of_variables = [str(one) for one in errors if one.sheet == "Variables"]
    assert len(of_variables) == 4, "the other three would be emptied"
    assert all("no se puede modificar aquí" in one for one in of_variables)


def test_the_past_may_come_by_variable_or_by_its_value(
    institution: Institution, calls: Indicator, served: Indicator, carmen: Character
) -> None:
    long = [LONG, ["M004", "2026-10", 50, None]]
    rows = [["M005", name, date(2026, 10, 31), value, None] for name, value in
            (("atendidos", 40), ("turnados", 5), ("recibidos", 52), ("duplicados", 2))]  # fmt: skip
    loaded = back(alone(*rows, history=long), institution, carmen)
    assert (loaded.errors, loaded.kind, loaded.changed) == ([], "history", 2)
    told = {capture.indicator_id: capture for capture in Capture.objects.filter(period=OCTOBER)}
    assert told[calls.pk].numerator == 50
    assert (told[served.pk].numerator, told[served.pk].denominator) == (45, 50)
    assert told[served.pk].readings["2026-10-31"]["figures"]["recibidos"] == "52"
    assert back(alone(*rows, history=long), institution, carmen).changed == 0
    assert audit.verify() == []
    lacking = back(alone(*rows[:2], history=[LONG]), institution, carmen)
    assert "no tiene valor en octubre" in str(lacking.errors[0])
    both = back(alone(*rows, history=[LONG, ["M005", "2026-10", 1, 2]]), institution, carmen)
    assert "ya viene en la otra hoja" in str(both.errors[0])


def test_the_blank_book_of_the_past_has_their_sheet_only_where_there_are(
    lamps: Indicator, make_indicator: Callable[..., Indicator], units: Units, institution: Institution,
    carmen: Character, client_of: ClientOf,
) -> None:  # fmt: skip
    address = "/i/prueba/captura/historia/plantilla.xlsx"
    before = openpyxl.load_workbook(BytesIO(client_of(carmen).get(address).content)).sheetnames
    assert before == ["Carga histórica", "Instrucciones"]
    make_indicator("M007", units.desu, {11: (10, None)}, frequency="weekly")
    content = client_of(carmen).get(address).content
    sheet: Any = openpyxl.load_workbook(BytesIO(content))["Variables"]
    titles = [cell.value for cell in next(row for row in sheet.iter_rows() if row[0].value == "Clave *")]
    assert titles[:3] == ["Clave *", "Variable *", "Último día *"]
    filled = {"Clave *": "M007", "Variable *": "V", "Último día *": date(2026, 10, 4), "Valor": 8}
    for title, value in filled.items():
        sheet.cell(sheet.max_row if title != "Clave *" else sheet.max_row + 1, titles.index(title) + 1, value)
    loaded = back(saved(sheet), institution, carmen)
    assert (loaded.errors, loaded.changed) == ([], 1)
    assert Capture.objects.get().numerator == 8


@pytest.mark.parametrize("value", ["1e400", "NaN", "1.1234567", "9" * 16, "−5 pesos"])
def test_hostile_figures_are_told_where_they_are(
    value: str, institution: Institution, served: Indicator, ana: Character
) -> None:
    loaded = back(alone(["M005", "atendidos", END, value, None]), institution, ana)
    assert [(error.row, error.column) for error in loaded.errors] == [(2, 4)]
    assert not Capture.objects.exists()


def test_a_week_is_written_by_its_last_day_alone(institution: Institution, calls: Indicator, ana: Character) -> None:
    loaded = back(alone(["M004", "V", WEEKS[0], 3, None], ["M004", "V", WEEKS[1], None, "Huelga."]), institution, ana)
    assert loaded.errors == []
    capture = Capture.objects.get(indicator=calls, period=NOVEMBER)
    assert capture.numerator == Decimal(3)
    assert capture.readings["2026-11-08"] == {"reason": "Huelga."}


def test_a_rehearsal_leaves_nothing(institution: Institution, calls: Indicator, ana: Character) -> None:
    assert back(alone(["M004", "V", WEEKS[0], 3, None]), institution, ana, dry_run=True).changed == 1
    assert not Capture.objects.exists()


type Refusing = Callable[..., None]


def test_a_week_to_come_is_refused_with_its_name(institution: Institution, calls: Indicator, ana: Character) -> None:
    with pytest.raises(actions.StretchNotBegun, match="semana del 7 al 13 de diciembre"):
        back(alone(["M004", "V", date(2026, 12, 13), 3, None]), institution, ana)
