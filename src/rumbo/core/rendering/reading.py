"""Reads what people upload: .xlsx through calamine, CSV in any of the ways Excel of Mexico writes it.

Nothing is parsed before `inspection` has seen it. Rows start at A1, so that row and column numbers are those the person
sees. Formulas give their stored results. Raises `WorkbookRefused` with what happened and what to do.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import python_calamine
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from rumbo.core.rendering.inspection import Extent, check_extent, inspected
from rumbo.core.rendering.limits import DEFAULT_LIMITS, Limits
from rumbo.core.rendering.refused import WorkbookRefused
from rumbo.core.rendering.sheet_paths import sheet_paths

type CellValue = str | int | float | bool | date | datetime | time | timedelta | None

_DELIMITERS = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A merged cell, rows and columns from 0. Only its first cell has the value: the others read None."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """`rows[r][c]` from A1; empty cells are None. `visible` is false for hidden sheets."""

    name: str
    rows: list[list[CellValue]]
    merged: tuple[MergedRange, ...] = ()
    visible: bool = True

    def merged_at(self, row: int, column: int) -> MergedRange | None:
        """The merged range that covers a cell: a number inside one belongs to several rows and must be asked about."""
        return next((range_ for range_ in self.merged if range_.covers(row, column)), None)


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    sheets: tuple[ReadSheet, ...]
    kind: str = "xlsx"
    _by_name: dict[str, ReadSheet] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({sheet.name: sheet for sheet in self.sheets})

    def sheet(self, name: str) -> ReadSheet | None:
        return self._by_name.get(name)


def read_upload(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> ReadWorkbook:
    """A workbook or a CSV, told apart by its content and not by its name."""
    try:
        return read_workbook(content, limits=limits)
    except WorkbookRefused as refusal:
        if refusal.code == "text":
            return read_csv(content, limits=limits)
        raise


def read_workbook(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> ReadWorkbook:
    """Every worksheet of an .xlsx. Values are text, numbers (float), booleans, dates, times or None."""
    extents = inspected(content, limits)
    paths = sheet_paths(content)
    if len(paths) > limits.sheets:
        raise WorkbookRefused("too_many_sheets", count=len(paths), limit=limits.sheets)
    # before the reader allocates anything
    names = {path.lower(): name for name, path in paths.items()}
    for path, extent in extents.items():
        check_extent(extent, names.get(path, path), limits)
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            sheets = tuple(_sheets(book, {name: extents.get(path.lower()) for name, path in paths.items()}))
    except CalamineError as reason:
        raise WorkbookRefused("corrupt") from reason
    except (ValueError, OSError, IndexError) as reason:
        raise WorkbookRefused("corrupt") from reason
    if not any(sheet.rows for sheet in sheets):
        raise WorkbookRefused("no_sheets")
    return ReadWorkbook(sheets)


def _sheets(book: CalamineWorkbook, extents: Mapping[str, Extent | None]) -> list[ReadSheet]:
    found = []
    for metadata in book.sheets_metadata:
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(metadata.name)
        rows: list[list[CellValue]] = [
            [None if value == "" else value for value in row] for row in sheet.to_python(skip_empty_area=False)
        ]
        extent = extents.get(metadata.name)
        _put_errors(rows, extent.broken if extent else {})
        merged = tuple(MergedRange(*first, *last) for first, last in sheet.merged_cell_ranges or ())
        found.append(ReadSheet(metadata.name, rows, merged, metadata.visible is SheetVisibleEnum.Visible))
    return found


def _put_errors(rows: list[list[CellValue]], broken: Mapping[tuple[int, int], str]) -> None:
    """The reader gives a cell that holds an error as empty; read so, a «#DIV/0!» would erase what there was."""
    for (row, column), error in broken.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error


def read_csv(content: bytes, *, name: str = "CSV", limits: Limits = DEFAULT_LIMITS) -> ReadWorkbook:
    """One sheet of texts. UTF-8 with or without mark, else Windows' Western letters; comma, semicolon or tab."""
    if not content.strip():
        raise WorkbookRefused("empty")
    if len(content) > limits.file_bytes:
        size = f"{len(content) / 1024 / 1024:.1f}"
        raise WorkbookRefused("too_big", size=size, limit=limits.file_bytes // 1024 // 1024)
    text = _decoded(content)
    rows: list[list[CellValue]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            if len(rows) >= limits.rows:
                raise WorkbookRefused("too_many_rows", sheet=name, count=f"{len(rows) + 1:,}", limit=f"{limits.rows:,}")
            if len(row) > limits.columns:
                count, limit = f"{len(row):,}", f"{limits.columns:,}"
                raise WorkbookRefused("too_many_columns", sheet=name, count=count, limit=limit)
            rows.append([value or None for value in row])
    except csv.Error as reason:
        raise WorkbookRefused("csv_unreadable", line=reader.line_num) from reason
    return ReadWorkbook((ReadSheet(name, rows),), kind="csv")


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: Sequence[str] = ("utf-16",)  # Excel's «Texto Unicode»
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise WorkbookRefused("wrong_type")


def _delimiter(text: str) -> str:
    """The one that cuts the first lines most often, quoted text left out. Semicolon wins a tie: commas are decimals."""
    head = "\n".join(text.splitlines()[:20])
    outside = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=lambda delimiter: outside.count(delimiter))
