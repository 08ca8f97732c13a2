"""The two tables of months, a group of areas at a time, as dense rows.

Rows stored by indicator with every month are only reshaped. Rows stored by indicator with holes are scattered into
place. Rows in any other order are first dealt out to one scratch file per group. The order is looked at, never trusted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.exchange.columnar import refusing
from rumbo.systems.evaluation.exchange.columnar.layout import MAX_MONTHS
from rumbo.systems.evaluation.exchange.columnar.nation import Floats, Ints, Nation
from rumbo.systems.evaluation.exchange.columnar.refusing import Unreadable
from rumbo.systems.evaluation.exchange.columnar.tables import Table, read

CHUNK = 1_000_000  # rows looked at together
RECORD = np.dtype([("place", np.int64), ("slot", np.int64), ("row", np.int64), ("a", np.float64), ("b", np.float64)])

type Pair = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Span:
    """Months first..first + months - 1."""

    first: int
    months: int


class Months(Protocol):
    """`group` is the number of the group; both arrays are f8[n, months]."""

    def block(self, group: int) -> Pair: ...


@dataclass(frozen=True, eq=False, slots=True)
class Dense:
    """Every indicator with every month, in order: nothing to place."""

    table: Table
    bounds: Ints
    span: Span

    def block(self, group: int) -> Pair:
        months = self.span.months
        start, end = int(self.bounds[group]), int(self.bounds[group + 1])
        _, _, a, b = names(self.table)
        found = read(self.table, (a, b), start * months, (end - start) * months)
        return found[a].reshape(-1, months), found[b].reshape(-1, months)


@dataclass(frozen=True, eq=False, slots=True)
class Sorted:
    """Rows by indicator; `edges` are the row of the table at which each group begins."""

    nation: Nation
    table: Table
    bounds: Ints
    span: Span
    edges: Ints

    def block(self, group: int) -> Pair:
        start, end = int(self.edges[group]), int(self.edges[group + 1])
        _, _, a, b = names(self.table)
        found = read(self.table, ("ind", "period", a, b), start, end - start)
        places, _ = self.nation.places.find(found["ind"])
        slots = slots_of(self.table, found["period"], start, self.span)
        rows = np.arange(start, end)
        return placed(self.nation, self.table, self.bounds, self.span, group, places, slots, found[a], found[b], rows)


@dataclass(frozen=True, eq=False, slots=True)
class Dealt:
    """Rows in any order, dealt out to a scratch file per group."""

    nation: Nation
    table: Table
    bounds: Ints
    span: Span
    folder: Path

    def block(self, group: int) -> Pair:
        file = scratch(self.folder, self.table, group)
        found = np.fromfile(file, dtype=RECORD) if file.exists() else np.empty(0, dtype=RECORD)
        return placed(
            self.nation, self.table, self.bounds, self.span, group,
            found["place"], found["slot"], found["a"], found["b"], found["row"],
        )  # fmt: skip


def names(table: Table) -> tuple[str, str, str, str]:
    """ind, period and the two figures."""
    ind, period, a, b = (column.name for column in table.columns)
    return ind, period, a, b


def scratch(folder: Path, table: Table, group: int) -> Path:
    return folder / f"{table.name}-{group:05d}"


def programme(nation: Nation, table: Table, bounds: Ints, folder: Path) -> tuple[Months, Span]:
    """The programmed months and the span they cover. Raises Unreadable."""
    span = _dense_span(nation, table)
    if span is not None:
        return Dense(table, bounds, span), span
    span = _span(table)
    return _any_order(nation, table, bounds, span, folder), span


def observed(nation: Nation, table: Table, bounds: Ints, span: Span, folder: Path) -> Months:
    """What was observed within the programmed months. Raises Unreadable."""
    return _any_order(nation, table, bounds, span, folder)


def _any_order(nation: Nation, table: Table, bounds: Ints, span: Span, folder: Path) -> Months:
    edges = _edges(nation, table, bounds)
    if edges is not None:
        return Sorted(nation, table, bounds, span, edges)
    _deal(nation, table, bounds, span, folder)
    return Dealt(nation, table, bounds, span, folder)


def _dense_span(nation: Nation, table: Table) -> Span | None:
    """The span when the table is every indicator in our order with the same months in order; None otherwise."""
    months, rest = divmod(table.rows, len(nation))
    if rest or not 0 < months <= MAX_MONTHS:
        return None
    step = max(CHUNK // months, 1)
    first = int(read(table, ("period",), 0, 1)["period"][0])
    tile = np.arange(first, first + months)
    for start in range(0, len(nation), step):
        found = read(table, ("ind", "period"), start * months, step * months)
        ids = nation.ids[start : start + step]
        if not (found["ind"].reshape(-1, months) == ids[:, None]).all():
            return None
        if not (found["period"].reshape(-1, months) == tile).all():
            return None
    return Span(first, months)


def _span(table: Table) -> Span:
    low, high = 2**62, -1
    for start in range(0, table.rows, CHUNK):
        periods = read(table, ("period",), start, CHUNK)["period"]
        low, high = min(low, int(periods.min())), max(high, int(periods.max()))
    if high - low >= MAX_MONTHS:
        raise Unreadable(
            N_("«%(file)s» abarca de %(low)s a %(high)s: más de %(most)s meses. Revise la columna «period»."),
            file=table.label,
            low=str(Period.of(low)),
            high=str(Period.of(high)),
            most=MAX_MONTHS,
        )
    return Span(low, high - low + 1)


def _found(nation: Nation, table: Table, ids: Ints, start: int) -> Ints:
    places, unknown = nation.places.find(ids)
    if unknown is not None:
        raise table.refuse(
            refusing.UNKNOWN, start + unknown, column="ind", value=int(ids[unknown]), where="ind.parquet"
        )
    return places


def _edges(nation: Nation, table: Table, bounds: Ints) -> Ints | None:
    """The row at which each group begins, when rows follow the order of the indicators; None when they do not."""
    edges = np.zeros(len(bounds), dtype=np.int64)
    last, ordered = -1, True
    for start in range(0, table.rows, CHUNK):
        places = _found(nation, table, read(table, ("ind",), start, CHUNK)["ind"], start)
        ordered = ordered and int(places[0]) >= last and bool((places[1:] >= places[:-1]).all())
        if ordered:
            last = int(places[-1])
            edges += np.searchsorted(places, bounds)
    return edges if ordered else None


def _deal(nation: Nation, table: Table, bounds: Ints, span: Span, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _, _, a, b = names(table)
    for start in range(0, table.rows, CHUNK):
        found = read(table, ("ind", "period", a, b), start, CHUNK)
        records = np.empty(len(found["ind"]), dtype=RECORD)
        records["place"] = _found(nation, table, found["ind"], start)
        records["slot"] = slots_of(table, found["period"], start, span)
        records["row"] = np.arange(start, start + len(records))
        records["a"], records["b"] = found[a], found[b]
        for group, mine in _by_group(records, bounds):
            with scratch(folder, table, group).open("ab") as file:
                mine.tofile(file)


def _by_group(records: np.ndarray, bounds: Ints) -> Iterator[tuple[int, np.ndarray]]:
    groups = np.searchsorted(bounds, records["place"], side="right") - 1
    order = np.argsort(groups, kind="stable")
    edges = np.searchsorted(groups[order], np.arange(len(bounds)))
    for group in range(len(bounds) - 1):
        if edges[group] < edges[group + 1]:
            yield group, records[order[edges[group] : edges[group + 1]]]


def slots_of(table: Table, periods: Ints, start: int, span: Span) -> Ints:
    """The column of each month. Raises Unreadable for one that nobody programmed."""
    slots = periods - span.first
    if len(slots) and (int(slots.min()) < 0 or int(slots.max()) >= span.months):
        row = int(np.argmax((slots < 0) | (slots >= span.months)))
        raise table.refuse(
            refusing.OUTSIDE, start + row, column="period", value=int(periods[row]),
            low=span.first, high=span.first + span.months - 1,
        )  # fmt: skip
    return slots


def placed(
    nation: Nation,
    table: Table,
    bounds: Ints,
    span: Span,
    group: int,
    places: Ints,
    slots: Ints,
    a: Floats,
    b: Floats,
    rows: Ints,
) -> Pair:
    """The two dense arrays of a group. Raises Unreadable for a month told twice, or programmed months that lack."""
    n, months = int(bounds[group + 1] - bounds[group]), span.months
    cells = (places - bounds[group]) * months + slots
    if len(cells) > 1 and not (cells[1:] > cells[:-1]).all():
        order = np.argsort(cells, kind="stable")
        twice = np.flatnonzero(cells[order[1:]] == cells[order[:-1]])
        if len(twice):
            slot = int(cells[order[twice[0]]]) % months
            row = int(rows[order[twice[0] + 1]])
            file, number = table.place(row)
            ind = int(read(table, ("ind",), row, 1)["ind"][0])
            raise Unreadable(refusing.REPEATED, file=file, row=number, value=f"ind {ind}, period {span.first + slot}")
    if table.name == "sch" and len(cells) < n * months:
        raise _incomplete(table, span, cells, nation.ids[bounds[group] : bounds[group + 1]])
    left, right = np.full(n * months, np.nan), np.full(n * months, np.nan)
    left[cells], right[cells] = a, b
    return left.reshape(n, months), right.reshape(n, months)


def _incomplete(table: Table, span: Span, cells: Ints, ids: Ints) -> Unreadable:
    there = np.zeros(len(ids) * span.months, dtype=np.bool_)
    there[cells] = True
    place, slot = divmod(int(np.argmin(there)), span.months)
    return Unreadable(
        N_(
            "«%(file)s»: al indicador %(ind)s le falta el mes %(month)s (period %(period)s). "
            "Cada indicador lleva todos los meses, de %(low)s a %(high)s; vacíos los que no tienen programa."
        ),
        file=table.label,
        ind=int(ids[place]),
        month=str(Period.of(span.first + slot)),
        period=span.first + slot,
        low=str(Period.of(span.first)),
        high=str(Period.of(span.first + span.months - 1)),
    )
