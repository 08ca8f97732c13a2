"""The year month by month, and what changed of light since the month before."""

from collections.abc import Sequence
from typing import Any

from rumbo.core.rendering.charts import CLASS_ORDER
from rumbo.core.rendering.text import integer, number
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.frame import Frame
from rumbo.systems.evaluation.reports.monthly.shapes import Line, Monthly


def year(report: Monthly) -> dict[str, Any]:
    """The line and the classes by month, with their tables beside for those who photocopy."""
    voice = report.frame.voice
    say = voice.say
    line, sealed = report.line, [report.year.get(period) for period in report.frame.year.periods]
    open_months = [value if rolled is None else None for value, rolled in zip(line.projected, sealed, strict=True)]
    return {
        "line": _by_month(
            report,
            [
                (N_("Programado"), [number(value, 1) for value in line.programmed]),
                (N_("Realizado"), [number(value, 1) for value in line.achieved]),
                (N_("Proyección"), [number(value, 1) for value in open_months]),
                (N_("Cumplimiento al corte"), [number(rolled.compliance if rolled else None, 1) for rolled in sealed]),
            ],
        ),
        "classes": _by_month(
            report,
            [
                (kind.plural, [integer(rolled.classes[kind]) if rolled else "–" for rolled in sealed])
                for kind in CLASS_ORDER
            ],
        ),
        "line_alt": line_alt(report.frame, line),
        "classes_alt": say(
            N_("Metas por clasificación en %(month)s: %(counts)s"),
            month=voice.month(report.period),
            counts="; ".join(f"{say(kind.plural)} {report.institution.rolled.classes[kind]}" for kind in CLASS_ORDER),
        ),
        "moved": _moved(report),
    }


def _moved(report: Monthly) -> tables.Table:
    """Goals whose light is not that of the month before."""
    voice = report.frame.voice
    say = voice.say
    return tables.table(
        [
            tables.column(say(N_("Clave")), 13),
            tables.column(say(N_("Meta")), 0),
            tables.column(say(N_("Área")), 15),
            tables.column(voice.month(report.period.plus(-1)), 30),
            tables.column(voice.month(report.period), 30),
            tables.column(say(N_("Cumplimiento al corte")), 24, "right"),
        ],
        [
            [
                line.row.code,
                line.row.statement,
                line.row.unit_code,
                tables.light(was.light),
                tables.light(line.row.light),
                voice.percent(line.row.compliance_to_date),
            ]
            for line, was in sorted(report.moved, key=lambda pair: pair[0].row.code)
        ],
        empty=say(N_("Ninguna meta cambió de semáforo contra el mes anterior.")),
    )


def _by_month(report: Monthly, rows: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """Months as columns, under the drawing that they repeat."""
    voice = report.frame.voice
    columns = [tables.column("", 0)]
    columns += [tables.column(voice.short_month(month.month), 11.6, "right") for month in report.frame.year.months]
    return tables.table(columns, [[voice.say(label), *values] for label, values in rows])


def line_alt(frame: Frame, line: Line) -> str:
    voice, column = frame.voice, frame.year.column(frame.period)
    return voice.say(
        N_("Al cierre de %(month)s, avance anual %(achieved)s; programado %(programmed)s."),
        month=voice.month(frame.period),
        achieved=voice.percent(line.achieved[column]),
        programmed=voice.percent(line.programmed[column]),
    )
