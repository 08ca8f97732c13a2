"""Small real files for the demonstration's evidence: they open, say what they are, and hold nobody's data."""

import io
import struct
import zlib

import xlsxwriter

from rumbo.core.timekeeping.period import Period
from rumbo.shell.demonstration.conduct import YEAR
from rumbo.shell.demonstration.stories import CaptureStory, EvidenceStory

SIDE = 48  # pixels of the little picture


def content(proof: EvidenceStory, story: CaptureStory, statement: str) -> bytes:
    """Bytes of the kind that the name's extension promises; the same story always gives the same bytes."""
    period = Period(YEAR, story.month).label
    lines = [
        "DATOS DE DEMOSTRACIÓN",
        f"Evidencia de la meta {story.goal}: {statement}",
        f"{proof.kind.capitalize()}, {period}",
        f"Valor informado: {story.numerator}" + (f" de {story.denominator}" if story.denominator is not None else ""),
    ]
    match proof.name.rpartition(".")[2].lower():
        case "xlsx":
            return _workbook(lines)
        case "png":
            return _picture(f"{story.goal}{period}{proof.name}")
        case _:
            return plain_pdf(lines)


def _workbook(lines: list[str]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Evidencia")
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    book.close()
    return out.getvalue()


def _picture(seed: str) -> bytes:
    """A PNG of two tones with a tilted horizon that depends on the seed."""
    tilt = zlib.crc32(seed.encode()) % SIDE
    rows = b"".join(b"\0" + bytes(value for x in range(SIDE) for value in _tone(x, y, tilt)) for y in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _tone(x: int, y: int, tilt: int) -> tuple[int, int, int]:
    sky = y * SIDE < SIDE * SIDE // 2 + (x - SIDE // 2) * (tilt - SIDE // 2) // 4
    return (196, 208, 214) if sky else (92, 104, 96)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def plain_pdf(lines: list[str]) -> bytes:
    """One page of plain text, written by hand: a thousand of these are made in a second."""
    text = b"".join(
        b"(" + line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        + b") Tj T*\n"
        for line in lines
    )  # fmt: skip
    stream = b"BT /F1 12 Tf 16 TL 72 700 Td\n" + text + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
