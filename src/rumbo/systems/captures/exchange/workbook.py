"""Writes the area's sheet: closed months locked, what may be typed open, ready to come back."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.rendering.workbook import Cell, Column, Kind, Workbook
from rumbo.core.rendering.years import order_of
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.systems.captures import queries
from rumbo.systems.captures.exchange import variables
from rumbo.systems.captures.exchange.tables import DENOMINATOR, NUMERATOR, PARTS
from rumbo.systems.captures.queries import Row, Sheet

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

NOTES = (
    N_("Escriba solo en las celdas de color: los meses cerrados no se modifican."),
    N_("En lo que se suma mes con mes escriba solo lo del mes, no el acumulado."),
    N_("Guarde el archivo y use «Subir Excel»: lo que suba queda como borrador hasta que lo envíe."),
)


def workbook(
    actor: Actor,
    institution: "Institution",
    *,
    year: FiscalYear,
    on: date,
    units: Collection[int] | None = None,
    indicator_ids: Sequence[int] | None = None,
    banner: str | None = None,
    translate: Callable[[str], str] = str,
) -> bytes:
    """XLSX bytes of all the indicators that the actor sees (of `units`, of `indicator_ids`, when given)."""
    working = queries.working_period(institution, on)
    sheet = queries.sheet_of(
        actor, institution, year=year, working=working, on=on, units=units, indicator_ids=indicator_ids
    )
    # what people must know goes above the table: below it, it would read as one row more
    book = Workbook(f"{institution.name} · {year.label}", on=on, banner=banner, translate=translate)
    book.sheet(
        translate(N_("Captura")),
        _columns(sheet, translate),
        [_cells(row, part, year.year, translate) for row in sheet.rows for part in _parts(row)],
        lead=" ".join(filter(None, [order_of(year, translate), *(translate(note) for note in NOTES)])),
        frozen_columns=2,
        protect=True,
    )
    variables.write(book, sheet.rows, translate)
    return book.to_bytes()


def _columns(sheet: Sheet, translate: Callable[[str], str]) -> list[Column]:
    titles = (
        (N_("Clave"), 10.0),
        (N_("Dato"), 13.0),
        (N_("Año"), 7.0),
        (N_("Indicador"), 34.0),
        (N_("Qué se escribe"), 30.0),
        (N_("Área"), 24.0),
        (N_("Unidad"), 14.0),
        (N_("Acumulación"), 22.0),
    )
    first = [Column(translate(title), Kind.TEXT, width) for title, width in titles]
    # the year travels with each row; as a number it reads back whole
    first[2] = Column(translate(N_("Año")), Kind.INTEGER, 7.0)
    open_months = {cell.period for row in sheet.rows for cell in row.cells if cell.open}
    months = [
        Column(translate(month.month_name).capitalize(), Kind.NUMBER, editable=month.index in open_months)
        for month in sheet.year.months
    ]
    return [*first, *months]


def _parts(row: Row) -> tuple[str, ...]:
    return (NUMERATOR, DENOMINATOR) if row.asked.has_denominator else (NUMERATOR,)


def _cells(row: Row, part: str, year: int, translate: Callable[[str], str]) -> list[Cell]:
    indicator = row.indicator
    name = row.asked.numerator_title if part == NUMERATOR else row.asked.denominator_title
    return [
        indicator.code,
        translate(PARTS[part]),
        year,
        indicator.name,
        name or indicator.unit_of_measure,
        indicator.goal.unit.name,
        indicator.unit_of_measure,
        translate(Accumulation(indicator.accumulation).label),
        *((cell.numerator if part == NUMERATOR else cell.denominator) for cell in row.cells),
    ]
