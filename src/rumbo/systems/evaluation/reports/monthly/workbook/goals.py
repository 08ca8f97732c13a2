"""The goal table, on which the other sheets' formulas stand, and the global sheet."""

from rumbo.core.rendering.text import short_date
from rumbo.core.rendering.workbook import Cell, Column, Formula, Kind, Place
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import DecreasingFormula
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.moments import day_of
from rumbo.systems.evaluation.reports.monthly.shapes import GoalLine, Monthly
from rumbo.systems.evaluation.reports.monthly.workbook.book import Book, open_book

GOALS, GLOBAL = N_("Cuadro de metas"), N_("Ficha global")


def _goal_columns(book: Book) -> list[Column]:
    report = book.report
    month = report.frame.voice.month(report.period).capitalize()
    to_date = book.say(N_("Acumulado al %(day)s"), day=short_date(report.period.last_day))
    term = report.frame.settings.term_name
    return [
        book.column(N_("Eje"), width=8, key="axis"),
        book.column(N_("Eje, texto"), width=30),
        book.column(N_("Objetivo"), width=30),
        book.column(N_("Estrategia"), width=30),
        book.column(N_("Línea de acción"), width=30),
        book.column(N_("Clave"), width=10, key="code"),
        book.column(N_("Marcas"), width=8),
        book.column(N_("Meta"), width=48),
        book.column(N_("Indicador"), width=34),
        book.column(N_("Unidad"), width=16),
        book.column(N_("Área"), width=10, key="unit"),
        book.column(N_("Sentido"), width=14),
        book.column(N_("Acumulación"), width=16),
        book.column(N_("Línea base"), Kind.NUMBER, 12),
        book.column(N_("Meta anual"), Kind.NUMBER, 14, key="annual"),
        book.column(N_("Programado"), Kind.NUMBER, 13, group=month, key="programmed"),
        book.column(N_("Realizado"), Kind.NUMBER, 13, group=month, key="actual"),
        book.column(N_("Cumplimiento del mes (%)"), Kind.PERCENT, 14, group=month, key="month"),
        book.column(N_("Programado"), Kind.NUMBER, 13, group=to_date, key="programmed_to_date"),
        book.column(N_("Realizado"), Kind.NUMBER, 13, group=to_date, key="actual_to_date"),
        book.column(N_("Cumplimiento al corte (%)"), Kind.PERCENT, 14, group=to_date, key="pct"),
        book.column(N_("Diferencia"), Kind.NUMBER, 13, group=to_date, key="gap"),
        book.column(N_("Avance anual (%)"), Kind.PERCENT, 12, key="year"),
        Column(book.say(N_("Meta del periodo %(term)s"), term=term), Kind.NUMBER, 14, key="term"),
        book.column(N_("Semáforo"), Kind.LIGHT, 19, key="light"),
        book.column(N_("Clasificación"), Kind.CLASS, 23, key="class"),
        book.column(N_("Causa de la variación"), width=40),
        book.column(N_("Acción correctiva"), width=40),
        book.column(N_("Fecha compromiso"), Kind.DATE, 13),
        book.column(N_("Responsable"), width=28),
        book.column(N_("Fuente"), width=28),
        book.column(N_("Evidencia (n)"), Kind.INTEGER, 10),
        book.column(N_("Fecha de captura"), Kind.DATE, 13),
        book.column(N_("Validó (cargo)"), width=34),
        book.column(N_("Peso"), Kind.NUMBER, 8, key="weight"),
        book.column(N_("Peso con color"), Kind.NUMBER, 10, key="counted", hidden=True),
        book.column(N_("Aporte topado"), Kind.NUMBER, 10, key="capped", hidden=True),
        book.column(N_("Aporte del avance"), Kind.NUMBER, 10, key="capped_year", hidden=True),
        book.column(N_("Áreas superiores"), width=20, key="branch", hidden=True),
    ]


def goal_table(book: Book) -> Place:
    return book.sheet(
        GOALS,
        _goal_columns(book),
        [_goal_row(book, line) for line in book.report.in_plan_order],
        heading=book.say(N_("Cuadro de metas actualizado")),
        notes=[book.report.frame.parameters],
        frozen_columns=8,
    )


def _goal_row(book: Book, line: GoalLine) -> list[Cell]:
    row, indicator, said, capture = line.row, line.indicator, line.said, line.capture
    levels: list[Cell] = [f"{one.code} {one.statement}" for one in line.chain]
    axis, middle, last = levels[:1], levels[1:-1], levels[-1:] if len(levels) > 1 else []
    chain = [
        *axis,
        *[None] * (1 - len(axis)),
        *middle[:2],
        *[None] * (2 - len(middle[:2])),
        *last,
        *[None] * (1 - len(last)),
    ]
    return [
        line.chain[0].code if line.chain else None,
        *chain,
        row.code,
        tables.marked("", row.marks, critical=row.critical).strip(),
        row.statement,
        indicator.name,
        indicator.unit_of_measure,
        row.unit_code,
        book.say(Direction(row.direction).technical),
        book.say(Accumulation(row.accumulation).technical),
        indicator.baseline,
        row.annual_target,
        row.programmed,
        row.actual,
        quotient(book, line, "actual", "programmed", row.compliance_month),
        row.programmed_to_date,
        row.actual_to_date,
        quotient(book, line, "actual_to_date", "programmed_to_date", row.compliance_to_date),
        _difference(line),
        quotient(book, line, "actual_to_date", "annual", row.compliance_year),
        line.goal.term_target,
        row.light,
        row.performance_class,
        said.cause if said and line.explained else None,
        said.corrective_action if said and line.explained else None,
        said.commitment_on if said and line.explained else None,
        said.responsible_post if said and line.explained else None,
        indicator.source,
        len(line.evidence),
        day_of(capture.captured_at) if capture else None,
        line.validated_by,
        row.weight,
        *_shares(book, line),
        _branch(book.report, line),
    ]


def quotient(book: Book, line: GoalLine, actual: str, programmed: str, value: float | None) -> Cell:
    """The percentage as a formula of its row, where the direction is a quotient; else the sealed figure."""
    if value is None:
        return None
    places = book.report.month.scheme.decimals
    if line.row.direction == Direction.INCREASING:
        return Formula(f"=ROUND(100*{{{actual}}}/{{{programmed}}},{places})", value)
    by_ratio = book.report.month.scheme.decreasing is DecreasingFormula.RATIO
    if line.row.direction == Direction.DECREASING and by_ratio:
        return Formula(f"=IF({{{actual}}}<=0,100,ROUND(100*{{{programmed}}}/{{{actual}}},{places}))", value)
    return value


def _difference(line: GoalLine) -> Cell:
    if line.row.gap is None:
        return None
    if line.row.direction == Direction.RANGE:
        return line.row.gap
    return Formula("={actual_to_date}-{programmed_to_date}", line.row.gap)


def _shares(book: Book, line: GoalLine) -> tuple[Cell, Cell, Cell]:
    """What the row gives to the means: its weight if it has a colour, and its capped percentages."""
    if not line.row.light.is_colour:
        return 0, 0, 0
    cap = book.report.month.scheme.cap
    top = "{%s}" if cap is None else f"MIN({cap:g},{{%s}})"
    return (
        line.row.weight,
        Formula(f"=MAX(0,{top % 'pct'})*{{weight}}"),
        Formula(f"=IF(ISNUMBER({{year}}),MAX(0,{top % 'year'})*{{weight}},0)"),
    )


def _branch(report: Monthly, line: GoalLine) -> str:
    """«/AMH/DGO/»: the area and those above it, so that an area's formulas take what is below it too."""
    codes = {unit.pk: unit.code for unit in report.frame.units}
    path = next((unit.path for unit in report.frame.units if unit.pk == line.row.unit_id), "")
    above = [codes[int(step)] for step in path.split("/") if step and int(step) in codes]
    return f"/{'/'.join(above)}/"


def placed_goals(report: Monthly) -> Place:
    """Where the goal table will stand: the sheets before it look forward to it. Written once to a book that is lost."""
    return goal_table(open_book(report, "–"))


def global_sheet(book: Book) -> None:
    rows = [_placed(book, line, kind) for kind, lines in book.report.classes.items() for line in lines]
    book.sheet(
        GLOBAL,
        [
            book.column(N_("Lugar"), Kind.INTEGER, 8, key="place"),
            book.column(N_("Lugar anterior"), Kind.INTEGER, 9, key="before"),
            book.column(N_("Lugares que subió"), Kind.INTEGER, 10),
            book.column(N_("Clave"), width=9),
            book.column(N_("Meta"), width=52),
            book.column(N_("Área"), width=10),
            book.column(N_("Eje"), width=7),
            book.column(N_("Programado acumulado"), Kind.NUMBER, 14, key="programmed_to_date"),
            book.column(N_("Realizado acumulado"), Kind.NUMBER, 14, key="actual_to_date"),
            book.column(N_("Meta anual"), Kind.NUMBER, 14, key="annual"),
            book.column(N_("Cumplimiento al corte (%)"), Kind.PERCENT, 14),
            book.column(N_("Avance anual (%)"), Kind.PERCENT, 12),
            book.column(N_("Semáforo"), Kind.LIGHT, 19),
            book.column(N_("Clasificación"), Kind.CLASS, 24),
            book.column(N_("Meses consecutivos en su semáforo"), Kind.INTEGER, 13),
            book.column(N_("Motivo"), width=34),
        ],
        rows,
        heading=book.say(N_("Ficha global de metas")),
        notes=[
            book.say(
                N_(
                    "De mayor a menor cumplimiento al corte, bajo sus cuatro clases; al "
                    "final, sin clasificar, con su motivo."
                )
            ),
            book.report.frame.parameters,
        ],
        frozen_columns=5,
    )


def _placed(book: Book, line: GoalLine, kind: PerformanceClass) -> list[Cell]:
    row = line.row
    return [
        row.rank,
        line.place_before,
        Formula(
            '=IF(AND(ISNUMBER({place}),ISNUMBER({before})),{before}-{place},"")',
            line.places_gained if line.places_gained is not None else "",
        ),
        row.code,
        row.statement,
        row.unit_code,
        line.chain[0].code if line.chain else None,
        row.programmed_to_date,
        row.actual_to_date,
        row.annual_target,
        quotient(book, line, "actual_to_date", "programmed_to_date", row.compliance_to_date),
        quotient(book, line, "actual_to_date", "annual", row.compliance_year),
        row.light,
        kind,
        row.streak,
        book.say(Reason(row.reason).label),
    ]
