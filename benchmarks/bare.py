"""The same facts on PostgreSQL with nothing around them: no sign-in, permission or trail. A floor, not a product."""

import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.workload import FIRST_YEAR, MONTHS, Workload, areas

HERE = Path(__file__).parent / "bare"


def prepare(url: str, work: Workload) -> psycopg.Connection[Any]:
    """Tables, facts and eleven of the twelve sealed months of each year's floor."""
    connection = psycopg.connect(url, autocommit=True)
    connection.execute((HERE / "schema.sql").read_text())
    found = areas()
    _copy(connection, "area", [(a.number, a.parent, a.code.count(".") + 1, a.code, a.name) for a in found])
    _copy(connection, "objective", [(i, f"OE{i}", f"Objetivo {i}") for i in range(1, 10)])
    _copy(connection, "line", [(i, (i - 1) // 5 + 1, f"LA{i}", f"Línea {i}") for i in range(1, 46)])
    goals = [
        (row + 1, int(work.line[row]), int(work.area[row]), work.code(row), work.names[row], "", "", "", "%")
        for row in range(len(work))
    ]
    _copy(connection, "goal", goals)
    _copy(connection, "value", list(_values(work)))
    _copy(connection, "area_tree", _closure(found))
    connection.execute("create index on value(period, goal_id) include (prog_num, prog_den, act_num, act_den)")
    connection.execute("vacuum analyze")
    for month in range(MONTHS - 1):
        connection.execute(_close(month))
    connection.execute("create index on result(area_id, period)")
    connection.execute("vacuum analyze")
    return connection


def multiply(connection: psycopg.Connection[Any], first: int, last: int) -> None:
    """The copies `first` to `last` - 1 of every goal with its months and results; the original is number 0."""
    count = connection.execute("select max(id) from goal where code not like '%-%'").fetchone()
    assert count is not None
    copies = {"goals": count[0], "first": first, "last": last - 1}
    own = "generate_series(%(first)s::int, %(last)s::int) as copy"
    connection.execute(
        "insert into goal select id + %(goals)s * copy, line_id, area_id, code || '-' || copy, name, indicator,"
        f" num_name, den_name, unit from goal, {own} where id <= %(goals)s",
        copies,
    )
    for table in ("value", "result"):
        columns = connection.execute(f"select * from {table} limit 0").description or ()
        rest = ", ".join(column.name for column in columns[1:])
        connection.execute(
            f"insert into {table} select goal_id + %(goals)s * copy, {rest} from {table}, {own}"
            " where goal_id <= %(goals)s order by copy, goal_id",
            copies,
        )
    connection.execute("vacuum analyze")


def board(connection: psycopg.Connection[Any], area: int) -> None:
    """JOB 1 from stored results, the newest sealed month."""
    sql = (HERE / "board_closed.sql").read_text().replace("$1", "%(area)s").replace("$2", "%(month)s")
    connection.execute(sql, {"area": area, "month": _day(MONTHS - 2)}).fetchone()


def close(connection: psycopg.Connection[Any]) -> None:
    """JOB 2: the open month."""
    connection.execute(_close(MONTHS - 1))


def reopen(connection: psycopg.Connection[Any]) -> None:
    connection.execute("delete from result where period = %s", (_day(MONTHS - 1),))


def capture(connection: psycopg.Connection[Any], goal: int, value: int) -> None:
    """JOB 4: one durable write."""
    connection.execute(
        "update value set act_num = %s where goal_id = %s and period = %s", (value, goal, _day(MONTHS - 1))
    )


def median_ms(work: Callable[[], None], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def _close(month: int) -> str:
    return (HERE / "close_pg.sql").read_text().replace("%(m)s", f"'{_day(month)}'")


def _day(month: int) -> str:
    return f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}-01"


def _values(work: Workload) -> Any:
    for row in range(len(work)):
        blocks = (work.programmed[row], work.programmed_den[row], work.actual[row], work.actual_den[row])
        for month, cells in enumerate(zip(*blocks, strict=True)):
            yield (row + 1, _day(month), *(int(cell) for cell in cells))


def _closure(found: list[Any]) -> list[tuple[int, int]]:
    parent = {area.number: area.parent for area in found}
    pairs = []
    for area in found:
        above: int | None = area.number
        while above is not None:
            pairs.append((above, area.number))
            above = parent[above]
    return pairs


def _copy(connection: psycopg.Connection[Any], table: str, rows: list[tuple[Any, ...]]) -> None:
    text = io.StringIO()
    for row in rows:
        text.write("\t".join("\\N" if cell is None else str(cell) for cell in row) + "\n")
    with connection.cursor().copy(f"copy {table} from stdin") as copy:
        copy.write(text.getvalue())
