"""The report as a workbook: one sheet per piece, ready to print. Its formulas give what was sealed and printed.

The goal table is the base: counts and means of axes and areas are formulas over its columns; percentages are formulas
over the figures of their own row wherever the direction of the indicator is a quotient of two cells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rumbo.core.engine.comparing import difference
from rumbo.core.rendering.charts import CLASS_ORDER
from rumbo.core.rendering.text import short_date
from rumbo.core.rendering.workbook import Cell, Column, Formula, Kind, Place, Workbook
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import DecreasingFormula
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.reason import Reason
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.systems.evaluation.reports import tables
from rumbo.systems.evaluation.reports.monthly.content import Area, GoalLine, Monthly, Node
from rumbo.systems.evaluation.reports.monthly.method import method
from rumbo.systems.evaluation.reports.monthly.printed import follow_up, front

GOALS, GLOBAL = N_("Cuadro de metas"), N_("Ficha global")
_LONGEST_NAME = 31


@dataclass(slots=True)
class _Book:
    """What every sheet needs."""

    report: Monthly
    book: Workbook

    def say(self, template: str, **params: object) -> str:
        return self.report.frame.voice.say(template, **params)

    @property
    def lead(self) -> str:
        frame, closing = self.report.frame, self.report.closing
        return " · ".join(
            part
            for part in (
                frame.institution.name,
                self.say(N_("Al corte del %(day)s"), day=frame.voice.long_date(closing.cutoff_on)),
                front.closing_name(self.report),
                self.say(N_("Huella %(digest)s"), digest=closing.digest[:12]),
                frame.delivery,
            )
            if part
        )

    def sheet(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, heading: str = "", **more: Any
    ) -> Place:
        title = self.say(name)[:_LONGEST_NAME]
        return self.book.sheet(title, columns, rows, heading=heading or title, lead=self.lead, **more)

    def column(self, title: str, kind: Kind = Kind.TEXT, width: float | None = None, **more: Any) -> Column:
        return Column(self.say(title), kind, width, **more)


def monthly_workbook(report: Monthly) -> bytes:
    """Every piece of the report."""
    book = _book(report, report.frame.voice.say(front.TITLE))
    _cover(book)
    goals = _placed_goals(report)
    _summary(book, goals)
    _nodes(book, N_("Por eje"), report.axes, f"{goals.range('axis')},{{node}}", goals)
    below = f'{goals.range("branch")},"*/"&{{node}}&"/*"'
    _nodes(book, N_("Por área"), [area.node for area in report.areas], below, goals)
    _year(book)
    _goal_table(book)
    _global_sheet(book)
    for area in report.areas:
        _board(book, area)
    _warnings(book)
    _commitments(book)
    _news(book)
    _support(book)
    _method(book)
    _evidence(book)
    return book.book.to_bytes()


def global_sheet_workbook(report: Monthly) -> bytes:
    """The global sheet of goals alone (A1-21 b, A1-22)."""
    book = _book(report, report.frame.voice.say(GLOBAL))
    _global_sheet(book)
    return book.book.to_bytes()


def _book(report: Monthly, title: str) -> _Book:
    frame = report.frame
    workbook = Workbook(
        title,
        on=frame.on,
        banner=frame.banner or None,
        language=frame.voice.language,
        author=frame.institution.name,
        translate=frame.voice.translate,
    )
    return _Book(report, workbook)


def _cover(book: _Book) -> None:
    report = book.report
    facts = front.cover(report)
    rows: list[Sequence[Cell]] = [("", line) for line in facts["lines"]]
    rows += [tuple(pair) for pair in facts["facts"]]
    rows += [tuple(pair) for pair in front.control(report)["proof"]]
    rows += [(person["role"], person["post"]) for person in front.control(report)["people"]]
    book.sheet(
        N_("Portada"),
        [book.column(N_("Dato"), width=30), book.column(N_("Valor"), width=90)],
        rows,
        heading=book.say(front.TITLE),
        notes=[report.frame.parameters],
        landscape=False,
    )


# The goal table and the names of its columns in formulas

_KEYS = {
    "code": N_("Clave"), "unit": N_("Área"), "axis": N_("Eje"), "light": N_("Semáforo"), "class": N_("Clasificación"),
    "pct": N_("Cumplimiento al corte (%)"), "weight": N_("Peso"),
}  # fmt: skip


def _goal_columns(book: _Book) -> list[Column]:
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


def _goal_table(book: _Book) -> Place:
    return book.sheet(
        GOALS,
        _goal_columns(book),
        [_goal_row(book, line) for line in book.report.in_plan_order],
        heading=book.say(N_("Cuadro de metas actualizado")),
        notes=[book.report.frame.parameters],
        frozen_columns=8,
    )


def _goal_row(book: _Book, line: GoalLine) -> list[Cell]:
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
        _quotient(book, line, "actual", "programmed", row.compliance_month),
        row.programmed_to_date,
        row.actual_to_date,
        _quotient(book, line, "actual_to_date", "programmed_to_date", row.compliance_to_date),
        _difference(line),
        _quotient(book, line, "actual_to_date", "annual", row.compliance_year),
        line.goal.term_target,
        row.light,
        row.performance_class,
        said.cause if said and line.explained else None,
        said.corrective_action if said and line.explained else None,
        said.commitment_on if said and line.explained else None,
        said.responsible_post if said and line.explained else None,
        indicator.source,
        len(line.evidence),
        capture.captured_at.date() if capture else None,
        line.validated_by,
        row.weight,
        *_shares(book, line),
        _branch(book.report, line),
    ]


def _quotient(book: _Book, line: GoalLine, actual: str, programmed: str, value: float | None) -> Cell:
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


def _shares(book: _Book, line: GoalLine) -> tuple[Cell, Cell, Cell]:
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


def _placed_goals(report: Monthly) -> Place:
    """Where the goal table will stand: the sheets before it look forward to it. Written once to a book that is lost."""
    return _goal_table(_book(report, "–"))


def _summary(book: _Book, goals: Place) -> None:
    report = book.report
    rolled, before = report.institution.rolled, report.institution.before
    rows: list[list[Cell]] = []

    def count(group: str, name: str, text: str, key: str, now: int, was: int | None) -> None:
        counted = Formula(f'=COUNTIF({goals.range(key)},"{text}")', now)
        change = None if was is None else Formula("={now}-{before}", int(difference(now, was) or 0))
        rows.append([book.say(group), name, counted, was, change])

    for kind in CLASS_ORDER:
        was = before.classes[kind] if before else None
        count(N_("Clasificación"), book.say(kind.plural), book.say(kind.label), "class", rolled.classes[kind], was)
    for light in front.LIGHTS:
        text, was = f"{light.symbol} {book.say(light.label)}", before.lights[light] if before else None
        count(N_("Semáforo"), text, text, "light", rolled.lights[light], was)
    figures = (
        (N_("Cumplimiento al corte (%)"), rolled.compliance, before.compliance if before else None),
        (N_("Avance anual (%)"), rolled.annual_progress, before.annual_progress if before else None),
        (N_("Avance anual programado (%)"), rolled.programmed_progress, before.programmed_progress if before else None),
        (N_("Cobertura (%)"), rolled.coverage, before.coverage if before else None),
    )
    for label, now, was in figures:
        rows.append([book.say(N_("Institución")), book.say(label), now, was, None])
    book.sheet(
        N_("Resumen"),
        [
            book.column(N_("Grupo"), width=20),
            book.column(N_("Concepto"), width=36),
            book.column(N_("Este mes"), Kind.NUMBER, 14, key="now"),
            book.column(N_("Mes anterior"), Kind.NUMBER, 14, key="before"),
            book.column(N_("Cambio"), Kind.NUMBER, 12),
        ],
        rows,
        heading=book.say(N_("Resumen ejecutivo")),
        notes=[
            *front.the_three(report),
            front.coverage(report),
            front.summary(report)["overdue"],
            report.frame.parameters,
        ],
        landscape=False,
    )


def _nodes(book: _Book, name: str, nodes: Sequence[Node], mine: str, goals: Place) -> None:
    """Counts and means are formulas over the goal table; the institution's row takes all of it."""
    columns = [
        book.column(N_("Clave"), width=10, key="node"),
        book.column(N_("Nombre"), width=46),
        book.column(N_("Metas"), Kind.INTEGER, 9, key="goals"),
        *(Column(book.say(kind.plural), Kind.INTEGER, 13, key=f"class{kind.value}") for kind in CLASS_ORDER),
        book.column(N_("Con color o sin dato"), Kind.INTEGER, 12, key="expected"),
        book.column(N_("Cumplidas o con buen desempeño (%)"), Kind.PERCENT, 18, key="good"),
        book.column(N_("Cumplimiento promedio (%)"), Kind.PERCENT, 16),
        book.column(N_("Avance anual (%)"), Kind.PERCENT, 14),
        book.column(N_("Programado al corte (%)"), Kind.PERCENT, 14),
        book.column(N_("Cobertura (%)"), Kind.PERCENT, 12),
        book.column(N_("Cambio (puntos)"), Kind.NUMBER, 11, decimals=1),
    ]
    rows = [_node_row(book, node, goals, mine) for node in nodes]
    rows.append(_node_row(book, book.report.institution, goals, ""))
    book.sheet(
        name,
        columns,
        rows,
        notes=[
            book.say(
                N_("En el orden de la estructura; no es un orden de mérito. Promedios con cada meta topada a 100.")
            )
        ],
    )


def _node_row(book: _Book, node: Node, goals: Place, mine: str) -> list[Cell]:
    """`mine` are the criteria that pick the node's goals; none picks them all."""
    rolled, places = node.rolled, book.report.month.scheme.decimals
    first = f"{mine}," if mine else ""

    def how_many(key: str, text: str) -> str:
        return f'COUNTIFS({first}{goals.range(key)},"{text}")'

    def summed(key: str) -> str:
        return f"SUMIFS({goals.range(key)},{mine})" if mine else f"SUM({goals.range(key)})"

    colours = [
        how_many("light", f"{light.symbol} {book.say(light.label)}") for light in (Light.GREEN, Light.AMBER, Light.RED)
    ]
    silent = how_many("light", f"{Light.NO_DATA.symbol} {book.say(Light.NO_DATA.label)}")
    every = f"COUNTIFS({mine})" if mine else f"COUNTA({goals.range('code')})"

    def mean(key: str, value: float | None) -> Cell:
        return None if value is None else Formula(f"=ROUND({summed(key)}/{summed('counted')},{places})", value)

    return [
        node.code,
        node.name,
        Formula(f"={every}", rolled.goals),
        *(Formula(f"={how_many('class', book.say(kind.label))}", rolled.classes[kind]) for kind in CLASS_ORDER),
        Formula(f"={'+'.join([*colours, silent])}", rolled.expected),
        None
        if rolled.achieved_or_good_pct is None
        else Formula(f"=ROUND(100*({{class4}}+{{class3}})/{{expected}},{places})", rolled.achieved_or_good_pct),
        mean("capped", rolled.compliance),
        mean("capped_year", rolled.annual_progress),
        rolled.programmed_progress,
        None
        if rolled.coverage is None
        else Formula(f"=ROUND(100*({'+'.join(colours)})/{{expected}},{places})", rolled.coverage),
        node.change,
    ]


def _year(book: _Book) -> None:
    report = book.report
    rows = []
    for month in range(1, 13):
        rolled = report.year.get(Period(report.period.year, month).index)
        rows.append(
            [
                report.frame.voice.month(Period(report.period.year, month)),
                report.line.programmed[month - 1],
                report.line.achieved[month - 1],
                None if rolled else report.line.projected[month - 1],
                rolled.compliance if rolled else None,
                *((rolled.classes[kind] if rolled else None) for kind in CLASS_ORDER),
            ]
        )
    book.sheet(
        N_("Avance del año"),
        [
            book.column(N_("Mes"), width=14),
            book.column(N_("Programado (%)"), Kind.PERCENT),
            book.column(N_("Realizado (%)"), Kind.PERCENT),
            book.column(N_("Proyección (%)"), Kind.PERCENT),
            book.column(N_("Cumplimiento al corte (%)"), Kind.PERCENT, 16),
            *(Column(book.say(kind.plural), Kind.INTEGER, 14) for kind in CLASS_ORDER),
        ],
        rows,
    )


def _global_sheet(book: _Book) -> None:
    rows: list[list[Cell]] = []
    for kind, lines in book.report.classes.items():
        for line in lines:
            row = line.row
            rows.append(
                [
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
                    _quotient(book, line, "actual_to_date", "programmed_to_date", row.compliance_to_date),
                    _quotient(book, line, "actual_to_date", "annual", row.compliance_year),
                    row.light,
                    kind,
                    row.streak,
                    book.say(Reason(row.reason).label),
                ]
            )
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


def _board(book: _Book, area: Area) -> None:
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
            *(Column(report.frame.voice.short_month(month), Kind.PERCENT, 9) for month in range(1, 13)),
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
                _quotient(book, line, "actual_to_date", "programmed_to_date", line.row.compliance_to_date),
                _quotient(book, line, "actual_to_date", "annual", line.row.compliance_year),
                line.row.light,
                line.row.performance_class,
                line.said.commitment_on if line.said and line.explained else None,
                *(
                    found.compliance_to_date
                    if (found := line.months.get(Period(report.period.year, month).index))
                    else None
                    for month in range(1, 13)
                ),
            ]
            for line in area.lines
        ],
        heading=book.say(N_("Tablero de control: %(area)s"), area=area.unit.name),
        notes=[report.frame.parameters, book.say(N_("Comentarios de la persona titular del área:"))],
        frozen_columns=3,
    )


def _warnings(book: _Book) -> None:
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
            book.column(N_("Causa de la variación"), width=44),
            book.column(N_("Acción correctiva"), width=44),
            book.column(N_("Ritmo necesario"), width=40),
            book.column(N_("Responsable"), width=28),
            book.column(N_("Fecha compromiso"), Kind.DATE, 13),
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
                line.said.cause if line.said else None,
                line.said.corrective_action if line.said else None,
                follow_up.pace(voice, line),
                (line.said.responsible_post if line.said else "") or line.goal.responsible_post,
                line.said.commitment_on if line.said else None,
            ]
            for line in book.report.warnings
        ],
        frozen_columns=3,
    )


def _commitments(book: _Book) -> None:
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
                follow_up.outcome(voice, line),
            ]
            for line in book.report.due_commitments
            if line.due is not None
        ],
        heading=book.say(N_("Compromisos de meses anteriores con fecha cumplida")),
        notes=[front.summary(book.report)["overdue"]],
    )


_NEWS = {
    "targets": N_("Meta reprogramada"),
    "adjustments": N_("Ajuste a un mes anterior"),
    "differences": N_("Diferencia con el cierre sustituido"),
    "late": N_("Captura extemporánea"),
    "omissions": N_("Omisión"),
    "returns": N_("Devolución"),
}


def _news(book: _Book) -> None:
    report, voice = book.report, book.report.frame.voice
    rows: list[list[Cell]] = []

    def add(kind: str, code: str, before: Cell, after: Cell, reason: str, day: Any) -> None:
        rows.append([book.say(_NEWS[kind]), code, before, after, reason, day])

    for change in report.target_changes:
        before, after = follow_up.programmed_change(voice, change)
        add(
            "targets",
            change.programme.indicator.goal.code,
            before,
            after,
            f"{change.reason} ({change.letter_number})",
            change.decided_on,
        )
    for one in report.adjustments:
        add(
            "adjustments",
            one.capture.indicator.goal.code,
            str(one.before_numerator),
            str(one.after_numerator),
            one.reason,
            one.decided_on,
        )
    for changed in report.differences:
        add(
            "differences",
            changed.code,
            voice.percent(changed.before),
            voice.percent(changed.after),
            report.closing.reason,
            report.closing.closed_on,
        )
    for line in sorted(report.late, key=lambda item: item.row.code):
        if line.capture:
            days = book.say(N_("%(days)s días hábiles de atraso"), days=line.capture.days_late)
            add("late", line.row.code, None, None, days, line.capture.submitted_on)
    for omission in report.omissions:
        add("omissions", omission.unit.code, None, str(omission.count), omission.reason, omission.accepted_on)
    for returned in report.returns:
        kind = returned.decided.reason_kind
        label = book.say(ReturnReason(kind).label) if kind else ""
        add("returns", returned.code, None, None, f"{label}. {returned.decided.reason}", returned.decided.at.date())
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


def _support(book: _Book) -> None:
    book.sheet(
        N_("Acompañamiento"),
        [
            book.column(N_("Área"), width=46),
            book.column(N_("Asesorías atendidas"), Kind.INTEGER, 14),
            book.column(N_("Tiempo de respuesta"), width=18),
            book.column(N_("Capacitación: tema"), width=46),
            book.column(N_("Asistentes"), Kind.INTEGER, 12),
        ],
        [],
        heading=book.say(N_("Acompañamiento técnico")),
        notes=[book.say(N_("Sin registros en el periodo."))],
    )


def _method(book: _Book) -> None:
    report = book.report
    book.sheet(
        N_("Metodología"),
        [book.column(N_("Tema"), width=36), book.column(N_("Regla"), width=110)],
        [[part.title, point] for part in method(report.frame.voice, report.month.scheme) for point in part.points],
        heading=book.say(N_("Anexo A. Metodología")),
        notes=[report.frame.parameters],
    )


def _evidence(book: _Book) -> None:
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
            [line.row.code, follow_up.file_name(reserved, piece), piece.attached_at.date(), piece.digest]
            for line in sorted(book.report.lines, key=lambda one: one.row.code)
            for piece in line.evidence
        ],
        heading=book.say(N_("Anexo B. Índice de evidencias")),
    )


__all__ = ["global_sheet_workbook", "monthly_workbook"]
