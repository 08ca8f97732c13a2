"""What people upload, and what somebody might upload to do harm."""

import io
import time
import zipfile
from datetime import date

import openpyxl
import pytest

from rumbo.core.rendering.limits import Limits
from rumbo.core.rendering.reading import read_csv, read_upload, read_workbook
from rumbo.core.rendering.refused import REASONS, WorkbookRefused
from rumbo.core.rendering.workbook import Column, Formula, Kind, Workbook


def _book(rows: list[list[object]], *, name: str = "Octubre") -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = name
    for row in rows:
        page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _changed(package: bytes, changes: dict[str, bytes], *, drop: str = "") -> bytes:
    """The package with entries replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in changes and entry.filename != drop:
                new.writestr(entry.filename, old.read(entry))
        for name, content in changes.items():
            new.writestr(name, content)
    return target.getvalue()


def _sheet(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


GOOD = _book([["Clave", "Realizado"], ["1.2.1", 4310]])
FIRST = "xl/worksheets/sheet1.xml"


def _code(content: bytes, **limits: int) -> str:
    with pytest.raises(WorkbookRefused) as refusal:
        read_workbook(content, limits=Limits(**limits))
    assert str(refusal.value).endswith(".")
    return refusal.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"Clave;Realizado\n1;2", "text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (GOOD[: len(GOOD) // 2], "corrupt"),
        (GOOD[:60] + b"\x00" * 200 + GOOD[260:], "corrupt"),
        (_changed(GOOD, {"xl/vbaProject.bin": b"x"}), "macros"),
        (_changed(GOOD, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
        (_changed(GOOD, {"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}), "macros"),
        (_changed(GOOD, {"xl/workbook.bin": b"x"}, drop="xl/workbook.xml"), "binary_excel"),
        (_changed(GOOD, {"content.xml": b"<x/>"}, drop="xl/workbook.xml"), "open_document"),
        (_changed(GOOD, {"word/document.xml": b"<x/>"}, drop="xl/workbook.xml"), "wrong_type"),
        (_changed(GOOD, {}, drop="xl/_rels/workbook.xml.rels"), "corrupt"),
        (_changed(GOOD, {FIRST: b'<!DOCTYPE x [<!ENTITY a "b">]>' + _sheet("")}), "corrupt"),
        (_changed(GOOD, {FIRST: b"<worksheet><sheetData><row"}), "corrupt"),
    ],
)
def test_what_is_not_a_plain_workbook_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert _code(content) == code


def test_a_file_that_grows_too_much_is_refused_before_it_is_parsed() -> None:
    bomb = _changed(GOOD, {"xl/media/a.bin": b"\x00" * 12_000_000})
    assert _code(bomb) == "bomb"
    assert _code(GOOD, opened_bytes=1_000) == "bomb"
    assert _code(GOOD, entries=3) == "bomb"
    assert _code(GOOD, file_bytes=1_000) == "too_big"


def test_two_far_corners_do_not_fill_the_memory() -> None:
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    started = time.process_time()
    assert _code(_changed(GOOD, {FIRST: _sheet(corners)})) == "too_many_rows"
    assert time.process_time() - started < 1


def test_a_sheet_kept_under_another_name_is_measured_too() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        relations = package.read("xl/_rels/workbook.xml.rels").replace(
            b"/xl/worksheets/sheet1.xml", b"/xl/raro/hoja.dat"
        )
    corners = _sheet('<row r="90000"><c r="AZ90000"><v>1</v></c></row>')
    moved = _changed(GOOD, {"xl/_rels/workbook.xml.rels": relations, "xl/raro/hoja.dat": corners}, drop=FIRST)
    assert _code(moved) == "too_many_cells"


def test_a_declared_size_is_not_believed() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<x/>" * 5_000)
    lying = target.getvalue().replace((20_000).to_bytes(4, "little"), (200).to_bytes(4, "little"))
    assert _code(lying) == "corrupt"


def test_the_refusal_names_the_sheet_and_how_much_is_too_much() -> None:
    content = _book([[1, 2, 3]] * 12, name="Metas & más")
    with pytest.raises(WorkbookRefused, match="La hoja «Metas & más» llega a la fila 12 y el máximo es 10"):
        read_workbook(content, limits=Limits(rows=10))
    assert _code(content, columns=2) == "too_many_columns"
    assert _code(content, cells=20) == "too_many_cells"
    assert _code(content, sheets=0) == "too_many_sheets"


def test_a_formula_without_result_is_refused_with_its_cell() -> None:
    with pytest.raises(WorkbookRefused, match="Hoja «Octubre», celda B2") as refusal:
        read_workbook(_book([["Clave", "Realizado"], ["1.2.1", "=1+1"]]))
    assert refusal.value.params == {"sheet": "Octubre", "cell": "B2"}


def test_a_cell_that_holds_an_error_is_not_an_empty_one() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c t="e" r="C1"><f>1/0</f><v>#DIV/0!</v></c></row>'
    content = _changed(_book([[1, 2, 3]]), {"xl/worksheets/sheet1.xml": _sheet(cells)})
    assert read_workbook(content).sheets[0].rows == [[1, None, "#DIV/0!"]]


def test_a_cell_with_an_error_and_no_place_is_refused() -> None:
    content = _changed(_book([[1]]), {"xl/worksheets/sheet1.xml": _sheet('<row r="1"><c t="e"><v>#N/A</v></c></row>')})
    assert _code(content) == "corrupt"


def test_the_reason_can_be_said_in_another_language() -> None:
    refusal = WorkbookRefused("too_many_sheets", count=90, limit=80)
    assert refusal.message(lambda text: "%(count)s > %(limit)s") == "90 > 80"
    assert all(reason.endswith(".") for reason in REASONS.values())


def test_rows_start_at_a1_even_when_the_sheet_does_not() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["C3"] = "dato"
    target = io.BytesIO()
    book.save(target)
    assert read_workbook(target.getvalue()).sheets[0].rows == [[None] * 3, [None] * 3, [None, None, "dato"]]


def test_values_come_with_their_types_and_formulas_with_their_results() -> None:
    book = Workbook("t", on=date(2026, 1, 1))
    columns = [Column("a"), Column("b", Kind.NUMBER), Column("c", Kind.DATE), Column("d", Kind.FORMULA)]
    place = book.sheet("Año", columns, [["x", 1.5, date(2026, 10, 31), Formula("={b}*2", 3)]])
    assert read_workbook(book.to_bytes()).sheets[0].rows[place.first_row - 1] == ["x", 1.5, date(2026, 10, 31), 3.0]


def test_merged_cells_are_told_and_their_value_is_not_repeated() -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Obras", 1])
    page.append([None, 2])
    page.merge_cells("A1:A2")
    target = io.BytesIO()
    book.save(target)
    sheet = read_workbook(target.getvalue()).sheets[0]
    assert [row[0] for row in sheet.rows] == ["Obras", None]
    assert sheet.merged_at(1, 0) == sheet.merged[0]
    assert sheet.merged_at(1, 1) is None


def test_hidden_sheets_are_read_and_said_to_be_hidden() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = 1
    book.create_sheet("claves").sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    read = read_workbook(target.getvalue())
    assert [sheet.visible for sheet in read.sheets] == [True, False]
    assert read.sheet("claves") is read.sheets[1]
    assert read.sheet("otra") is None


def test_a_workbook_without_data_is_refused() -> None:
    assert _code(_book([])) == "no_sheets"


@pytest.mark.parametrize(
    "content",
    [
        "Área,Meta\nObras,«10»\n".encode(),
        "\ufeffÁrea,Meta\nObras,«10»\n".encode(),
        "Área;Meta\r\nObras;«10»\r\n".encode("cp1252"),
        "Área\tMeta\nObras\t«10»\n".encode("utf-16"),
    ],
)
def test_a_csv_is_read_however_excel_saved_it(content: bytes) -> None:
    read = read_upload(content) if not content.startswith(b"\xff\xfe") else read_csv(content)
    assert read.kind == "csv"
    assert read.sheets[0].rows == [["Área", "Meta"], ["Obras", "«10»"]]


def test_commas_inside_quotes_or_as_decimals_do_not_choose_the_delimiter() -> None:
    assert read_csv(b'a;b\n"uno, dos, tres";1,5\n').sheets[0].rows[1] == ["uno, dos, tres", "1,5"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"  \n", "empty"), (b"a,b\n" * 12, "too_many_rows"), (b"a," * 9, "too_many_columns"), (b"a\x00b", "wrong_type")],
)
def test_a_csv_has_limits_too(content: bytes, code: str) -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        read_csv(content, limits=Limits(rows=10, columns=5))
    assert refusal.value.code == code


def test_a_csv_with_an_endless_field_is_refused_with_its_line() -> None:
    with pytest.raises(WorkbookRefused, match="cerca de la línea"):
        read_csv(b'a,"' + b"x" * 200_000)


@pytest.mark.slow
def test_an_institution_of_54_000_rows_is_read_in_a_few_seconds() -> None:
    book = Workbook("t", on=date(2026, 1, 1))
    columns = [Column(str(index), Kind.NUMBER) for index in range(14)]
    book.sheet("Año", columns, [[index + 0.5] * 14 for index in range(54_000)])
    content = book.to_bytes()
    started = time.process_time()
    assert len(read_workbook(content).sheets[0].rows) > 54_000
    assert time.process_time() - started < 4
