"""Workbooks are opened again: values, formulas, formats, protection, print set-up."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from rumbo.core.rendering.reading import read_workbook
from rumbo.core.rendering.workbook import Cell, Column, Formula, Kind, Place, Workbook
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass

ON = date(2026, 11, 20)
BANNER = "DATOS DE DEMOSTRACIÓN."
COLUMNS = [
    Column("Clave"),
    Column("Meta", width=40),
    Column("Programado", Kind.NUMBER, group="Octubre"),
    Column("Realizado", Kind.NUMBER, group="Octubre", editable=True),
    Column("Cumplimiento", Kind.PERCENT),
    Column("Fecha", Kind.DATE),
    Column("Semáforo", Kind.LIGHT),
    Column("Clasificación", Kind.CLASS),
    Column("Causa", choices=["Demanda", "Clima, lluvia"], editable=True),
    Column("ref", hidden=True),
]
ROW: list[Cell] = [
    "1.2.1",
    "Luminarias",
    Decimal("4482.5"),
    4310,
    Formula("={Realizado}/{Programado}*100", 96.2),
    date(2026, 10, 31),
    Light.AMBER,
    PerformanceClass.FAIR,
    None,
    "x",
]


def _made(rows: list[list[Cell]] | None = None) -> tuple[bytes, Place]:
    book = Workbook("Cuadro de metas", on=ON, banner=BANNER, author="Alcaldía")
    place = book.sheet("Metas", COLUMNS, [ROW] if rows is None else rows, lead="Al 31/10/2026", protect=True)
    return book.to_bytes(), place


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        _made([["1.2.1"]])


@pytest.mark.parametrize("text", ["=1+1", "+52 55", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_text_never_becomes_a_formula(text: str) -> None:
    content, place = _made([[text, *ROW[1:]]])
    cell = openpyxl.load_workbook(io.BytesIO(content))["Metas"].cell(place.first_row, 1)
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix


def test_formulas_are_live_and_carry_their_value() -> None:
    content, place = _made()
    live = openpyxl.load_workbook(io.BytesIO(content))["Metas"]
    assert live.cell(place.first_row, 5).value == f"=D{place.first_row}/C{place.first_row}*100"
    read = read_workbook(content).sheets[0].rows[place.first_row - 1]
    assert read[2:6] == [4482.5, 4310.0, 96.2, date(2026, 10, 31)]
    assert place.range("Cumplimiento") == f"'Metas'!$E${place.first_row}:$E${place.last_row}"


def test_lights_say_shape_and_word_and_are_coloured_by_it() -> None:
    content, place = _made()
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Metas"]
    assert sheet.cell(place.first_row, 7).value == "▲ En riesgo"
    assert sheet.cell(place.first_row, 8).value == "Con desempeño regular"
    rules = [rule for ranges in sheet.conditional_formatting for rule in ranges.rules]
    assert {rule.text for rule in rules} >= {"●", "▲", "■"}


def test_percentages_and_minus_are_written_as_in_the_documents() -> None:
    content, place = _made()
    look = openpyxl.load_workbook(io.BytesIO(content))["Metas"].cell(place.first_row, 5).number_format
    assert look == '#,##0.0"\u00a0%";"−"#,##0.0"\u00a0%"'


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_not_a_number_leaves_the_cell_empty(value: float | None) -> None:
    content, place = _made([[*ROW[:2], value, *ROW[3:]]])
    assert openpyxl.load_workbook(io.BytesIO(content))["Metas"].cell(place.first_row, 3).value is None


def test_only_what_may_be_filled_in_is_open() -> None:
    content, place = _made()
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Metas"]
    assert sheet.protection.sheet
    locked = [sheet.cell(place.first_row, column).protection.locked for column in range(1, 11)]
    assert [index for index, closed in enumerate(locked) if not closed] == [3, 8]
    assert sheet.column_dimensions["J"].hidden


def test_choices_with_commas_and_long_lists_go_to_a_hidden_sheet() -> None:
    content, place = _made()
    book = openpyxl.load_workbook(io.BytesIO(content))
    lists = {
        str(rule.sqref): rule.formula1 for rule in book["Metas"].data_validations.dataValidation if rule.type == "list"
    }
    assert lists == {f"I{place.first_row}": "Listas!$A$1:$A$2"}
    assert book["Listas"].sheet_state == "hidden"
    assert [cell.value for cell in book["Listas"]["A"]] == ["Demanda", "Clima, lluvia"]


def test_every_sheet_prints_on_carta_with_its_header_and_the_banner() -> None:
    content, place = _made()
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Metas"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (1, "landscape")
    assert sheet.print_title_rows == f"${place.header_row}:${place.header_row}"
    assert sheet.freeze_panes == f"A{place.first_row}"
    assert sheet.auto_filter.ref == f"A{place.header_row}:J{place.last_row}"
    assert BANNER in (sheet.oddHeader.center.text or "")
    assert BANNER in [sheet.cell(row, 1).value for row in range(1, place.header_row)]


def test_the_date_is_the_one_given_and_the_bytes_are_the_same_again() -> None:
    content, _ = _made()
    assert openpyxl.load_workbook(io.BytesIO(content)).properties.created.date() == ON
    assert _made()[0] == content


def test_an_empty_table_is_still_a_workbook() -> None:
    content, place = _made([])
    assert read_workbook(content).sheets[0].rows[place.header_row - 1][0] == "Clave"


def test_words_are_translated() -> None:
    book = Workbook("t", on=ON, translate=lambda text: {"En meta": "On target"}.get(text, text))
    place = book.sheet("s", [Column("Light", Kind.LIGHT)], [[Light.GREEN]])
    assert read_workbook(book.to_bytes()).sheets[0].rows[place.first_row - 1] == ["● On target"]
