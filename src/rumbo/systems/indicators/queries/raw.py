"""Rows as the driver gives them."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def raw(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Converting 18,000 months to `Decimal` and back, or reading JSON in each, costs more than all the rest."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # asked of an empty list: Django itself does not go to the database either
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
