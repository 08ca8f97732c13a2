"""The tables of the whole institution: by axis and area, the year, the goal table and the global sheet."""

from collections.abc import Sequence
from typing import Any

from rumbo.core.rendering.charts import (
    CLASS_ORDER,
    PAPER,
    PRINT,
    BarRow,
    bars_against_target,
    line_of_year,
    stacked_classes,
)
from rumbo.core.rendering.text import Language, integer, number, short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason
from rumbo.systems.evaluation.models import RollupResult
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly.shapes import GoalLine, Line, Monthly, Node
from rumbo.systems.evaluation.reports.words import Voice

BAR_LABELS = (N_("Realizado"), N_("Programado"), N_("Proyección"))
# Widths in mm of the goal table, which lies on the 239 mm of a carta page on its side; figures take what they need.
TABLE_WIDTH = 239.0


def breakdown(report: Monthly) -> dict[str, Any]:
    """In the order of the structure: not a ranking of persons."""
    say = report.frame.voice.say
    return {
        "axes": _nodes(report, report.axes, say(N_("Eje"))),
        "areas": _nodes(report, [area.node for area in report.areas], say(N_("Área"))),
        "axes_alt": _nodes_alt(report, report.axes),
        "areas_alt": _nodes_alt(report, [area.node for area in report.areas]),
    }


def _nodes(report: Monthly, nodes: Any, first: str) -> dict[str, Any]:
    voice = report.frame.voice
    say = voice.say
    by_class = say(N_("Metas por clasificación"))
    columns = [
        tables.column(first, 0),
        tables.column(say(N_("Metas")), 11, "right"),
        *(
            tables.column(say(title), 13.5, "right", by_class)
            for title in (
                N_("Cumplidas"),
                N_("Buen desempeño"),
                N_("Desempeño regular"),
                N_("Desempeño deficiente"),
                N_("Sin clasificar"),
            )
        ),
        tables.column(say(N_("Cumplidas o buen desempeño")), 17, "right"),
        tables.column(say(N_("Cumplimiento promedio")), 17, "right"),
        tables.column(say(N_("Cobertura")), 14.5, "right"),
        tables.column(say(N_("Cambio")), 13, "right"),
    ]
    rows: list[tables.Row] = [_node_row(voice, f"{node.code} {node.name}", node) for node in nodes]
    rows.append(tables.total(_node_row(voice, say(N_("Institución")), report.institution)))
    return tables.table(columns, rows)


def _node_row(voice: Voice, name: str, node: Node) -> list[tables.Cell]:
    rolled = node.rolled
    return [
        name,
        integer(rolled.goals),
        *(integer(rolled.classes[kind]) for kind in CLASS_ORDER),
        voice.percent(rolled.achieved_or_good_pct),
        voice.percent(rolled.compliance),
        voice.percent(rolled.coverage),
        number(node.change, 1, signed=True),
    ]


def _nodes_alt(report: Monthly, nodes: Any) -> str:
    voice = report.frame.voice
    return "; ".join(
        voice.say(
            N_("%(name)s: avance anual %(achieved)s, programado %(programmed)s"),
            name=node.code,
            achieved=voice.percent(node.rolled.annual_progress),
            programmed=voice.percent(node.rolled.programmed_progress),
        )
        for node in nodes
    )


def year(report: Monthly) -> dict[str, Any]:
    """The line and the classes by month, with their tables beside for those who photocopy."""
    voice = report.frame.voice
    say = voice.say
    line, sealed = report.line, [report.year.get(Period(report.period.year, month).index) for month in range(1, 13)]
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
        "line_alt": line_alt(voice, line, report.period),
        "classes_alt": say(
            N_("Metas por clasificación en %(month)s: %(counts)s"),
            month=voice.month(report.period),
            counts="; ".join(f"{say(kind.plural)} {report.institution.rolled.classes[kind]}" for kind in CLASS_ORDER),
        ),
        "moved": tables.table(
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
        ),
    }


def _by_month(report: Monthly, rows: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """Months as columns, under the drawing that they repeat."""
    voice = report.frame.voice
    columns = [tables.column("", 0)]
    columns += [tables.column(voice.short_month(month), 11.6, "right") for month in range(1, 13)]
    return tables.table(columns, [[voice.say(label), *values] for label, values in rows])


def line_alt(voice: Voice, line: Line, period: Period) -> str:
    return voice.say(
        N_("Al cierre de %(month)s, avance anual %(achieved)s; programado %(programmed)s."),
        month=voice.month(period),
        achieved=voice.percent(line.achieved[period.month - 1]),
        programmed=voice.percent(line.programmed[period.month - 1]),
    )


def images(report: Monthly) -> dict[str, bytes]:
    voice = report.frame.voice
    say, language = voice.say, voice.language
    months: list[dict[PerformanceClass, int] | None] = [
        {kind: rolled.classes[kind] for kind in PerformanceClass} if rolled else None
        for rolled in (report.year.get(Period(report.period.year, month).index) for month in range(1, 13))
    ]
    return {
        "axes.svg": bars(report.axes, say(N_("Avance anual por eje")), language).encode(),
        "areas.svg": bars([area.node for area in report.areas], say(N_("Avance anual por área")), language).encode(),
        "line.svg": line_of_year(
            title=say(N_("Avance del año")),
            achieved=report.line.achieved,
            programmed=report.line.programmed,
            projection=report.line.projected,
            labels=[say(label) for label in BAR_LABELS],
            decimals=1,
            language=language,
            layout=PAPER,
            palette=PRINT,
        ).encode(),
        "classes.svg": stacked_classes(
            months,
            title=say(N_("Clasificación de las metas por mes")),
            translate=voice.translate,
            language=language,
            layout=PAPER,
            palette=PRINT,
        ).encode(),
    }


def bars(nodes: Any, title: str, language: Language) -> str:
    return bars_against_target(
        [
            BarRow(node.name, node.rolled.annual_progress, node.rolled.programmed_progress, code=node.code)
            for node in nodes
        ],
        title=title,
        decimals=1,
        layout=PAPER,
        palette=PRINT,
        language=language,
    )


def goal_table(report: Monthly) -> dict[str, Any]:
    """Cuadro de metas actualizado, in the order of the plan with subtotals by axis."""
    voice = report.frame.voice
    say = voice.say
    day = f"{report.period.last_day:%d/%m}"
    month, to_date = voice.month(report.period).capitalize(), say(N_("Acumulado al %(day)s"), day=day)
    texts = list(zip(*(_figures(line) for line in report.lines), strict=True)) or [()] * 5
    annual, *four = (tables.room(own, least) for own, least in zip(texts, (16, 14, 14, 15, 15), strict=True))
    taken = 13 + 27 + 15 + annual + sum(four) + 10 + 13.5 + 11 + 18.5 + 20
    columns = [
        tables.column(say(N_("Clave")), 13),
        tables.column(say(N_("Meta")), TABLE_WIDTH - taken),
        tables.column(say(N_("Indicador / unidad")), 27),
        tables.column(say(N_("Área")), 15),
        tables.column(say(N_("Meta anual")), annual, "right"),
        tables.column(say(N_("Programado")), four[0], "right", month),
        tables.column(say(N_("Realizado")), four[1], "right", month),
        tables.column("%", 10, "right", month),
        tables.column(say(N_("Programado")), four[2], "right", to_date),
        tables.column(say(N_("Realizado")), four[3], "right", to_date),
        tables.column(say(N_("Cumplimiento")), 13.5, "right", to_date),
        tables.column(say(N_("Avance anual")), 11, "right"),
        tables.column(say(N_("Semáforo")), 18.5),
        tables.column(say(N_("Clasificación")), 20),
    ]
    return tables.table(columns, list(_goal_rows(report)))


def _goal_rows(report: Monthly) -> Any:
    """Headings by axis, then by objective › strategy, then by line; a subtotal at the end of each axis."""
    above: tuple[int, ...] = ()
    axis: int | None = None
    for line in report.in_plan_order:
        chain = line.chain
        here = tuple(element.pk for element in chain)
        if axis is not None and (not here or here[0] != axis):
            yield _subtotal(report, axis)
        if here and (axis is None or here[0] != axis):
            axis = here[0]
            yield tables.heading(f"{chain[0].level.singular} {chain[0].code}. {chain[0].statement}")
        elif not here:
            axis = None
        if len(here) > 2 and here[1:-1] != above[1:-1]:
            yield tables.heading(" › ".join(f"{one.code} {one.statement}" for one in chain[1:-1]), 2)
        if len(here) > 1 and here != above:
            yield tables.heading(f"{chain[-1].level.singular} {chain[-1].code} {chain[-1].statement}", 3)
        above = here
        yield _goal_row(report, line)
        if line.explained:
            yield tables.remark(explained(report.frame.voice, line))
    if axis is not None:
        yield _subtotal(report, axis)
    yield tables.total(_node_summary(report, report.frame.voice.say(N_("Institución")), report.month.institution))


def _subtotal(report: Monthly, axis: int) -> Any:
    element = report.elements[axis]
    name = report.frame.voice.say(N_("%(level)s %(code)s, subtotal"), level=element.level.singular, code=element.code)
    return tables.total(_node_summary(report, name, report.month.elements[axis]))


def _node_summary(report: Monthly, name: str, rolled: RollupResult) -> list[tables.Cell]:
    voice = report.frame.voice
    counts = voice.say(
        N_("%(goals)s metas; %(good)s de %(expected)s cumplidas o con buen desempeño"),
        goals=integer(rolled.goals), good=integer(rolled.achieved_or_good), expected=integer(rolled.expected),
    )  # fmt: skip
    return [
        "", f"{name}: {counts}", "", "", "", "", "", "", "", "",
        voice.percent(rolled.compliance), voice.percent(rolled.annual_progress), "", "",
    ]  # fmt: skip


def _figures(line: GoalLine) -> tuple[str, ...]:
    """Annual target (for a range, its bounds), programmed and actual of the month, programmed and actual to date."""
    row = line.row
    programme = line.programme
    in_range = programme is not None and programme.low is not None and programme.high is not None
    bounds = (programme.low, programme.high) if programme is not None and in_range else ()
    values = (row.annual_target, row.programmed, row.actual, row.programmed_to_date, row.actual_to_date, *bounds)
    target, *others = tables.figures(values, row.decimals)
    return ("–".join(others[4:]) if in_range else target, *others[:4])


def _goal_row(report: Monthly, line: GoalLine) -> list[tables.Cell]:
    voice, row = report.frame.voice, line.row
    target, programmed, actual, programmed_to_date, actual_to_date = _figures(line)
    return [
        tables.marked(row.code, row.marks, critical=row.critical),
        row.statement,
        f"{row.indicator_name} / {row.unit_of_measure}",
        row.unit_code,
        target,
        programmed,
        actual,
        number(row.compliance_month, 1),
        programmed_to_date,
        actual_to_date,
        voice.percent(row.compliance_to_date),
        number(row.compliance_year, 1),
        tables.light(row.light),
        tables.grade(row.performance_class),
    ]


def explained(voice: Voice, line: GoalLine) -> str:
    """«Causa: … · Acción: … · Compromiso: 30/11/2026 · Responsable: JUD de Alumbrado.»"""
    said = line.said
    if said is None:
        return ""
    cause = f"{voice.say(said.cause_kind.label)}. {said.cause}" if said.cause_kind else said.cause
    parts = (
        (N_("Causa: %(text)s"), cause),
        (N_("Acción: %(text)s"), said.corrective_action),
        (N_("Compromiso: %(text)s"), short_date(said.commitment_on) if said.commitment_on else ""),
        (N_("Responsable: %(text)s"), said.responsible_post),
    )
    return (
        " · ".join(voice.say(template, text=text.strip().rstrip(".")) for template, text in parts if text.strip()) + "."
    )


def global_sheet(report: Monthly) -> dict[str, Any]:
    """All goals from highest to lowest compliance, under four headings with their count; then «sin clasificar»."""
    voice = report.frame.voice
    say = voice.say
    to_date = tables.room((text for line in report.lines for text in _figures(line)[3:]), 19)
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
        tables.column(say(N_("Semáforo")), 18.5),
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
