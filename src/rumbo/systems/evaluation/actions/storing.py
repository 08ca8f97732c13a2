"""Results go to their table as rows: through models, thousands of them would cost more than evaluating them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.evaluated import Evaluated

NAMES = (*Evaluated._fields, "closing_id")
PIECE = 4_000  # rows sent together
# In the text that COPY reads these end a column or a row, or begin an escape.
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def store_results(rows: Sequence[Evaluated], closing_id: int | None = None) -> int:
    """Insert them; without closing they are provisional. Inside the caller's transaction. Returns how many."""
    if not rows:
        return 0
    columns = ", ".join(connection.ops.quote_name(name) for name in NAMES)
    table = connection.ops.quote_name(Result._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for piece in copied(rows, closing_id):
                    copy.write(piece)
        else:
            places = ", ".join(["%s"] * len(NAMES))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608  (our own names, quoted)
                [(*row, closing_id) for row in rows],
            )
    return len(rows)


def copied(rows: Iterable[Evaluated], closing_id: int | None) -> Iterator[str]:
    """The text of COPY, some thousands of rows at a time, made a column at a time."""
    left = iter(rows)
    while piece := list(islice(left, PIECE)):
        columns = [_texts(column) for column in zip(*piece, strict=True)]
        columns.append(_texts([closing_id]) * len(piece))
        yield "\n".join(map("\t".join, zip(*columns, strict=True))) + "\n"


def _texts(column: Sequence[Any]) -> list[str]:
    """A float is written as Python writes it, which reads back as the same float."""
    kinds = set(map(type, column))
    if kinds <= {int, float, bool}:
        return list(map(repr, column))
    return [
        "\\N" if value is None else value.translate(ESCAPED) if isinstance(value, str) else str(value)
        for value in column
    ]
