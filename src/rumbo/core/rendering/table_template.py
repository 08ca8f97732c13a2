"""The workbook that people fill: the table with its lists, and a sheet that says how. Written from its declaration."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from rumbo.core.vocabulary.marking import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from rumbo.core.rendering.table import Column, Sheet

FILLED_ROWS: Final = 5000  # rows that get the list and the format: more than any institution has areas or goals
NARROW, WIDE, WIDEST = 12, 28, 60  # characters
INSTRUCTIONS = N_("Instrucciones")
CREATED: Final = datetime(2024, 1, 1)  # noqa: DTZ001  fixed: the same template is the same file, whatever the day

_KINDS = {
    "text": N_("Texto"),
    "integer": N_("Número entero"),
    "decimal": N_("Número, por ejemplo 1,250.5"),
    "date": N_("Fecha dd/mm/aaaa"),
    "boolean": N_("Sí o No"),
    "choice": N_("De la lista"),
}
_FORMATS = {"integer": "#,##0", "decimal": "#,##0.######", "date": "dd/mm/yyyy"}


def template(
    sheet: "Sheet",
    title: str,
    rows: Sequence[Mapping[str, Any]] = (),
    *,
    banner: str = "",
    translate: "Callable[[str], str]" = str,
    also: "Sequence[Sheet]" = (),
) -> bytes:
    """XLSX bytes. `rows` are values by key (what there is already); `banner` is written first on every sheet; `also`,
    other tables of the same workbook, empty and without choices.

    Texts are always written as text: one that begins with «=» never becomes a formula.
    """
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": CREATED})
    lists = _Lists()
    data = book.add_worksheet(translate(sheet.name)[:31])
    guide = book.add_worksheet(translate(INSTRUCTIONS)[:31])
    _write_guide(book, guide, sheet, title, lists, banner, translate)
    _write_data(book, data, sheet, rows, lists, banner, translate)
    for other in also:
        _write_data(book, book.add_worksheet(translate(other.name)[:31]), other, (), _Lists(), banner, translate)
    data.activate()
    book.close()
    return output.getvalue()


class _Lists:
    """Where the words of each choice were written, to be pointed at: a list typed in place holds 255 characters."""

    def __init__(self) -> None:
        self.ranges: dict[str, str] = {}


def _write_guide(
    book: Any,
    guide: Any,
    sheet: "Sheet",
    title: str,
    lists: _Lists,
    banner: str,
    translate: "Callable[[str], str]",
) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    big = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    guide.set_column(0, 0, WIDE)
    guide.set_column(1, 2, 16)
    guide.set_column(3, 3, WIDEST)
    guide.set_column(4, 4, WIDE)
    row = 0
    for text, style in ((banner, bold), (title, big), (translate(sheet.help), wrap)):
        if text:
            guide.write_string(row, 0, text, style)
            row += 1
    titles = (N_("Columna"), N_("¿Es obligatoria?"), N_("Qué se escribe"), N_("Explicación"), N_("Ejemplo"))
    for place, text in enumerate(titles):
        guide.write_string(row + 1, place, translate(text), bold)
    row += 2
    for column in sheet.columns:
        texts = (
            translate(column.title),
            translate(N_("Sí")) if column.required else translate(N_("No")),
            translate(_KINDS[column.kind]),
            translate(column.help) if column.help else "",
            column.example,
        )
        for place, text in enumerate(texts):
            guide.write_string(row, place, text, wrap)
        row += 1
    place = 6
    for column in sheet.columns:
        words = _words(column, translate)
        if not words:
            continue
        guide.write_string(0, place, translate(column.title), bold)
        guide.set_column(place, place, WIDE)
        for number, word in enumerate(words, start=1):
            guide.write_string(number, place, word)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        lists.ranges[column.key] = f"='{guide.get_name()}'!${letter}$2:${letter}${len(words) + 1}"
        place += 1


def _write_data(
    book: Any,
    data: Any,
    sheet: "Sheet",
    rows: Sequence[Mapping[str, Any]],
    lists: _Lists,
    banner: str,
    translate: "Callable[[str], str]",
) -> None:
    head = book.add_format({"bold": True, "bg_color": "#E7ECEE", "border": 1, "text_wrap": True, "valign": "top"})
    notice = book.add_format({"bold": True})
    top = 0
    if banner:
        data.write_string(0, 0, banner, notice)
        top = 1
    for place, column in enumerate(sheet.columns):
        style = book.add_format({"num_format": _FORMATS.get(column.kind, "@"), "valign": "top", "text_wrap": True})
        data.set_column(place, place, column.width or _width(column), style)
        data.write_string(top, place, translate(column.title) + (" *" if column.required else ""), head)
        if column.help:
            data.write_comment(top, place, translate(column.help))
        if column.key in lists.ranges:
            data.data_validation(
                top + 1, place, top + FILLED_ROWS, place, {"validate": "list", "source": lists.ranges[column.key]}
            )
        for number, values in enumerate(rows, start=top + 1):
            _write_cell(data, number, place, column, values.get(column.key), style, translate)
    data.freeze_panes(top + 1, 1)
    data.set_landscape()
    data.set_paper(1)  # carta
    data.fit_to_pages(1, 0)
    data.repeat_rows(top)


def _write_cell(
    data: Any, row: int, place: int, column: "Column", value: Any, style: Any, translate: "Callable[[str], str]"
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        data.write_string(row, place, translate(N_("Sí")) if value else translate(N_("No")), style)
    elif column.kind == "choice":
        data.write_string(row, place, translate(column.choices.get(value, value)), style)
    elif isinstance(value, date):
        data.write_datetime(row, place, value, style)
    elif isinstance(value, int | float | Decimal) and column.kind in ("integer", "decimal"):
        data.write_number(row, place, float(value), style)
    else:
        data.write_string(row, place, str(value), style)


def _words(column: "Column", translate: "Callable[[str], str]") -> list[str]:
    if column.kind == "boolean":
        return [translate(N_("Sí")), translate(N_("No"))]
    return [translate(words) for words in column.choices.values()] if column.kind == "choice" else []


def _width(column: "Column") -> int:
    if column.kind in ("integer", "decimal", "date", "boolean"):
        return NARROW
    return WIDEST if column.max_length > 200 or not column.max_length else max(NARROW, min(WIDE, column.max_length))
