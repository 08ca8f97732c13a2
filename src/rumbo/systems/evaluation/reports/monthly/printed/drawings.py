"""The drawings of the whole institution."""

from typing import Any

from rumbo.core.rendering.charts import PAPER, PRINT, BarRow, bars_against_target, line_of_year, stacked_classes
from rumbo.core.rendering.text import Language
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly

BAR_LABELS = (N_("Realizado"), N_("Programado"), N_("Proyección"))


def images(report: Monthly) -> dict[str, bytes]:
    voice = report.frame.voice
    say, language = voice.say, voice.language
    months: list[dict[PerformanceClass, int] | None] = [
        {kind: rolled.classes[kind] for kind in PerformanceClass} if rolled else None
        for rolled in (report.year.get(period) for period in report.frame.year.periods)
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
            first_month=report.frame.year.start_month,
        ).encode(),
        "classes.svg": stacked_classes(
            months,
            title=say(N_("Clasificación de las metas por mes")),
            translate=voice.translate,
            language=language,
            first_month=report.frame.year.start_month,
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
