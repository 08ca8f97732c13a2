"""Cover and control sheet as text."""

from typing import Any

from rumbo.core.rendering.text import short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly

TITLE = N_("Informe mensual de evaluación de metas e indicadores")


def cover(report: Monthly) -> dict[str, Any]:
    """Evaluated month and month of delivery are two data, both in sight (Q-12)."""
    frame, say = report.frame, report.frame.voice.say
    lines = [say(N_("Periodo evaluado: %(month)s"), month=frame.voice.month_and_year(report.period))]
    if frame.delivery:
        lines.append(frame.delivery)
    facts = [
        (say(N_("Fecha de corte")), frame.voice.long_date(report.closing.cutoff_on)),
        (say(N_("Fecha de cierre")), f"{frame.voice.long_date(report.closing.closed_on)} · {closing_name(report)}"),
        (say(N_("Fecha de emisión")), frame.voice.long_date(frame.on)),
        (say(N_("Contrato núm.")), frame.settings.contract_number),
        (say(N_("Prestador del servicio")), frame.settings.contractor_name),
        (say(N_("Área solicitante")), frame.settings.requesting_area_name),
        (say(N_("Folio")), frame.folio("IME")),
    ]
    return {
        "title": say(TITLE),
        "subtitle": frame.institution.name,
        "lines": lines,
        "facts": [[label, value] for label, value in facts if value],
    }


def closing_name(report: Monthly) -> str:
    """«Cierre ordinario, núm. 1»."""
    frame = report.frame
    return frame.voice.say(
        N_("%(kind)s, núm. %(number)s"), kind=frame.closing_kind(report.closing), number=report.closing.number
    )


def control(report: Monthly) -> dict[str, Any]:
    frame, say = report.frame, report.frame.voice.say
    contract = [
        (say(N_("Contrato núm.")), frame.settings.contract_number),
        (say(N_("Prestador del servicio")), frame.settings.contractor_name),
        (say(N_("Área solicitante")), frame.settings.requesting_area_name),
        (say(N_("Entrega")), frame.delivery),
        (say(N_("Periodo evaluado")), frame.voice.month_and_year(report.period)),
        (say(N_("Corte")), frame.voice.long_date(report.closing.cutoff_on)),
    ]
    return {
        "contract": [[label, value] for label, value in contract if value],
        "contents": [
            [say(N_("a) Cuadro de metas actualizado")), "goal-table"],
            [say(N_("b) Ficha global de metas, clasificadas de mayor a menor cumplimiento")), "global-sheet"],
            [say(N_("c) Tablero de control de cada área, actualizado")), "boards"],
            [say(N_("Alertas tempranas y compromisos")), "warnings"],
            [say(N_("Novedades del mes")), "news"],
            [say(N_("Acompañamiento técnico")), "support"],
            [say(N_("Anexo A. Metodología")), "method"],
            [say(N_("Anexo B. Índice de evidencias")), "evidence"],
        ],
        "closings": _closings(report),
        "people": [
            {"role": say(role), "post": report.posts.get(key, "")}
            for role, key in (
                (N_("Elaboró"), "prepared"),
                (N_("Revisó"), "reviewed"),
                (N_("Vo. Bo."), "approved"),
                (N_("Recibió"), "received"),
            )
        ],
        "proof": [
            [say(N_("Huella del cierre")), report.closing.digest],
            [say(N_("Bitácora al cerrar")), report.closing.audit_hash],
            [say(N_("Bitácora al emitir")), frame.audit_head],
            [say(N_("Consulta del cierre")), frame.address],
        ],
    }


def _closings(report: Monthly) -> tables.Table:
    """Every closing of the year until this one, and why those after the first were made."""
    frame, say = report.frame, report.frame.voice.say
    return tables.table(
        [
            tables.column(say(N_("Mes")), 17),
            tables.column(say(N_("Cierre")), 38),
            tables.column(say(N_("Fecha")), 20),
            tables.column(say(N_("Motivo")), 0),
            tables.column(say(N_("Huella")), 26),
        ],
        [
            [
                frame.voice.month(Period.of(one.period)),
                say(N_("%(kind)s, núm. %(number)s"), kind=frame.closing_kind(one), number=one.number)
                + ("" if one.current else f" ({say(N_('sustituido'))})"),
                short_date(one.closed_on),
                " · ".join(part for part in (one.reason, one.letter_number) if part) or "–",
                one.digest[:12],
            ]
            for one in report.closings
        ],
    )
