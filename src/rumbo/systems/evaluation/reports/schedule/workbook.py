"""The document per area as one sheet that can be filtered; quarters and year of a sum are formulas over its months."""

from rumbo.core.rendering.workbook import Cell, Column, Formula, Kind, Workbook
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.schedule.content import Programmed, Schedule
from rumbo.systems.evaluation.reports.schedule.printed import TITLE

_QUARTERS = (("m1", "m3"), ("m4", "m6"), ("m7", "m9"), ("m10", "m12"))


def schedule_workbook(content: Schedule) -> bytes:
    frame, say = content.frame, content.frame.voice.say
    book = Workbook(
        say(TITLE),
        on=frame.on,
        banner=frame.banner or None,
        language=frame.voice.language,
        author=frame.institution.name,
        translate=frame.voice.translate,
    )
    month, quarter = say(N_("Programado por mes")), say(N_("Por trimestre"))
    columns = [
        Column(say(N_("Área")), width=10),
        Column(say(N_("Objetivo")), width=30),
        Column(say(N_("Línea")), width=30),
        Column(say(N_("Clave")), width=9),
        Column(say(N_("Meta")), width=46),
        Column(say(N_("Indicador")), width=34),
        Column(say(N_("Unidad")), width=14),
        Column(say(N_("Sentido")), width=13),
        Column(say(N_("Acumulación")), width=16),
        *(
            Column(frame.voice.short_month(one.month), Kind.NUMBER, 11, group=month, key=f"m{place}")
            for place, one in enumerate(frame.year.months, start=1)
        ),
        *(Column(say(N_("T%(number)s"), number=one), Kind.NUMBER, 12, group=quarter) for one in range(1, 5)),
        Column(say(N_("Meta anual")), Kind.NUMBER, 13),
        Column(say(N_("Medio de verificación")), width=30),
        Column(say(N_("Responsable")), width=28),
    ]
    rows = [_row(content, unit.code, goal) for unit, goals in content.areas for goal in goals]
    book.sheet(
        say(N_("Programación")),
        columns,
        rows,
        heading=say(TITLE),
        lead=f"{frame.institution.name} · {frame.year.label}",
        notes=[
            say(
                N_(
                    "En los cocientes, el mes muestra el cociente programado: numerador "
                    "entre denominador por su factor."
                )
            )
        ],
        frozen_columns=5,
    )
    return book.to_bytes()


def _row(content: Schedule, unit: str, goal: Programmed) -> list[Cell]:
    say, indicator, aligned = content.frame.voice.say, goal.indicator, goal.aligned
    chain = [f"{element.code} {element.statement}" for element in aligned.chain]
    programme = aligned.programme
    quarters: list[Cell] = [
        Formula(f"=SUM({{{first}}}:{{{last}}})", value) if goal.adds_up and value is not None else value
        for (first, last), value in zip(_QUARTERS, goal.in_time.quarters, strict=True)
    ]
    return [
        unit,
        chain[1] if len(chain) > 2 else (chain[0] if chain else None),
        chain[-1] if chain else None,
        aligned.goal.code,
        aligned.goal.statement,
        indicator.name,
        indicator.unit_of_measure,
        say(Direction(indicator.direction).technical),
        say(Accumulation(indicator.accumulation).technical),
        *(_month(goal, column, period) for column, period in enumerate(content.frame.year.periods)),
        *quarters,
        programme.annual_target if programme else None,
        indicator.means_of_verification,
        aligned.goal.responsible_post,
    ]


def _month(goal: Programmed, column: int, period: int) -> Cell:
    """The programmed value; of a ratio, its quotient as a formula of its two parts."""
    value = goal.in_time.months[column]
    target = goal.targets.get(period)
    if value is None or target is None or target.numerator is None or not target.denominator:
        return value
    parts = (target.numerator, target.denominator, goal.indicator.factor)
    numerator, denominator, factor = (format(part.normalize(), "f") for part in parts)
    return Formula(f"={numerator}/{denominator}*{factor}", value)
