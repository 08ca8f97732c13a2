"""Questions whose SQL is written once: for a page that asks a dozen, writing them costs more than answering them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

SHAPES = 128  # of lists, for each question: as many as areas and pages of different length
_STANDS = 2_100_000_000  # what stands for a number: beyond any key of ours, within what the databases count to

type Value = int | str
type Given = Value | Sequence[int] | Sequence[str]


@dataclass(frozen=True, slots=True)
class _Written:
    """`given[place]`: which of the values goes there; -1 where the question itself says what (`fixed`)."""

    sql: str
    given: list[int]
    fixed: list[Any]
    converters: list[tuple[int, list[Any], Any]]


class Prepared:
    """Wraps a function that builds a query of `values_list` from numbers, words and lists of one of them.

    What it does may depend on which of them are given and on how long the lists are, never on their values.
    The SQL is kept for each length of the lists; each value of a list is another one.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._build = build
        self._written = lru_cache(maxsize=SHAPES)(self._write)

    def rows(self, *values: Given) -> list[tuple[Any, ...]]:
        """One query; as the query's own rows."""
        flat: list[Value] = []
        shape: list[int | type] = []
        for value in values:
            if isinstance(value, int | str):
                flat.append(value)
                shape.append(int if isinstance(value, int) else str)
            else:
                flat += value
                shape.append(len(value))
        written = self._written(connection.vendor, tuple(shape))
        if written is None:
            return []
        asked = [fixed if place < 0 else flat[place] for place, fixed in zip(written.given, written.fixed, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, asked)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [_converted(row, written.converters) for row in rows] if written.converters else rows

    def _write(self, vendor: str, shape: tuple[int | type, ...]) -> _Written | None:
        """None: no row can be so (an empty list). Each `vendor` has its SQL."""
        stands: dict[Value, int] = {}

        def stand(kind: type) -> Value:
            place = len(stands)
            value: Value = _STANDS + place if kind is int else f"~{place}~"
            stands[value] = place
            return value

        given = [[stand(int) for _ in range(one)] if isinstance(one, int) else stand(one) for one in shape]
        compiler = self._build(*given).query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        # PostgreSQL's integers are a kind of ours; what can be neither (a list, a date) is the question's own
        places = [stands.get(one, -1) if isinstance(one, int | str) else -1 for one in params]
        converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
        return _Written(sql, places, list(params), [(at, *found) for at, found in converters.items()])


def _converted(row: Sequence[Any], converters: list[tuple[int, list[Any], Any]]) -> tuple[Any, ...]:
    values = list(row)
    for place, steps, expression in converters:
        for step in steps:
            values[place] = step(values[place], expression, connection)
    return tuple(values)
