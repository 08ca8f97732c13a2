"""Gives people their own workbook back with the errors marked where they are.

Each wrong cell is filled and carries its reason as a comment; a first sheet «Errores» lists all with links to them.
The rest of the workbook stays as it came, except what openpyxl cannot keep: charts, pictures and drawn shapes.
"""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from rumbo.core.rendering.limits import DEFAULT_LIMITS, Limits
from rumbo.core.rendering.packing import repacked
from rumbo.core.rendering.printable import legal
from rumbo.core.rendering.reading import ReadWorkbook, read_upload
from rumbo.core.vocabulary.marking import N_

ERRORS_SHEET = "Errores"
_AUTHOR = "Rumbo"
_FONT = "Calibri"
_FILL = PatternFill("solid", start_color="FFF7C5C1")
_HEADERS = (N_("Hoja"), N_("Celda"), N_("Valor"), N_("Qué corregir"))
_WIDTHS = (24, 10, 28, 90)
_TITLE = N_("Celdas por corregir: %(count)s")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)([^<]*)(</dcterms:modified>)")
_CORE = "docProps/core.xml"
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with one cell. Row and column count from 1, as Excel does (column 8 is H)."""

    sheet: str
    row: int
    column: int
    message: str

    @property
    def cell(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"


def mark_errors(
    original: bytes,
    errors: Sequence[CellError],
    *,
    translate: Callable[[str], str] = str,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """An .xlsx. A CSV comes back as a workbook: text cannot be marked. Raises `WorkbookRefused` as reading does."""
    read = read_upload(original, limits=limits)
    book = _from_csv(read) if read.kind == "csv" else openpyxl.load_workbook(io.BytesIO(original), rich_text=True)
    _remove_former_marks(book)
    for error in errors:
        if error.sheet in book.sheetnames:
            _mark(book[error.sheet], error)
    _list_errors(book, errors, translate)
    # the formulas' stored results are gone: Excel computes them again when it opens the file
    book.calculation.fullCalcOnLoad = True
    target = io.BytesIO()
    book.save(target)
    created = _MODIFIED.search(_core(original))
    return repacked(target.getvalue(), lambda name, content: _with_date(name, content, created and created[2]))


def _from_csv(read: ReadWorkbook) -> openpyxl.Workbook:
    book = openpyxl.Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for sheet in read.sheets:
        page = book.create_sheet(sheet.name)
        for row, values in enumerate(sheet.rows, start=1):
            for column, value in enumerate(values, start=1):
                if value is not None:
                    _write_text(page.cell(row, column), str(value))
    return book


def _remove_former_marks(book: openpyxl.Workbook) -> None:
    """A workbook that comes back for the second time carries the marks of the first."""
    if ERRORS_SHEET in book.sheetnames and len(book.sheetnames) > 1:
        book.remove(book[ERRORS_SHEET])
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == _AUTHOR:
                    cell.comment = None
                    if isinstance(cell, Cell) and cell.fill == _FILL:
                        cell.fill = PatternFill()


def _mark(page: Any, error: CellError) -> None:
    cell = page.cell(error.row, error.column)
    if isinstance(cell, MergedCell):
        cell = _owner_of(page, error)
    cell.fill = _FILL
    text = _plain(error.message)
    if cell.comment is not None:
        text = f"{text}\n\n{cell.comment.text}"
    cell.comment = Comment(text, _AUTHOR, width=320, height=120)


def _owner_of(page: Any, error: CellError) -> Any:
    for merged in page.merged_cells.ranges:
        if merged.min_row <= error.row <= merged.max_row and merged.min_col <= error.column <= merged.max_col:
            return page.cell(merged.min_row, merged.min_col)
    raise ValueError(f"{error.cell} says it is merged, but no range covers it")


def _list_errors(book: openpyxl.Workbook, errors: Sequence[CellError], translate: Callable[[str], str]) -> None:
    page = book.create_sheet(ERRORS_SHEET, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        # two selected sheets would be edited together
        other.sheet_view.tabSelected = False
    _write_text(page.cell(1, 1), translate(_TITLE) % {"count": f"{len(errors):,}"})
    page.cell(1, 1).font = Font(name=_FONT, bold=True, size=14)
    for column, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True), start=1):
        cell = page.cell(3, column)
        _write_text(cell, translate(header))
        cell.font = Font(name=_FONT, bold=True)
        page.column_dimensions[get_column_letter(column)].width = width
    for row, error in enumerate(errors, start=4):
        _write_text(page.cell(row, 1), error.sheet)
        _write_text(page.cell(row, 2), error.cell)
        _write_text(page.cell(row, 3), _shown(book, error))
        _write_text(page.cell(row, 4), error.message)
        page.cell(row, 4).alignment = Alignment(wrap_text=True, vertical="top")
        if error.sheet in book.sheetnames:
            _link(page.cell(row, 2), error)
    page.freeze_panes = "A4"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 1  # carta
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _link(cell: Any, error: CellError) -> None:
    quoted = error.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{error.cell}")
    cell.font = Font(name=_FONT, underline="single", color="FF17596A")


def _shown(book: openpyxl.Workbook, error: CellError) -> str:
    if error.sheet not in book.sheetnames:
        return ""
    value = book[error.sheet].cell(error.row, error.column).value
    return "" if value is None else str(value)[:_LONGEST_VALUE]


def _write_text(cell: Any, text: str) -> None:
    """Text and nothing else: openpyxl would take «=…» for a formula."""
    cell.value = _plain(text)
    if cell.value is not None and cell.value[:1] in "=+-@\t\r":
        cell.data_type = "s"
        cell.quotePrefix = True


def _plain(text: str) -> str:
    return legal(text)


def _core(package: bytes) -> bytes:
    if not package.startswith(b"PK"):
        return b""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(_CORE) if _CORE in archive.namelist() else b""


def _with_date(name: str, content: bytes, modified: bytes | None) -> bytes:
    """openpyxl writes the present moment; the file keeps its own date, or none.

    Only the date is carried over: the element's prefixes are declared in the file that it came from.
    """
    if name != _CORE:
        return content
    return _MODIFIED.sub(lambda found: found[1] + modified + found[3] if modified else b"", content)
