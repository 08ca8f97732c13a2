"""Looks at an uploaded workbook before any reader parses it: what it is, what it hides, how much it would grow."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from rumbo.core.rendering.limits import Limits
from rumbo.core.rendering.refused import WorkbookRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Below this an entry may grow as it likes: small files of repeated text do so honestly.
_RATIO_MATTERS_FROM = 5 * 1024 * 1024
_COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)\d""")
_ROW = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*(\d+)""")
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\sref\s*=\s*["'][A-Za-z]+\d+:([A-Za-z]+)(\d+)""")
# A cell with a formula and nothing computed. Text results may be empty: those say t="str".
_UNCOMPUTED = re.compile(rb"<c\b(?P<attributes>[^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:</c>|<v\s*/>|<v>\s*</v>)")
_CELL_NAME = re.compile(rb'\br="([A-Z]+\d+)"')
# A cell that holds an error, typed or computed: the reader would give it as empty.
_BROKEN = re.compile(
    rb"""<(?:\w+:)?c\b(?P<attributes>[^>]*\st\s*=\s*["']e["'][^>]*)>(?P<inside>.*?)</(?:\w+:)?c>""", re.DOTALL
)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")


@dataclass(frozen=True, slots=True)
class Extent:
    """Last row and column (from 1) that a sheet's XML mentions, its first formula without a value, and the errors that
    its cells hold («#DIV/0!») by row and column from 0."""

    rows: int
    columns: int
    uncomputed: str | None
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)


def inspected(content: bytes, limits: Limits) -> dict[str, Extent]:
    """The extent of whatever holds cells, by its lower-case path in the package.

    Raises `WorkbookRefused` for whatever must not be parsed.
    """
    _refuse_wrong_type(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _inspect_package(package, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as reason:
        raise WorkbookRefused("corrupt") from reason


def check_extent(extent: Extent, sheet: str, limits: Limits) -> None:
    """Refuses, by name, a sheet that is too large or has a formula without a value."""
    for code, count, limit in (
        ("too_many_rows", extent.rows, limits.rows),
        ("too_many_columns", extent.columns, limits.columns),
        # the reader keeps a dense table: two far corners would be enough to fill the memory
        ("too_many_cells", extent.rows * extent.columns, limits.cells),
    ):
        if count > limit:
            raise WorkbookRefused(code, sheet=sheet, count=f"{count:,}", limit=f"{limit:,}")
    if extent.uncomputed is not None:
        raise WorkbookRefused("formula_without_value", sheet=sheet, cell=extent.uncomputed)


def _refuse_wrong_type(content: bytes, limits: Limits) -> None:
    if not content:
        raise WorkbookRefused("empty")
    if len(content) > limits.file_bytes:
        size = f"{len(content) / 1024 / 1024:.1f}"
        raise WorkbookRefused("too_big", size=size, limit=limits.file_bytes // 1024 // 1024)
    if content.startswith(_OLE):
        # an encrypted .xlsx is an OLE container with this stream; otherwise it is an old .xls
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise WorkbookRefused("password" if encrypted else "old_excel")
    if content.startswith(b"%PDF"):
        raise WorkbookRefused("pdf")
    if not content.startswith(b"PK"):
        raise WorkbookRefused("text" if _is_text(content) else "wrong_type")


def _is_text(content: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 32 for byte in content[:4096])


def _inspect_package(package: zipfile.ZipFile, limits: Limits) -> dict[str, Extent]:
    entries = package.infolist()
    if len(entries) > limits.entries:
        raise WorkbookRefused("bomb")
    names = {entry.filename.lower() for entry in entries}
    _refuse_other_packages(names)
    if any(entry.flag_bits & 1 for entry in entries):
        raise WorkbookRefused("password")
    contents = _opened(package, entries, limits)
    if b"macroEnabled" in contents.get("[Content_Types].xml", b""):
        raise WorkbookRefused("macros")
    if any(b"<!DOCTYPE" in content or b"<!ENTITY" in content for name, content in contents.items() if _is_xml(name)):
        raise WorkbookRefused("corrupt")
    # by what they hold and not by where they lie: a workbook may keep its sheets under any name
    return {name.lower(): _extent(content) for name, content in contents.items() if b"sheetData" in content}


def _refuse_other_packages(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names) or any("xl/macrosheets/" in name for name in names):
        raise WorkbookRefused("macros")
    if "xl/workbook.bin" in names:
        raise WorkbookRefused("binary_excel")
    if "xl/workbook.xml" not in names:
        raise WorkbookRefused("open_document" if "content.xml" in names else "wrong_type")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _opened(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> Mapping[str, bytes]:
    """The files of the package, opened within the limits. The sizes an archive declares are not believed alone."""
    total = 0
    contents: dict[str, bytes] = {}
    for entry in entries:
        total += entry.file_size
        growth = entry.file_size / max(entry.compress_size, 1)
        if total > limits.opened_bytes or (entry.file_size > _RATIO_MATTERS_FROM and growth > limits.ratio):
            raise WorkbookRefused("bomb")
    for entry in entries:
        with package.open(entry) as stream:
            # reading one byte more than declared makes zipfile compare size and checksum
            content = stream.read(entry.file_size + 1)
        if len(content) > entry.file_size:
            raise WorkbookRefused("bomb")
        if entry.filename in contents:
            raise WorkbookRefused("corrupt")  # two files of one name: what was looked at may not be what is read
        contents[entry.filename] = content
    return contents


def _extent(xml: bytes) -> Extent:
    rows = set(_ROW.findall(xml))
    columns = set(_COLUMN.findall(xml))
    for letters, row in set(_MERGE.findall(xml)):
        rows.add(row)
        columns.add(letters)
    return Extent(
        rows=max((int(row[:10]) for row in rows), default=0),
        columns=max((_column_number(letters) for letters in columns), default=0),
        uncomputed=_first_uncomputed(xml) if b"<f" in xml else None,
        broken=_broken(xml),
    )


def _broken(xml: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for match in _BROKEN.finditer(xml) if b'"e"' in xml or b"'e'" in xml else ():
        place, value = _PLACE.search(match["attributes"]), _VALUE.search(match["inside"])
        if place is None:
            raise WorkbookRefused("corrupt")  # a cell that says neither its place nor its value
        found[int(place[2]) - 1, _column_number(place[1]) - 1] = value[1].decode(errors="replace") if value else "#N/A"
    return found


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _first_uncomputed(xml: bytes) -> str | None:
    for match in _UNCOMPUTED.finditer(xml):
        attributes = match["attributes"]
        if b't="str"' in attributes:
            continue
        name = _CELL_NAME.search(attributes)
        return name[1].decode() if name else "?"
    return None
