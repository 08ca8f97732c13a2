import io

import openpyxl
import pytest

from rumbo.core.rendering.intake import marked, take
from rumbo.core.rendering.refused import WorkbookRefused
from rumbo.core.rendering.table import Column, Sheet

PLAN = Sheet("Plan", (Column("code", "Clave", required=True), Column("amount", "Monto", kind="decimal")))
MORE = Sheet("FODA", (Column("kind", "Bloque", required=True),))


def book_of(**sheets: list[list[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return book


def bytes_of(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_file_that_is_not_a_workbook_is_refused_with_its_reason() -> None:
    with pytest.raises(WorkbookRefused, match="vacío"):
        take(b"", (PLAN,), main=PLAN)


def test_a_workbook_without_the_sheets_says_which_is_missing() -> None:
    taken = take(bytes_of(book_of(A=[["x"]], B=[["y"]])), (PLAN, MORE), main=PLAN)
    assert [error.message for error in taken.errors] == [
        "Falta la hoja «Plan». Use la plantilla, o cambie el nombre de la hoja que la contiene."
    ]


def test_sheets_are_found_whatever_their_order_capitals_and_accents() -> None:
    taken = take(
        bytes_of(book_of(foda=[["BLOQUE"], ["x"]], PLAN=[["Monto", "clave"], [1, "A"]])), (PLAN, MORE), main=PLAN
    )
    assert taken.errors == []
    assert taken.records(PLAN)[0]["code"] == "A"
    assert taken.records(MORE)[0]["kind"] == "x"


def test_a_workbook_of_one_sheet_and_a_csv_are_the_main_table() -> None:
    assert take(bytes_of(book_of(Hoja1=[["Clave"], ["A"]])), (PLAN, MORE), main=PLAN).records(PLAN)[0]["code"] == "A"
    assert take(b"Clave;Monto\nA;1,250.5\n", (PLAN, MORE), main=PLAN).records(PLAN)[0]["code"] == "A"


def test_merged_cells_are_told_once_for_the_range() -> None:
    book = book_of(Plan=[["Título"], ["Clave", "Monto"], ["A", 1], [None, 2], [None, 3]])
    book["Plan"].merge_cells("A1:B1")
    book["Plan"].merge_cells("A3:A5")
    taken = take(bytes_of(book), (PLAN,), main=PLAN)
    assert [str(error) for error in taken.errors] == [
        "Fila 3, columna A: Las celdas A3:A5 están combinadas. Descombínelas y escriba el valor en cada renglón."
    ]


def test_the_faults_come_back_in_their_cells() -> None:
    content = bytes_of(book_of(plan=[["Clave", "Monto"], ["A", "mucho"], [None, 2]]))
    taken = take(content, (PLAN,), main=PLAN)
    template, counts = taken.summary
    assert template % counts == "Se leyeron bien 0 filas; 2 por corregir; no se aplicó ninguna."
    book = openpyxl.load_workbook(io.BytesIO(marked(content, taken.errors)))
    assert book.sheetnames == ["Errores", "plan"]
    comment = book["plan"]["B2"].comment
    assert comment is not None
    assert "«mucho» no es un número" in comment.text
