"""The matrix as the document takes it: upper levels as merged bands, the lowest one and the goal as columns."""

from collections.abc import Sequence
from typing import Any

from rumbo.core.rendering.text import number
from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.alignment.content import Aligned, Alignment

TITLE = N_("Matriz de alineación")


def print_alignment(content: Alignment) -> dict[str, Any]:
    frame, say = content.frame, content.frame.voice.say
    return {
        "frame": frame.data(name=say(TITLE), kind="MA"),
        "title": say(TITLE),
        "lead": say(
            N_("%(plan)s · metas del ejercicio %(year)s · emitida el %(day)s"),
            plan=content.plan.name,
            year=frame.year.label,
            day=frame.voice.long_date(frame.on),
        ),
        "levels": " › ".join(
            [*(level.plural for level in content.levels), say(N_("metas")), say(N_("áreas responsables"))]
        ),
        "matrix": _matrix(content),
        "findings_title": say(N_("Hallazgos de alineación")),
        "findings_note": say(N_("Lo que falta por enlazar se lista; el sistema no lo infiere de las claves.")),
        "findings": [
            {
                "title": say(N_("Líneas sin meta")),
                "table": _elements(content, content.empty_lines, N_("Todas las líneas tienen al menos una meta.")),
            },
            {"title": say(N_("Metas sin línea")), "table": _goals(content)},
            {
                "title": say(N_("Elementos sin superior")),
                "table": _elements(content, content.unlinked, N_("Todos los elementos cuelgan de su superior.")),
            },
        ],
    }


def _matrix(content: Alignment) -> tables.Table:
    texts = [_figures(row) for row in content.rows]
    rooms = [tables.room(own, 14) for own in zip(*texts, strict=True)] or [14.0] * 3
    rows: list[tables.Row] = []
    above: tuple[int, ...] = ()
    for row, figures in zip(content.rows, texts, strict=True):
        here = tuple(element.pk for element in row.chain)
        for depth, element in enumerate(row.chain[:-1]):
            if here[: depth + 1] != above[: depth + 1]:
                rows.append(
                    tables.heading(f"{element.level.singular} {element.code}. {element.statement}", min(depth + 1, 3))
                )
        rows.append(_goal_row(content, row, figures, told=here == above))
        above = here
    empty = content.frame.voice.say(N_("Todavía no hay metas en el plan."))
    return tables.table(_matrix_columns(content, rooms), rows, empty=empty)


def _matrix_columns(content: Alignment, rooms: Sequence[float]) -> list[dict[str, Any]]:
    """`rooms`: width in mm of the three figures."""
    say = content.frame.voice.say
    return [
        tables.column(content.levels[-1].singular if content.levels else say(N_("Línea")), 40),
        tables.column(say(N_("Clave")), 12),
        tables.column(say(N_("Meta")), 0),
        tables.column(say(N_("Indicador")), 34),
        tables.column(say(N_("Unidad")), 18),
        tables.column(say(N_("Línea base")), rooms[0], "right"),
        tables.column(say(N_("Meta %(year)s"), year=content.frame.year.label), rooms[1], "right"),
        tables.column(say(N_("Meta %(term)s"), term=content.frame.settings.term_name), max(rooms[2], 17), "right"),
        tables.column(say(N_("Área")), 14),
        tables.column(say(N_("Corres\u00adponsables")), 16),
        tables.column(say(N_("Tipo")), 15),
        tables.column(say(N_("ODS")), 10),
    ]


def _goal_row(content: Alignment, row: Aligned, figures: Sequence[str], *, told: bool) -> tables.Row:
    """Its line is told whole once; its other goals keep its code, since any of them may be the first of a page."""
    line = row.chain[-1] if row.chain else None
    return [
        "" if line is None else line.code if told else f"{line.code} {line.statement}",
        row.goal.code,
        row.goal.statement,
        row.indicator.name if row.indicator else "–",
        row.indicator.unit_of_measure if row.indicator else "–",
        *figures,
        row.goal.unit.code,
        ", ".join(row.co_responsible) or "–",
        content.frame.voice.say(GoalType(row.goal.goal_type).label),
        row.goal.sdg or "–",
    ]


def _figures(row: Aligned) -> tuple[str, str, str]:
    places = row.indicator.decimals if row.indicator else 0
    programme = row.programme
    baseline = row.indicator.baseline if row.indicator else None
    values = (baseline, programme.annual_target if programme else None, row.goal.term_target)
    first, target, term = tables.figures(values, places)
    if programme is not None and programme.low is not None and programme.high is not None:
        target = f"{number(programme.low, places)}–{number(programme.high, places)}"
    return first, target, term


def _elements(content: Alignment, elements: Any, empty: str) -> dict[str, Any]:
    say = content.frame.voice.say
    return tables.table(
        [tables.column(say(N_("Nivel")), 34), tables.column(say(N_("Clave")), 20), tables.column(say(N_("Texto")), 0)],
        [[element.level.singular, element.code, element.statement] for element in elements],
        empty=say(empty),
    )


def _goals(content: Alignment) -> dict[str, Any]:
    say = content.frame.voice.say
    return tables.table(
        [tables.column(say(N_("Clave")), 20), tables.column(say(N_("Meta")), 0), tables.column(say(N_("Área")), 40)],
        [[row.goal.code, row.goal.statement, row.goal.unit.name] for row in content.goals_without_line],
        empty=say(N_("Todas las metas están en una línea.")),
    )
