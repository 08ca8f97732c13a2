"""The goal table, in the order of the plan with subtotals by axis."""

from typing import Any

from rumbo.core.rendering.text import integer, number, short_date
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.models import RollupResult
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly.shapes import GoalLine, Monthly
from rumbo.systems.evaluation.reports.words import Voice

# In mm: the table lies on the 239 of a carta page on its side; figures take what they need.
TABLE_WIDTH = 239.0


def goal_table(report: Monthly) -> dict[str, Any]:
    """Cuadro de metas actualizado, in the order of the plan with subtotals by axis."""
    voice = report.frame.voice
    say = voice.say
    day = f"{report.period.last_day:%d/%m}"
    month, to_date = voice.month(report.period).capitalize(), say(N_("Acumulado al %(day)s"), day=day)
    texts = list(zip(*(figures(line) for line in report.lines), strict=True)) or [()] * 5
    annual, *four = (tables.room(own, least) for own, least in zip(texts, (16, 14, 14, 15, 15), strict=True))
    taken = 13 + 27 + 15 + annual + sum(four) + 10 + 13.5 + 12 + 21.5 + 20
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
        tables.column(say(N_("Avance anual")), 12, "right"),
        tables.column(say(N_("Semáforo")), 21.5),
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
        tables.spanning(f"{name}: {counts}", 10),
        voice.percent(rolled.compliance), voice.percent(rolled.annual_progress), "", "",
    ]  # fmt: skip


def figures(line: GoalLine) -> tuple[str, ...]:
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
    target, programmed, actual, programmed_to_date, actual_to_date = figures(line)
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
