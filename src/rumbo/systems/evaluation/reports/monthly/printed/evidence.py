"""The index of evidence."""

from typing import Any

from rumbo.core.rendering.text import short_date
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.moments import day_of
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly

DIGEST = 94.0  # mm: sixty-four letters at seven points, in one line


def evidence(report: Monthly) -> dict[str, Any]:
    """Code, file, date and digest; not the files. A reserved file is named by its kind alone."""
    say = report.frame.voice.say
    rows: list[tables.Row] = []
    for line in sorted(report.lines, key=lambda one: one.row.code):
        rows += [
            [
                line.row.code,
                file_name(say(N_("Evidencia reservada")), piece),
                short_date(day_of(piece.attached_at)),
                piece.digest,
            ]
            for piece in line.evidence
        ]
    return tables.table(
        [
            tables.column(say(N_("Clave")), 14),
            tables.column(say(N_("Archivo")), 0),
            tables.column(say(N_("Fecha")), 17),
            tables.column(say(N_("Huella (SHA-256)")), DIGEST),
        ],
        rows,
        empty=say(N_("No se adjuntó evidencia en el periodo.")),
    )


def file_name(reserved: str, piece: Any) -> str:
    return reserved if piece.reserved else str(piece.file_name)
