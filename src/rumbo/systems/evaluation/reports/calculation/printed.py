"""«¿Cómo se calculó?» on paper: the steps of the page, in its order, for who audits without a screen."""

from typing import TYPE_CHECKING, Any

from rumbo.core.engine import Explanation
from rumbo.core.engine.explain import written
from rumbo.core.rendering.stretches import stretch_name
from rumbo.core.rendering.text import number, short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.frame import Frame
from rumbo.systems.evaluation.reports.moments import day_of

if TYPE_CHECKING:
    from rumbo.core.engine.explanation import Band
    from rumbo.foundation.review.queries import Decided
    from rumbo.systems.evaluation.presenters.calculations import GoalCalculation, MonthRead
    from rumbo.systems.evaluation.reports.words import Voice
    from rumbo.systems.indicators.queries.made import OfMonth

TITLE = N_("Memoria de cálculo")
KIND = "MC"
COMPLEMENTARY = N_("Indicador complementario: se informa; el porcentaje de la meta lo da el principal.")


def print_calculation(frame: Frame, calculation: "GoalCalculation") -> dict[str, Any]:
    """What `document.typ` takes."""
    voice, one = frame.voice, calculation.explained
    goal = calculation.goal
    return {
        "frame": frame.data(name=voice.say(TITLE), kind=f"{KIND}-{calculation.code}"),
        "title": f"{voice.say(TITLE)} · {calculation.code}",
        "lead": f"{voice.month_and_year(frame.period)} · {goal.unit.name}",
        "statement": f"{goal.code} {goal.statement}" if calculation.complementary else goal.statement,
        "figures": _figures(voice, one),
        "facts": _facts(voice, calculation),
        "warnings": _warnings(voice, calculation),
        "steps": [
            _taken(voice, calculation),
            _accumulated(voice, one),
            _compared(voice, calculation),
            _judged(voice, calculation),
            _others(voice, calculation),
            _signed(frame, calculation),
        ],
    }


def _figures(voice: "Voice", one: Explanation) -> list[dict[str, Any]]:
    return [
        {"label": voice.say(N_("Cumplimiento al corte")), "value": voice.percent(one.percentage, one.decimals)},
        {"label": voice.say(N_("Semáforo")), "light": one.light.key},
        {"label": voice.say(N_("Clasificación")), "class": one.performance_class.key or "none"},
        {"label": voice.say(N_("Avance anual")), "value": voice.percent(one.year_percentage, one.decimals)},
    ]


def _facts(voice: "Voice", calculation: "GoalCalculation") -> list[list[str]]:
    indicator, one = calculation.indicator, calculation.explained
    pairs = [
        (N_("Indicador"), f"{indicator.code} · {indicator.name}"),
        (N_("Qué es de la meta"), voice.say(COMPLEMENTARY) if calculation.complementary else ""),
        (N_("Definición"), indicator.definition),
        (N_("Unidad de medida"), indicator.unit_of_measure),
        (N_("Sentido"), voice.say(one.direction.label)),
        (N_("Acumulación"), voice.say(one.accumulation.label)),
        (N_("Línea base"), "" if indicator.baseline is None else number(indicator.baseline, indicator.decimals)),
        (N_("Meta anual"), "" if one.annual_target is None else number(one.annual_target, indicator.decimals)),
        (N_("Fuente"), indicator.source),
        (N_("Medio de verificación"), indicator.means_of_verification),
    ]
    return [[voice.say(label), value] for label, value in pairs if value]


def _warnings(voice: "Voice", calculation: "GoalCalculation") -> list[str]:
    """What changed after the month was sealed, or that it was not sealed yet."""
    found = calculation.found
    if calculation.opened.month.closing is None:
        return [voice.say(N_("Mes abierto: el resultado es provisional."))]
    if found.today is None:
        return []
    said = [
        voice.say(
            N_("Lo cerrado no cambia: esta es la cifra que se selló. Con los datos de hoy resultaría %(today)s."),
            today=voice.percent(found.today.percentage, found.today.decimals),
        )
    ]
    said += [
        voice.say(
            N_("%(month)s: de %(before)s a %(after)s, corrección decidida el %(day)s."),
            month=voice.month(Period.of(change.capture.period)),
            before=number(change.before_numerator),
            after=number(change.after_numerator),
            day=short_date(change.decided_on),
        )
        for change in found.later
    ]
    if not found.agrees:
        said.append(
            voice.say(
                N_("Después del cierre cambió también lo programado: los pasos de abajo usan la programación de hoy.")
            )
        )
    return said


def _taken(voice: "Voice", calculation: "GoalCalculation") -> dict[str, Any]:
    say, indicator, formula = voice.say, calculation.indicator, calculation.formula
    columns = [
        tables.column(say(N_("Mes")), 22),
        tables.column(say(N_("Programado")), 30, "right"),
        tables.column(say(N_("Realizado")), 30, "right"),
        tables.column(say(N_("Captura")), 26),
        tables.column(say(N_("Evidencia")), 0),
    ]
    rows: list[tables.Row] = [_month(voice, month) for month in calculation.months]
    lines = []
    if formula is not None:
        lines = _formula(voice, calculation, formula)
    elif indicator.formula:
        lines = [[say(N_("Fórmula del indicador")), indicator.formula]]
    if indicator.denominator_name and not (formula and formula.variables):
        lines.append([say(N_("Numerador ÷ denominador")), f"{indicator.numerator_name} ÷ {indicator.denominator_name}"])
    return {
        "title": say(N_("Lo que se tomó")),
        "table": tables.table(columns, rows, empty=say(N_("Todavía no corresponde ningún corte de este año."))),
        "lines": lines,
    }


def _formula(voice: "Voice", calculation: "GoalCalculation", formula: "OfMonth") -> list[list[str]]:
    """The formula in symbols, each variable or week with its figures, and the operation of the month."""
    lines = [[voice.say(N_("Fórmula del indicador")), formula.symbols]] if formula.symbols else []
    for part in formula.parts:
        said = part.told.numbers if part.told else part.reason
        if said:
            lines.append([_capital(stretch_name(part.slot, voice.translate)), said])
    lines += [[one.title, f"{written(value)} {one.unit}".strip()] for one, value in formula.told_variables]
    return [*lines, _attempted(voice, calculation, formula)]


def _attempted(voice: "Voice", calculation: "GoalCalculation", formula: "OfMonth") -> list[str]:
    """The formula with the numbers of the month shown; a month that is not known has no name."""
    shown, problem = calculation.shown_period, formula.attempt.problem
    told = fill(problem.template, problem.params, voice.translate) if problem else ""
    month = "" if shown is None else voice.month_and_year(Period.of(shown))
    return [_capital(month), f"{formula.attempt.numbers} {told}".strip()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _month(voice: "Voice", month: "MonthRead") -> tables.Row:
    taken, say = month.evidence, voice.say
    actual = _parts(taken.actual, taken.actual_den) if taken.reported else say(N_("sin reporte")) if taken.owed else "–"
    state = say(CaptureState(month.capture.state).label) if month.capture else ""
    if month.capture and month.capture.historical:
        state = say(N_("carga histórica"))
    reserved = say(N_("Evidencia reservada"))
    pieces = [f"{reserved if one.reserved else one.file_name} ({one.digest[:12]})" for one in month.pieces]
    return [
        voice.month(Period.of(month.period)),
        _parts(taken.programmed, taken.programmed_den),
        actual,
        state,
        ", ".join(pieces) or "–",
    ]


def _parts(value: float | None, denominator: float | None) -> str:
    return written(value) if denominator is None else f"{written(value)} ÷ {written(denominator)}"


def _accumulated(voice: "Voice", one: Explanation) -> dict[str, Any]:
    lines = [
        [
            voice.say(N_("Programado acumulado (P)")),
            one.programmed.numbers if one.programmed.value is not None else "–",
        ],
        [voice.say(N_("Realizado acumulado (R)")), one.actual.numbers if one.actual.value is not None else "–"],
    ]
    return {
        "title": voice.say(N_("Cómo se acumula")),
        "said": [f"{voice.say(one.accumulation.label)} · {voice.say(one.direction.label)}"],
        "lines": lines,
    }


def _compared(voice: "Voice", calculation: "GoalCalculation") -> dict[str, Any]:
    say, one = voice.say, calculation.explained
    said, lines = [], []
    if one.compliance.value is None:
        said = [f"{say(N_('Sin porcentaje.'))} {say(one.reason.label)}".strip()]
    else:
        lines = [
            [say(N_("Fórmula")), one.compliance.symbols],
            [say(N_("Con sus números")), one.compliance.numbers],
            [say(N_("Redondeado, la mitad hacia arriba")), voice.percent(one.percentage, one.decimals)],
        ]
    if one.original is not None:
        label = say(N_("Contra lo programado originalmente"))
        lines.append([label, voice.percent(one.original, one.decimals)])
    if one.distance is not None:
        unit = calculation.indicator.unit_of_measure
        lines.append([say(N_("Distancia")), f"{one.distance.symbols} = {one.distance.numbers} {unit}"])
    return {"title": say(N_("Cumplimiento al corte")), "said": said, "lines": lines}


def _judged(voice: "Voice", calculation: "GoalCalculation") -> dict[str, Any]:
    """The scale: where the figure falls is said with a mark and in bold, since colour does not photocopy."""
    say, one, unit = voice.say, calculation.explained, calculation.indicator.unit_of_measure
    lights: list[tables.Row] = [
        [_mark(band), tables.light(Light(band.code)), _distances(voice, band, unit)] for band in one.unit_bands
    ] or [[_mark(band), tables.light(Light(band.code)), _percents(voice, band)] for band in one.light_bands]
    classes: list[tables.Row] = [
        [_mark(band), tables.grade(PerformanceClass(band.code)), _percents(voice, band)]
        for band in (() if one.unit_bands else one.class_bands)
    ]
    said = [fill(note.template, note.params, voice.translate) for note in one.notes]
    if one.marks:
        marks = ", ".join(f"{mark.symbol} {say(mark.label)}" for mark in one.marks)
        said.append(say(N_("Marcas: %(marks)s."), marks=marks))
    return {
        "title": say(N_("Semáforo y clasificación")),
        "tables": [
            _scale(voice, N_("Semáforo"), lights),
            *([_scale(voice, N_("Clasificación"), classes)] if classes else []),
        ],
        "said": said,
    }


def _scale(voice: "Voice", name: str, rows: list[tables.Row]) -> dict[str, Any]:
    return tables.table(
        [
            tables.column("", 6, "center"),
            tables.column(voice.say(name), 38),
            tables.column(voice.say(N_("Corresponde a")), 0),
        ],
        rows,
    )


def _mark(band: "Band") -> tables.Cell:
    return tables.strong("▸") if band.matched else ""


def _percents(voice: "Voice", band: "Band") -> tables.Cell:
    low, high = voice.percent(band.low, 0), voice.percent(band.high, 0)
    if band.high is None:
        text = voice.say(N_("%(low)s o más"), low=low)
    elif band.low is None:
        text = voice.say(N_("menos de %(high)s"), high=high)
    else:
        text = voice.say(N_("de %(low)s a menos de %(high)s"), low=low, high=high)
    return tables.strong(text) if band.matched else text


def _distances(voice: "Voice", band: "Band", unit: str) -> tables.Cell:
    if band.high is None:
        text = voice.say(N_("más de %(low)s %(unit)s de distancia"), low=written(band.low), unit=unit)
    else:
        text = voice.say(N_("hasta %(high)s %(unit)s de distancia"), high=written(band.high), unit=unit)
    return tables.strong(text) if band.matched else text


def _others(voice: "Voice", calculation: "GoalCalculation") -> dict[str, Any]:
    say, one, indicator = voice.say, calculation.explained, calculation.indicator
    lines = [
        [say(N_("Cumplimiento del mes")), voice.percent(one.month_percentage, one.decimals)],
        [say(N_("Avance anual")), voice.percent(one.year_percentage, one.decimals)],
        [say(N_("Diferencia")), f"{number(one.gap, signed=True)} {indicator.unit_of_measure}"],
    ]
    if calculation.since is not None and one.streak > 1:
        since = voice.month_and_year(Period.of(calculation.since))
        lines.append(
            [say(N_("En este semáforo")), say(N_("%(count)s cortes, desde %(since)s"), count=one.streak, since=since)]
        )
    return {"title": say(N_("Las otras cifras")), "lines": lines}


def _signed(frame: Frame, calculation: "GoalCalculation") -> dict[str, Any]:
    say = frame.voice.say
    version, closing = calculation.found.version, frame.closing
    lines = [[short_date(day_of(one.at)), _decision(frame.voice, one)] for one in calculation.decisions]
    if version is not None:
        rule = N_("Versión %(number)s, vigente desde el %(since)s")
        lines.append([say(N_("Escala")), say(rule, number=version.number, since=short_date(version.effective_from))])
    if closing is not None:
        lines.append([frame.closing_kind(closing), f"{short_date(closing.closed_on)} · {closing.digest}"])
    return {"title": say(N_("Quién y con qué regla")), "lines": lines}


def _decision(voice: "Voice", one: "Decided") -> str:
    said = " · ".join(text for text in (voice.say(one.label), one.post) if text)
    return f"{said}: «{one.reason}»" if one.reason else said
