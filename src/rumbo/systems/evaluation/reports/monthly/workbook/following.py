"""Boards by area, warnings, commitments, the month's news and the annexes."""

from collections.abc import Iterator

from rumbo.core.rendering.workbook import Cell, Column, Kind
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.moments import day_of
from rumbo.systems.evaluation.reports.monthly.method import method
from rumbo.systems.evaluation.reports.monthly.other_scales import other_scales
from rumbo.systems.evaluation.reports.monthly.printed import executive
from rumbo.systems.evaluation.reports.monthly.printed.evidence import file_name
from rumbo.systems.evaluation.reports.monthly.printed.news import programmed_change
from rumbo.systems.evaluation.reports.monthly.printed.support import ALL_AREAS
from rumbo.systems.evaluation.reports.monthly.printed.warnings import follow_up, outcome, pace, risk, risks
from rumbo.systems.evaluation.reports.monthly.shapes import Area
from rumbo.systems.evaluation.reports.monthly.workbook.book import Book
from rumbo.systems.evaluation.reports.monthly.workbook.goals import quotient


def board(book: Book, area: Area) -> None:
    report = book.report
    book.sheet(
        book.say(N_("Tablero %(code)s"), code=area.unit.code),
        [
            book.column(N_("Clave"), width=9),
            book.column(N_("Marcas"), width=8),
            book.column(N_("Meta"), width=50),
            book.column(N_("Línea de acción"), width=34),
            book.column(N_("Responsable"), width=26),
            book.column(N_("Meta anual"), Kind.NUMBER, 13, key="annual"),
            book.column(N_("Programado del mes"), Kind.NUMBER, 13),
            book.column(N_("Realizado del mes"), Kind.NUMBER, 13),
            book.column(N_("Programado acumulado"), Kind.NUMBER, 13, key="programmed_to_date"),
            book.column(N_("Realizado acumulado"), Kind.NUMBER, 13, key="actual_to_date"),
            book.column(N_("Cumplimiento al corte (%)"), Kind.PERCENT, 14),
            book.column(N_("Avance anual (%)"), Kind.PERCENT, 12),
            book.column(N_("Semáforo"), Kind.LIGHT, 19),
            book.column(N_("Clasificación"), Kind.CLASS, 24),
            book.column(N_("Compromiso"), Kind.DATE, 13),
            *(Column(report.frame.voice.short_month(one.month), Kind.PERCENT, 9) for one in report.frame.year.months),
        ],
        [
            [
                line.row.code,
                tables.marked("", line.row.marks, critical=line.row.critical).strip(),
                line.row.statement,
                f"{line.chain[-1].code} {line.chain[-1].statement}" if line.chain else None,
                line.goal.responsible_post,
                line.row.annual_target,
                line.row.programmed,
                line.row.actual,
                line.row.programmed_to_date,
                line.row.actual_to_date,
                quotient(book, line, "actual_to_date", "programmed_to_date", line.row.compliance_to_date),
                quotient(book, line, "actual_to_date", "annual", line.row.compliance_year),
                line.row.light,
                line.row.performance_class,
                line.said.commitment_on if line.said and line.explained else None,
                *(
                    found.compliance_to_date if (found := line.months.get(period)) else None
                    for period in report.frame.year.periods
                ),
            ]
            for line in area.lines
        ],
        heading=book.say(N_("Tablero de control: %(area)s"), area=area.unit.name),
        notes=[report.frame.parameters, book.say(N_("Comentarios de la persona titular del área:"))],
        frozen_columns=3,
    )


def warnings(book: Book) -> None:
    voice = book.report.frame.voice
    book.sheet(
        N_("Alertas tempranas"),
        [
            book.column(N_("Clave"), width=10),
            book.column(N_("Crítico"), width=9),
            book.column(N_("Meta"), width=48),
            book.column(N_("Área"), width=10),
            book.column(N_("Semáforo"), Kind.LIGHT, 19),
            book.column(N_("Cumplimiento al corte (%)"), Kind.PERCENT, 14),
            book.column(N_("Meses consecutivos en su semáforo"), Kind.INTEGER, 13),
            book.column(N_("Riesgo del año"), width=60),
            book.column(N_("Probabilidad de no cumplir (%)"), Kind.PERCENT, 13),
            book.column(N_("Causa de la variación"), width=44),
            book.column(N_("Acción correctiva"), width=44),
            book.column(N_("Ritmo necesario"), width=40),
            book.column(N_("Responsable"), width=28),
            book.column(N_("Fecha compromiso"), Kind.DATE, 13),
            book.column(N_("Seguimiento"), width=60),
        ],
        [
            [
                line.row.code,
                tables.CRITICAL if line.row.critical else None,
                line.row.statement,
                line.row.unit_code,
                line.row.light,
                line.row.compliance_to_date,
                line.row.streak,
                risk(voice, line),
                100 * line.outlook.probability if line.outlook else None,
                line.said.cause if line.said else None,
                line.said.corrective_action if line.said else None,
                pace(voice, line),
                (line.said.responsible_post if line.said else "") or line.goal.responsible_post,
                line.said.commitment_on if line.said else None,
                follow_up(voice, line),
            ]
            for line in book.report.warnings
        ],
        notes=[risks(book.report)],
        frozen_columns=3,
    )


def commitments(book: Book) -> None:
    voice = book.report.frame.voice
    book.sheet(
        N_("Compromisos"),
        [
            book.column(N_("Clave"), width=10),
            book.column(N_("Área"), width=10),
            book.column(N_("Compromiso"), width=60),
            book.column(N_("Responsable"), width=30),
            book.column(N_("De"), width=14),
            book.column(N_("Fecha compromiso"), Kind.DATE, 13),
            book.column(N_("Semáforo"), Kind.LIGHT, 19),
            book.column(N_("Qué resultó"), width=44),
        ],
        [
            [
                line.row.code,
                line.row.unit_code,
                line.due.corrective_action,
                line.due.responsible_post,
                voice.month(Period.of(line.due.period)),
                line.due.commitment_on,
                line.row.light,
                outcome(voice, line),
            ]
            for line in book.report.due_commitments
            if line.due is not None
        ],
        heading=book.say(N_("Compromisos de meses anteriores con fecha cumplida")),
        notes=[executive.overdue(book.report)],
    )


_NEWS = {
    "targets": N_("Meta reprogramada"),
    "adjustments": N_("Ajuste a un mes anterior"),
    "differences": N_("Diferencia con el cierre sustituido"),
    "late": N_("Captura extemporánea"),
    "omissions": N_("Omisión"),
    "returns": N_("Devolución"),
}


def news(book: Book) -> None:
    rows = [*_decided(book), *_of_captures(book)]
    book.sheet(
        N_("Novedades"),
        [
            book.column(N_("Novedad"), width=30),
            book.column(N_("Clave o área"), width=13),
            book.column(N_("Antes"), width=30),
            book.column(N_("Después"), width=30),
            book.column(N_("Motivo"), width=70),
            book.column(N_("Fecha"), Kind.DATE, 12),
        ],
        rows,
        heading=book.say(N_("Novedades del mes")),
        notes=[] if rows else [book.say(N_("Sin novedades en el mes."))],
    )


def _decided(book: Book) -> Iterator[list[Cell]]:
    """What somebody decided to change: targets, earlier months, the closing itself."""
    report, voice = book.report, book.report.frame.voice
    for change in report.target_changes:
        yield [
            book.say(_NEWS["targets"]),
            change.programme.indicator.goal.code,
            *programmed_change(voice, change),
            f"{change.reason} ({change.letter_number})",
            change.decided_on,
        ]
    for one in report.adjustments:
        yield [
            book.say(_NEWS["adjustments"]),
            one.capture.indicator.goal.code,
            str(one.before_numerator),
            str(one.after_numerator),
            one.reason,
            one.decided_on,
        ]
    for changed in report.differences:
        yield [
            book.say(_NEWS["differences"]),
            changed.code,
            voice.percent(changed.before),
            voice.percent(changed.after),
            report.closing.reason,
            report.closing.closed_on,
        ]


def _of_captures(book: Book) -> Iterator[list[Cell]]:
    """What came late, what did not come, what was given back."""
    report = book.report
    for line in sorted(report.late, key=lambda item: item.row.code):
        if line.capture:
            days = book.say(N_("%(days)s días hábiles de atraso"), days=line.capture.days_late)
            yield [book.say(_NEWS["late"]), line.row.code, None, None, days, line.capture.submitted_on]
    for omission in report.omissions:
        yield [
            book.say(_NEWS["omissions"]),
            omission.unit.code,
            None,
            str(omission.count),
            omission.reason,
            omission.accepted_on,
        ]
    for returned in report.returns:
        kind = returned.decided.reason_kind
        label = book.say(ReturnReason(kind).label) if kind else ""
        said = f"{label}. {returned.decided.reason}"
        yield [book.say(_NEWS["returns"]), returned.code, None, None, said, day_of(returned.decided.at)]


def support(book: Book) -> None:
    """A1-16 and A1-17: one row for each attention; the report on paper adds them by area."""
    lines = book.report.support.lines
    book.sheet(
        N_("Acompañamiento"),
        [
            book.column(N_("Fecha"), Kind.DATE, 12),
            book.column(N_("Tipo"), width=14),
            book.column(N_("Área"), width=40),
            book.column(N_("Asunto o tema"), width=46),
            book.column(N_("Personas atendidas"), Kind.INTEGER, 12),
            book.column(N_("Quiénes"), width=36),
            book.column(N_("Solicitada"), Kind.DATE, 12),
            book.column(N_("Respuesta en días hábiles"), Kind.INTEGER, 12),
            book.column(N_("Acuerdo"), width=46),
            book.column(N_("Para cuándo"), Kind.DATE, 12),
            book.column(N_("Atendió"), width=30),
            book.column(N_("Horas"), Kind.NUMBER, 9, decimals=1),
        ],
        [
            [
                line.entry.attended_on,
                book.say(SupportKind(line.entry.kind).label),
                line.entry.unit.name if line.entry.unit else book.say(ALL_AREAS),
                line.entry.subject,
                line.entry.people_count,
                line.entry.people,
                line.entry.asked_on,
                line.response_days,
                line.entry.agreed,
                line.entry.agreed_by,
                line.entry.attended_by,
                line.entry.hours,
            ]
            for line in lines
        ],
        heading=book.say(N_("Acompañamiento técnico")),
        notes=[] if lines else [book.say(N_("Sin registros en el periodo."))],
    )


def method_sheet(book: Book) -> None:
    report, voice = book.report, book.report.frame.voice
    others = other_scales(voice, report.month)
    book.sheet(
        N_("Metodología"),
        [book.column(N_("Tema"), width=36), book.column(N_("Regla"), width=110)],
        [[part.title, point] for part in method(voice, report.month.scheme, others) for point in part.points],
        heading=book.say(N_("Anexo A. Metodología")),
        notes=[report.frame.parameters],
    )


def evidence(book: Book) -> None:
    reserved = book.say(N_("Evidencia reservada"))
    book.sheet(
        N_("Evidencias"),
        [
            book.column(N_("Clave"), width=10),
            book.column(N_("Archivo"), width=50),
            book.column(N_("Fecha"), Kind.DATE, 12),
            book.column(N_("Huella (SHA-256)"), width=70),
        ],
        [
            [line.row.code, file_name(reserved, piece), day_of(piece.attached_at), piece.digest]
            for line in sorted(book.report.lines, key=lambda one: one.row.code)
            for piece in line.evidence
        ],
        heading=book.say(N_("Anexo B. Índice de evidencias")),
    )
