"""The technical support of the borough's year: who was advised or trained, on what, and what was agreed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.shell.demonstration.conduct import YEAR
from rumbo.shell.demonstration.loading import evidence_files
from rumbo.shell.demonstration.loading.reading import moment
from rumbo.shell.demonstration.loading.setting_up import House
from rumbo.systems.evaluation import actions as evaluation

VISIT, CALL, MAIL = SupportKind.VISIT, SupportKind.CALL, SupportKind.MAIL
TRAINING, INCIDENT = SupportKind.TRAINING, SupportKind.INCIDENT
CONTRACTOR, PLANNING = "prestador@miguel-hidalgo.example", "marta@miguel-hidalgo.example"
CONSULTANT, REVIEWER = "Consultoría de indicadores (prestador)", "Subdirección de Seguimiento y Evaluación"


@dataclass(frozen=True, slots=True)
class Told:
    """One attention, by the evaluated month after which it is written down. Days are (month, day) of the year."""

    month: int
    kind: SupportKind
    area: str
    day: tuple[int, int]
    subject: str
    people: str
    count: int
    hours: str
    agreed: str = ""
    by: tuple[int, int] | None = None
    asked: tuple[int, int] | None = None
    planning: bool = False
    listed: bool = False  # with its list of those who attended

    @property
    def on(self) -> date:
        return date(YEAR, *self.day)


STORY = (
    Told(1, TRAINING, "", (1, 14), "Captura del mes: valores, evidencia y envío", "Enlaces de las 14 áreas",
         16, "4", "Cada área captura enero con acompañamiento la primera semana de febrero.", (2, 6), listed=True),
    Told(1, VISIT, "DGO", (1, 27), "Qué prueba el avance físico de una obra", "Subdirección Técnica y enlace",
         3, "2", "La evidencia será la estimación firmada; cada dos meses, además, fotografía con ubicación.", (2, 27),
         asked=(1, 23)),
    Told(2, CALL, "DGGAJ", (2, 10), "El indicador pide el mes y se tenía el acumulado", "JUD de Verificación", 1, "0.5",
         "Restar enero antes de enviar febrero.", (3, 6), asked=(2, 10)),
    Told(2, TRAINING, "DESU", (2, 18), "Lectura del tablero: qué va adelante y qué atrasado",
         "Director ejecutivo, subdirecciones y enlace", 9, "2.5", listed=True),
    Told(3, INCIDENT, "DGDS", (3, 5), "El libro de Excel no subía: tenía celdas combinadas", "Enlace de planeación", 1,
         "1", "Usar la plantilla que escribe el sistema.", asked=(3, 4)),
    Told(3, VISIT, "DGO", (3, 24), "Tres meses en rezago de repavimentación: causa y compromiso",
         "Dirección General y Subdirección Técnica", 4, "2", "Compromiso con fecha para cada frente de obra.", (4, 30),
         planning=True),
    Told(4, MAIL, "DGSC", (4, 21), "Por qué se devolvió la captura de recorridos de vigilancia", "JUD de Operación", 1,
         "0.5", "Corregir a lo hecho en abril y enviar de nuevo.", (5, 8), asked=(4, 20)),
    Told(4, TRAINING, "DGA", (4, 28), "Indicadores de rango y de razón: cómo se interpretan",
         "Subdirecciones de Administración y enlace", 7, "2", listed=True),
    Told(5, CALL, "DECRE", (5, 13), "Cómo se explica un sobrecumplimiento", "JUD de Educación", 2, "0.5",
         asked=(5, 12)),
    Told(5, VISIT, "DESU", (5, 26), "Tablero de parques y alumbrado antes de la reunión con la Alcaldía",
         "Director ejecutivo y enlace", 3, "1.5", "Revisar los compromisos vencidos en junio.", (6, 12)),
    Told(6, TRAINING, "", (6, 17), "Visto bueno: qué revisa quien dirige el área", "Titulares o suplentes de 12 áreas",
         12, "2", "Las dos áreas ausentes la toman en julio.", (7, 15), listed=True),
    Told(6, MAIL, "DGA", (6, 23), "Efecto del oficio que mueve ministraciones al cuarto trimestre",
         "Subdirección de Recursos Financieros", 2, "1", "Reprogramar con el oficio AMH/DGA/0287/2026.", (7, 3),
         asked=(6, 22), planning=True),
    Told(7, TRAINING, "DEPDU", (7, 8), "Visto bueno: qué revisa quien dirige el área", "Titular y suplente", 2, "1.5",
         listed=True),
    Told(7, VISIT, "DEPC", (7, 22), "Cuándo cuenta como concluido un proyecto de presupuesto participativo",
         "Subdirección de Participación y enlace", 4, "2", "Solo con acta de entrega; se revisa lo ya capturado.",
         (8, 14), asked=(7, 17)),
    Told(8, INCIDENT, "DGO", (8, 26), "La fotografía de evidencia excedía 20 MB", "Enlace de planeación", 1, "0.5",
         asked=(8, 26)),
    Told(8, CALL, "DMAS", (8, 18), "Ritmo necesario para retirar el azolve del año", "JUD de Barrancas", 2,
         "1", "Llevar al tablero la acción de maquinaria menor.", (9, 11), asked=(8, 17)),
    Told(9, TRAINING, "", (9, 9), "Alertas tempranas: leer el riesgo y responderlo", "Enlaces y titulares", 21,
         "3", "Cada área responde en septiembre sus metas en rezago.", (9, 30), listed=True),
    Told(9, VISIT, "DGGAJ", (9, 23), "Regularización de locales: la meta y el padrón de la Ciudad",
         "Dirección General y JUD de Mercados", 3, "2", "Enviar el padrón en bloques mensuales.", (10, 30),
         asked=(9, 18)),
    # written down when September was already closed: the report of October tells it
    Told(10, CALL, "JOA", (9, 29), "Dónde se registra la respuesta a una audiencia", "Secretaría Particular", 1, "0.5",
         asked=(9, 28)),
    Told(10, VISIT, "DGDS", (10, 20), "Campaña de detección: unidad móvil fuera de servicio y su efecto en la meta",
         "Subdirección de Salud y enlace", 3, "1.5", "Capturar la causa y reagendar citas en dos jornadas.", (11, 20),
         asked=(10, 16)),
    Told(10, TRAINING, "DGO", (10, 27), "Captura de obras: avance físico, evidencia y compromisos",
         "Subdirecciones, residencias de obra y enlace", 11, "3", "Enviar octubre en plazo.", (11, 9), listed=True),
    Told(10, MAIL, "DGSC", (10, 30), "Qué significa «en meta» con la serie de llamados al alza", "JUD de Análisis", 1,
         "0.5", asked=(10, 29), planning=True),
    Told(11, CALL, "DGO", (11, 12), "Diferencia entre corrección y ajuste de un mes cerrado", "Enlace de planeación", 1,
         "0.5", asked=(11, 12)),
    Told(11, VISIT, "DECRE", (11, 19), "Preparar el cierre del año: metas que vencen en diciembre",
         "Directora ejecutiva y enlace", 3, "1.5", "Lista de evidencias pendientes.", (12, 11)),
)  # fmt: skip


def tell(house: House, month: int) -> None:
    """What was attended in a month, before its captures begin."""
    for told in STORY:
        if told.month != month:
            continue
        written = told.on if told.on.month == month else date(YEAR, month, 20)
        by = house.person(PLANNING if told.planning else CONTRACTOR, written)
        evaluation.record_support(
            institution=house.institution,
            data=evaluation.SupportData(
                kind=told.kind,
                unit_id=house.units[told.area] if told.area else None,
                asked_on=date(YEAR, *told.asked) if told.asked else None,
                attended_on=told.on,
                subject=told.subject,
                people=told.people,
                people_count=told.count,
                agreed=told.agreed,
                agreed_by=date(YEAR, *told.by) if told.by else None,
                attended_by=REVIEWER if told.planning else CONSULTANT,
                hours=Decimal(told.hours),
            ),
            evidence=_list(told) if told.listed else None,
            by=by,
            on=written,
            at=moment(written, 17),
        )


def _list(told: Told) -> evaluation.SupportFile:
    lines = [
        "DATOS DE DEMOSTRACIÓN",
        "Lista de asistencia (sin nombres)",
        f"Capacitación: {told.subject}",
        f"{told.people}: {told.count}",
    ]
    name = f"lista-de-asistencia-{told.on.isoformat()}.pdf"
    return evaluation.SupportFile(name, evidence_files.plain_pdf(lines))
