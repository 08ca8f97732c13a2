"""The sheet «Variables» of the area's workbook: one row for each indicator, variable and week, there and back."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rumbo.core.rendering.cells import CellError, normal
from rumbo.core.rendering.intake import covered, merged_faults
from rumbo.core.rendering.reading import ReadSheet
from rumbo.core.rendering.stretches import stretch_name
from rumbo.core.rendering.table import Column, Record, Sheet
from rumbo.core.rendering.told import Day, Month
from rumbo.core.rendering.workbook import Cell as Written
from rumbo.core.rendering.workbook import Column as Printed
from rumbo.core.rendering.workbook import Kind, Workbook
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import Slot
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.ui.exchange import spoken
from rumbo.systems.captures import actions, queries
from rumbo.systems.captures.queries import Cell, Row
from rumbo.systems.indicators.queries import Asked, asked_of

if TYPE_CHECKING:
    from rumbo.core.engine.readings import Stretch
    from rumbo.systems.indicators.models import Indicator

VARIABLES = Sheet(
    N_("Variables"),
    [
        Column("code", N_("Clave"), required=True, max_length=30),
        Column("symbol", N_("Variable"), required=True, max_length=60),
        Column("last_day", N_("Último día"), required=True, kind="date"),
        # written for whoever reads the sheet; not read back, and no news when it returns
        Column("stretch", N_("Periodo")),
        Column("name", N_("Indicador")),
        Column("variable", N_("Qué se escribe")),
        Column("unit", N_("Unidad")),
        Column("value", N_("Valor"), kind="decimal"),
        Column("reason", N_("Razón, si no hay dato"), max_length=500),
    ],
)
LEAD = N_(
    "Un renglón por variable y por mes, semana o quincena. El valor del mes resulta de ellos. Si en una semana no hay"
    " dato, escriba la razón en su primer renglón."
)
_KINDS = {"last_day": Kind.DATE, "value": Kind.NUMBER}
_WIDTHS = {"code": 10.0, "symbol": 18.0, "stretch": 34.0, "name": 34.0, "variable": 34.0, "unit": 14.0, "reason": 34.0}
type Known = Mapping[str, Mapping[int, tuple[Row, Cell]]]
type Refused = Callable[[Row, Cell], tuple[str, dict[str, Any]] | None]


def write(book: Workbook, rows: Iterable[Row], translate: Callable[[str], str]) -> None:
    """After the sheet of the months; nothing when no indicator has variables or weeks."""
    lines = [line for row in rows if row.asked.by_readings for line in _lines(row, translate)]
    if not lines:
        return
    columns = [
        Printed(
            translate(one.title),
            _KINDS.get(one.key, Kind.TEXT),
            _WIDTHS.get(one.key),
            editable=one.key in ("value", "reason"),
        )
        for one in VARIABLES.columns
    ]
    name = translate(VARIABLES.name)
    book.sheet(name, columns, lines, heading=name, lead=translate(LEAD), frozen_columns=3, protect=True)


def _lines(row: Row, translate: Callable[[str], str]) -> list[list[Written]]:
    asked, indicator = row.asked, row.indicator
    found: list[list[Written]] = []
    for cell in row.cells:
        if not (cell.open or (cell.capture and cell.capture.readings)):
            continue
        for slot, one in zip(asked.stretches(cell.period), _stretches(row, cell), strict=True):
            for place, variable in enumerate(asked.variables):
                said = stretch_name(slot, translate) if asked.by_stretches else _month(cell.period, translate)
                found.append(
                    [indicator.code, variable.symbol, slot.last_day, said, indicator.name, variable.title,
                     variable.unit, one.figures.get(variable.symbol), "" if place else one.reason]
                )  # fmt: skip
    return found


def _month(period: int, translate: Callable[[str], str]) -> str:
    month = Period.of(period)
    return f"{translate(month.month_name)} {month.year}"


def _stretches(row: Row, cell: Cell) -> "list[Stretch]":
    return queries.stretches_in(cell.capture.readings if cell.capture else {}, row.asked, cell.period)


def is_variables(sheet: ReadSheet) -> bool:
    """By its name, in any language of the product."""
    told = spoken(VARIABLES)
    return normal(sheet.name) in {normal(name) for name in (VARIABLES.name, told.name, *told.aliases)}


@dataclass(slots=True)
class Taken:
    """What the sheet says: `records` that read well, and `errors` with the name of the sheet."""

    sheet: ReadSheet
    records: list[Record] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        return [record["last_day"] for record in self.records]

    @property
    def good(self) -> int:
        """Lines without any fault."""
        return len({record.row for record in self.records} - {error.row for error in self.errors})

    def wrong(self, record: Record, key: str, template: str, **params: Any) -> None:
        self.errors.append(replace(record.error(key, template, **params), sheet=self.sheet.name))


def take(sheet: ReadSheet) -> Taken:
    lines: Any = sheet.rows  # a time of day or a duration is no kind of cell that a column asks for
    parsed = replace(spoken(VARIABLES), name=sheet.name).parse(lines)
    faults = [error for error in parsed.errors if not covered(sheet, error)] + merged_faults(sheet, parsed)
    merged = [record for record in parsed.records if not _is_merged(sheet, record)]
    return Taken(sheet, merged, [replace(one, sheet=sheet.name) for one in faults], parsed.warnings)


def _is_merged(sheet: ReadSheet, record: Record) -> bool:
    return any(sheet.merged_at(record.row - 1, place - 1) is not None for place in record.places.values())


def entries_of(taken: Taken, known: Known, refused: Refused) -> dict[tuple[int, int], actions.Entry]:
    """What changes, by indicator and month. Faults are added to `taken`. `known`: cells by code and period."""
    found: dict[tuple[int, int], actions.Entry] = {}
    seen: dict[tuple[str, str, date], int] = {}
    for record in taken.records:
        place = (record["code"], record["symbol"], record["last_day"])
        if seen.setdefault(place, record.row) != record.row:
            taken.wrong(record, "code", N_("Repite la fila %(row)s: misma variable y mismo día."), row=seen[place])
            continue
        pair = _cell(taken, record, known)
        if pair is not None:
            _change(taken, record, *pair, refused, found)
    return found


def _cell(taken: Taken, record: Record, known: Known) -> tuple[Row, Cell, Slot] | None:
    cells = known.get(record["code"])
    if not cells:
        template = N_("No hay un indicador con la clave «%(code)s» en sus áreas.")
        taken.wrong(record, "code", template, code=record["code"])
        return None
    slot = _slot(taken, record, next(iter(cells.values()))[0].asked)
    if slot is None:
        return None
    pair = cells.get(slot.period.index)
    if pair is None:
        taken.wrong(record, "last_day", _NO_SLOT, code=record["code"], day=Day(slot.last_day))
        return None
    return pair[0], pair[1], slot


def _slot(taken: Taken, record: Record, asked: Asked) -> Slot | None:
    """The stretch that a line is about; None when the indicator asks for no such thing."""
    code = record["code"]
    if not asked.by_readings:
        template = N_("%(code)s no se captura por variables: escríbalo en la otra hoja.")
        taken.wrong(record, "code", template, code=code)
        return None
    if record["symbol"] not in asked.recipe.symbols:
        template = N_("«%(symbol)s» no es una variable de %(code)s. Son: %(symbols)s.")
        symbols = ", ".join(asked.recipe.symbols)
        taken.wrong(record, "symbol", template, symbol=record["symbol"], code=code, symbols=symbols)
        return None
    slots = asked.stretches(Period.containing(record["last_day"]).index)
    slot = next((one for one in slots if one.last_day == record["last_day"]), None)
    if slot is None:
        taken.wrong(record, "last_day", _NO_SLOT, code=code, day=Day(record["last_day"]))
    return slot


_NO_SLOT = N_("%(code)s no tiene un corte que termine el %(day)s. Deje la fecha como venía en el libro.")


def past_of(
    taken: Taken, known: "Mapping[str, Indicator]", already: Collection[tuple[int, int]]
) -> list[actions.HistoryRow]:
    """Months of the carga histórica that come by variable. Those without a result are faults, and so are those that
    came `already` (indicator and month) by their value."""
    said: dict[tuple[str, int], dict[date, dict[str, Decimal | None]]] = {}
    reasons: dict[tuple[str, int], dict[date, str]] = {}
    first: dict[tuple[str, int], Record] = {}
    for record in taken.records:
        indicator = known.get(record["code"])
        if indicator is None:
            template = N_("No hay un indicador con la clave «%(code)s».")
            taken.wrong(record, "code", template, code=record["code"])
            continue
        slot = _slot(taken, record, asked_of(indicator))
        if slot is None:
            continue
        key = (record["code"], slot.period.index)
        first.setdefault(key, record)
        said.setdefault(key, {}).setdefault(slot.last_day, {})[record["symbol"]] = record.get("value")
        if record.get("reason"):
            reasons.setdefault(key, {})[slot.last_day] = record["reason"]
    found = []
    for (code, period), readings in said.items():
        asked = asked_of(known[code])
        if (known[code].pk, period) in already:
            template = N_("%(month)s de %(code)s ya viene en la otra hoja con su valor. Deje una de las dos.")
            taken.wrong(first[code, period], "code", template, code=code, month=Month(period, first=True))
            continue
        kept = queries.merged({}, asked, period, readings, reasons.get((code, period), {}))
        month = queries.month_in(kept, asked, period)
        if month.numerator is None:
            template = N_("Con estas variables %(code)s no tiene valor en %(month)s. Complételas, o quite sus filas.")
            taken.wrong(first[code, period], "value", template, code=code, month=Month(period))
            continue
        found.append(actions.HistoryRow(known[code].pk, period, month.numerator, month.denominator, readings=kept))
    return found


def _change(
    taken: Taken,
    record: Record,
    row: Row,
    cell: Cell,
    slot: Slot,
    refused: Refused,
    found: dict[tuple[int, int], actions.Entry],
) -> None:
    """Adds what is not as it is stored; or why it cannot be."""
    one = next(one for one in _stretches(row, cell) if one.last_day == slot.last_day)
    symbol: str = record["symbol"]
    value: Decimal | None = record.get("value")
    news = record.has("value") and value != one.figures.get(symbol)
    reason: str = record.get("reason") or ""
    first = symbol == row.asked.recipe.symbols[0]
    said = record.has("reason") and row.asked.by_stretches and (first or bool(reason)) and reason != one.reason
    if not (news or said):
        return
    why = refused(row, cell)
    if why is not None:
        taken.wrong(record, "value" if news else "reason", why[0], **why[1])
        return
    entry = found.setdefault((row.indicator.pk, cell.period), {})
    if news:
        readings: Any = entry.setdefault("readings", {})
        readings.setdefault(slot.last_day, {})[symbol] = value
    if said:
        reasons: Any = entry.setdefault("reasons", {})
        reasons[slot.last_day] = reason
