"""Workbooks that nobody should send: each made from a good one, by what is wrong with it."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import openpyxl
import xlsxwriter

type Row = Sequence[Any]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Table:
    """One sheet with its header in the first row. `wrong` is a column (from 0) and what does not belong in it."""

    name: str
    headers: Row
    rows: Sequence[Row]
    wrong: tuple[int, Any]

    def bytes(self) -> bytes:
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True, "constant_memory": False})
        page = book.add_worksheet(self.name)
        for number, row in enumerate([self.headers, *self.rows]):
            page.write_row(number, 0, row)
        book.close()
        return target.getvalue()

    def with_cell(self, row: int, column: int, value: Any) -> "Table":
        """Another value in a cell; rows count from 0 below the header."""
        rows = [list(one) for one in self.rows]
        rows[row][column] = value
        return replace(self, rows=rows)

    def by_columns(self, order: Sequence[int]) -> "Table":
        return replace(
            self, headers=[self.headers[n] for n in order], rows=[[row[n] for n in order] for row in self.rows]
        )

    def edited(self, edit: Callable[[Any], None]) -> bytes:
        """What openpyxl leaves after `edit` of its sheet."""
        book = openpyxl.load_workbook(io.BytesIO(self.bytes()))
        edit(book[self.name])
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()


def table_of(kind: str, count: int = 3) -> Table:
    """A good one for the settled institution."""
    return TABLES[kind](count)


def areas(count: int) -> Table:
    rows = [[f"X{n:05}", "DESU", f"Área {n}", n] for n in range(1, count + 1)]
    return Table("Áreas", ["Clave", "Está dentro de", "Nombre del área", "Orden"], rows, (3, "la primera"))


def people(count: int) -> Table:
    rows = [[f"p{n}@prueba.example", f"Persona {n}", "Captura del área", "DESU", f"Enlace {n}"] for n in range(count)]
    return Table("Personas", ["Correo", "Nombre", "Papel", "Área", "Cargo"], rows, (2, "Jefa de todo"))


def plan(count: int) -> Table:
    rows = [["Línea de acción", f"1.{n + 10}", "1", f"Línea {n}"] for n in range(count)]
    return Table("Plan", ["Nivel", "Clave", "Depende de", "Texto"], rows, (0, "Nivel octavo"))


def goals(count: int) -> Table:
    rows = [
        [f"G{n:05}", f"Meta {n}", "1.1", "DESU", 1, f"Indicador {n}", "pieza", "Ascendente", "Se suma mes con mes"]
        for n in range(count)
    ]
    headers = ["Clave", "Meta", "Línea de acción", "Área", "Ponderación", "Indicador", "Unidad de medida", "Sentido",
               "Acumulación"]  # fmt: skip
    return Table("Metas", headers, rows, (4, "mucho"))


def captures(count: int) -> Table:
    rows = [[code, "Valor", 2026, 81 + n] for n, code in enumerate(["M001", "M002", "P001"][:count])]
    return Table("Captura", ["Clave", "Dato", "Año", "Noviembre"], rows, (3, "muchas"))


TABLES: dict[str, Callable[[int], Table]] = {
    "areas": areas, "people": people, "plan": plan, "goals": goals, "captures": captures,
}  # fmt: skip


# The file itself is wrong: it is not opened


def repacked(content: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(name, change(name, source.read(name)))
        for name, extra in (more or {}).items():
            copy.writestr(name, extra)
    return target.getvalue()


def in_sheet(content: bytes, pattern: str, new: str) -> bytes:
    def change(name: str, data: bytes) -> bytes:
        if name != SHEET:
            return data
        text, count = re.subn(pattern, new, data.decode(), count=1)
        assert count == 1, pattern
        return text.encode()

    return repacked(content, change)


def macro(content: bytes) -> bytes:
    plain, with_macros = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    return repacked(
        content, lambda name, data: data.replace(plain, with_macros), {"xl/vbaProject.bin": OLE + b"\x00" * 512}
    )


@cache
def bomb(content: bytes) -> bytes:
    """A hundred megabytes of nothing in a hundred kilobytes."""
    zeros = b"<row><c><v>0</v></c></row>" * (8 * 1024 * 1024 // 26)

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"</sheetData>", zeros * 12 + b"</sheetData>") if name == SHEET else data

    return repacked(content, change)


def password(content: bytes) -> bytes:
    """What Excel writes when a password is asked for: the workbook inside an OLE container."""
    return OLE + b"\x00" * 1024 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 4096


def old_excel(content: bytes) -> bytes:
    return OLE + b"\x00" * 1024 + "Workbook".encode("utf-16-le") + b"\x00" * 4096


def renamed_pdf(content: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"


def far_corner(content: bytes) -> bytes:
    return in_sheet(content, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def entities(content: bytes) -> bytes:
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{"&" + chr(97 + n) + ";"}">' for n in range(20)
    )
    return in_sheet(content, "<worksheet", lol + "]>\n<worksheet")


def uncomputed(content: bytes) -> bytes:
    """A formula that was never computed: a program wrote it and Excel did not open it."""
    return in_sheet(content, r'<c r="A3"[^>]*>.*?</c>', '<c r="A3"><f>1+1</f></c>')


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "macro": (macro, "contiene macros"),
    "bomb": (bomb, "ocupa demasiado al abrirlo"),
    "password": (password, "protegido con contraseña"),
    "old_excel": (old_excel, "versión anterior de Excel (.xls)"),
    "renamed_pdf": (renamed_pdf, "es un PDF, no un libro de Excel"),
    "far_corner": (far_corner, "llega a la fila 1,048,576"),
    "entities": (entities, "dañado"),
    "uncomputed": (uncomputed, "celda A3: la fórmula no tiene un resultado guardado"),
    "truncated": (truncated, "dañado"),
    "empty": (lambda content: b"", "está vacío"),
    "text": (lambda content: b"\x00\x01\x02" * 100, "no es un libro de Excel"),
}


# The file is right and its cells are not


def merged(table: Table) -> bytes:
    """The first two lines share their first cell."""
    return table.edited(lambda page: page.merge_cells("A2:A3"))


def divided_by_zero(table: Table) -> bytes:
    """A formula whose stored result is an error."""
    column = chr(65 + table.wrong[0])
    xml = f'<c r="{column}3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    return in_sheet(table.bytes(), rf'<c r="{column}3"[^>]*>.*?</c>', xml)


def wrong_type(table: Table) -> bytes:
    return table.with_cell(1, *table.wrong).bytes()


def missing_value(table: Table) -> bytes:
    """The key of the second line is blank."""
    return table.with_cell(1, key_column(table), "").bytes()


def missing_column(table: Table) -> bytes:
    key = key_column(table)
    return table.by_columns([n for n in range(len(table.headers)) if n != key]).bytes()


def twice_the_same_column(table: Table) -> bytes:
    key = key_column(table)
    return table.by_columns([*range(len(table.headers)), key]).bytes()


def key_column(table: Table) -> int:
    return next(n for n, title in enumerate(table.headers) if title in ("Clave", "Correo"))
