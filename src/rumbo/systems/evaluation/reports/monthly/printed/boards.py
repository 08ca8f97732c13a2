"""One control board per area (A1-07, A1-08, A1-10), in the order of blocks that the areas know."""

from typing import Any

from rumbo.core.rendering.charts import PAPER, PRINT, line_of_year, sparkline
from rumbo.core.rendering.text import integer, number, short_date
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly.printed.drawings import BAR_LABELS
from rumbo.systems.evaluation.reports.monthly.printed.headline import headline
from rumbo.systems.evaluation.reports.monthly.printed.year import line_alt
from rumbo.systems.evaluation.reports.monthly.shapes import Area, GoalLine, Monthly

ONE_PAGE = 14  # goals; a board with more takes two pages
ALERTS_SHOWN = 3  # on the board; the rest are in the section of early warnings


def boards(report: Monthly) -> list[dict[str, Any]]:
    return [_board(report, area) for area in report.areas]


def _board(report: Monthly, area: Area) -> dict[str, Any]:
    say = report.frame.voice.say
    return {
        "name": area.unit.name,
        "head": [
            [say(N_("Titular")), area.unit.head_post or "–"],
            [say(N_("Enlace")), area.unit.liaison_post or "–"],
            [say(N_("Contribuye a")), _contributes(report, area)],
        ],
        "figures": _figures(report, area),
        "bars": [_bar(report, line) for line in area.lines],
        "goals": _goals(report, area),
        "line": f"line-{area.unit.code}.svg",
        "line_alt": line_alt(report.frame, area.line),
        "alerts": _alerts(report, area),
        "quality": _quality(report, area),
        "long": len(area.lines) > ONE_PAGE,
    }


def _figures(report: Monthly, area: Area) -> list[dict[str, str]]:
    voice, rolled = report.frame.voice, area.node.rolled
    good = voice.say(N_("%(good)s cumplidas o con buen desempeño"), good=integer(rolled.achieved_or_good))
    shared = headline(
        voice,
        rolled,
        area.quality,
        against=_compared(report, area),
        covered=N_("%(counted)s de %(expected)s con dato"),
    )
    return [{"label": voice.say(N_("Metas")), "value": integer(rolled.goals), "note": good}, *shared]


def _contributes(report: Monthly, area: Area) -> str:
    """Axes and lines of action by code, in the order of the plan."""
    axes: dict[str, list[str]] = {}
    for line in sorted(area.lines, key=lambda one: [element.position for element in one.chain]):
        if line.chain:
            name = f"{line.chain[0].level.singular} {line.chain[0].code}"
            lines = axes.setdefault(name, [])
            if len(line.chain) > 1 and line.chain[-1].code not in lines:
                lines.append(line.chain[-1].code)
    return "; ".join(f"{name}: {', '.join(sorted(lines))}" if lines else name for name, lines in axes.items()) or "–"


def _compared(report: Monthly, area: Area) -> str:
    voice = report.frame.voice
    whole = voice.say(N_("institución %(share)s"), share=voice.percent(report.institution.rolled.compliance))
    if area.node.change is None:
        return whole
    month = voice.short_month(report.period.plus(-1).month)
    change = voice.say(N_("%(change)s vs. %(month)s"), change=number(area.node.change, 1, signed=True), month=month)
    return f"{change} · {whole}"


def _bar(report: Monthly, line: GoalLine) -> dict[str, Any]:
    row = line.row
    return {
        "light": row.light.key,
        "code": row.code,
        "value": row.compliance_year,
        "mark": row.programmed_year,
        "text": report.frame.voice.percent(row.compliance_year),
    }


def _goals(report: Monthly, area: Area) -> dict[str, Any]:
    voice = report.frame.voice
    say = voice.say
    month, to_date = voice.month(report.period).capitalize(), say(N_("Acumulado"))
    rooms = [tables.room(own, 12.5, size=7) for own in zip(*(_texts(line) for line in area.lines), strict=True)]
    return tables.table(
        [
            tables.column(say(N_("Clave")), 15),
            tables.column(say(N_("Meta")), 0),
            tables.column(say(N_("Programado")), rooms[0], "right", month),
            tables.column(say(N_("Realizado")), rooms[1], "right", month),
            tables.column(say(N_("Programado")), rooms[2], "right", to_date),
            tables.column(say(N_("Realizado")), rooms[3], "right", to_date),
            tables.column("%", 10.5, "right", to_date),
            tables.column(say(N_("Semáforo")), 21),
            tables.column(say(N_("Clasificación")), 22.5),
            tables.column(say(N_("Doce meses")), 15.5),
        ],
        [
            [
                tables.marked(line.row.code, line.row.marks, critical=line.row.critical),
                line.row.statement,
                *_texts(line),
                number(line.row.compliance_to_date, 1),
                tables.light(line.row.light),
                tables.grade(line.row.performance_class),
                tables.picture(f"spark-{line.row.code}.svg", _spark_alt(report, line), 14),
            ]
            for line in area.lines
        ],
    )


def _texts(line: GoalLine) -> tuple[str, ...]:
    row = line.row
    return tuple(tables.figures((row.programmed, row.actual, row.programmed_to_date, row.actual_to_date), row.decimals))


def _alerts(report: Monthly, area: Area) -> dict[str, Any]:
    voice = report.frame.voice
    say = voice.say
    warned = [line for line in report.warnings if line.row.unit_id == area.unit.pk]
    rows = []
    for line in warned[:ALERTS_SHOWN]:
        said = line.said
        rows.append(
            {
                "light": line.row.light.key,
                "text": " · ".join(
                    part
                    for part in (
                        f"{tables.marked(line.row.code, line.row.marks, critical=line.row.critical)} "
                        f"{voice.percent(line.row.compliance_to_date)}",
                        (said.corrective_action.rstrip(".") if said else "")
                        or say(N_("sin acción correctiva capturada")),
                        short_date(said.commitment_on) if said and said.commitment_on else "",
                        said.responsible_post if said else "",
                    )
                    if part
                ),
            }
        )
    more = len(warned) - len(rows)
    return {
        "rows": rows,
        "empty": say(N_("Ninguna meta del área está en rezago ni en riesgo.")),
        "more": say(N_("y %(count)s más en «Alertas tempranas y compromisos»"), count=integer(more)) if more else "",
    }


def _quality(report: Monthly, area: Area) -> str:
    """On time, late, without report, returned and why, evidence."""
    voice, quality = report.frame.voice, area.quality
    kinds = {one.decided.reason_kind for one in area.returns if one.decided.reason_kind}
    reasons = sorted(voice.say(ReturnReason(kind).label).lower() for kind in kinds)
    return voice.say(
        N_(
            "Capturas debidas: %(owed)s · a tiempo: %(on_time)s · extemporáneas: %(late)s · sin reporte: %(missing)s · "
            "devueltas: %(returned)s%(why)s · con evidencia: %(with_evidence)s (archivos: %(evidence)s)."
        ),
        owed=integer(quality.owed),
        on_time=integer(quality.on_time),
        late=integer(quality.late),
        missing=integer(quality.missing),
        returned=integer(quality.returned),
        why=f" ({'; '.join(reasons)})" if reasons else "",
        with_evidence=integer(quality.with_evidence),
        evidence=integer(quality.evidence),
    )


def images(report: Monthly) -> dict[str, bytes]:
    """A line for each area and a spark for each goal."""
    voice = report.frame.voice
    half = PAPER.of_width(400)
    found = {}
    for area in report.areas:
        found[f"line-{area.unit.code}.svg"] = line_of_year(
            title=voice.say(N_("Avance del año de %(area)s"), area=area.unit.name),
            achieved=area.line.achieved,
            programmed=area.line.programmed,
            labels=[voice.say(label) for label in BAR_LABELS],
            decimals=1,
            language=voice.language,
            layout=half,
            first_month=report.frame.year.start_month,
            palette=PRINT,
        ).encode()
    for line in report.lines:
        found[f"spark-{line.row.code}.svg"] = sparkline(
            _twelve(report, line),
            title=_spark_alt(report, line),
            reference=100,
            width=96,
            height=22,
            palette=PRINT,
        ).encode()
    return found


def _twelve(report: Monthly, line: GoalLine) -> list[float | None]:
    months = [line.months.get(period) for period in report.frame.year.periods]
    return [month.compliance_to_date if month else None for month in months]


def _spark_alt(report: Monthly, line: GoalLine) -> str:
    voice = report.frame.voice
    said = [
        f"{voice.short_month(month.month)} {voice.percent(value)}"
        for month, value in zip(report.frame.year.months, _twelve(report, line), strict=True)
        if value is not None
    ]
    return voice.say(N_("Cumplimiento al corte por mes: %(months)s"), months=", ".join(said) or "–")
