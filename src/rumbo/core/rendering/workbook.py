"""Workbooks for people: typed columns, live formulas with their values, lights with shape and colour, ready to print.

`Workbook(title, on=…).sheet(name, columns, rows)` any number of times, then `to_bytes()`. The same input gives the same
bytes. Text is always written as text: a cell that begins with = + - @ can never become a formula.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from rumbo.core.rendering.text import Language
from rumbo.core.rendering.workbook_style import LIGHT_LOOKS, Styles
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass

_LONGEST_TEXT = 32_767  # of a cell, by the format; XlsxWriter would drop the whole text in silence
_LONGEST_INLINE_LIST = 255
_LISTS_SHEET = "Listas"
_MOST_ROWS = 1_048_576
_FOOTER = N_("Página &P de &N")
_NOT_A_NUMBER = N_("Escriba un número, por ejemplo 1,250.5")
_NOT_IN_LIST = N_("Elija un valor de la lista")


class Kind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    LIGHT = "light"
    CLASS = "class"
    FORMULA = "formula"


_WIDTHS = {
    Kind.TEXT: 28.0,
    Kind.INTEGER: 12.0,
    Kind.NUMBER: 13.0,
    Kind.PERCENT: 13.0,
    Kind.MONEY: 16.0,
    Kind.DATE: 12.0,
    Kind.LIGHT: 26.0,
    Kind.CLASS: 23.0,
    Kind.FORMULA: 13.0,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` names it in formulas (the title unless given); `width` in characters; PERCENT holds 44.3.

    `editable` cells stay open in a protected sheet. `choices` become a list to pick from. `group` is a title shared
    with its neighbours, written above them.
    """

    title: str
    kind: Kind = Kind.TEXT
    width: float | None = None
    hidden: bool = False
    decimals: int | None = None
    editable: bool = False
    choices: Sequence[str] = ()
    group: str = ""
    key: str = ""

    @property
    def name(self) -> str:
        return self.key or self.title


@dataclass(frozen=True, slots=True)
class Formula:
    """`={Realizado}/{Programado}*100` with its computed `value`: keys of columns become cells of the same row.

    `{row}` is the number of the row. A reader that does not compute shows `value`.
    """

    text: str
    value: float | int | str | None = None


type Cell = str | int | float | Decimal | date | Light | PerformanceClass | Formula | bool | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sheet put its table, in Excel's own numbers (from 1), for formulas of other sheets."""

    sheet: str
    header_row: int
    first_row: int
    last_row: int
    letters: dict[str, str] = field(default_factory=dict)

    def range(self, key: str) -> str:
        """`'Metas'!$H$6:$H$125`."""
        letter = self.letters[key]
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!${letter}${self.first_row}:${letter}${self.last_row}"


class Workbook:
    def __init__(
        self,
        title: str,
        *,
        on: date,
        banner: str | None = None,
        language: Language = "es",
        author: str = "",
        translate: Callable[[str], str] = str,
    ) -> None:
        """`on` dates the file. `banner` (demonstration data) goes on every sheet and every printed page."""
        self.title, self.on, self.banner, self.language = title, on, banner, language
        self._translate = translate
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "dd/mm/yyyy",
                "remove_timezone": True,
            },
        )
        self._book.set_properties(
            {"title": title, "author": author, "created": datetime(on.year, on.month, on.day)}  # noqa: DTZ001
        )
        self._styles = Styles(self._book)
        self._lists: Any = None
        self._listed = 0

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *,
        heading: str = "",
        lead: str = "",
        notes: Sequence[str] = (),
        frozen_columns: int = 0,
        protect: bool = False,
        landscape: bool = True,
    ) -> Place:
        """Adds a sheet (name of 31 characters at most): heading, lead, banner, header, rows, notes."""
        page = self._book.add_worksheet(name)
        header = self._write_head(page, columns, heading or self.title, lead)
        places = {column.name: xl_col_to_name(index) for index, column in enumerate(columns)}
        last = header
        for last, cells in enumerate(rows, start=header + 1):
            if last >= _MOST_ROWS:
                raise ValueError(f"sheet {name!r} has more rows than a workbook can hold")
            for index, (column, value) in enumerate(zip(columns, cells, strict=True)):
                self._write(page, last, index, column, value, places)
        for index, column in enumerate(columns):
            self._dress_column(page, index, column, header + 1, last)
        page.autofilter(header, 0, max(last, header), len(columns) - 1)
        page.freeze_panes(header + 1, frozen_columns)
        for offset, note in enumerate(notes, start=2):
            page.write_string(last + offset, 0, note, self._styles.note)
        self._prepare_print(page, name, header, landscape)
        if protect:
            page.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
        return Place(name, header + 1, header + 2, max(last + 1, header + 2), places)

    def to_bytes(self) -> bytes:
        """Closes the workbook; nothing can be added afterwards."""
        self._book.close()
        return self._buffer.getvalue()

    def _write_head(self, page: Any, columns: Sequence[Column], heading: str, lead: str) -> int:
        """Writes what goes above the rows and gives the index of the header's row."""
        page.hide_gridlines(2)
        page.write_string(0, 0, heading, self._styles.title)
        page.set_row(0, 24)
        row = 1
        if lead:
            page.write_string(row, 0, lead, self._styles.note)
            row += 1
        if self.banner:
            page.write_string(row, 0, self.banner, self._styles.banner)
            for index in range(1, max(len(columns), 6)):
                page.write_blank(row, index, None, self._styles.banner)
            row += 1
        row += 1
        if any(column.group for column in columns):
            self._write_groups(page, row, columns)
            row += 1
        for index, column in enumerate(columns):
            numeric = column.kind in {Kind.INTEGER, Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.FORMULA}
            page.write_string(row, index, column.title, self._styles.header(right=numeric))
        page.set_row(row, 32)
        return row

    def _write_groups(self, page: Any, row: int, columns: Sequence[Column]) -> None:
        index = 0
        while index < len(columns):
            group, end = columns[index].group, index
            while group and end + 1 < len(columns) and columns[end + 1].group == group:
                end += 1
            if group and end > index:
                page.merge_range(row, index, row, end, group, self._styles.group)
            elif group:
                page.write_string(row, index, group, self._styles.group)
            index = end + 1

    def _write(self, page: Any, row: int, index: int, column: Column, value: Cell, places: dict[str, str]) -> None:
        look = self._styles.cell(column.kind, column.decimals, column.editable)
        match value:
            case None:
                page.write_blank(row, index, None, look)
            case Formula():
                text = value.text.replace("{row}", str(row + 1))
                for key, letter in places.items():
                    text = text.replace(f"{{{key}}}", f"{letter}{row + 1}")
                page.write_formula(row, index, text, look, "" if value.value is None else value.value)
            case Light():
                page.write_string(row, index, self._light(value), look)
            case PerformanceClass():
                page.write_string(row, index, self._translate(value.label), look)
            case bool() | str():
                self._write_text(page, row, index, str(value), column, look)
            case date():
                page.write_datetime(row, index, value, look)
            case _:
                # a value that is not finite has no number in a workbook: the cell stays empty
                known = isfinite(value)
                if column.kind is Kind.NUMBER and column.decimals is None and known and value == int(value):
                    look = self._styles.cell(column.kind, 0, column.editable)  # «100», not «100.0»
                page.write_number(row, index, float(value), look) if known else page.write_blank(row, index, None, look)

    def _write_text(self, page: Any, row: int, index: int, text: str, column: Column, look: Any) -> None:
        if text[:1] in "=+-@\t\r" and text:
            # the apostrophe of Excel: stays text even when the person enters the cell and leaves it
            look = self._styles.cell(column.kind, column.decimals, column.editable, quoted=True)
        if len(text) > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT - 1] + "…"
        page.write_string(row, index, text, look)

    def _light(self, light: Light) -> str:
        return f"{light.symbol} {self._translate(light.label)}"

    def _dress_column(self, page: Any, index: int, column: Column, first: int, last: int) -> None:
        width = column.width or _WIDTHS[column.kind]
        page.set_column(index, index, width, None, {"hidden": column.hidden})
        if last < first:
            return
        if column.kind is Kind.LIGHT:
            for light, (ink, ground) in LIGHT_LOOKS.items():
                rule = {"type": "text", "criteria": "begins with", "value": light.symbol}
                page.conditional_format(first, index, last, index, rule | {"format": self._styles.light(ink, ground)})
        if column.choices:
            self._offer(page, index, column.choices, first, last)
        elif column.editable and column.kind in {Kind.INTEGER, Kind.NUMBER, Kind.PERCENT, Kind.MONEY}:
            page.data_validation(
                first,
                index,
                last,
                index,
                {
                    "validate": "decimal",
                    "criteria": "between",
                    "minimum": -1e14,
                    "maximum": 1e14,
                    "error_message": self._translate(_NOT_A_NUMBER),
                },
            )

    def _offer(self, page: Any, index: int, choices: Sequence[str], first: int, last: int) -> None:
        source: Sequence[str] | str = list(choices)
        if len(",".join(choices)) > _LONGEST_INLINE_LIST or any("," in choice for choice in choices):
            source = self._listed_apart(choices)
        rule = {"validate": "list", "source": source, "error_message": self._translate(_NOT_IN_LIST)}
        page.data_validation(first, index, last, index, rule)

    def _listed_apart(self, choices: Sequence[str]) -> str:
        """Long lists, and choices with commas, live in a hidden sheet."""
        if self._lists is None:
            self._lists = self._book.add_worksheet(_LISTS_SHEET)
            self._lists.hide()
        letter = xl_col_to_name(self._listed)
        for row, choice in enumerate(choices):
            self._lists.write_string(row, self._listed, choice)
        self._listed += 1
        return f"={_LISTS_SHEET}!${letter}$1:${letter}${len(choices)}"

    def _prepare_print(self, page: Any, name: str, header: int, landscape: bool) -> None:
        page.set_paper(1)  # carta
        if landscape:
            page.set_landscape()
        page.set_margins(left=0.98, right=0.59, top=0.8, bottom=0.7)  # 25 mm to be bound, 15 mm the rest
        page.fit_to_pages(1, 0)
        page.repeat_rows(header)
        escaped = self.title.replace("&", "&&")[:120]
        page.set_footer(f"&L&8{escaped} · &A&R&8{self._translate(_FOOTER)}")
        if self.banner:
            page.set_header(f"&C&8{self.banner.replace('&', '&&')[:200]}")
