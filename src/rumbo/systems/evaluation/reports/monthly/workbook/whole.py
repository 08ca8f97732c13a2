"""Cover, summary, axes, areas and the year: counts and means are formulas over the goal table."""

from collections.abc import Sequence

from rumbo.core.engine.comparing import difference
from rumbo.core.rendering.charts import CLASS_ORDER
from rumbo.core.rendering.workbook import Cell, Column, Formula, Kind, Place
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.monthly.printed import executive, front
from rumbo.systems.evaluation.reports.monthly.shapes import Node
from rumbo.systems.evaluation.reports.monthly.workbook.book import Book


def cover(book: Book) -> None:
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


def summary(book: Book, goals: Place) -> None:
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
    for light in executive.LIGHTS:
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
            *executive.the_three(report),
            executive.coverage(report),
            executive.overdue(report),
            report.frame.parameters,
        ],
        landscape=False,
    )


def nodes_sheet(book: Book, name: str, nodes: Sequence[Node], mine: str, goals: Place) -> None:
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


def _node_row(book: Book, node: Node, goals: Place, mine: str) -> list[Cell]:
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


def year(book: Book) -> None:
    report = book.report
    rows = []
    for column, month in enumerate(report.frame.year.months):
        rolled = report.year.get(month.index)
        rows.append(
            [
                report.frame.voice.month(month),
                report.line.programmed[column],
                report.line.achieved[column],
                None if rolled else report.line.projected[column],
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
