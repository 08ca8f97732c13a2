"""Technical assistance: advice and training."""

from typing import Any

from rumbo.core.rendering.text import integer, number, short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.systems.evaluation.queries.support import SupportLine
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly
from rumbo.systems.evaluation.reports.words import Voice

ALL_AREAS = N_("Todas las áreas")


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
                tables.column(say(N_("Tipo y área")), 34),
                tables.column(say(N_("Asunto y personas")), 0),
                tables.column(say(N_("Acuerdo")), 36),
                tables.column(say(N_("Atendió")), 26),
                tables.column(say(N_("Horas")), 12, "right"),
            ],
            [_attention(report, line) for line in report.support.lines],
        ),
    }


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
