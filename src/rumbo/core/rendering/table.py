"""A table that people fill in a workbook: its columns declared once, for the template and for reading it back.

    AREAS = Sheet("Áreas", [Column("code", N_("Clave"), required=True, max_length=30), ...])
    parsed = AREAS.parse(rows)         # rows of a workbook or CSV, as the reader gives them
    parsed.records[0]["code"]          # typed values by key
    parsed.records[0].error("code", N_("La clave «%(code)s» ya existe."), code="A")   # a fault found later

Order of columns, capitals, accents and extra columns do not matter; blank lines are skipped. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from rumbo.core.rendering.cells import (
    Cell,
    CellError,
    Unreadable,
    is_blank,
    normal,
    to_boolean,
    to_choice,
    to_date,
    to_decimal,
    to_integer,
    to_text,
)
from rumbo.core.rendering.table_template import template
from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.marking import N_

__all__ = ["Cell", "CellError", "Column", "Parsed", "Record", "Sheet", "template"]

type Kind = Literal["text", "integer", "decimal", "date", "boolean", "choice"]

HEADER_WITHIN: Final = 20  # rows searched for the header: above it there may be a banner, a title and notes


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names the value in a record (and is understood as a header too); `title` is what people see.

    `choices` maps the key kept to the words shown. `aliases` are other headers that mean the same; `also`, other words
    of each choice.
    """

    key: str
    title: str
    required: bool = False
    kind: Kind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    help: str = ""
    max_length: int = 0
    decimals: int = 6
    aliases: tuple[str, ...] = ()
    example: str = ""
    width: int = 0

    def read(self, value: Cell) -> Any:
        """The value as its kind; raises Unreadable."""
        match self.kind:
            case "text":
                return to_text(value, self.max_length)
            case "integer":
                return to_integer(value)
            case "decimal":
                return to_decimal(value, self.decimals)
            case "date":
                return to_date(value)
            case "boolean":
                return to_boolean(value)
            case "choice":
                return to_choice(value, self.choices, self.also)

    @property
    def nothing(self) -> str | None:
        """What a blank cell is: "" in texts, None in the rest."""
        return "" if self.kind == "text" else None


@dataclass(frozen=True, slots=True)
class Record:
    """One line. `row` counts from 1 as in the workbook; `places` is the column number of each key that was there."""

    row: int
    values: Mapping[str, Any]
    places: Mapping[str, int]
    sheet: str = ""

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def has(self, key: str) -> bool:
        """Whether the workbook had that column at all."""
        return key in self.places

    def error(self, key: str, template: str, **params: Any) -> CellError:
        """A fault in the cell of `key`, found after reading."""
        return CellError(self.row, self.places.get(key, 0), template, params, self.sheet)


@dataclass(frozen=True, slots=True)
class Parsed:
    """`records` only of the lines that read well. `warnings` do not stop anything."""

    records: list[Record]
    errors: list[CellError]
    warnings: list[CellError]

    @property
    def summary(self) -> tuple[str, dict[str, int]]:
        """Template and counts: «Se leyeron bien 5,010 filas; 3 por corregir; no se aplicó ninguna.»"""
        counts = {"good": len(self.records), "bad": len({error.row for error in self.errors})}
        if self.errors:
            return N_("Se leyeron bien %(good)s filas; %(bad)s por corregir; no se aplicó ninguna."), counts
        return N_("Se leyeron bien %(good)s filas; ninguna por corregir."), counts


@dataclass(frozen=True)
class Sheet:
    """A table by its columns. `name` is the tab of the workbook; `aliases`, other names of the tab."""

    name: str
    columns: Sequence[Column]
    help: str = ""
    aliases: tuple[str, ...] = ()

    def parse(self, rows: Sequence[Sequence[Cell]], *, first_row: int = 1) -> Parsed:
        """Read every line. `first_row` is the number, in the workbook, of `rows[0]`."""
        found = self._header(rows)
        if found is None:
            return Parsed([], [self._no_header()], [])
        index, places, warnings, errors = found
        header_row = first_row + index
        missing = [column.title for column in self.columns if column.required and column.key not in places]
        if missing:
            errors.append(self._missing(header_row, missing))
        if errors:
            return Parsed([], [self._at(header_row, error) for error in errors], [])
        records: list[Record] = []
        for offset, cells in enumerate(rows[index + 1 :], start=header_row + 1):
            if all(is_blank(cell) for cell in cells):
                continue
            record, faults = self._line(offset, cells, places)
            errors.extend(faults)
            if not faults:
                records.append(record)
        return Parsed(records, errors, [self._at(header_row, warning) for warning in warnings])

    def _header(
        self, rows: Sequence[Sequence[Cell]]
    ) -> tuple[int, dict[str, int], list[CellError], list[CellError]] | None:
        """The row, near the top, with most of the titles. Places count from 1."""
        names = self._names()
        scores = [
            sum(1 for cell in cells if isinstance(cell, str) and normal(cell) in names)
            for cells in rows[:HEADER_WITHIN]
        ]
        if not scores or max(scores) == 0:
            return None
        index = scores.index(max(scores))
        places: dict[str, int] = {}
        warnings: list[CellError] = []
        errors: list[CellError] = []
        for place, cell in enumerate(rows[index], start=1):
            if is_blank(cell):
                continue
            key = names.get(normal(cell))
            if key is None:
                warnings.append(CellError(0, place, _IGNORED, {"title": to_text(cell)}, self.name))
            elif key in places:
                errors.append(CellError(0, place, _TWICE, {"title": to_text(cell)}, self.name))
            else:
                places[key] = place
        return index, places, warnings, errors

    def _names(self) -> dict[str, str]:
        """What each header means: a title before the other names of any column, and these before the keys."""
        ranks: tuple[Callable[[Column], tuple[str, ...]], ...] = (
            lambda column: (column.key,),
            lambda column: column.aliases,
            lambda column: (column.title,),
        )
        columns = list(reversed(self.columns))
        return {normal(name): column.key for rank in ranks for column in columns for name in rank(column)}

    def _line(self, row: int, cells: Sequence[Cell], places: Mapping[str, int]) -> tuple[Record, list[CellError]]:
        values: dict[str, Any] = {}
        errors: list[CellError] = []
        for column in self.columns:
            place = places.get(column.key, 0)
            cell = cells[place - 1] if 0 < place <= len(cells) else None
            values[column.key] = column.nothing
            if is_blank(cell):
                if column.required:
                    errors.append(CellError(row, place, _BLANK, {"title": column.title}, self.name))
                continue
            try:
                values[column.key] = column.read(cell)
            except Unreadable as problem:
                errors.append(CellError(row, place, problem.template, problem.params, self.name))
        return Record(row, values, places, self.name), errors

    def _at(self, row: int, error: CellError) -> CellError:
        return error if error.row else CellError(row, error.column, error.template, error.params, error.sheet)

    def _missing(self, row: int, titles: Sequence[str]) -> CellError:
        return CellError(row, 0, _MISSING, {"titles": _listed(titles)}, self.name)

    def _no_header(self) -> CellError:
        required = [column.title for column in self.columns if column.required]
        return CellError(0, 0, _NO_HEADER, {"titles": _listed(required)}, self.name)


def translated(error: CellError, translate: Callable[[str], str]) -> str:
    """The message in the language of whoever reads."""
    return fill(error.template, error.params, translate)


def _listed(titles: Sequence[str]) -> str:
    return ", ".join(f"«{title}»" for title in titles)


_IGNORED = N_("La columna «%(title)s» no se usa; se ignoró.")
_TWICE = N_("La columna «%(title)s» aparece dos veces. Deje una sola.")
_BLANK = N_("Falta «%(title)s». Escríbalo.")
_MISSING = N_("Faltan columnas: %(titles)s. Descargue la plantilla o agréguelas.")
_NO_HEADER = N_("No se encontró la fila de encabezados (%(titles)s). Use la plantilla.")
