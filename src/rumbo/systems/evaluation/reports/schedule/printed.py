"""The document per area as text: a band for each goal, its twelve months, its quarters and its calendar strip."""

from typing import Any

from rumbo.core.rendering.charts import PRINT, calendar_strip
from rumbo.core.rendering.text import number
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.frame import Frame
from rumbo.systems.evaluation.reports.schedule.content import Programmed, Schedule
from rumbo.systems.evaluation.reports.words import Voice

TITLE = N_("Programación de metas e indicadores por área")
WIDTH = 239.0  # mm of a carta page on its side
STRIP = 38.0  # mm of the calendar strip of a goal


def print_schedule(content: Schedule) -> tuple[dict[str, Any], dict[str, bytes]]:
    frame, voice = content.frame, content.frame.voice
    say = voice.say
    images: dict[str, bytes] = {}
    areas = []
    for unit, goals in content.areas:
        areas.append(
            {
                "name": unit.name,
                "head": say(
                    N_("Titular: %(head)s · Enlace: %(liaison)s"),
                    head=unit.head_post or "–", liaison=unit.liaison_post or "–",
                ),
                "table": _table(content, goals, images),
            }
        )  # fmt: skip
    return {
        "frame": frame.data(name=say(TITLE), kind="PA"),
        "title": say(TITLE),
        "lead": say(
            N_(
                "Ejercicio %(year)s · emitida el %(day)s · valores programados en la unidad de cada indicador; las"
                " barras junto a cada meta son su calendario"
            ),
            year=frame.year.label,
            day=voice.long_date(frame.on),
        ),
        "areas": areas,
        "agreed": say(N_("Metas acordadas con la persona titular del área")),
        "people": [say(N_("Persona titular del área")), frame.settings.planning_unit_name],
        "date": say(N_("Fecha")),
        "signature": say(N_("Firma y sello")),
    }, images


def _table(content: Schedule, goals: Any, images: dict[str, bytes]) -> tables.Table:
    """Each goal under its name, with its calendar strip beside it; months share the width that the rest leaves."""
    voice = content.frame.voice
    texts = [_texts(goal) for goal in goals]
    month = tables.room((text for row in texts for text in row[:12]), 10.5, size=7)
    quarter = tables.room((text for row in texts for text in row[12:16]), 10.5, size=7)
    year = tables.room((text for row in texts for text in row[16:]), 14, size=7)
    crowded = 12 * month + 4 * quarter + year > WIDTH  # figures of eight digits: the quarters go to the line below
    rows: list[tables.Row] = []
    for goal, figures in zip(goals, texts, strict=True):
        code = tables.marked(goal.aligned.goal.code, Mark.NONE, critical=goal.aligned.goal.critical)
        name = f"strip-{goal.aligned.goal.code}.svg"
        images[name] = _strip(goal, goal.aligned.goal.code).encode()
        strip = tables.picture(name, _alt(content.frame, goal), STRIP)
        rows.append(tables.heading(f"{code} {goal.aligned.goal.statement}", 2, drawing=strip))
        details = _details(voice, goal)
        if crowded:
            told = (f"{_quarter(voice, one)} {figures[11 + one]}" for one in range(1, 5))
            details = f"{' · '.join(told)} · {details}"
        rows += [[*figures[:12], *([] if crowded else figures[12:16]), *figures[16:]], tables.remark(details)]
    return tables.table(_columns(content, None if crowded else quarter, year), rows)


def _columns(content: Schedule, quarter: float | None, year: float) -> list[dict[str, Any]]:
    voice = content.frame.voice
    by_month, by_quarter = voice.say(N_("Programado por mes")), voice.say(N_("Por trimestre"))
    columns = [tables.column(voice.short_month(one.month), 0, "right", by_month) for one in content.frame.year.months]
    if quarter is not None:
        columns += [tables.column(_quarter(voice, one), quarter, "right", by_quarter) for one in range(1, 5)]
    return [*columns, tables.column(voice.say(N_("Meta anual")), year, "right")]


def _quarter(voice: Voice, number_: int) -> str:
    return voice.say(N_("T%(number)s"), number=number_)


def _texts(goal: Programmed) -> list[str]:
    """Twelve months, four quarters, the year."""
    places, programme = goal.indicator.decimals, goal.aligned.programme
    target = programme.annual_target if programme else None
    *figures, annual = tables.figures([*goal.in_time.months, *goal.in_time.quarters, target], places)
    if programme is not None and programme.low is not None and programme.high is not None:
        annual = f"{number(programme.low, places)}–{number(programme.high, places)}"
    return [*figures, annual]


def _strip(goal: Programmed, code: str) -> str:
    return calendar_strip(goal.in_time.months, title=code, width=STRIP * 3.8, height=12, palette=PRINT)


def _alt(frame: Frame, goal: Programmed) -> str:
    voice = frame.voice
    said = [
        f"{voice.short_month(month.month)} {number(value)}"
        for month, value in zip(frame.year.months, goal.in_time.months, strict=True)
        if value is not None
    ]
    return voice.say(N_("Programado por mes: %(months)s"), months=", ".join(said) or "–")


def _details(voice: Voice, goal: Programmed) -> str:
    """Objective, line, indicator, unit, direction, accumulation, means of verification and responsible post."""
    say, indicator, aligned = voice.say, goal.indicator, goal.aligned
    above = [
        f"{element.level.singular} {element.code} {element.statement}"
        for element in aligned.chain[1:2] + aligned.chain[2:][-1:]
    ]
    parts = [
        *above,
        say(N_("Indicador: %(name)s (%(unit)s)"), name=indicator.name, unit=indicator.unit_of_measure),
        say(Direction(indicator.direction).technical),
        say(Accumulation(indicator.accumulation).technical),
        say(N_("Medio de verificación: %(means)s"), means=indicator.means_of_verification or "–"),
        say(N_("Responsable: %(post)s"), post=aligned.goal.responsible_post or "–"),
    ]
    return " · ".join(parts)
