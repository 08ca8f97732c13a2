"""Plain files of a delivery: the index of evidence as CSV and the digests of every file."""

import csv
import hashlib
import io
from collections.abc import Mapping

from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.moments import day_of
from rumbo.systems.evaluation.reports.monthly.printed.evidence import file_name
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly


def evidence_index(report: Monthly) -> bytes:
    """UTF-8 with BOM: goal, month, file, date, SHA-256 and whether it is reserved, which hides its name."""
    say = report.frame.voice.say
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        [say(N_("Clave")), say(N_("Periodo")), say(N_("Archivo")), say(N_("Fecha")), "SHA-256", say(N_("Reservada"))]
    )
    for line in sorted(report.lines, key=lambda one: one.row.code):
        for piece in line.evidence:
            name = _harmless(file_name(say(N_("Evidencia reservada")), piece))
            reserved = say(N_("sí")) if piece.reserved else say(N_("no"))
            writer.writerow(
                [line.row.code, str(report.period), name, day_of(piece.attached_at).isoformat(), piece.digest, reserved]
            )
    return text.getvalue().encode("utf-8-sig")


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file by its name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def digest_list(files: Mapping[str, bytes]) -> bytes:
    """The lines that `sha256sum --check` reads."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests(files).items()).encode()


def _harmless(text: str) -> str:
    """A name that a spreadsheet would take for a formula is told as text."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
