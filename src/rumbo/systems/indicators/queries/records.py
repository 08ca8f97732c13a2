"""Many rows as whole columns of bytes, the way PostgreSQL itself sends arrays, for who has arrays to put them in.

A million months as Python objects cost ten times their evaluation; one by one, even COPY spends more in receiving each
row than the server in reading it. Inside the caller's transaction, which a driver with a connection of its own (ADBC)
would not see.
"""

from typing import Any

from django.db import connection
from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from rumbo.systems.indicators.models import MonthlyTarget

MONTHS = 12
HEAD = 20  # dimensions, nulls, type, length, first index: then each item after its size, big-endian

type Layout = tuple[tuple[str, str], ...]

# Name and NumPy kind of each column.
TARGETS: Layout = (("indicator", "i8"), ("period", "i4"), ("numerator", "f8"), ("denominator", "f8"))


def as_columns(rows: QuerySet[Any, Any], layout: Layout) -> list[bytes] | None:
    """The columns of a query of whole numbers, floats and booleans without nulls; None on another database."""
    if connection.vendor != "postgresql":
        return None
    sql, params = rows.query.sql_with_params()
    import psycopg

    names = [name for name, _ in layout]
    arrays = ", ".join(f"array_agg({name})" for name in names)
    connection.ensure_connection()
    driver = connection.connection
    # Django's own cursor takes text alone; it is this transaction all the same.
    whole = psycopg.ClientCursor(driver).mogrify(
        f"SELECT {arrays} FROM ({sql}) AS found ({', '.join(names)})",  # noqa: S608  (our own query and names)
        params,
    )
    with psycopg.Cursor(driver) as cursor:
        cursor.execute(whole.encode(), binary=True)
        found = cursor.pgresult
        return [(found.get_value(0, place) or b"")[HEAD:] if found else b"" for place in range(len(names))]


def figure(name: str) -> Coalesce:
    """A decimal column as float8, NaN for none."""
    return Coalesce(Cast(name, FloatField()), Value(float("nan")), output_field=FloatField())


def target_columns(institution_id: int, year: int) -> list[bytes] | None:
    """The programmed months of a year of the whole institution, as `TARGETS`, in no order."""
    first = year * MONTHS
    found = MonthlyTarget.objects.filter(institution=institution_id, period__range=(first, first + MONTHS - 1))
    return as_columns(
        found.order_by().values_list(F("indicator_id"), F("period"), figure("numerator"), figure("denominator")),
        TARGETS,
    )
