"""A loaded institution made as many times larger inside PostgreSQL; by its actions 150,000 goals take hours to load."""

from typing import Any

# Each table with its columns that name a row of another table of these, which is multiplied too.
TABLES = {
    "indicators_goal": (),
    "indicators_indicator": ("goal_id",),
    "indicators_programme": ("indicator_id",),
    "indicators_monthlytarget": ("indicator_id", "programme_id"),
    "captures_capture": ("indicator_id",),
    "evaluation_result": ("indicator_id", "goal_id"),
}
APART = 10_000_000  # between the keys of a row and those of its copies


def multiply(first: int, last: int) -> None:
    """The copies `first` to `last` - 1 of every goal with its whole history; the original is number 0.

    Without checking foreign keys, which copied keys satisfy. The trail does not tell of the copies.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, others in TABLES.items():
            cursor.execute(_copies(cursor, table, others), {"first": first, "last": last - 1})
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("SET session_replication_role = DEFAULT")
    settle()


def settle() -> None:
    """As the server itself does some time after a load; the bare SQL is given it too."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copies(cursor: Any, table: str, others: tuple[str, ...]) -> str:
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    names = [column.name for column in cursor.description]
    moved = f" + {APART}::bigint * copy"
    told = {"id": f"id{moved}", "ref": "gen_random_uuid()", "code": "code || '-' || copy"}
    told |= {name: f"{name}{moved}" for name in others}
    values = ", ".join(told.get(name, name) for name in names)
    columns = ", ".join(names)
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table},"
        f" generate_series(%(first)s::int, %(last)s::int) AS copy WHERE id < {APART} ORDER BY copy, id"
    )
