"""Results go to their table as rows: through models, thousands of them would cost more than evaluating them."""

from collections.abc import Sequence

from django.db import connection

from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.evaluated import Evaluated


def store_results(rows: Sequence[Evaluated], closing_id: int | None = None) -> int:
    """Insert them; without closing they are provisional. Inside the caller's transaction. Returns how many."""
    if not rows:
        return 0
    names = [*Evaluated._fields, "closing_id"]
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    places = ", ".join(["%s"] * len(names))
    table = connection.ops.quote_name(Result._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608  (our own names, quoted)
            [(*row, closing_id) for row in rows],
        )
    return len(rows)
