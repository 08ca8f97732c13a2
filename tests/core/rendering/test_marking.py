"""The person's own workbook comes back with the errors where they are."""

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.comments import Comment

from rumbo.core.rendering.marking import CellError, mark_errors
from rumbo.core.rendering.refused import WorkbookRefused

ERRORS = [
    CellError("Octubre", 2, 2, "«1.250,5» no es un número. Escríbalo 1,250.5."),
    CellError("Octubre", 3, 1, '=HYPERLINK("http://x","y")'),
]


def _original() -> bytes:
    book = openpyxl.Workbook()
    book.properties.modified = datetime(2026, 10, 31, 9, 0)  # noqa: DTZ001
    page = book.worksheets[0]
    page.title = "Octubre"
    for row in (["Clave", "Realizado"], ["1.2.1", "1.250,5"], ["@clave", 3]):
        page.append(row)
    page["B3"].number_format = "0.00"
    page["C2"] = "combinada"
    page["B2"].comment = Comment("Nota propia", "Ana")
    page.merge_cells("C2:D3")
    page.column_dimensions["A"].width = 33
    book.create_sheet("Notas")["A1"] = "sin cambios"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _open(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_what_cannot_be_read_cannot_be_marked() -> None:
    with pytest.raises(WorkbookRefused, match="PDF"):
        mark_errors(b"%PDF-1.7", ERRORS)


def test_each_wrong_cell_is_filled_and_says_why() -> None:
    page = _open(mark_errors(_original(), ERRORS))["Octubre"]
    assert page["B2"].fill.fgColor.rgb == "FFF7C5C1"
    assert page["B2"].comment.text == "«1.250,5» no es un número. Escríbalo 1,250.5.\n\nNota propia"
    assert page["B2"].value == "1.250,5"


def test_a_first_sheet_lists_all_with_links() -> None:
    book = _open(mark_errors(_original(), ERRORS))
    page = book["Errores"]
    assert book.sheetnames[0] == "Errores"
    assert page["A1"].value == "Celdas por corregir: 2"
    assert [cell.value for cell in page[4]] == ["Octubre", "B2", "1.250,5", ERRORS[0].message]
    assert page["B4"].hyperlink.location == "'Octubre'!B2"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    page = _open(mark_errors(_original(), ERRORS))["Errores"]
    assert page["D5"].data_type == "s"
    assert page["D5"].value == ERRORS[1].message
    assert page["C5"].data_type == "s"


def test_the_rest_of_the_workbook_is_as_it_was() -> None:
    original = _original()
    book = _open(mark_errors(original, ERRORS))
    page = book["Octubre"]
    assert [[cell.value for cell in row[:2]] for row in page.iter_rows()] == [
        ["Clave", "Realizado"],
        ["1.2.1", "1.250,5"],
        ["@clave", 3],
    ]
    assert page["B3"].number_format == "0.00"
    assert page.column_dimensions["A"].width == 33
    assert book["Notas"]["A1"].value == "sin cambios"
    assert book.properties.modified == _open(original).properties.modified


def test_marking_twice_leaves_only_the_second_marks() -> None:
    first = mark_errors(_original(), ERRORS)
    book = _open(mark_errors(first, [CellError("Octubre", 3, 2, "Falta la causa.")]))
    page = book["Octubre"]
    assert book.sheetnames.count("Errores") == 1
    assert page["A3"].comment is None
    assert page["A3"].fill.fill_type is None
    assert page["B3"].comment.text == "Falta la causa."


def test_an_error_inside_a_merged_cell_goes_to_the_cell_that_shows_it() -> None:
    page = _open(mark_errors(_original(), [CellError("Octubre", 3, 4, "Separe las celdas.")]))["Octubre"]
    assert page["C2"].comment.text == "Separe las celdas."


def test_an_error_of_a_sheet_that_is_missing_is_only_listed() -> None:
    page = _open(mark_errors(_original(), [CellError("Diciembre", 1, 1, "Falta la hoja.")]))["Errores"]
    assert page["D4"].value == "Falta la hoja."
    assert page["B4"].hyperlink is None


def test_a_csv_comes_back_as_a_workbook() -> None:
    book = _open(mark_errors(b"Clave;Realizado\n=1+1;x\n", [CellError("CSV", 2, 2, "No es un número.")]))
    assert book["CSV"]["B2"].comment.text == "No es un número."
    assert book["CSV"]["A2"].data_type == "s"


def test_the_same_errors_give_the_same_bytes() -> None:
    original = _original()
    assert mark_errors(original, ERRORS) == mark_errors(original, ERRORS)
