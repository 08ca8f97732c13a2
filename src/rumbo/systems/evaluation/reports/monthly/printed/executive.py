"""The executive summary: the one page that the head of the institution reads."""

from typing import Any

from rumbo.core.engine.comparing import difference
from rumbo.core.rendering.charts import CLASS_ORDER, PAPER, PRINT, Share, share_bar
from rumbo.core.rendering.text import integer, number
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly import sentences
from rumbo.systems.evaluation.reports.monthly.printed.headline import headline
from rumbo.systems.evaluation.reports.monthly.shapes import GoalLine, Monthly

LIGHTS = (Light.GREEN, Light.AMBER, Light.RED, Light.NO_DATA, Light.NOT_SCHEDULED, Light.NOT_COMPUTABLE, Light.NOT_DUE)


def summary(report: Monthly) -> dict[str, Any]:
    """One page, no more."""
    voice, rolled = report.frame.voice, report.institution.rolled
    say = voice.say
    return {
        "sentences": the_three(report),
        "figures": headline(
            voice,
            rolled,
            report.quality,
            against=_against(report, report.institution.change),
            covered=N_("%(counted)s de %(expected)s metas con dato"),
        ),
        "coverage": coverage(report),
        "classes": _classes(report),
        "lights": _lights(report),
        "alt": "; ".join(f"{say(kind.plural)}: {rolled.classes[kind]}" for kind in CLASS_ORDER),
        "advanced": _few(
            report, report.advanced, say(N_("Ninguna meta subió su cumplimiento contra el mes anterior."))
        ),
        "lagging": _few(report, report.lagging, say(N_("Ninguna meta está en rezago."))),
        "overdue": overdue(report),
        "change_note": _against_month(report),
    }


def _classes(report: Monthly) -> tables.Table:
    rolled, before = report.institution.rolled, report.institution.before
    say = report.frame.voice.say
    return tables.table(
        [
            tables.column(say(N_("Clasificación")), 0),
            tables.column(say(N_("Metas")), 13, "right"),
            tables.column(say(N_("Cambio")), 15, "right"),
        ],
        [
            [
                say(kind.plural),
                integer(rolled.classes[kind]),
                number(_count_change(rolled.classes[kind], before.classes[kind]) if before else None, 0, signed=True),
            ]
            for kind in CLASS_ORDER
        ],
    )


def _lights(report: Monthly) -> tables.Table:
    rolled, before = report.institution.rolled, report.institution.before
    say = report.frame.voice.say
    return tables.table(
        [
            tables.column(say(N_("Semáforo")), 0),
            tables.column(say(N_("Metas")), 13, "right"),
            tables.column(say(N_("Cambio")), 15, "right"),
        ],
        [
            [
                tables.light(light),
                integer(rolled.lights[light]),
                number(_count_change(rolled.lights[light], before.lights[light]) if before else None, 0, signed=True),
            ]
            for light in LIGHTS
            if light is not Light.NOT_DUE or rolled.lights[light]
        ],
    )


def the_three(report: Monthly) -> list[str]:
    voice, rolled, before = report.frame.voice, report.institution.rolled, report.institution.before
    by_area: dict[str, int] = {}
    for line in report.long_lagging:
        by_area[line.row.unit_name] = by_area.get(line.row.unit_name, 0) + 1
    area, of_area = max(by_area.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return [
        sentences.achieved_or_good(
            voice,
            report.period,
            achieved=rolled.achieved_or_good,
            expected=rolled.expected,
            share=rolled.achieved_or_good_pct,
            goals=rolled.goals,
            change=_count_change(rolled.achieved_or_good, before.achieved_or_good) if before else None,
        ),
        sentences.annual_progress(
            voice,
            achieved=rolled.annual_progress,
            programmed=rolled.programmed_progress,
            difference=difference(rolled.annual_progress, rolled.programmed_progress),
        ),
        sentences.lagging(voice, goals=len(report.long_lagging), area=area, of_area=of_area),
    ]


def coverage(report: Monthly) -> str:
    voice, rolled = report.frame.voice, report.institution.rolled
    quiet = [line for line in report.lines if Mark.NO_REPORT in line.row.marks and line.row.light is not Light.NO_DATA]
    parts = (
        sentences.coverage(voice, without_data=rolled.lights[Light.NO_DATA], coverage=rolled.coverage),
        sentences.silent(voice, report.period, goals=len(quiet)),
    )
    return " ".join(part for part in parts if part)


def overdue(report: Monthly) -> str:
    return sentences.overdue(report.frame.voice, commitments=len(report.overdue), due=len(report.due_commitments))


def images(report: Monthly) -> dict[str, bytes]:
    voice, rolled = report.frame.voice, report.institution.rolled
    bar = share_bar(
        [Share(rolled.classes[kind], voice.say(kind.plural), kind) for kind in CLASS_ORDER],
        title=voice.say(N_("Clasificación de las metas")),
        legend=False,
        layout=PAPER,
        palette=PRINT,
    )
    return {"shares.svg": bar.encode()}


def _few(report: Monthly, lines: list[GoalLine], empty: str) -> dict[str, Any]:
    voice = report.frame.voice
    say = voice.say
    return tables.table(
        [
            tables.column(say(N_("Clave")), 12),
            tables.column(say(N_("Meta")), 0),
            tables.column(say(N_("Área")), 15),
            tables.column(say(N_("Cumplimiento al corte")), 22, "right"),
            tables.column(say(N_("Cambio")), 20, "right"),
            tables.column(say(N_("Semáforo")), 21.5),
            tables.column(say(N_("Desde")), 19),
        ],
        [
            [
                tables.marked(line.row.code, Mark.NONE, critical=line.row.critical),
                line.row.statement,
                line.row.unit_code,
                voice.percent(line.row.compliance_to_date),
                voice.points(line.change, signed=True),
                tables.light(line.row.light),
                voice.month(line.since) if line.since else "–",
            ]
            for line in lines
        ],
        empty=empty,
    )


def _against(report: Monthly, change: float | None) -> str:
    voice = report.frame.voice
    if change is None:
        return voice.say(N_("sin mes anterior cerrado"))
    month = voice.month(report.period.plus(-1))
    return voice.say(N_("%(points)s contra %(month)s"), points=voice.points(change, signed=True), month=month)


def _against_month(report: Monthly) -> str:
    voice = report.frame.voice
    if report.institution.before is None:
        return voice.say(N_("No hay mes anterior cerrado con qué comparar."))
    return voice.say(N_("Cambio contra %(month)s."), month=voice.month_and_year(report.period.plus(-1)))


def _count_change(now: int, before: int) -> int:
    return int(difference(now, before) or 0)
