"""What a file really is, by its bytes: its name and what the browser says are only claims."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

_LONGEST_PART = 2 * 1024 * 1024  # of the list of parts of an Office file; real ones have a few kilobytes
_MOST_PARTS = 5000


@dataclass(frozen=True, slots=True)
class MediaType:
    """`name` is what people call it; `extensions` are those that its name may have, the usual one first."""

    value: str
    name: str
    extensions: tuple[str, ...]


PDF = MediaType("application/pdf", "PDF", ("pdf",))
JPG = MediaType("image/jpeg", "JPG", ("jpg", "jpeg"))
PNG = MediaType("image/png", "PNG", ("png",))
XLSX = MediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", ("xlsx",))
DOCX = MediaType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX", ("docx",))
ACCEPTED = (PDF, JPG, PNG, XLSX, DOCX)


def media_type_of(content: bytes) -> MediaType | None:
    """One of `ACCEPTED`, or None: a program, a macro, a protected or broken file, anything else."""
    if content.startswith(b"%PDF-"):
        # a reader looks for the end mark in the last kilobyte
        return PDF if b"%%EOF" in content[-1024:] else None
    if content.startswith(b"\xff\xd8\xff"):
        return JPG if b"\xff\xd9" in content[-4096:] else None
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG if content[12:16] == b"IHDR" and b"IEND" in content[-4096:] else None
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    return None


def extension_of(name: str) -> str:
    """«pdf» of «Acta.PDF»; "" without one."""
    return PurePath(name.replace("\\", "/")).suffix.lstrip(".").lower()


def _office_type(content: bytes) -> MediaType | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if len(parts) > _MOST_PARTS or any(part.flag_bits & 1 for part in parts) or _has_macros(names):
                return None
            listed = package.getinfo("[Content_Types].xml")
            if listed.file_size > _LONGEST_PART:
                return None
            types = package.read(listed)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return None
    if re.search(rb"macroEnabled", types, re.IGNORECASE):
        return None
    if "xl/workbook.xml" in names and b"spreadsheetml" in types:
        return XLSX
    return DOCX if "word/document.xml" in names and b"wordprocessingml" in types else None


def _has_macros(names: set[str]) -> bool:
    return any(name.lower().endswith("vbaproject.bin") or "macrosheets/" in name.lower() for name in names)
