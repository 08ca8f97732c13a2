"""The month's news: what was reprogrammed, adjusted, late, omitted or given back."""

from typing import Any

from rumbo.core.engine.comparing import difference
from rumbo.core.rendering.text import integer, number, short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.moments import day_of
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly, Returned
from rumbo.systems.evaluation.reports.words import Voice


def news(report: Monthly) -> dict[str, Any]:
    """What the auditor reads first."""
    return {
        "targets": _targets(report),
        "adjustments": _adjustments(report),
        "differences": _differences(report),
        "late": _late(report),
        "omissions": _omissions(report),
        "returns": _returns(report),
    }


def _targets(report: Monthly) -> tables.Table:
    """Goals programmed again with an authorised letter."""
    voice = report.frame.voice
    say = voice.say
    return tables.table(
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
    )


def _adjustments(report: Monthly) -> tables.Table:
    """Corrections of earlier months that entered this one."""
    voice = report.frame.voice
    say = voice.say
    return tables.table(
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
    )


def _differences(report: Monthly) -> tables.Table:
    """What a complementary closing changed against the one it replaced."""
    voice = report.frame.voice
    say = voice.say
    return tables.table(
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
    )


def _late(report: Monthly) -> tables.Table:
    say = report.frame.voice.say
    return tables.table(
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
    )


def _omissions(report: Monthly) -> tables.Table:
    say = report.frame.voice.say
    return tables.table(
        [
            tables.column(say(N_("Área omisa")), 70),
            tables.column(say(N_("Capturas")), 18, "right"),
            tables.column(say(N_("Motivo con que se aceptó")), 0),
        ],
        [[f"{one.unit.code} {one.unit.name}", integer(one.count), one.reason] for one in report.omissions],
        empty=say(N_("Todas las áreas reportaron lo que debían.")),
    )


def _returns(report: Monthly) -> tables.Table:
    say = report.frame.voice.say
    return tables.table(
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
                short_date(day_of(one.decided.at)),
                one.decided.post or "–",
                _why(report, one),
            ]
            for one in report.returns
        ],
        empty=say(N_("Ninguna captura del mes fue devuelta.")),
    )


def _why(report: Monthly, one: Returned) -> str:
    """The typed reason, and what was written beside it."""
    kind = one.decided.reason_kind
    said = (f"{report.frame.voice.say(ReturnReason(kind).label)}." if kind else "", one.decided.reason)
    return " ".join(part for part in said if part)


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
