"""Early warnings, and the commitments of months before whose date has come."""

from typing import Any

from rumbo.core.engine.comparing import PaceKind
from rumbo.core.rendering.text import integer, number, short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.reason import Reason
from rumbo.core.vocabulary.risk import Risk, Sureness
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.systems.evaluation.queries.warnings import reasons_told
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.moments import day_of
from rumbo.systems.evaluation.reports.monthly import sentences
from rumbo.systems.evaluation.reports.monthly.shapes import GoalLine, Monthly
from rumbo.systems.evaluation.reports.words import Voice

_PACES = {
    PaceKind.DO: N_("%(amount)s en cada uno de los %(reports)s reportes que faltan (unidad: %(unit)s)"),
    PaceKind.NOT_EXCEED: N_(
        "no más de %(amount)s en cada uno de los %(reports)s reportes que faltan (unidad: %(unit)s)"
    ),
    PaceKind.REACH: N_("llegar a %(amount)s en su último reporte del año (unidad: %(unit)s)"),
    PaceKind.REACHED: N_("la meta anual ya se alcanzó"),
    PaceKind.EXCEEDED: N_("el máximo del año ya se rebasó por %(amount)s (unidad: %(unit)s)"),
    PaceKind.YEAR_OVER: N_("no quedan reportes en el año"),
}
_ONE_LEFT = {
    PaceKind.DO: N_("%(amount)s en el único reporte que falta (unidad: %(unit)s)"),
    PaceKind.NOT_EXCEED: N_("no más de %(amount)s en el único reporte que falta (unidad: %(unit)s)"),
}


def pace(voice: Voice, line: GoalLine) -> str:
    """«Ritmo necesario» in words; empty where the goal has no target to reach."""
    found = line.pace
    if found is None:
        return ""
    template = _ONE_LEFT.get(found.kind, _PACES[found.kind]) if found.reports == 1 else _PACES[found.kind]
    # A pace in whole units is told in whole units, one decimal otherwise: it is a guide, not a figure of the month.
    decimals = line.row.decimals if found.kind in (PaceKind.REACH, PaceKind.EXCEEDED) else max(line.row.decimals, 1)
    return voice.say(
        template, amount=number(found.amount, decimals), unit=line.row.unit_of_measure, reports=integer(found.reports)
    )


def warnings(report: Monthly) -> dict[str, Any]:
    voice = report.frame.voice
    say = voice.say
    return {
        "risks": risks(report),
        "items": [_warning(report, line) for line in report.warnings],
        "empty": say(N_("Ninguna meta crítica o en riesgo al corte.")),
        "commitments": tables.table(
            [
                tables.column(say(N_("Clave")), 13),
                tables.column(say(N_("Área")), 14),
                tables.column(say(N_("Compromiso")), 0),
                tables.column(say(N_("Responsable")), 28),
                tables.column(say(N_("De")), 17),
                tables.column(say(N_("Fecha compromiso")), 18),
                tables.column(say(N_("Qué resultó")), 35),
            ],
            [
                [
                    line.row.code,
                    line.row.unit_code,
                    line.due.corrective_action,
                    line.due.responsible_post,
                    voice.month(Period.of(line.due.period)),
                    short_date(line.due.commitment_on),
                    outcome(voice, line),
                ]
                for line in report.due_commitments
                if line.due is not None
            ],
            empty=sentences.overdue(voice, commitments=0, due=0),
        ),
        "overdue": sentences.overdue(voice, commitments=len(report.overdue), due=len(report.due_commitments)),
    }


def outcome(voice: Voice, line: GoalLine) -> str:
    said = line.due.outcome if line.due else ""
    if line.fulfilled:
        state = voice.say(N_("Atendido: está en meta."))
    else:
        state = voice.say(N_("Vencido: sigue %(light)s."), light=lower_light(voice, line.row.light))
    return f"{state} {said}".strip()


def lower_light(voice: Voice, light: Light) -> str:
    """«en rezago», inside a sentence."""
    word = voice.say(light.label)
    return word[:1].lower() + word[1:]


def _warning(report: Monthly, line: GoalLine) -> dict[str, Any]:
    voice, row, said = report.frame.voice, line.row, line.said
    say = voice.say
    if row.light.is_colour:
        standing = sentences.standing(
            voice,
            light=lower_light(voice, row.light),
            months=row.streak,
            monthly=line.indicator.frequency == Frequency.MONTHLY,
            share=voice.percent(row.compliance_to_date),
            since=voice.month(line.since) if line.since else "",
        )
    else:
        standing = f"{say(row.light.label)}. {say(Reason(row.reason).label)}"
    cause = ""
    if said:
        kind = f"{say(said.cause_kind.label)}. " if said.cause_kind else ""
        cause = f"{kind}{said.cause}"
    due = (said.commitment_on if said else None) or (line.due.commitment_on if line.due else None)
    return {
        "light": row.light.key,
        "code": tables.marked(row.code, row.marks, critical=row.critical),
        "statement": row.statement,
        "area": row.unit_name,
        "pairs": [
            [label, text]
            for label, text in (
                (say(N_("Situación")), standing),
                (say(N_("Riesgo del año")), risk(voice, line)),
                *_explained(report, cause, said.corrective_action if said else ""),
                (say(N_("Ritmo necesario")), _sentence(pace(voice, line))),
                (say(N_("Seguimiento")), follow_up(voice, line)),
                (
                    say(N_("Responsable y fecha")),
                    " · ".join(
                        part
                        for part in (
                            (said.responsible_post if said else "") or line.goal.responsible_post,
                            short_date(due) if due else "",
                            _commitment_state(report, line),
                        )
                        if part
                    ),
                ),
            )
            if text
        ],
    }


def _explained(report: Monthly, cause: str, action: str) -> list[tuple[str, str]]:
    """Cause and action, or in one line that the area gave neither."""
    say = report.frame.voice.say
    if not cause and not action:
        return [(say(N_("Causa y acción")), say(N_("Sin causa ni acción capturadas.")))]
    return [
        (say(N_("Causa")), cause or say(N_("Sin causa capturada."))),
        (say(N_("Acción correctiva")), action or say(N_("Sin acción capturada."))),
    ]


def risks(report: Monthly) -> str:
    """How many goals are likely to miss the year, and when that was estimated."""
    voice, found = report.frame.voice, report.risks
    if not found:
        return voice.say(N_("El riesgo de no cumplir la meta del año no se había estimado al hacer este informe."))
    day = max(line.outlook.estimated_at for line in report.lines if line.outlook)
    return voice.say(
        N_(
            "Riesgo de no cumplir la meta del año, estimado el %(day)s: alto en %(high)s metas, medio en %(medium)s y"
            " bajo en %(low)s; %(critical)s indicadores críticos en riesgo medio o alto."
        ),
        day=short_date(day_of(day)),
        high=integer(found[Risk.HIGH]),
        medium=integer(found[Risk.MEDIUM]),
        low=integer(found[Risk.LOW]),
        critical=integer(len(report.critical_at_risk)),
    )


def risk(voice: Voice, line: GoalLine) -> str:
    """«Riesgo alto: lleva 3 meses por debajo de lo programado. Seguridad media.»; empty where nothing was foreseen."""
    if line.outlook is None:
        return ""
    why = reasons_told(line.outlook, decimals=max(line.row.decimals, 1), translate=voice.translate, brief=True)
    said = f"{voice.say(line.risk.label)}: {'; '.join(why)}." if why else f"{voice.say(line.risk.label)}."
    return f"{said} {voice.say(Sureness(line.outlook.sureness).label)}."


def follow_up(voice: Voice, line: GoalLine) -> str:
    """Where the warning stands, what was decided, who answers and by when; empty without a warning."""
    found = line.follow_up
    if found is None:
        return ""
    said = [voice.say(WarningState(found.state).label)]
    if found.decision:
        due = voice.say(N_("para el %(day)s"), day=short_date(found.due_on))
        said.append(f"{found.decision.rstrip('.')} ({found.responsible_post}, {due})")
    if found.done_on:
        done = voice.say(N_("Cumplida el %(day)s"), day=short_date(found.done_on))
        said.append(f"{done}: {found.outcome.rstrip('.')}")
    if found.state == WarningState.CLOSED:
        said.append(voice.say(found.closed_reason).rstrip("."))
    return ". ".join(said) + "."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _commitment_state(report: Monthly, line: GoalLine) -> str:
    say, said = report.frame.voice.say, line.said
    if said is None or said.commitment_on is None:
        return say(N_("sin fecha compromiso"))
    return say(N_("vencido")) if said.commitment_on <= report.closing.cutoff_on else say(N_("vigente"))
