"""JOB 1 (boards), JOB 2 (close) and JOB 4 (capture) of one institution, with the bare SQL in the same run."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks import bare
from benchmarks.surroundings import cluster, installation
from benchmarks.workload import build


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds over the repetitions, and queries of one of them (None where it is not a page)."""

    name: str
    p50: float
    p95: float
    goal: float
    queries: int | None = None
    floor: float | None = None

    def line(self) -> str:
        floor = f"{self.floor:8.2f}" if self.floor is not None else "       –"
        ratio = f"{self.p50 / self.floor:7.1f}" if self.floor else "      –"
        queries = f"{self.queries:7d}" if self.queries is not None else "      –"
        verdict = "yes" if self.p50 <= self.goal else "NO"
        return f"{self.name:<44}{self.p50:8.1f}{self.p95:8.1f}{self.goal:8.0f} {verdict:>4}{queries}{floor}{ratio}"


def run(*, database: str, scale: int, times: int) -> None:
    work = build(scale)
    print(f"{len(work):,} goals × 36 months on {database}")
    with installation(database):
        from benchmarks import house

        loaded = house.load(work, print)
        rows = [*_boards(loaded, times), _capture(loaded, times), _capture_page(loaded, times)]
        rows += [_sheet(loaded, times), _queue(loaded, times), _close(loaded)]
        with cluster(durable=True) as url:
            connection = bare.prepare(url, work)
            floors = _floors(connection, times)
            connection.close()
        print()
        print(f"{'':<44}{'p50 ms':>8}{'p95 ms':>8}{'goal':>8} {'met':>4}{'queries':>7}{'bare ms':>8}{'ratio':>7}")
        for row in rows:
            floor = next((value for name, value in floors.items() if row.name.startswith(name)), None)
            print(Measured(row.name, row.p50, row.p95, row.goal, row.queries, floor).line())


def _boards(loaded: Any, times: int) -> list[Measured]:
    from benchmarks.workload import areas

    client = _client(loaded, "closer")
    root = f"/i/{loaded.institution.slug}/tableros/"
    chance = random.Random(7)
    codes = [area.code for area in areas()[1:]]

    def area() -> Any:
        return client.get(f"{root}area/{chance.choice(codes)}/?mes=2026-11")

    pages: list[tuple[str, Callable[[], Any], float]] = [
        ("board of the institution", lambda: client.get(f"{root}?mes=2026-11"), 40),
        ("board of a random area", area, 40),
        ("board of the open month", lambda: client.get(f"{root}?mes=2026-12"), 100),
    ]
    again = [_page(name, ask, times, goal) for name, ask, goal in pages]
    return again + [_page(f"{name}, just written", _just_written(ask), times, goal) for name, ask, goal in pages]


def _just_written(ask: Callable[[], Any]) -> Callable[[], Any]:
    """As after a write: nothing of the institution is kept (nor, which a write leaves alone, of its sealed months)."""
    from rumbo.foundation.audit.queries import forget

    def asked() -> Any:
        forget()
        return ask()

    return asked


def _page(name: str, ask: Callable[[], Any], times: int, goal: float) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        assert ask().status_code == 200, name
    taken = _taken(ask, times)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return Measured(name, statistics.median(taken), _p95(taken), goal, len(queries))


def _capture(loaded: Any, times: int) -> Measured:
    from decimal import Decimal

    from benchmarks.house import AT, LAST, ON
    from rumbo.foundation.organization.queries import actor_of
    from rumbo.systems.captures import actions, events
    from rumbo.systems.indicators import queries

    chance = random.Random(11)
    by = actor_of(loaded.people["capturer"], on=ON)
    indicators = chance.sample(queries.indicators_of(loaded.institution), times)
    _unlock(loaded, [indicator.pk for indicator in indicators])
    waiting = iter(indicators)

    def once() -> None:
        indicator = next(waiting)
        entry: Any = {"numerator": Decimal(chance.randint(1, 300)), "denominator": Decimal(300)}
        actions.save_draft(
            institution=loaded.institution, indicator=indicator, period=LAST, entry=entry, version=None, by=by, at=AT
        )
        assert events.light_reader.light_of(indicator.pk, LAST) is not None

    taken = _taken(once, times)
    return Measured("capture with its light (action)", statistics.median(taken), _p95(taken), 25)


def _capture_page(loaded: Any, times: int) -> Measured:
    """The form's own way: what was typed goes up by htmx and the answer is the form with the new light."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from benchmarks.house import LAST
    from rumbo.core.timekeeping.period import Period
    from rumbo.systems.indicators import queries

    chance = random.Random(13)
    client = _client(loaded, "capturer")
    indicators = chance.sample(queries.indicators_of(loaded.institution), times + 4)
    _unlock(loaded, [indicator.pk for indicator in indicators])
    waiting = iter(indicators)
    month = Period.of(LAST)

    def once() -> Any:
        typed = {"version": "0", "numerator": str(chance.randint(1, 300)), "denominator": "300", "accion": "guardar"}
        address = f"/i/{loaded.institution.slug}/captura/{next(waiting).code}/{month}/"
        answer = client.post(address, typed, headers={"HX-Request": "true"})
        assert b"light-" in answer.content
        return answer

    for _ in range(3):
        assert once().status_code == 200
    taken = _taken(once, times)
    with CaptureQueriesContext(connection) as counted:
        once()
    return Measured("capture with its light (page)", statistics.median(taken), _p95(taken), 25, len(counted))


def _sheet(loaded: Any, times: int) -> Measured:
    """The sheet of the area whose goals are nearest to 21."""
    from collections import Counter

    from rumbo.systems.indicators import queries

    goals = Counter(indicator.goal.unit.code for indicator in queries.indicators_of(loaded.institution))
    leaves = {code: count for code, count in goals.items() if not any(other.startswith(f"{code}.") for other in goals)}
    code = min(leaves, key=lambda one: abs(leaves[one] - 21))
    client = _client(loaded, "capturer")
    address = f"/i/{loaded.institution.slug}/captura/?area={code}"
    return _page(f"sheet of an area ({leaves[code]} goals)", lambda: client.get(address), times, goal=100)


def _queue(loaded: Any, times: int) -> Measured:
    """The first page of 120 captures that wait for Planning."""
    from benchmarks.house import LAST, ON
    from rumbo.core.vocabulary.capture_state import CaptureState
    from rumbo.systems.captures.models import Capture

    chosen = Capture.objects.filter(institution=loaded.institution, period=LAST).order_by("pk")[:120]
    keys = list(chosen.values_list("pk", flat=True))
    Capture.objects.filter(pk__in=keys).update(state=CaptureState.PLANNING_REVIEW, approved_on=None)
    client = _client(loaded, "closer")
    address = f"/i/{loaded.institution.slug}/captura/revision/"
    measured = _page("review queue of 120 waiting", lambda: client.get(address), times, goal=150)
    Capture.objects.filter(pk__in=keys).update(state=CaptureState.APPROVED, approved_on=ON)
    return measured


def _unlock(loaded: Any, indicator_ids: list[int]) -> None:
    """Take away the history of the open month where somebody will type: a capture that nobody sent."""
    from benchmarks.house import LAST
    from rumbo.systems.captures.models import Capture

    Capture.objects.filter(indicator__in=indicator_ids, period=LAST).delete()


def _close(loaded: Any) -> Measured:
    from benchmarks.house import AT, LAST, ON
    from rumbo.core.timekeeping.period import Period
    from rumbo.systems.evaluation import actions

    start = time.perf_counter()
    actions.close(
        institution=loaded.institution, period=Period.of(LAST), by=loaded.by, at=AT, on=ON, accept_missing="Medición"
    )
    taken = (time.perf_counter() - start) * 1000
    return Measured("close of the month, written and audited", taken, taken, 500)


def _floors(connection: Any, times: int) -> dict[str, float]:
    chance = random.Random(7)
    floors = {
        "board of the institution": bare.median_ms(lambda: bare.board(connection, 1), times),
        "board of a random area": bare.median_ms(lambda: bare.board(connection, chance.randint(2, 60)), times),
        "capture": bare.median_ms(lambda: bare.capture(connection, chance.randint(1, 1500), 5), times),
    }
    closes = []
    for _ in range(5):
        bare.reopen(connection)
        closes.append(bare.median_ms(lambda: bare.close(connection), 1))
    return floors | {"close of the month": statistics.median(closes)}


def _client(loaded: Any, role: str) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(loaded.people[role])
    return client


def _taken(work: Callable[[], Any], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]
