"""One input table: a Parquet file, or a folder with its parts, read a range of rows at a time and checked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rumbo.systems.evaluation.exchange.columnar import refusing
from rumbo.systems.evaluation.exchange.columnar.layout import INPUTS, Column
from rumbo.systems.evaluation.exchange.columnar.refusing import Unreadable

# What Polars raises for a file that is not Parquet or was cut; pyo3's own panic is for corrupted pages.
BROKEN: tuple[type[BaseException], ...] = (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException)


@dataclass(frozen=True, slots=True)
class Part:
    """One file: `first` is the place of its first row in the whole table; `has` the columns it brings."""

    file: Path
    first: int
    rows: int
    has: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The parts in the order of their names."""

    name: str
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def columns(self) -> tuple[Column, ...]:
        return INPUTS[self.name]

    @property
    def label(self) -> str:
        return self.parts[0].file.name if len(self.parts) == 1 else f"{self.name}/"

    def place(self, row: int) -> tuple[str, int]:
        """The file of a row of the whole table, and its number in it, from 1: how a person finds it."""
        part = next(part for part in self.parts if row < part.first + part.rows)
        name = part.file.name if len(self.parts) == 1 else f"{part.file.parent.name}/{part.file.name}"
        return name, row - part.first + 1

    def refuse(self, template: str, row: int, **words: Any) -> Unreadable:
        """The refusal of one row of the whole table, ready to be raised."""
        file, number = self.place(row)
        return Unreadable(template, file=file, row=number, **words)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def open_table(folder: Path, name: str) -> Table:
    """Only the footers are read. Raises Unreadable: no file, not Parquet, a column missing or of another type."""
    file = folder / f"{name}.parquet"
    parts = folder / name
    if file.is_file():
        files = [file]
    elif file.is_dir() or parts.is_dir():  # other engines write a table as a folder, with or without the ending
        files = sorted((file if file.is_dir() else parts).glob("*.parquet"))
    else:
        files = []
    if not files:
        raise refusing.missing_file(folder, name)
    found: list[Part] = []
    first = 0
    for one in files:
        part = _part(one, name, first)
        found.append(part)
        first += part.rows
    table = Table(name, tuple(found))
    if not table.rows and name != "obs":  # a nation may have reported nothing yet
        raise refusing.empty(table.label)
    return table


def _part(file: Path, name: str, first: int) -> Part:
    try:
        schema = pl.read_parquet_schema(file)
        rows = int(pl.scan_parquet(file).select(pl.len()).collect().item())
    except BROKEN as problem:
        raise refusing.not_parquet(file.name) from problem
    for column in INPUTS[name]:
        found = schema.get(column.name)
        if found is None:
            if column.absent is None:
                raise refusing.missing_column(file.name, column.name, list(schema))
        elif not (found.is_integer() if column.whole else found.is_numeric() or found == pl.Null()):
            raise refusing.wrong_type(file.name, column.name, found=str(found), whole=column.whole)
    return Part(file, first, rows, frozenset(schema))


def read(table: Table, names: tuple[str, ...], start: int = 0, length: int | None = None) -> dict[str, NDArray[Any]]:
    """Rows `start`.. as arrays, i8 or f8 with NaN for a blank. Raises Unreadable for what a cell may not hold."""
    end = table.rows if length is None else min(start + length, table.rows)
    pieces = [
        _piece(table, part, names, max(start, part.first) - part.first, min(end, part.first + part.rows) - part.first)
        for part in table.parts
        if part.first < end and part.first + part.rows > start
    ]
    if len(pieces) == 1:
        return pieces[0]
    return {name: _joined(table.column(name), [piece[name] for piece in pieces]) for name in names}


def read_file(file: Path, names: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """Columns of one of our own files, NaN for a blank."""
    frame = pl.read_parquet(file, columns=list(names))
    return {name: frame[name].to_numpy() for name in names}


def _joined(column: Column, pieces: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(pieces) if pieces else np.empty(0, dtype=np.int64 if column.whole else np.float64)


def _piece(table: Table, part: Part, names: tuple[str, ...], start: int, end: int) -> dict[str, NDArray[Any]]:
    wanted = [name for name in names if name in part.has]
    rows = end - start
    try:
        frame = pl.scan_parquet(part.file).select(wanted).slice(start, rows).collect()
    except BROKEN as problem:
        raise refusing.not_parquet(table.place(part.first)[0]) from problem
    return {
        name: _checked(table, table.column(name), frame[name] if name in part.has else None, rows, part.first + start)
        for name in names
    }


def _checked(table: Table, column: Column, found: pl.Series | None, rows: int, first: int) -> NDArray[Any]:
    if found is None:
        return np.full(rows, column.absent)
    if not column.whole:
        return _figures(table, column, found, first)
    if found.null_count():
        raise table.refuse(refusing.BLANK, first + _first(found.is_null().to_numpy()), column=column.name)
    values: NDArray[Any] = found.to_numpy()
    if rows and (int(values.min()) < column.low or int(values.max()) > column.high):
        row = _first((values < column.low) | (values > column.high))
        raise table.refuse(
            refusing.OUTSIDE, first + row, column=column.name, value=values[row], low=column.low, high=column.high
        )
    return values


def _figures(table: Table, column: Column, found: pl.Series, first: int) -> NDArray[np.float64]:
    if found.dtype != pl.Float64():
        found = found.cast(pl.Float64())
    values: NDArray[np.float64] = found.to_numpy()
    if not np.isfinite(values).all():
        infinite = np.isinf(values)
        if infinite.any():
            raise table.refuse(refusing.INFINITE, first + _first(infinite), column=column.name)
        if not column.blank:
            raise table.refuse(refusing.BLANK, first + _first(np.isnan(values)), column=column.name)
    return values


def _first(where: NDArray[Any]) -> int:
    return int(np.argmax(where))
