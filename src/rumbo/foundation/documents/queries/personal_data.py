"""Patterns of personal identifiers inside a file, to warn whoever attaches it. Best effort: silence proves nothing.

CURP: RENAPO's 18 characters with a possible date, sex and state. RFC: only of natural persons (four letters), since
that of a company is not personal data.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from rumbo.core.rendering.cells import column_letter
from rumbo.core.rendering.reading import read_workbook
from rumbo.core.rendering.refused import WorkbookRefused
from rumbo.foundation.documents.queries.content import DOCX, PDF, XLSX

_DATE = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_STATE = "AS|BC|BS|CC|CL|CM|CS|CH|DF|DG|GT|GR|HG|JC|MC|MN|MS|NT|NL|OC|PL|QT|QR|SP|SL|SR|TC|TS|TL|VZ|YN|ZS|NE"
_PATTERNS = {
    "CURP": re.compile(
        rf"(?<![A-Z0-9])[A-Z][AEIOUX][A-Z]{{2}}{_DATE}[HMX](?:{_STATE})[B-DF-HJ-NP-TV-Z]{{3}}[A-Z\d]\d(?![A-Z0-9])"
    ),
    "RFC": re.compile(rf"(?<![A-ZÑ&0-9])[A-ZÑ&]{{4}}[ -]?{_DATE}[ -]?[A-Z\d]{{3}}(?![A-Z0-9])"),
}
_MOST_BYTES = 40 * 1024 * 1024  # of text opened from one file
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_SHOWN = re.compile(rb"\[(.*?)\]\s*TJ|(\((?:\\.|[^\\()])*\))\s*(?:Tj|'|\")", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)


def personal_data(content: bytes, media_type: str) -> str:
    """What it seems to contain and where («CURP en la columna C»), or "". Images are not read."""
    if media_type == XLSX.value:
        return _in_workbook(content)
    if media_type == DOCX.value:
        return _named(_kinds(_document_text(content)))
    if media_type == PDF.value:
        return _named(_kinds(" ".join(_pdf_texts(content))))
    return ""


def _kinds(text: str) -> list[str]:
    """An identifier of one kind hides the other: every CURP begins like an RFC."""
    upper = text.upper()
    found = []
    for kind, pattern in _PATTERNS.items():
        if pattern.search(upper):
            found.append(kind)
        upper = pattern.sub(" ", upper)
    return found


def _named(kinds: list[str]) -> str:
    return _(" y ").join(kinds)


def _in_workbook(content: bytes) -> str:
    try:
        book = read_workbook(content)
    except WorkbookRefused:
        return ""
    places: dict[tuple[str, str, int], None] = {}
    for sheet in book.sheets:
        for row in sheet.rows:
            for column, value in enumerate(row, start=1):
                if isinstance(value, str) and len(value) >= 12:  # an RFC has 13, with its hyphens 15
                    places.update(dict.fromkeys((kind, sheet.name, column) for kind in _kinds(value)))
    several = len(book.sheets) > 1
    return "; ".join(_place(kind, name if several else "", column) for kind, name, column in places)


def _place(kind: str, sheet: str, column: int) -> str:
    place = _("%(kind)s en la columna %(column)s") % {"kind": kind, "column": column_letter(column)}
    return _("%(place)s de la hoja «%(sheet)s»") % {"place": place, "sheet": sheet} if sheet else place


def _document_text(content: bytes) -> str:
    """The words of a DOCX, paragraphs apart: one word may be split in several runs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [
                part
                for part in package.infolist()
                if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", part.filename)
            ]
            if sum(part.file_size for part in parts) > _MOST_BYTES:
                return ""
            xml = b"\n".join(package.read(part) for part in parts)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
        return ""
    apart = re.sub(rb"</w:(p|tc|tab|br)>|<w:(tab|br)/>", b" \n", xml)
    return re.sub(rb"<[^>]*>", b"", apart).decode("utf-8", "replace")


def _pdf_texts(content: bytes) -> Iterator[str]:
    """Text that is written as plain letters; what is drawn with glyph numbers or scanned cannot be read here."""
    left = _MOST_BYTES
    for match in _STREAM.finditer(content):
        raw = match[1]
        try:
            data = zlib.decompressobj().decompress(raw, left)
        except zlib.error:
            data = raw[:left]
        left -= len(data)
        for shown in _SHOWN.finditer(data):
            pieces = _LITERAL.findall(shown[1] if shown[1] is not None else shown[2])
            yield b"".join(pieces).decode("latin-1")
        if left <= 0:
            return
