"""Reads a workbook of captures: the area's sheet as drafts of open months, or the long one as carga histórica."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from rumbo.core.rendering import marking
from rumbo.core.rendering.cells import CellError
from rumbo.core.rendering.intake import covered, data_sheets, merged_faults
from rumbo.core.rendering.reading import ReadSheet, read_upload
from rumbo.core.rendering.table import Parsed, Record
from rumbo.core.rendering.told import Month, Word
from rumbo.core.timekeeping.period import InvalidPeriod, Period
from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.ui.exchange import spoken
from rumbo.systems.captures import actions, queries
from rumbo.systems.captures.exchange import variables
from rumbo.systems.captures.exchange.tables import DENOMINATOR, HISTORY, NUMERATOR, SHEET, month_key
from rumbo.systems.captures.exchange.variables import Taken
from rumbo.systems.captures.queries import Cell, Row
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class Loaded:
    """`kind` is "sheet" or "history". With errors nothing was applied."""

    kind: str
    rows: int
    changed: int
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.errors


def load(
    content: bytes, *, institution: "Institution", by: Actor, on: date, at: datetime, dry_run: bool = False
) -> Loaded:
    """All or nothing. `dry_run` checks and applies, and then takes everything back.

    Raises WorkbookRefused (the file itself), Forbidden, and what the actions refuse as a whole.
    """
    sheets = [one for one in data_sheets(read_upload(content)) if one.rows]
    apart = next((one for one in sheets if variables.is_variables(one)), None)
    sheet = next((one for one in sheets if one is not apart), None)
    by_variable = variables.take(apart) if apart else None
    if sheet is None and by_variable is None:
        return Loaded("sheet", 0, 0, [CellError(0, 0, N_("El libro no tiene una hoja con datos."))])
    lines: Any = sheet.rows if sheet else []  # a time of day or a duration is no kind of cell that a column asks for
    long = spoken(HISTORY).parse(lines)
    with transaction.atomic():
        # each shape answers for its own header: the long one is the one that has periods
        if sheet and _has_periods(long):
            loaded = _history(long, sheet, by_variable, institution, by, at)
        else:
            parsed = spoken(SHEET).parse(lines) if sheet else Parsed([], [], [])
            loaded = _sheet(parsed, sheet, by_variable, institution, by, on, at)
        if dry_run:
            transaction.set_rollback(True)
    return loaded


def marked(content: bytes, errors: Sequence[CellError]) -> bytes:
    """The person's own workbook with the wrong cells marked."""
    name = next((one.name for one in data_sheets(read_upload(content)) if one.rows), "")
    return marking.mark_errors(
        content,
        [marking.CellError(one.sheet or name, max(one.row, 1), max(one.column, 1), _said(one)) for one in errors],
        translate=_,
    )


def _said(error: CellError) -> str:
    return fill(error.template, error.params, _)


def _has_periods(parsed: Parsed) -> bool:
    if parsed.records:
        return parsed.records[0].has("period")
    if not parsed.errors:
        return True  # a header of ours without a line below
    # every line wrong, but the header was understood: faults of lines have their own row
    return any(error.row > 1 or error.column for error in parsed.errors) and not any(
        error.row == 0 or "Faltan columnas" in error.template for error in parsed.errors
    )


def _faults(parsed: Parsed, sheet: ReadSheet) -> list[CellError]:
    """Those of reading, and the merged cells: each range once, in place of the blanks that it leaves."""
    return [error for error in parsed.errors if not covered(sheet, error)] + merged_faults(sheet, parsed)


def _good(parsed: Parsed, errors: Sequence[CellError]) -> int:
    """Lines without any fault, of reading or found later."""
    return len({record.row for record in parsed.records} - {error.row for error in errors})


# The long shape


def _history(
    parsed: Parsed, sheet: ReadSheet, apart: Taken | None, institution: "Institution", by: Actor, at: datetime
) -> Loaded:
    if not by.may(Permission.CLOSE_MONTH, institution.pk):
        raise Forbidden(N_("La carga histórica corresponde a quien cierra los meses. Pídala a Planeación."))
    known = {indicator.code: indicator for indicator in indicators.indicators_of(institution)}
    errors = _faults(parsed, sheet)
    rows: list[actions.HistoryRow] = []
    seen: dict[tuple[int, int], int] = {}
    for record in parsed.records:
        row = _history_row(record, known, institution, errors)
        if row is None:
            continue
        first = seen.setdefault((row.indicator_id, row.period), record.row)
        if first != record.row:
            errors.append(record.error("code", N_("Repite la fila %(row)s: misma clave y mismo mes."), row=first))
            continue
        rows.append(row)
    good = _good(parsed, errors)
    if apart is not None:
        rows += variables.past_of(apart, known, {(row.indicator_id, row.period) for row in rows})
        errors += apart.errors
        good += apart.good
    if errors:
        return Loaded("history", good, 0, errors, parsed.warnings)
    changed = actions.load_history(institution=institution, rows=rows, by=by, at=at)
    return Loaded("history", good, changed, [], parsed.warnings)


def _history_row(
    record: Record, known: "dict[str, Indicator]", institution: "Institution", errors: list[CellError]
) -> actions.HistoryRow | None:
    indicator = known.get(record["code"])
    if indicator is None:
        errors.append(record.error("code", N_("No hay un indicador con la clave «%(code)s»."), code=record["code"]))
        return None
    try:
        month = Period.parse(record["period"])
    except InvalidPeriod:
        template = N_("«%(value)s» no es un mes. Escríbalo como 2026-10.")
        errors.append(record.error("period", template, value=record["period"]))
        return None
    if month.month not in indicator.months_due(institution.year_of(month)):
        template = N_("%(code)s no se mide en %(month)s por su frecuencia.")
        errors.append(record.error("period", template, code=indicator.code, month=Month(month)))
        return None
    has_denominator = indicators.asked_of(indicator).has_denominator
    if has_denominator and record[DENOMINATOR] is None:
        errors.append(record.error(DENOMINATOR, N_("Falta el denominador: este indicador es un cociente.")))
        return None
    return actions.HistoryRow(
        indicator_id=indicator.pk,
        period=month.index,
        numerator=record[NUMERATOR],
        denominator=record[DENOMINATOR] if has_denominator else None,
        cause_kind=record["cause_kind"] or "",
        cause=record["cause"],
        corrective_action=record["corrective_action"],
        commitment_on=record["commitment_on"],
        responsible_post=record["responsible_post"],
    )


# The area's sheet


def _sheet(
    parsed: Parsed,
    sheet: ReadSheet | None,
    apart: Taken | None,
    institution: "Institution",
    by: Actor,
    on: date,
    at: datetime,
) -> Loaded:
    if not by.may(Permission.CAPTURE, institution.pk):
        raise Forbidden(N_("Capturar corresponde a las áreas. Si le toca, pida el permiso a quien administra."))
    errors = _faults(parsed, sheet) if sheet else []
    entries: dict[tuple[int, int], actions.Entry] = {}
    found: dict[int, Row] = {}
    years = {record["year"] for record in parsed.records}
    years |= {institution.year_of(Period.containing(day)).year for day in (apart.days if apart else ())}
    for year in sorted(years):
        if not 1900 <= year < 2999:
            continue
        working = queries.working_period(institution, on)
        fiscal = institution.year_called(year)
        for row in queries.sheet_of(by, institution, year=fiscal, working=working, on=on).rows:
            found[row.indicator.pk * 10000 + year] = row
    by_code = {(row.indicator.code, key % 10000): row for key, row in found.items()}
    for record in parsed.records:
        known = by_code.get((record["code"], record["year"]))
        if known is None:
            template = N_("No hay un indicador con la clave «%(code)s» en sus áreas.")
            errors.append(record.error("code", template, code=record["code"]))
            continue
        if sheet is not None:
            _months(record, known, sheet, entries, errors)
    good = _good(parsed, errors)
    if apart is not None:
        entries |= variables.entries_of(apart, _by_period(found.values()), _closed)
        errors += apart.errors
        good += apart.good
    if errors:
        return Loaded("sheet", good, 0, errors, parsed.warnings)
    drafts = [
        actions.Draft(row.indicator, period, entries[pk, period])
        for (pk, period) in sorted(entries)
        for row in found.values()
        if row.indicator.pk == pk and row.cells[0].period <= period <= row.cells[-1].period
    ]
    saved = actions.save_drafts(institution=institution, drafts=drafts, by=by, at=at) if drafts else []
    return Loaded("sheet", good, len(saved), [], parsed.warnings)


def _by_period(rows: Iterable[Row]) -> variables.Known:
    known: dict[str, dict[int, tuple[Row, Cell]]] = {}
    for row in rows:
        known.setdefault(row.indicator.code, {}).update({cell.period: (row, cell) for cell in row.cells})
    return known


def _months(
    record: Record,
    known: Row,
    sheet: ReadSheet,
    entries: dict[tuple[int, int], actions.Entry],
    errors: list[CellError],
) -> None:
    part = record["part"]
    for cell in known.cells:
        key = month_key(cell.period)
        if not record.has(key):
            continue
        place = record.places[key]
        if sheet.merged_at(record.row - 1, place - 1) is not None:
            continue  # already told, by its range
        value: Decimal | None = record[key]
        stored = cell.numerator if part == NUMERATOR else cell.denominator
        if value == stored or (value is None and stored is None):
            continue
        refused = _refused(known, cell, part)
        if refused:
            errors.append(record.error(key, refused[0], **refused[1]))
            continue
        entry = entries.setdefault((known.indicator.pk, cell.period), {})
        if part == NUMERATOR:
            entry["numerator"] = value
        else:
            entry["denominator"] = value


def _refused(known: Row, cell: Cell, part: str) -> tuple[str, dict[str, Any]] | None:
    """Why a cell that was changed cannot be."""
    if known.asked.by_readings:
        template = N_("El valor de %(code)s resulta de sus variables: escríbalas en la hoja «Variables».")
        return template, {"code": known.indicator.code}
    if part == DENOMINATOR and not known.indicator.denominator_name:
        return N_("%(code)s no tiene denominador. Deje la celda vacía."), {"code": known.indicator.code}
    return _closed(known, cell)


def _closed(known: Row, cell: Cell) -> tuple[str, dict[str, Any]] | None:
    """Why a month cannot be changed here."""
    month = Word(Period.of(cell.period).month_name)
    if cell.closed_on is not None:
        closed = actions.PeriodClosed(cell.period, cell.closed_on)
        return closed.template, closed.params
    if not cell.due:
        template = N_("%(code)s no corresponde en %(month)s por su frecuencia. Deje la celda vacía.")
        return template, {"code": known.indicator.code, "month": month}
    if not cell.open:
        template = N_("%(month)s de %(code)s está «%(state)s» y no se puede modificar aquí.")
        return template, {
            "code": known.indicator.code,
            "month": Month(cell.period, first=True),
            "state": Word(cell.state.label),
        }
    return None
