"""A workbook of several tables, taken in: each sheet found by its name, read by its declaration, with every fault.

    taken = take(content, (PLAN, SWOT), main=PLAN)
    taken.sheets["Plan"].records          # lines that read well
    taken.errors, taken.warnings
    marked(content, taken.errors)         # the person's own workbook, with the faults in their cells

Raises `WorkbookRefused` as reading does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rumbo.core.rendering.cells import CellError, column_letter, normal
from rumbo.core.rendering.marking import ERRORS_SHEET, mark_errors
from rumbo.core.rendering.marking import CellError as Mark
from rumbo.core.rendering.reading import MergedRange, ReadSheet, ReadWorkbook, read_upload
from rumbo.core.rendering.table import Parsed, Record, Sheet, translated
from rumbo.core.vocabulary.marking import N_

_MERGED = N_("Las celdas %(range)s están combinadas. Descombínelas y escriba el valor en cada renglón.")
_NO_SHEET = N_("Falta la hoja «%(sheet)s». Use la plantilla, o cambie el nombre de la hoja que la contiene.")


@dataclass(frozen=True, slots=True)
class Taken:
    """`sheets` by their declared name; only those that the workbook has. `errors` also holds those found later."""

    sheets: dict[str, Parsed]
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    def records(self, sheet: Sheet) -> list[Record]:
        parsed = self.sheets.get(sheet.name)
        return parsed.records if parsed else []

    def has(self, sheet: Sheet) -> bool:
        return sheet.name in self.sheets

    @property
    def rows_read(self) -> int:
        """Lines that read well and have no fault."""
        wrong = {(error.sheet, error.row) for error in self.errors}
        rows = {(record.sheet, record.row) for parsed in self.sheets.values() for record in parsed.records}
        return len(rows - wrong)

    @property
    def summary(self) -> tuple[str, dict[str, Any]]:
        """«Se leyeron bien 5,010 filas; 3 por corregir; no se aplicó ninguna.», template and counts."""
        wrong = {(error.sheet, error.row) for error in self.errors}
        counts = {"good": f"{self.rows_read:,}", "bad": f"{len(wrong):,}"}
        if wrong:
            return N_("Se leyeron bien %(good)s filas; %(bad)s por corregir; no se aplicó ninguna."), counts
        return N_("Se leyeron bien %(good)s filas; ninguna por corregir."), counts


class Weighed:
    """What a workbook would do once applied. With `errors` nothing is; `warnings` are for a person to look at."""

    taken: Taken

    @property
    def errors(self) -> list[CellError]:
        return self.taken.errors

    @property
    def warnings(self) -> list[CellError]:
        return self.taken.warnings

    @property
    def summary(self) -> tuple[str, dict[str, Any]]:
        return self.taken.summary


def take(content: bytes, sheets: Sequence[Sheet], *, main: Sheet) -> Taken:
    """Read the tables that the workbook has. A CSV, and a workbook of one sheet of any name, is the `main` one."""
    book = read_upload(content)
    visible = data_sheets(book)
    by_name = {normal(sheet.name): sheet for sheet in visible}
    if len(visible) == 1 and not any(_tab(sheet, by_name) for sheet in sheets):
        by_name[normal(main.name)] = visible[0]
    taken = Taken({})
    for sheet in sheets:
        found = _tab(sheet, by_name)
        if found is None:
            continue
        # Under the name that the person gave it, so that the marks land there.
        parsed = replace(sheet, name=found.name).parse(found.rows)  # type: ignore[arg-type]  # hours and spans of time are read as text
        merged = merged_faults(found, parsed)
        taken.sheets[sheet.name] = parsed
        taken.errors.extend(error for error in parsed.errors if not covered(found, error))
        taken.errors.extend(merged)
        taken.warnings.extend(parsed.warnings)
    if not taken.sheets:
        taken.errors.append(CellError(0, 0, _NO_SHEET, {"sheet": main.name}, main.name))
    return taken


def _tab(sheet: Sheet, by_name: Mapping[str, ReadSheet]) -> ReadSheet | None:
    return next((by_name[name] for name in map(normal, (sheet.name, *sheet.aliases)) if name in by_name), None)


def data_sheets(book: ReadWorkbook) -> list[ReadSheet]:
    """Those that a person sees, without our list of what to correct: a marked workbook comes back corrected."""
    return [sheet for sheet in book.sheets if sheet.visible and sheet.name != ERRORS_SHEET]


def marked(content: bytes, errors: Sequence[CellError], *, translate: Callable[[str], str] = str) -> bytes:
    """The workbook with each fault in its cell and a list of all at the front."""
    marks = [
        Mark(error.sheet, max(error.row, 1), max(error.column, 1), translated(error, translate)) for error in errors
    ]
    return mark_errors(content, marks, translate=translate)


def merged_faults(found: ReadSheet, parsed: Parsed) -> list[CellError]:
    """Merged cells among the lines: their value belongs to several and must be asked about. Titles above may merge."""
    rows = [record.row for record in parsed.records] + [error.row for error in parsed.errors if error.row]
    if not rows:
        return []
    first = min(rows)
    return [
        CellError(area.first_row + 1, area.first_column + 1, _MERGED, {"range": _written(area)}, found.name)
        for area in found.merged
        if area.first_row + 1 >= first
    ]


def covered(found: ReadSheet, error: CellError) -> bool:
    """A blank inside a merged range is told once, by the range."""
    return bool(error.row and error.column and found.merged_at(error.row - 1, error.column - 1))


def _written(area: MergedRange) -> str:
    first, last = column_letter(area.first_column + 1), column_letter(area.last_column + 1)
    return f"{first}{area.first_row + 1}:{last}{area.last_row + 1}"
