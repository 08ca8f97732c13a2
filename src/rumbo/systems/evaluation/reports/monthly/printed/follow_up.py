"""Early warnings and commitments, the month's news, technical assistance, and the index of evidence."""

from typing import Any

from rumbo.core.engine.comparing import PaceKind, difference
from rumbo.core.rendering.text import integer, number, short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.reason import Reason
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.systems.evaluation.queries.support import SupportLine
from rumbo.systems.evaluation.reports import tables
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
        "items": [_warning(report, line) for line in report.warnings],
        "empty": say(N_("Ninguna meta crítica o en riesgo al corte.")),
        "commitments": tables.table(
            [
                tables.column(say(N_("Clave")), 13),
                tables.column(say(N_("Área")), 14),
                tables.column(say(N_("Compromiso")), 0),
                tables.column(say(N_("Responsable")), 32),
                tables.column(say(N_("De")), 16),
                tables.column(say(N_("Fecha compromiso")), 20),
                tables.column(say(N_("Qué resultó")), 42),
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
        state = voice.say(N_("Atendido: la meta está en meta."))
    else:
        state = voice.say(N_("Vencido: la meta sigue %(light)s."), light=lower_light(voice, line.row.light))
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
                (say(N_("Causa")), cause or say(N_("Sin causa capturada."))),
                (
                    say(N_("Acción correctiva")),
                    (said.corrective_action if said else "") or say(N_("Sin acción capturada.")),
                ),
                (say(N_("Ritmo necesario")), _sentence(pace(voice, line))),
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


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _commitment_state(report: Monthly, line: GoalLine) -> str:
    say, said = report.frame.voice.say, line.said
    if said is None or said.commitment_on is None:
        return say(N_("sin fecha compromiso"))
    return say(N_("vencido")) if said.commitment_on <= report.closing.cutoff_on else say(N_("vigente"))


def news(report: Monthly) -> dict[str, Any]:
    """What the auditor reads first."""
    voice = report.frame.voice
    say = voice.say
    return {
        "targets": tables.table(
            [
                tables.column(say(N_("Clave")), 13),
                tables.column(say(N_("Meta")), 46),
                tables.column(say(N_("Antes")), 30),
                tables.column(say(N_("Después")), 30),
                tables.column(say(N_("Motivo")), 0),
                tables.column(say(N_("Oficio")), 24),
            ],
            [
                [
                    change.programme.indicator.goal.code,
                    change.programme.indicator.goal.statement,
                    *programmed_change(voice, change),
                    change.reason,
                    f"{change.letter_number} · {short_date(change.decided_on)}",
                ]
                for change in report.target_changes
            ],
            empty=say(N_("Ninguna meta se reprogramó en el mes.")),
        ),
        "adjustments": tables.table(
            [
                tables.column(say(N_("Clave")), 13),
                tables.column(say(N_("Mes corregido")), 22),
                tables.column(say(N_("Antes")), 20, "right"),
                tables.column(say(N_("Después")), 20, "right"),
                tables.column(say(N_("Efecto")), 20, "right"),
                tables.column(say(N_("Motivo")), 0),
            ],
            [
                [
                    one.capture.indicator.goal.code,
                    voice.month(Period.of(one.capture.period)),
                    number(one.before_numerator),
                    number(one.after_numerator),
                    number(_effect(one.before_numerator, one.after_numerator), signed=True),
                    one.reason,
                ]
                for one in report.adjustments
            ],
            empty=say(N_("Ningún mes anterior se ajustó en este cierre.")),
        ),
        "differences": tables.table(
            [
                tables.column(say(N_("Clave")), 13),
                tables.column(say(N_("Cumplimiento antes")), 34, "right"),
                tables.column(say(N_("Cumplimiento después")), 36, "right"),
                tables.column(say(N_("Semáforo antes")), 0),
                tables.column(say(N_("Semáforo después")), 0),
            ],
            [
                [
                    one.code,
                    voice.percent(one.before),
                    voice.percent(one.after),
                    tables.light(one.light_before),
                    tables.light(one.light_after),
                ]
                for one in report.differences
            ],
            empty=say(N_("Este cierre no sustituye a otro.")),
        ),
        "late": tables.table(
            [
                tables.column(say(N_("Clave")), 13),
                tables.column(say(N_("Meta")), 0),
                tables.column(say(N_("Área")), 16),
                tables.column(say(N_("Enviada")), 22),
                tables.column(say(N_("Días hábiles de atraso")), 30, "right"),
            ],
            [
                [
                    line.row.code,
                    line.row.statement,
                    line.row.unit_code,
                    short_date(line.capture.submitted_on),
                    integer(line.capture.days_late),
                ]
                for line in sorted(report.late, key=lambda one: one.row.code)
                if line.capture
            ],
            empty=say(N_("Ninguna captura llegó fuera de plazo.")),
        ),
        "omissions": tables.table(
            [
                tables.column(say(N_("Área omisa")), 70),
                tables.column(say(N_("Capturas")), 18, "right"),
                tables.column(say(N_("Motivo con que se aceptó")), 0),
            ],
            [[f"{one.unit.code} {one.unit.name}", integer(one.count), one.reason] for one in report.omissions],
            empty=say(N_("Todas las áreas reportaron lo que debían.")),
        ),
        "returns": tables.table(
            [
                tables.column(say(N_("Clave")), 13),
                tables.column(say(N_("Área")), 44),
                tables.column(say(N_("Fecha")), 18),
                tables.column(say(N_("Devolvió")), 40),
                tables.column(say(N_("Motivo")), 0),
            ],
            [
                [
                    one.code,
                    one.unit_name,
                    short_date(one.decided.at.date()),
                    one.decided.post or "–",
                    " ".join(
                        part
                        for part in (
                            f"{say(ReturnReason(one.decided.reason_kind).label)}." if one.decided.reason_kind else "",
                            one.decided.reason,
                        )
                        if part
                    ),
                ]
                for one in report.returns
            ],
            empty=say(N_("Ninguna captura del mes fue devuelta.")),
        ),
    }


def _effect(before: Any, after: Any) -> float | None:
    return difference(float(after), float(before), 6) if before is not None and after is not None else None


def programmed_change(voice: Voice, change: Any) -> tuple[str, str]:
    """What an authorised change altered: before and after."""
    return (
        _programmed(voice, change.before, change.after, first=True),
        _programmed(voice, change.before, change.after, first=False),
    )


def _programmed(voice: Voice, before: Any, after: Any, *, first: bool) -> str:
    """The months that differ, as they were or as they are: «jul 171 / 180, ago …»."""
    side, other = (before, after) if first else (after, before)
    months, others = _by_period(side), _by_period(other)
    changed = [
        f"{voice.short_month(Period.of(period).month)} {value}"
        for period, value in sorted(months.items())
        if others.get(period) != value
    ]
    target = side.get("annual_target")
    if target != other.get("annual_target"):
        changed.insert(0, voice.say(N_("meta anual %(target)s"), target=_plain(target)))
    return ", ".join(changed) or "–"


def _by_period(side: Any) -> dict[int, str]:
    found = {}
    for period, numerator, denominator, *_ in side.get("months", ()):
        parts = [_plain(part) for part in (numerator, denominator) if part is not None]
        found[int(period)] = " / ".join(parts)
    return found


def _plain(value: Any) -> str:
    return number(float(value)) if value not in (None, "") else "–"


def support(report: Monthly) -> dict[str, Any]:
    """A1-16 and A1-17: advice and training, by area and one by one."""
    say = report.frame.voice.say
    empty = say(N_("Sin registros en el periodo."))
    return {
        "areas": tables.table(
            [
                tables.column(say(N_("Área")), 0),
                tables.column(say(N_("Asesorías")), 18, "right"),
                tables.column(say(N_("Respuesta más lenta")), 30),
                tables.column(say(N_("Capacitaciones")), 25, "right"),
                tables.column(say(N_("Personas capacitadas")), 21, "right"),
                tables.column(say(N_("Horas")), 13, "right"),
            ],
            [
                [
                    one.unit.name if one.unit else say(ALL_AREAS),
                    integer(one.advice),
                    waited(report.frame.voice, one.slowest) or "–",
                    integer(one.trainings),
                    integer(one.trained),
                    number(one.hours, 1),
                ]
                for one in report.support.areas
            ],
            empty=empty,
        ),
        "entries": tables.table(
            [
                tables.column(say(N_("Fecha")), 18),
                tables.column(say(N_("Tipo y área")), 42),
                tables.column(say(N_("Asunto y personas")), 0),
                tables.column(say(N_("Acuerdo")), 42),
                tables.column(say(N_("Atendió")), 32),
                tables.column(say(N_("Horas")), 12, "right"),
            ],
            [_attention(report, line) for line in report.support.lines],
        ),
    }


ALL_AREAS = N_("Todas las áreas")


def waited(voice: Voice, days: int | None) -> str:
    """«el mismo día», «3 días hábiles»; nothing when nobody asked."""
    if days is None:
        return ""
    if days == 0:
        return voice.say(N_("el mismo día"))
    return voice.say(N_("1 día hábil")) if days == 1 else voice.say(N_("%(days)s días hábiles"), days=integer(days))


def _attention(report: Monthly, line: SupportLine) -> tables.Row:
    voice, entry = report.frame.voice, line.entry
    say, month = voice.say, Period.containing(entry.attended_on)
    late = "" if month == report.period else say(N_("Registrada al cerrarse %(month)s."), month=voice.month(month))
    area = entry.unit.name if entry.unit else say(ALL_AREAS)
    attended = (
        say(N_("1 persona"))
        if entry.people_count == 1
        else say(N_("%(count)s personas"), count=integer(entry.people_count))
    )
    people = f"{attended}: {entry.people}" if entry.people else attended
    by = say(N_("Para el %(day)s."), day=short_date(entry.agreed_by)) if entry.agreed_by else ""
    agreed = " ".join(part for part in (entry.agreed, by) if part)
    return [
        short_date(entry.attended_on),
        f"{say(SupportKind(entry.kind).label)}. {area}",
        " ".join(part for part in (_ended(entry.subject), _ended(people), late) if part),
        agreed or "–",
        entry.attended_by,
        number(entry.hours, 1),
    ]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def evidence(report: Monthly) -> dict[str, Any]:
    """Code, file, date and digest; not the files. A reserved file is named by its kind alone."""
    say = report.frame.voice.say
    rows: list[tables.Row] = []
    for line in sorted(report.lines, key=lambda one: one.row.code):
        rows += [
            [
                line.row.code,
                file_name(say(N_("Evidencia reservada")), piece),
                short_date(piece.attached_at.date()),
                piece.digest,
            ]
            for piece in line.evidence
        ]
    return tables.table(
        [
            tables.column(say(N_("Clave")), 15),
            tables.column(say(N_("Archivo")), 58),
            tables.column(say(N_("Fecha")), 18),
            tables.column(say(N_("Huella (SHA-256)")), 0),
        ],
        rows,
        empty=say(N_("No se adjuntó evidencia en el periodo.")),
    )


def file_name(reserved: str, piece: Any) -> str:
    return reserved if piece.reserved else str(piece.file_name)
