"""Many rows as one run of bytes, each a record of fixed size, for who has arrays to put them in.

A million months as Python objects cost ten times their evaluation; one by one, even COPY spends more in receiving each
row than the server in reading it, and an array of each column half as much again as the rows written together. Inside
the caller's transaction, which a driver with a connection of its own (ADBC) would not see.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.systems.indicators.models import MonthlyTarget

type Layout = tuple[tuple[str, str], ...]

# How PostgreSQL writes each kind: big-endian.
SENT = {"i8": "int8send({}::bigint)", "i4": "int4send({}::integer)", "f8": "float8send({}::float8)"}

# Name and kind of each column, whose number is its size in bytes. `cell` is indicator * 12 + column of the month.
TARGETS: Layout = (("cell", "i8"), ("numerator", "f8"), ("denominator", "f8"))


def as_records(rows: QuerySet[Any, Any], layout: Layout) -> bytes | None:
    """A query of whole numbers and floats as records one after the other, big-endian; None on another database.

    Raises ValueError when a row has a null: its record would be missing.
    """
    if connection.vendor != "postgresql":
        return None
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return b""
    import psycopg

    names = ", ".join(name for name, _ in layout)
    record = " || ".join(SENT[kind].format(name) for name, kind in layout)
    connection.ensure_connection()
    driver = connection.connection
    # Django's own cursor takes text alone; it is this transaction all the same.
    whole = psycopg.ClientCursor(driver).mogrify(
        f"SELECT string_agg({record}, ''), count(*) FROM ({sql}) AS found ({names})",  # noqa: S608  (our own)
        params,
    )
    with psycopg.Cursor(driver) as cursor:
        cursor.execute(whole.encode(), binary=True)
        answer = cursor.pgresult
        content, count = (answer.get_value(0, place) or b"" for place in (0, 1)) if answer else (b"", b"")
    return whole_records(content, int.from_bytes(count), layout)


def whole_records(content: bytes, count: int, layout: Layout) -> bytes:
    """The same. Raises ValueError when it is not `count` records."""
    if len(content) != count * sum(int(kind[1:]) for _, kind in layout):
        raise ValueError(f"{count} records came in {len(content)} bytes: one of them has a null")
    return content


def figure(name: str) -> Coalesce:
    """A decimal column as float8, NaN for none."""
    return Coalesce(Cast(name, FloatField()), Value(float("nan")), output_field=FloatField())


def cell(year: FiscalYear) -> Any:
    """The `cell` of a row of an indicator in a period of the year."""
    return F("indicator_id") * MONTHS + F("period") - year.first.index


def target_records(institution_id: int, year: FiscalYear) -> bytes | None:
    """The programmed months of a year of the whole institution, as `TARGETS`, in no order."""
    found = MonthlyTarget.objects.filter(institution=institution_id, period__range=year.span)
    return as_records(found.order_by().values_list(cell(year), figure("numerator"), figure("denominator")), TARGETS)
