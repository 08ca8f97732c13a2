"""The slow twin of the columnar layout: one indicator, one month at a time, written from the published meaning of its
columns (docs/formats) and not from the engine's code. None is «no value».
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import floor

Number = float | None
Key = tuple[int, int]

SUM, LAST, AVERAGE, RATIO = range(4)
ASCENDING, DESCENDING, RANGE = range(3)


@dataclass
class Indicator:
    ind: int
    area: int
    elem: int
    direction: int
    mode: int
    k: float
    base: float
    lo: float
    hi: float
    weight: float
    rset: int


@dataclass
class Version:
    rset: int
    since: int
    green: float
    yellow: float
    c1: float
    c2: float
    c3: float


@dataclass
class Cell:
    prog: Number
    act: Number
    pct: Number
    light: int
    cls: int
    gap: Number
    streak: int
    proj: Number
    overdue: int
    rnk: int = 0


@dataclass
class Node:
    n: int = 0
    weighted: float = 0.0
    weight: float = 0.0
    counts: tuple[int, ...] = (0,) * 7

    @property
    def wpct(self) -> Number:
        return self.weighted / self.weight if self.weight else None


def evaluate(
    indicators: list[Indicator],
    programme: dict[Key, tuple[Number, Number]],
    observed: dict[Key, tuple[Number, Number]],
    versions: list[Version],
) -> dict[Key, Cell]:
    """Every programmed month of every indicator, by (indicator, period)."""
    last = max((period for _, period in programme), default=0)
    cells: dict[Key, Cell] = {}
    for one in indicators:
        streak = 0
        for period in sorted(period for ind, period in programme if ind == one.ind):
            cell = _cell(one, period, programme, observed, versions, last)
            streak = streak + 1 if cell.light == 1 else 0
            cell.streak = streak
            cells[one.ind, period] = cell
    _rank(indicators, cells)
    return cells


def divided(above: Number, below: Number) -> Number:
    return None if above is None or below is None or below == 0 else above / below


def _year_so_far(period: int) -> range:
    return range(period // 12 * 12, period + 1)


def _running(values: dict[Key, tuple[Number, Number]], ind: int, period: int, which: int) -> float:
    total = 0.0
    for month in _year_so_far(period):
        value = values.get((ind, month), (None, None))[which]
        if value is not None:
            total += value
    return total


def _programmed(one: Indicator, programme: dict[Key, tuple[Number, Number]], period: int) -> Number:
    if one.mode == LAST:
        return programme[one.ind, period][0]
    total = _running(programme, one.ind, period, 0)
    if one.mode == SUM:
        return total
    if one.mode == AVERAGE:
        return total / (period % 12 + 1)
    return divided(one.k * total, _running(programme, one.ind, period, 1))


def _actual(one: Indicator, observed: dict[Key, tuple[Number, Number]], period: int) -> Number:
    nums = [observed.get((one.ind, month), (None, None))[0] for month in _year_so_far(period)]
    seen = [value for value in nums if value is not None]
    if not seen:
        return None
    if one.mode == LAST:
        return seen[-1]
    total = _running(observed, one.ind, period, 0)
    if one.mode == SUM:
        return total
    if one.mode == AVERAGE:
        return total / len(seen)
    return divided(one.k * total, _running(observed, one.ind, period, 1))


def _compliance(one: Indicator, programmed: Number, actual: Number) -> Number:
    if actual is None:
        return None
    if one.direction == RANGE:
        outside = max(one.lo - actual, actual - one.hi, 0.0)
        part = divided(outside, one.hi - one.lo)
        return None if part is None else 1 - part
    if programmed is None:
        return None
    if one.direction == ASCENDING:
        return divided(actual, programmed)
    if one.base > programmed:
        return divided(one.base - actual, one.base - programmed)
    return divided(programmed, actual)


def percentage(ratio: Number) -> Number:
    if ratio is None:
        return None
    return min(max(floor(ratio * 100 * 1e8 + 0.5) / 1e8, 0.0), 200.0)


def _in_force(versions: list[Version], rset: int, period: int) -> Version | None:
    own = [version for version in versions if version.rset == rset and version.since <= period]
    return max(own, key=lambda version: version.since, default=None)


def _cell(
    one: Indicator,
    period: int,
    programme: dict[Key, tuple[Number, Number]],
    observed: dict[Key, tuple[Number, Number]],
    versions: list[Version],
    last: int,
) -> Cell:
    prog, act = _programmed(one, programme, period), _actual(one, observed, period)
    pct = percentage(_compliance(one, prog, act))
    version = _in_force(versions, one.rset, period)
    light = grade = 0
    if pct is not None:
        assert version is not None
        light = 3 if pct >= version.green else 2 if pct >= version.yellow else 1
        grade = 4 if pct >= version.c3 else 3 if pct >= version.c2 else 2 if pct >= version.c1 else 1
    silent = observed.get((one.ind, period), (None, None))[0] is None
    return Cell(
        prog=prog,
        act=act,
        pct=pct,
        light=light,
        cls=grade,
        gap=None if prog is None or act is None else act - prog,
        streak=0,
        proj=_projection(one, observed, period, programme),
        overdue=int(silent and period < last - 2),
    )


def _projection(
    one: Indicator, observed: dict[Key, tuple[Number, Number]], period: int, programme: dict[Key, tuple[Number, Number]]
) -> Number:
    points = []
    for month in _year_so_far(period):
        value = _actual(one, observed, month) if (one.ind, month) in programme else None
        if value is not None:
            points.append((month % 12 + 1, Fraction(value)))
    if len(points) < 2:
        return None
    n = len(points)
    mean_m, mean_a = Fraction(sum(m for m, _ in points), n), sum(a for _, a in points) / n
    slope = sum((m - mean_m) * (a - mean_a) for m, a in points) / sum((m - mean_m) ** 2 for m, _ in points)
    return float(mean_a + slope * (12 - mean_m))


def _rank(indicators: list[Indicator], cells: dict[Key, Cell]) -> None:
    together: dict[Key, list[float]] = defaultdict(list)
    area = {one.ind: one.area for one in indicators}
    for (ind, period), cell in cells.items():
        if cell.pct is not None:
            together[area[ind], period].append(cell.pct)
    for (ind, period), cell in cells.items():
        if cell.pct is not None:
            cell.rnk = 1 + sum(other > cell.pct for other in together[area[ind], period])


def rollup(indicators: list[Indicator], cells: dict[Key, Cell], node_of: dict[int, int]) -> dict[Key, Node]:
    """By (node, period); `node_of` says the node of each indicator."""
    nodes: dict[Key, Node] = defaultdict(Node)
    weight = {one.ind: one.weight for one in indicators}
    for (ind, period), cell in cells.items():
        node = nodes[node_of[ind], period]
        node.n += 1
        if cell.pct is not None:
            node.weighted += weight[ind] * cell.pct
            node.weight += weight[ind]
            codes = (cell.light == 1, cell.light == 2, cell.light == 3, *(cell.cls == code for code in range(1, 5)))
            node.counts = tuple(before + code for before, code in zip(node.counts, codes, strict=True))
    return dict(nodes)
