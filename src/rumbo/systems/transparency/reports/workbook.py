"""The format as a workbook: fifteen columns with their literal headings (IECM-02), and a sheet to be read and printed.

A row of Excel is 409 points high at most, so a diagnosis of 16,000 characters is whole in its cell but cannot be seen
whole in it: the second sheet has the same texts, a paragraph in each row.
"""

import io
import math
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.reports.history import PublicVersion, correction_line, public_versions
from rumbo.systems.transparency.reports.marks import as_of_its_day, dated_on, marks_of
from rumbo.systems.transparency.reports.reading import Entry, reading_of
from rumbo.systems.transparency.settings import LONGEST_CELL, FormatColumn

FORMAT_SHEET: Final = "Formato"
READING_SHEET: Final = "Lectura"
VERSIONS_SHEET: Final = "Versiones"
_OF_VERSIONS = (
    ("Versión", 9), ("Estado", 13), ("Fecha de publicación", 14), ("Fecha de actualización", 14),
    ("Fecha de validación", 14), ("Motivo de la corrección", 60), ("Corrigió", 36), ("Archivo", 30),
)  # fmt: skip

_HIGHEST_ROW = 409
# Of the sheet to be read, in characters and points: less than what fits, as each program has its own letters.
_LABEL_CHARACTERS = 25
_LINE_CHARACTERS = 90
_LINE_POINTS = 13.5
_LONGEST_PARAGRAPH = 2_400  # more would need a row higher than there are
_LONGEST_LINK = 2_079  # of a hyperlink, by the file format
_WIDTHS = {
    "fiscal_year": 9, "period_start": 13, "period_end": 13, "annual_plan_url": 30, "work_programme_url": 30,
    "mission": 36, "vision": 36, "situation_analysis": 110, "objectives": 60, "action_lines": 90,
    "higher_plan_alignment": 36, "responsible_units": 26, "updated_on": 13, "validated_on": 13, "note": 24,
}  # fmt: skip
_EDGE = "#8a949b"
_LOOKS: dict[str, dict[str, object]] = {
    "institution": {"bold": True, "font_size": 14},
    "basis": {"font_size": 10},
    "clause": {"bold": True, "font_size": 11},
    "mark": {"bold": True, "font_size": 10, "font_color": "#8a5908"},
    "heading": {
        "bold": True, "font_size": 9, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1,
        "border_color": _EDGE, "bg_color": "#e9edf0",
    },
    "group": {
        "bold": True, "font_size": 10, "align": "left", "valign": "vcenter", "border": 1, "border_color": _EDGE,
        "bg_color": "#f4f6f7",
    },
    "text": {"font_size": 9, "text_wrap": True, "valign": "top", "border": 1, "border_color": _EDGE},
    "day": {
        "font_size": 9, "align": "center", "valign": "top", "border": 1, "border_color": _EDGE,
        "num_format": "dd/mm/yyyy",
    },
    "year": {"font_size": 9, "align": "center", "valign": "top", "border": 1, "border_color": _EDGE},
    "link": {
        "font_size": 9, "text_wrap": True, "valign": "top", "border": 1, "border_color": _EDGE,
        "font_color": "#1f4e5a", "underline": 1,
    },
    "legend": {"italic": True, "font_size": 9},
    "name": {"bold": True, "font_size": 9.5, "text_wrap": True, "valign": "top", "top": 1, "top_color": _EDGE},
    "read": {"font_size": 9.5, "text_wrap": True, "valign": "top"},
    "read_first": {"font_size": 9.5, "text_wrap": True, "valign": "top", "top": 1, "top_color": _EDGE},
    "read_head": {"font_size": 9.5, "text_wrap": True, "valign": "top", "bold": True},
}  # fmt: skip


def record_workbook(record: DisclosureRecord) -> bytes:
    """The same record gives the same bytes: the file is dated by the record."""
    record = as_of_its_day(record)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    dated = dated_on(record)
    book.set_properties(
        {
            "title": f"{record.form.clause} · {record.period.label}",
            "author": record.institution.name,
            "created": datetime(dated.year, dated.month, dated.day),  # noqa: DTZ001  (the format keeps no zone)
        }
    )
    looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
    _write_format(book.add_worksheet(FORMAT_SHEET), record, looks)
    _write_reading(book.add_worksheet(READING_SHEET), record, looks)
    versions = public_versions(record)
    if versions:
        _write_versions(book.add_worksheet(VERSIONS_SHEET), record, versions, looks)
    book.close()
    return buffer.getvalue()


def _write_format(page: Any, record: DisclosureRecord, looks: dict[str, Any]) -> None:
    form = record.form
    header = _write_titles(page, record, looks)
    for index, column in enumerate(form.columns):
        page.set_column(index, index, _WIDTHS.get(column.key, 24))
        page.write_string(header, index, column.heading, looks["heading"])
    page.set_row(header, 62)
    page.merge_range(header + 1, 0, header + 1, len(form.columns) - 1, record.period.label, looks["group"])
    for index, column in enumerate(form.columns):
        _write_cell(page, header + 2, index, getattr(record, column.key), looks)
    page.set_row(header + 2, _HIGHEST_ROW)
    page.write_string(header + 4, 0, form.legend, looks["legend"])
    page.freeze_panes(header + 1, 0)
    page.set_landscape()
    page.fit_to_pages(3, 0)
    page.repeat_rows(header)
    _prepare_print(page, record)


def _write_titles(page: Any, record: DisclosureRecord, looks: dict[str, Any]) -> int:
    """Writes what goes above the headings and gives the index of their row."""
    page.hide_gridlines(2)
    titles = [
        (record.institution.name, "institution"),
        (record.form.legal_basis, "basis"),
        (record.form.clause, "clause"),
        *((mark, "mark") for mark in marks_of(record)),
        *((line, "basis") for line in (correction_line(record),) if line),
    ]
    for row, (text, look) in enumerate(titles):
        page.write_string(row, 0, text, looks[look])
    return len(titles)


def _write_cell(page: Any, row: int, index: int, value: Any, looks: dict[str, Any]) -> None:
    match value:
        case None | "":
            page.write_blank(row, index, None, looks["text"])
        case date():
            page.write_datetime(row, index, value, looks["day"])
        case int():
            page.write_number(row, index, value, looks["year"])
        case str() if value.startswith(("http://", "https://")) and len(value) <= _LONGEST_LINK:
            page.write_url(row, index, value, looks["link"], string=value)
        case _:
            page.write_string(row, index, _fitted(str(value)), looks["text"])


def _fitted(text: str) -> str:
    """A draft may be too long; what is validated never is, by its own rule."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _write_reading(page: Any, record: DisclosureRecord, looks: dict[str, Any]) -> None:
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 84)
    row = _write_titles(page, record, looks)
    page.write_string(row, 0, record.period.label, looks["clause"])
    for number, column in enumerate(record.form.columns, start=1):
        first = True
        for text, look in _paragraphs(record, column):
            row += 1
            label = f"{number}. {column.heading}" if first else ""
            if first:
                page.write_string(row, 0, label, looks["name"])
            page.write_string(row, 1, text, looks["read_first" if first and look == "read" else look])
            page.set_row(row, _height(label, text))
            first = False
    page.write_string(row + 2, 0, record.form.legend, looks["legend"])
    page.set_portrait()
    page.fit_to_pages(1, 0)
    _prepare_print(page, record)


def _write_versions(
    page: Any, record: DisclosureRecord, versions: Sequence[PublicVersion], looks: dict[str, Any]
) -> None:
    """The history of the record, with the file of each version beside this one."""
    header = _write_titles(page, record, looks) + 1
    page.write_string(header - 1, 0, record.period.label, looks["clause"])
    for index, (heading, width) in enumerate(_OF_VERSIONS):
        page.set_column(index, index, width)
        page.write_string(header, index, heading, looks["heading"])
    page.set_row(header, 32)
    for row, one in enumerate(versions, start=header + 1):
        cells = (
            one.version, "Vigente" if one.in_force else "Sustituida", one.published_on, one.updated_on,
            one.validated_on, one.reason, one.post,
        )  # fmt: skip
        for index, value in enumerate(cells):
            _write_cell(page, row, index, value, looks)
        name = f"{one.file}.xlsx"
        page.write_url(row, len(cells), f"external:{name}", looks["link"], string=name)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    _prepare_print(page, record)


def _paragraphs(record: DisclosureRecord, column: FormatColumn) -> Iterator[tuple[str, str]]:
    """Text and look of each row of a column; one at least. A paragraph too long for a row goes on in the next."""
    for text, look in _whole_paragraphs(record, column):
        for part in textwrap.wrap(text, _LONGEST_PARAGRAPH) or [""]:
            yield part, look


def _height(label: str, text: str) -> float:
    """Points that a row needs; left to itself, not every program finds it."""
    lines = max(math.ceil(len(label) / _LABEL_CHARACTERS), math.ceil(len(text) / _LINE_CHARACTERS), 1)
    return lines * _LINE_POINTS + 3


def _whole_paragraphs(record: DisclosureRecord, column: FormatColumn) -> Iterator[tuple[str, str]]:
    reading = reading_of(record)
    lists: dict[str, tuple[Entry, ...]] = {"objectives": reading.objectives, "action_lines": reading.action_lines}
    value = getattr(record, column.key)
    if column.key == "situation_analysis" and reading.blocks:
        for block in reading.blocks:
            if block.title:
                yield block.title, "read_head"
            for entry in block.entries:
                yield entry.head, "read_head" if entry.text else "read"
                if entry.text:
                    yield entry.text, "read"
    elif lists.get(column.key):
        for entry in lists[column.key]:
            yield (f"{entry.head}. {entry.text}" if entry.head else entry.text), "read"
    elif isinstance(value, date):
        yield f"{value:%d/%m/%Y}", "read"
    else:
        yield str(value if value is not None else ""), "read"


def _prepare_print(page: Any, record: DisclosureRecord) -> None:
    page.set_paper(1)  # carta
    page.set_margins(left=0.98, right=0.59, top=0.8, bottom=0.7)  # 25 mm to be bound, 15 mm the rest
    name = f"{record.institution.short_name} · {record}".replace("&", "&&")
    page.set_footer(f"&L&8{name}&R&8&P / &N")
    marks = " ".join(marks_of(record))
    if marks:
        page.set_header(f"&C&8{marks.replace('&', '&&')[:200]}")
