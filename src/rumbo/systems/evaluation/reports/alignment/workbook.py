"""The matrix as a workbook: upper levels repeated in each row, so that it can be filtered."""

from rumbo.core.rendering.workbook import Cell, Column, Kind, Workbook
from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.alignment.content import Aligned, Alignment
from rumbo.systems.evaluation.reports.alignment.printed import TITLE


def alignment_workbook(content: Alignment) -> bytes:
    frame, say = content.frame, content.frame.voice.say
    book = Workbook(
        say(TITLE),
        on=frame.on,
        banner=frame.banner or None,
        language=frame.voice.language,
        author=frame.institution.name,
        translate=frame.voice.translate,
    )
    lead = f"{frame.institution.name} · {content.plan.name} · {frame.year.label}"
    columns = [Column(level.singular, width=34) for level in content.levels]
    columns += [
        Column(say(N_("Clave")), width=10),
        Column(say(N_("Meta")), width=50),
        Column(say(N_("Indicador")), width=38),
        Column(say(N_("Unidad")), width=16),
        Column(say(N_("Línea base")), Kind.NUMBER, 13),
        Column(say(N_("Meta %(year)s"), year=frame.year.label), Kind.NUMBER, 14),
        Column(say(N_("Meta del periodo %(term)s"), term=frame.settings.term_name), Kind.NUMBER, 14),
        Column(say(N_("Área responsable")), width=34),
        Column(say(N_("Áreas corresponsables")), width=20),
        Column(say(N_("Tipo")), width=12),
        Column(say(N_("ODS")), width=10),
    ]
    book.sheet(
        say(N_("Matriz")), columns, [_row(content, row) for row in content.rows], heading=say(TITLE), lead=lead,
        frozen_columns=len(content.levels) + 1,
    )  # fmt: skip
    findings: list[list[Cell]] = []
    findings += [[say(N_("Línea sin meta")), one.code, one.statement] for one in content.empty_lines]
    findings += [[say(N_("Meta sin línea")), row.goal.code, row.goal.statement] for row in content.goals_without_line]
    findings += [[say(N_("Elemento sin superior")), one.code, one.statement] for one in content.unlinked]
    book.sheet(
        say(N_("Hallazgos")),
        [
            Column(say(N_("Hallazgo")), width=26),
            Column(say(N_("Clave")), width=14),
            Column(say(N_("Texto")), width=90),
        ],
        findings,
        heading=say(N_("Hallazgos de alineación")),
        lead=lead,
        notes=[] if findings else [say(N_("Todo está enlazado."))],
    )
    return book.to_bytes()


def _row(content: Alignment, row: Aligned) -> list[Cell]:
    by_depth = {element.level.depth: f"{element.code} {element.statement}" for element in row.chain}
    indicator, programme, goal = row.indicator, row.programme, row.goal
    return [
        *(by_depth.get(level.depth) for level in content.levels),
        goal.code,
        goal.statement,
        indicator.name if indicator else None,
        indicator.unit_of_measure if indicator else None,
        indicator.baseline if indicator else None,
        programme.annual_target if programme else None,
        goal.term_target,
        f"{goal.unit.code} {goal.unit.name}",
        ", ".join(row.co_responsible),
        content.frame.voice.say(GoalType(goal.goal_type).label),
        goal.sdg,
    ]
