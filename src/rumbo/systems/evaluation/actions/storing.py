"""Results go to their table as columns: through models, thousands of rows would cost more than evaluating them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.table import TEXTS, Evaluated, Table

NAMES = (*Evaluated._fields, "closing_id")
PIECE = 4_000  # rows sent together
# COPY's binary format: its signature, no flags, no extension; each row its count of columns and each column its size
# in bytes, -1 where there is none, before its bytes; all big-endian; -1 columns at the end.
BEGINNING = b"PGCOPY\n\xff\r\n\0" + bytes(8)
ENDING = b"\xff\xff"
KINDS = {"bigint": ">i8", "integer": ">i4", "smallint": ">i2", "double precision": ">f8", "boolean": "?"}


def store_results(results: Table, closing_id: int | None = None) -> int:
    """Insert them; without closing they are provisional. Inside the caller's transaction. Returns how many."""
    if not len(results):
        return 0
    columns = ", ".join(connection.ops.quote_name(name) for name in NAMES)
    table = connection.ops.quote_name(Result._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT binary)") as copy:
                for piece in copied(results, closing_id, kinds()):
                    copy.write(piece)
        else:
            places = ", ".join(["%s"] * len(NAMES))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608  (our own names, quoted)
                [(*row, closing_id) for row in results.rows()],
            )
    return len(results)


@cache
def kinds() -> dict[str, str]:
    """How COPY takes each column of the table that is not text."""
    types = {field.attname: field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
             for field in Result._meta.concrete_fields}  # fmt: skip
    return {name: KINDS[str(types[name])] for name in NAMES if name not in TEXTS}


def copied(results: Table, closing_id: int | None, kinds: dict[str, str]) -> Iterator[bytes]:
    """What COPY reads, some thousands of rows at a time. Raises OverflowError for what a column does not hold."""
    yield BEGINNING
    for start in range(0, len(results), PIECE):
        yield _piece(results.slice(start, start + PIECE), closing_id, kinds)
    yield ENDING


def _piece(results: Table, closing_id: int | None, kinds: dict[str, str]) -> bytes:
    """Every row is laid out whole, those of an absent value too, and then the bytes that are not sent are taken out."""
    layout: list[Any] = [("columns", ">i2")]
    cells: dict[str, NDArray[Any]] = {}
    sizes: dict[str, Any] = {}
    for name in NAMES:
        cell, size = _cell(results, name, closing_id, kinds)
        cells[name], sizes[name] = cell, size
        layout += [(f"{name}:size", ">i4"), (name, cell.dtype)]
    rows = np.empty(len(results), dtype=layout)
    rows["columns"] = len(NAMES)
    sent = np.ones((len(rows), rows.dtype.itemsize), dtype=np.bool_)
    for name in NAMES:
        rows[name], rows[f"{name}:size"] = cells[name], sizes[name]
        if not isinstance(sizes[name], int):
            place, width = rows.dtype.fields[name][1], cells[name].dtype.itemsize  # type: ignore[index]
            sent[:, place : place + width] = np.arange(width) < np.asarray(sizes[name])[:, None]
    whole: bytes = rows.view(np.uint8).reshape(sent.shape)[sent].tobytes()
    return whole


def _cell(results: Table, name: str, closing_id: int | None, kinds: dict[str, str]) -> tuple[NDArray[Any], Any]:
    """The values of a column as they are sent, and the size of each: one number when all have the same."""
    if name in TEXTS:
        words = [str(word).encode() for word in results[name]]
        return np.array(words), np.array([len(word) for word in words])
    dtype = np.dtype(kinds[name])
    if name == "closing_id":
        given = closing_id is not None
        return np.full(len(results), closing_id or 0, dtype=dtype), dtype.itemsize if given else np.full(
            len(results), -1
        )
    values, missing = results[name], results.missing(name)
    if (
        dtype.kind == "i"
        and len(values)
        and not (np.iinfo(dtype).min <= values.min() <= values.max() <= np.iinfo(dtype).max)
    ):
        raise OverflowError(f"{name} does not fit in its column")
    if missing is None or not missing.any():
        return values.astype(dtype), dtype.itemsize
    return values.astype(dtype), np.where(missing, -1, dtype.itemsize)
