"""JOB 2 alone: the close of a month at 1,500, 15,000 and 150,000 goals, beside the bare SQL in the same run.

Each closing is written, audited and checked, and then undone to be made again. Processor seconds of our process and of
the server's are told apart from the clock, which also waits for whoever shares the machine.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import bare, multiplied
from benchmarks.surroundings import cluster, installation
from benchmarks.workload import GOALS, build

GOAL_SECONDS = {"postgresql": {1: 0.15, 10: 1.0, 100: 10.0}, "sqlite": {1: 0.3}}


@dataclass(frozen=True, slots=True)
class Closed:
    """Seconds of one closing: of our process, of the database's, and by the clock. `digest`: the sealed month's."""

    client: float
    server: float
    wall: float
    digest: str = ""

    @property
    def cpu(self) -> float:
        return self.client + self.server


class Undone(Exception):
    """The closing was measured: its transaction goes back."""


def run(*, database: str, scales: list[int], times: int) -> None:
    """`scales` in ascending order; only PostgreSQL takes others than 1."""
    if database == "sqlite" and scales != [1]:
        raise SystemExit("on SQLite only scale 1 is measured")
    ours, floors = {}, {}
    with installation(database):
        from benchmarks import house

        loaded, reached = house.load(build(1), print), 1
        if database == "postgresql":
            multiplied.settle()
        for scale in scales:
            if scale > reached:
                multiplied.multiply(reached, scale)
                reached = scale
            ours[scale] = _best([_undone(loaded) for _ in range(times)])
            print(f"  {GOALS * scale:,} goals: {ours[scale].digest}", flush=True)
    with cluster(durable=True) as url:
        connection, reached = bare.prepare(url, build(1)), 1
        for scale in scales:
            if scale > reached:
                bare.multiply(connection, reached, scale)
                reached = scale
            floors[scale] = _best([_bare(connection) for _ in range(times)])
        connection.close()
    _print(database, ours, floors)


def _print(database: str, ours: dict[int, Closed], floors: dict[int, Closed]) -> None:
    print(f"\nclose of a month on {database}, best of each, seconds")
    print(
        f"{'goals':>9}{'client':>9}{'server':>9}{'sum':>9}{'clock':>9}{'goal':>7}{'met':>5}{'bare cpu':>10}{'clock':>9}"
    )
    for scale, taken in ours.items():
        goal, floor = GOAL_SECONDS[database].get(scale), floors[scale]
        verdict = "–" if goal is None else "yes" if taken.cpu <= goal else "NO"
        print(
            f"{GOALS * scale:>9,}{taken.client:>9.3f}{taken.server:>9.3f}{taken.cpu:>9.3f}{taken.wall:>9.3f}"
            f"{goal or '–':>7}{verdict:>5}{floor.cpu:>10.3f}{floor.wall:>9.3f}"
        )


def _undone(loaded: Any) -> Closed:
    from django.db import connection, transaction

    from benchmarks.house import AT, LAST, ON
    from rumbo.core.timekeeping.period import Period
    from rumbo.systems.evaluation import actions

    digest = ""

    def close() -> None:
        nonlocal digest
        digest = actions.close(
            institution=loaded.institution,
            period=Period.of(LAST),
            by=loaded.by,
            at=AT,
            on=ON,
            accept_missing="Medición",
        ).digest
        if connection.vendor == "postgresql":
            connection.check_constraints()  # what a commit would check; SQLite has checked each row

    connection.ensure_connection()
    server = connection.connection.info.backend_pid if connection.vendor == "postgresql" else None
    try:
        with transaction.atomic():
            taken = _taken(close, server)
            raise Undone
    except Undone:
        return Closed(*taken, digest)


def _bare(connection: Any) -> Closed:
    bare.reopen(connection)
    return Closed(*_taken(lambda: bare.close(connection), connection.info.backend_pid))


def processor(work: Callable[[], None]) -> tuple[float, float, float]:
    """Seconds of our process, of the database's, and by the clock."""
    from django.db import connection

    connection.ensure_connection()
    server = connection.connection.info.backend_pid if connection.vendor == "postgresql" else None
    return _taken(work, server)


def _taken(work: Callable[[], None], server: int | None) -> tuple[float, float, float]:
    clock, client, there = time.perf_counter(), time.process_time(), _cpu_of(server)
    work()
    return time.process_time() - client, _cpu_of(server) - there, time.perf_counter() - clock


def _cpu_of(process: int | None) -> float:
    """Seconds that another process of this machine has run (Linux)."""
    return 0.0 if process is None else int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def _best(found: list[Closed]) -> Closed:
    return min(found, key=lambda one: one.cpu)
