"""The institution by axis and by area."""

from typing import Any

from rumbo.core.rendering.charts import CLASS_ORDER
from rumbo.core.rendering.text import integer, number
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly, Node
from rumbo.systems.evaluation.reports.words import Voice


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
