"""The product's own evaluation in memory: an indicator after its capture, and an institution at its closing."""

import statistics
import time
from collections.abc import Callable

import numpy as np

from rumbo.core.engine import Block, Scheme, evaluate, ranks, rollup

TIMES = {1: 2_000, 5_000: 40}


def milliseconds(rows: int) -> float:
    """CPU of one evaluation of `rows` × 12, all rules; ranks and roll-ups too when there is more than one row."""
    block, nodes = _block(rows)
    scheme = Scheme()

    def work() -> None:
        result = evaluate(block, scheme)
        if rows == 1:
            return
        pct = result.compliance_to_date[:, -1]
        ranks(pct)
        rollup(
            pct=pct,
            year=result.compliance_year[:, -1],
            light=result.light[:, -1],
            performance_class=result.performance_class[:, -1],
            weight=block.weight,
            rows=np.arange(rows),
            nodes=nodes,
            n_nodes=60,
            scheme=scheme,
        )

    return _median(work, TIMES[rows])


def _median(work: Callable[[], None], times: int) -> float:
    for _ in range(3):
        work()
    taken = []
    for _ in range(times):
        start = time.process_time_ns()
        work()
        taken.append((time.process_time_ns() - start) / 1e6)
    return statistics.median(taken)


def _block(rows: int) -> tuple[Block, np.ndarray]:  # type: ignore[type-arg]
    chance = np.random.default_rng(7)
    programmed = np.round(chance.uniform(5, 100, (rows, 12)), 2)
    actual = np.where(chance.random((rows, 12)) < 0.1, np.nan, np.round(programmed * chance.normal(0.95, 0.25), 2))
    block = Block(
        direction=chance.integers(0, 3, rows),
        accumulation=chance.integers(0, 6, rows),
        factor=100.0,
        baseline=120.0,
        low=40.0,
        high=90.0,
        programmed=programmed,
        programmed_den=programmed * 2,
        actual=actual,
        actual_den=actual * 2,
        cut=10,
    )
    return block, chance.integers(0, 60, rows)
