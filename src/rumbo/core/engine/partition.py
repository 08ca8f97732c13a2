"""What one partition of a nation runs: dense arrays in, dense arrays out, NumPy and nothing else.

The scheme is `nation` (see `Scheme.nation`); `evaluate` gives the same figures for one year of any scheme, and this is
that meaning written for millions of rows: rows of one kind lie together, so that no formula needs a mask; work is done
in groups of rows that fit the cache; a year's running total is eleven additions of whole columns.

Rows know nobody outside their area (ranks) and their node (partial roll-ups, which can be added), so that any split
of the nation by areas gives the same answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine.bands import BandTables
from rumbo.core.engine.block import Floats, Ints, Small
from rumbo.core.engine.places import Places, bits_for
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction

YEAR = 12
# Rows evaluated together. Some twenty arrays of GROUP × 36 months stay in the second-level cache, or nearly.
GROUP = 2048
# «Sin reporte» of the last periods is not yet overdue.
GRACE = 2


@dataclass(frozen=True, eq=False, slots=True)
class Partition:
    """n indicators of whole areas × T consecutive months. NaN is «no value».

    direction   i1[n]    `Direction` (increasing, decreasing, range)
    mode        i1[n]    `Accumulation` (sum, last, average, ratio)
    k, base, lo, hi      f8[n]; k of the ratio, baseline, bounds
    rule_set    i8[n]    row of the `BandTables`
    area        i8[n]    ranks are inside each one; rows of one area must lie together
    pnum, pden  f8[n,T]  programmed numerator and denominator (read in ratios only)
    num, den    f8[n,T]  observed numerator and denominator
    first       period of column 0 (year * 12 + month - 1)
    last        last period of the whole nation; what is overdue counts from it
    """

    direction: Small
    mode: Small
    k: Floats
    base: Floats
    lo: Floats
    hi: Floats
    rule_set: Ints
    area: Ints
    pnum: Floats
    pden: Floats
    num: Floats
    den: Floats
    first: int
    last: int

    @property
    def rows(self) -> int:
        return len(self.pnum)

    @property
    def months(self) -> int:
        return int(self.pnum.shape[1])


@dataclass(frozen=True, eq=False, slots=True)
class Cells:
    """Results [n,T] in the order of the rows given; NaN is «none».

    prog, act, pct, gap, proj  f8: programmed and actual to date, percentage, act − prog, year-end projection
    light  i1: 0 none, 1 red, 2 amber, 3 green;  cls  i1: 0 none, 1 poor … 4 achieved
    streak i2: months in red in a row, across years;  overdue  i1: 0 or 1;  rnk  i4: 0 none, 1 the highest of the area
    """

    prog: Floats
    act: Floats
    pct: Floats
    light: Small
    cls: Small
    gap: Floats
    streak: NDArray[np.int16]
    proj: Floats
    overdue: Small
    rnk: NDArray[np.int32]

    @classmethod
    def empty(cls, rows: int, months: int) -> "Cells":
        kinds: dict[str, Any] = {"light": "i1", "cls": "i1", "overdue": "i1", "streak": "i2", "rnk": "i4"}
        return cls(**{name: np.empty((rows, months), dtype=kinds.get(name, "f8")) for name in cls.__slots__})

    def arrays(self) -> dict[str, NDArray[Any]]:
        """By column name, in the order of the published layout."""
        return {name: getattr(self, name) for name in Cells.__slots__}


def evaluate_partition(part: Partition, bands: BandTables, scheme: Scheme | None = None) -> Cells:
    """Every cell of a partition. `bands` has one column per month. Raises ValueError for what does not fit."""
    scheme = Scheme.nation() if scheme is None else scheme
    _check(part, bands)
    if scheme.most is None or scheme.least != 0:
        raise ValueError("a partition ranks percentages within 0 and a limit; this scheme leaves a side open")
    whole, most = _Calendar.of(part), round(scheme.most * 10**scheme.decimals)
    cells = Cells.empty(part.rows, part.months)
    with np.errstate(all="ignore"):
        for rows in groups(part.area):
            _evaluate(part, bands, scheme, whole, rows, most, cells)
    return cells


def groups(area: Ints, size: int = GROUP) -> Iterator[slice]:
    """Consecutive rows of whole areas, about `size` each; an area larger than that is a group by itself."""
    edges = np.append(np.flatnonzero(area[1:] != area[:-1]) + 1, len(area))
    start = previous = 0
    for edge in edges.tolist():
        if edge - start > size and previous > start:
            yield slice(start, previous)
            start = previous
        previous = edge
    if len(area):
        yield slice(start, len(area))


def _check(part: Partition, bands: BandTables) -> None:
    shape = part.pnum.shape
    for name in ("pden", "num", "den"):
        if getattr(part, name).shape != shape:
            raise ValueError(f"{name} has shape {getattr(part, name).shape}, expected {shape}")
    if bands.green.shape[1:] != shape[1:]:
        raise ValueError(f"the bands have {bands.green.shape[1]} columns, expected {shape[1]}")
    known = np.isin(part.mode, (Accumulation.SUM, Accumulation.LAST, Accumulation.AVERAGE, Accumulation.RATIO))
    known &= np.isin(part.direction, (Direction.INCREASING, Direction.DECREASING, Direction.RANGE))
    if not known.all():
        raise ValueError(f"row {int(np.argmin(known))} has a mode or a direction that this layout does not know")
    starts = np.flatnonzero(part.area[1:] != part.area[:-1]) + 1
    if len(np.unique(part.area)) != len(starts) + min(part.rows, 1):
        raise ValueError("the rows of an area must lie together")


@dataclass(frozen=True, slots=True, eq=False)
class _Calendar:
    """The months in whole years: `width` columns of which those given are `inside`."""

    width: int
    inside: slice
    on_time: slice

    @classmethod
    def of(cls, part: Partition) -> "_Calendar":
        before = part.first % YEAR
        width = -(-(before + part.months) // YEAR) * YEAR
        on_time = max(part.last - GRACE - part.first, 0)
        return cls(width, slice(before, before + part.months), slice(on_time, None))


# Rows that add up come last, so that one loop adds them all.
_MODES = (Accumulation.LAST, Accumulation.SUM, Accumulation.AVERAGE, Accumulation.RATIO)
_KIND_OF_MODE = np.zeros(len(Accumulation), dtype=np.int8)
_KIND_OF_MODE[list(_MODES)] = np.arange(len(_MODES))
_DIRECTIONS = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """`order` of the rows by mode and direction; `edges[kind]` is where each of the twelve begins."""

    order: Ints
    edges: list[int]

    @classmethod
    def of(cls, mode: Small, direction: Small) -> "_Kinds":
        kind = _KIND_OF_MODE[mode] * np.int8(_DIRECTIONS) + direction
        sizes = np.bincount(kind, minlength=len(_MODES) * _DIRECTIONS)
        return cls(np.argsort(kind, kind="stable"), [0, *np.cumsum(sizes).tolist()])

    def mode(self, mode: Accumulation) -> slice:
        place = _MODES.index(mode) * _DIRECTIONS
        return slice(self.edges[place], self.edges[place + _DIRECTIONS])

    def of_direction(self, direction: Direction) -> Iterator[slice]:
        for place in range(len(_MODES)):
            kind = place * _DIRECTIONS + direction
            if self.edges[kind] < self.edges[kind + 1]:
                yield slice(self.edges[kind], self.edges[kind + 1])


def _evaluate(
    part: Partition, bands: BandTables, scheme: Scheme, calendar: _Calendar, rows: slice, most: int, cells: Cells
) -> None:
    kinds = _Kinds.of(part.mode[rows], part.direction[rows])
    at = rows.start + kinds.order
    factor = part.k[at]
    seen_given = ~np.isnan(part.num[rows])
    programmed = _programmed(part, calendar, kinds, at, factor)
    actual, running = _actual(part, calendar, kinds, at, factor)
    inside = calendar.inside
    proj = projected(running, actual)[:, inside]
    programmed, actual = programmed[:, inside], actual[:, inside]
    whole = scaled(_ratio(part, kinds, at, programmed, actual), scheme)
    pct = whole / 10.0**scheme.decimals
    light, grade = _judged(pct, bands, part.rule_set[at])
    out: dict[str, Any] = {"prog": programmed, "act": actual, "pct": pct, "light": light, "cls": grade, "proj": proj}
    out |= {"gap": actual - programmed, "streak": in_a_row(light)}
    for name, values in out.items():
        getattr(cells, name)[at] = values
    overdue = cells.overdue[rows]
    np.logical_not(seen_given, out=overdue.view(np.bool_))
    overdue[:, calendar.on_time] = 0
    places = Places.of(part.area[rows], bits_for(most + 1))
    places.rank(whole, kinds.order, most, cells.rnk[rows])


def _laid(values: Floats, at: Ints, calendar: _Calendar) -> Floats:
    """Chosen rows in whole years; months outside of those given have no value."""
    if calendar.width == values.shape[1]:
        return values.take(at, axis=0)
    whole = np.full((len(at), calendar.width), np.nan)
    whole[:, calendar.inside] = values.take(at, axis=0)
    return whole


def _blank_to_zero(values: Floats) -> None:
    blank = np.isnan(values)
    if blank.any():
        np.copyto(values, 0.0, where=blank)


def _run(values: NDArray[Any]) -> None:
    """Running totals of each year, in place: [r, years * 12]."""
    months = values.reshape(-1, YEAR)
    for month in range(1, YEAR):
        np.add(months[:, month], months[:, month - 1], out=months[:, month])


def _finite(values: Floats) -> None:
    """Division by zero gives none: infinity × 0 is NaN, and NaN stays."""
    values += values * 0.0


_MONTHS = np.arange(1.0, YEAR + 1)


def _programmed(part: Partition, calendar: _Calendar, kinds: _Kinds, at: Ints, factor: Floats) -> Floats:
    programmed = _laid(part.pnum, at, calendar)
    level, average, ratio = (kinds.mode(mode) for mode in (Accumulation.LAST, Accumulation.AVERAGE, Accumulation.RATIO))
    adds = programmed[level.stop :]
    _blank_to_zero(adds)
    _run(adds)
    mean = programmed[average].reshape(-1, YEAR)
    mean /= _MONTHS
    below = _laid(part.pden, at[ratio], calendar)
    _blank_to_zero(below)
    _run(below)
    _divide(programmed[ratio], below, factor[ratio])
    return programmed


def _divide(above: Floats, below: Floats, factor: Floats) -> None:
    """k * above / below, in place."""
    above *= factor[:, None]
    above /= below
    _finite(above)


def _actual(part: Partition, calendar: _Calendar, kinds: _Kinds, at: Ints, factor: Floats) -> tuple[Floats, Floats]:
    """(what was done to date, the same with 0 for none)."""
    actual = _laid(part.num, at, calendar)
    seen = ~np.isnan(actual)
    np.copyto(actual, 0.0, where=~seen)
    level, average, ratio = (kinds.mode(mode) for mode in (Accumulation.LAST, Accumulation.AVERAGE, Accumulation.RATIO))
    _last_known(actual[level], seen[level])
    _run(actual[level.stop :])
    so_far = seen.astype(np.float64)
    _run(so_far)  # how many months of the year were seen
    actual[average] /= so_far[average]
    below = _laid(part.den, at[ratio], calendar)
    _blank_to_zero(below)
    _run(below)
    _divide(actual[ratio], below, factor[ratio])
    running = actual.copy()
    _blank_to_zero(running[average.start :])
    np.minimum(so_far, 1.0, out=so_far)
    running *= so_far
    actual += np.divide(0.0, so_far, out=so_far)  # 0 ÷ 0: none before the first
    return actual, running


def _last_known(values: Floats, seen: NDArray[np.bool_]) -> None:
    """Carried to the months without value inside each year, in place; 0 before the first."""
    months, blank = values.reshape(-1, YEAR), 1.0 - seen.reshape(-1, YEAR)
    for month in range(1, YEAR):
        months[:, month] += months[:, month - 1] * blank[:, month]


def _ratio(part: Partition, kinds: _Kinds, at: Ints, programmed: Floats, actual: Floats) -> Floats:
    """Compliance as a fraction of 1, not rounded, by direction."""
    ratio = np.empty(actual.shape)
    for rows in kinds.of_direction(Direction.INCREASING):
        np.divide(actual[rows], programmed[rows], out=ratio[rows])
    for rows in kinds.of_direction(Direction.DECREASING):
        base, plan, done = part.base[at[rows]][:, None], programmed[rows], actual[rows]
        np.divide(plan, done, out=ratio[rows])
        np.copyto(ratio[rows], (base - done) / (base - plan), where=base > plan)
    for rows in kinds.of_direction(Direction.RANGE):
        low, high = part.lo[at[rows]][:, None], part.hi[at[rows]][:, None]
        outside = np.maximum(low - actual[rows], actual[rows] - high)
        np.maximum(outside, 0.0, out=outside)
        outside /= high - low
        np.subtract(1.0, outside, out=ratio[rows])
    _finite(ratio)
    return ratio


def scaled(ratio: Floats, scheme: Scheme) -> Floats:
    """Fractions of 1 as whole numbers of the last decimal of the percentage, half up, within the limits; in place."""
    power = 10.0**scheme.decimals
    ratio *= 100.0
    ratio *= power
    ratio += 0.5
    np.floor(ratio, out=ratio)
    lowest, most = scheme.least, scheme.most
    if lowest is not None or most is not None:
        np.clip(ratio, None if lowest is None else lowest * power, None if most is None else most * power, out=ratio)
    return ratio


def _judged(pct: Floats, bands: BandTables, rule_set: Ints) -> tuple[Small, Small]:
    """Colour and class: one, and one more for each edge reached; 0 without percentage."""
    has = pct >= 0
    light, grade = has.astype(np.int8), has.astype(np.int8)
    for codes, tables in ((light, (bands.amber, bands.green)), (grade, (bands.fair, bands.good, bands.achieved))):
        for table in tables:
            np.greater_equal(pct, table.take(rule_set, axis=0), out=has)
            codes += has.view(np.int8)
    return light, grade


def in_a_row(light: Small) -> NDArray[np.int16]:
    """Months in a row in red up to each one, across years."""
    red: NDArray[np.int16] = (light == 1).astype(np.int16)
    for month in range(1, red.shape[1]):
        red[:, month] += red[:, month] * red[:, month - 1]
    return red


def _weights() -> tuple[Floats, Floats]:
    """Least squares at December for every set of months of a year (a bit each): Σa * u + Σ(m − 12)a * v."""
    has = (np.arange(1 << YEAR)[:, None] >> np.arange(YEAR)) & 1
    x = _MONTHS - YEAR
    n, sx, sxx = has.sum(axis=1), has @ x, has @ (x * x)
    spread = n * sxx - sx * sx
    spread[n < 2] = np.nan  # two months make a line
    return sxx / spread, -sx / spread


_OF_SUM, _OF_MOMENT = _weights()
_BITS = np.left_shift(1, np.arange(YEAR)).astype(np.int16)


def projected(running: Floats, actual: Floats) -> Floats:
    """Straight line through the year's values to date, at its month 12. `running` is `actual` with 0 for none."""
    known = (~np.isnan(actual)).reshape(-1, YEAR) * _BITS
    _run(known)
    moment = (running.reshape(-1, YEAR) * (_MONTHS - YEAR)).reshape(running.shape)
    total = running.copy()
    _run(total)
    _run(moment)
    pattern = known.reshape(running.shape).astype(np.intp)
    total *= _OF_SUM.take(pattern)
    moment *= _OF_MOMENT.take(pattern)
    total += moment
    return total
