"""The report as the document takes it: text, tables and drawings. `print_report` gives the data and the images."""

from typing import Any

import segno

from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.monthly.method import method
from rumbo.systems.evaluation.reports.monthly.other_scales import other_scales
from rumbo.systems.evaluation.reports.monthly.printed import boards, drawings, executive, front
from rumbo.systems.evaluation.reports.monthly.printed.breakdown import breakdown
from rumbo.systems.evaluation.reports.monthly.printed.evidence import evidence
from rumbo.systems.evaluation.reports.monthly.printed.global_sheet import global_sheet
from rumbo.systems.evaluation.reports.monthly.printed.goal_table import goal_table
from rumbo.systems.evaluation.reports.monthly.printed.news import news
from rumbo.systems.evaluation.reports.monthly.printed.support import support
from rumbo.systems.evaluation.reports.monthly.printed.warnings import warnings
from rumbo.systems.evaluation.reports.monthly.printed.year import year
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly

_HEADINGS = {
    "control": N_("Hoja de control y firmas"),
    "contract": N_("Datos de la entrega"),
    "contents": N_("Qué contiene esta entrega"),
    "closings": N_("Control de cierres"),
    "proof": N_("Comprobación"),
    "proof_note": N_("Quien reciba este informe puede comparar la huella del cierre con la que muestra el sistema."),
    "people": N_("Firmas"),
    "page": N_("Página"),
    "verified": N_("Verificado"),
    "summary": N_("Resumen ejecutivo"),
    "classes": N_("Clasificación de las metas"),
    "lights": N_("Semáforo"),
    "advanced": N_("Las cinco que más avanzaron"),
    "lagging": N_("Las cinco con mayor rezago"),
    "overdue": N_("Compromisos vencidos"),
    "breakdown": N_("Resultados por eje y por área"),
    "axes": N_("Por eje"),
    "areas": N_("Por área"),
    "areas_order": N_("En el orden de la estructura; no es un orden de mérito. Promedios con cada meta topada a 100."),
    "bars_note": N_("Barra: avance anual promedio. Marca: lo programado al corte. Porcentaje de la meta anual."),
    "year": N_("Avance del año"),
    "line_note": N_("Porcentaje de la meta anual, promedio de las metas con color."),
    "by_month": N_("Clasificación por mes"),
    "by_month_note": N_("Número de metas en cada clase al corte de cada mes cerrado."),
    "moved": N_("Qué cambió de semáforo desde el mes anterior"),
    "table": N_("Cuadro de metas actualizado"),
    "table_note": N_(
        "Agrupado por eje, objetivo, estrategia y línea de acción. Valores en la unidad de cada indicador."
    ),
    "global": N_("Ficha global de metas"),
    "global_note": N_(
        "De mayor a menor cumplimiento al corte (cifra real, puede rebasar 100). Sin dato, sin programación y no "
        "calculable no reciben lugar. En metas que no son mensuales se cuentan sus propios cortes."
    ),
    "boards": N_("Tableros de control por área"),
    "bars": N_("Realizado acumulado por meta"),
    "bars_legend": N_("Porcentaje de la meta anual; la marca es lo programado al corte."),
    "area_year": N_("Avance del año del área"),
    "alerts": N_("Alertas y compromisos"),
    "quality": N_("Calidad del reporte"),
    "comments": N_("Comentarios de la persona titular del área"),
    "initials": N_("Rúbrica"),
    "goals": N_("Metas del área"),
    "warnings": N_("Alertas tempranas y compromisos"),
    "warnings_note": N_(
        "Primero los indicadores críticos en rezago, en riesgo, sin dato o con riesgo de no cumplir el año; después,"
        " las demás metas en rezago y en riesgo."
    ),
    "commitments": N_("Compromisos de meses anteriores con fecha cumplida"),
    "news": N_("Novedades del mes"),
    "targets": N_("Metas reprogramadas"),
    "adjustments": N_("Ajustes a meses anteriores"),
    "differences": N_("Diferencias con el cierre que se sustituye"),
    "late": N_("Capturas extemporáneas"),
    "omissions": N_("Omisiones aceptadas al cierre"),
    "returns": N_("Devoluciones"),
    "support": N_("Acompañamiento técnico"),
    "support_note": N_(
        "Asesorías a las áreas sobre el uso del tablero y capacitación en captura, interpretación y uso."
    ),
    "support_entries": N_("Atenciones del mes"),
    "method": N_("Anexo A. Metodología"),
    "evidence": N_("Anexo B. Índice de evidencias"),
    "evidence_note": N_(
        "Los archivos van en la entrega electrónica; aquí, su huella. La evidencia reservada no se nombra."
    ),
    "critical": N_("Indicador crítico"),
}


def print_report(report: Monthly) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The data of `document.typ`, as JSON, and the drawings by file name."""
    voice, frame = report.frame.voice, report.frame
    data = {
        "frame": frame.data(name=voice.say(front.TITLE), kind="IME"),
        "t": {key: voice.say(text) for key, text in _HEADINGS.items()},
        "lead": voice.say(
            N_("Al corte del %(day)s · %(closing)s"),
            day=voice.long_date(report.closing.cutoff_on),
            closing=front.closing_name(report),
        ),
        "parameters": frame.parameters,
        "cover": front.cover(report),
        "control": front.control(report),
        "summary": executive.summary(report),
        "breakdown": breakdown(report),
        "year": year(report),
        "table": goal_table(report),
        "global": global_sheet(report),
        "boards": boards.boards(report),
        "warnings": warnings(report),
        "news": news(report),
        "support": support(report),
        "method": [
            {"title": part.title, "points": list(part.points)}
            for part in method(voice, report.month.scheme, other_scales(voice, report.month))
        ],
        "evidence": evidence(report),
        "qr_alt": voice.say(N_("Código QR con la dirección de consulta del cierre")),
    }
    images = executive.images(report) | drawings.images(report) | boards.images(report)
    return data, images | {"qr.svg": _qr(frame.address)}


def _qr(address: str) -> bytes:
    code = segno.make_qr(address, error="m")
    return (
        code.svg_inline(scale=4, border=2, dark="#20272d")
        .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        .encode()
    )
