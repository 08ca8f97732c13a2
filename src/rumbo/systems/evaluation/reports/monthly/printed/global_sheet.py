"""The global sheet: every goal from highest to lowest compliance."""

from typing import Any

from rumbo.core.rendering.text import integer
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly.printed.goal_table import figures
from rumbo.systems.evaluation.reports.monthly.shapes import GoalLine, Monthly
from rumbo.systems.evaluation.reports.words import Voice


def global_sheet(report: Monthly) -> dict[str, Any]:
    """All goals from highest to lowest compliance, under four headings with their count; then «sin clasificar»."""
    voice = report.frame.voice
    say = voice.say
    to_date = tables.room((text for line in report.lines for text in figures(line)[3:]), 19)
    columns = [
        tables.column(say(N_("Lugar")), 10, "right"),
        tables.column(say(N_("Lugar anterior")), 14, "right"),
        tables.column(say(N_("Clave")), 13),
        tables.column(say(N_("Meta")), 0),
        tables.column(say(N_("Área")), 15),
        tables.column(say(N_("Eje")), 7),
        tables.column(say(N_("Programado acumulado")), to_date, "right"),
        tables.column(say(N_("Realizado acumulado")), to_date, "right"),
        tables.column(say(N_("Cumplimiento al corte")), 17, "right"),
        tables.column(say(N_("Avance anual")), 13, "right"),
        tables.column(say(N_("Semáforo")), 21.5),
        tables.column(say(N_("Clasificación")), 27.5),
        tables.column(say(N_("Meses consecutivos en su semáforo")), 18, "right"),
    ]
    rows: list[tables.Row] = []
    for kind, lines in report.classes.items():
        if kind is PerformanceClass.NONE and not lines:
            continue
        rows.append(
            tables.heading(
                say(kind.plural), 1, say(N_("%(count)s de %(of)s metas"), count=len(lines), of=len(report.lines))
            )
        )
        if not lines:
            # also because a heading of rows without any row makes the compiler fail
            rows.append(tables.remark(say(N_("Ninguna meta."))))
        for line in lines:
            rows.append(_global_row(report, line))
            if kind is PerformanceClass.NONE:
                rows.append(tables.remark(unclassified(voice, line)))
    return tables.table(columns, rows)


def unclassified(voice: Voice, line: GoalLine) -> str:
    """Why a goal has no class: its light and its reason."""
    reason = voice.say(Reason(line.row.reason).label)
    return voice.say(N_("%(light)s. %(reason)s"), light=voice.say(line.row.light.label), reason=reason).strip()


def _global_row(report: Monthly, line: GoalLine) -> list[tables.Cell]:
    voice, row = report.frame.voice, line.row
    before = integer(line.place_before) if line.place_before else "–"
    arrow = tables.moved(line.places_gained)
    return [
        integer(row.rank) if row.rank else "–",
        f"{before} {arrow}".strip(),
        tables.marked(row.code, row.marks & (Mark.OVER | Mark.NO_REPORT), critical=row.critical),
        row.statement,
        row.unit_code,
        line.chain[0].code if line.chain else "–",
        *tables.figures((row.programmed_to_date, row.actual_to_date), row.decimals),
        voice.percent(row.compliance_to_date),
        voice.percent(row.compliance_year),
        tables.light(row.light),
        tables.grade(row.performance_class),
        integer(row.streak),
    ]
