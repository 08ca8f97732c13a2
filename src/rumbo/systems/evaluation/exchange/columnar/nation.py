"""The small tables, whole in memory: indicators by area, threshold versions, the two trees."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine.bands import BandTables
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.exchange.columnar import refusing
from rumbo.systems.evaluation.exchange.columnar.refusing import Unreadable
from rumbo.systems.evaluation.exchange.columnar.tables import Table, open_table, read

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

LEVELS = ("l1", "l2", "l3", "leaf")  # 1..4


@dataclass(frozen=True, eq=False, slots=True)
class Places:
    """Where each key stands: keys in any order, looked up in runs of the same one."""

    ordered: Ints
    order: Ints
    dense: bool

    @classmethod
    def of(cls, keys: Ints) -> "Places":
        steps = np.diff(keys)
        if not len(steps) or bool((steps == 1).all()):
            return cls(keys, np.arange(len(keys)), dense=True)
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], order, dense=False)

    def repeated(self) -> int | None:
        """The row of a key that another row has already."""
        twice = np.flatnonzero(self.ordered[1:] == self.ordered[:-1])
        return int(self.order[twice[0] + 1]) if len(twice) else None

    def find(self, keys: Ints) -> tuple[Ints, int | None]:
        """The place of each key, and the first position whose key is not known."""
        if not len(keys):
            return keys, None
        if self.dense:
            places = keys - self.ordered[0]
            if int(places.min()) >= 0 and int(places.max()) < len(self.ordered):
                return places, None
            return places, int(np.argmax((places < 0) | (places >= len(self.ordered))))
        heads = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        wanted = keys[heads]
        at = np.minimum(np.searchsorted(self.ordered, wanted), len(self.ordered) - 1)
        unknown = self.ordered[at] != wanted
        if unknown.any():
            return keys, int(heads[np.argmax(unknown)])
        return np.repeat(self.order[at], np.diff(np.append(heads, len(keys)))), None


@dataclass(frozen=True, eq=False, slots=True)
class Tree:
    """`leaf` are the keys of the leaves; `above[level - 1]` the node of each leaf at that level, itself at 4."""

    name: str
    above: tuple[Ints, ...]
    places: Places

    @property
    def leaves(self) -> int:
        return len(self.above[-1])


EDGES = {"green": "green", "yellow": "amber", "c3": "achieved", "c2": "good", "c1": "fair"}  # ours of each column


@dataclass(frozen=True, eq=False, slots=True)
class Versions:
    """Threshold versions of the rule sets: `rule_set` are places in `places`, `columns` the edges as stored."""

    places: Places
    rule_set: Ints
    columns: dict[str, NDArray[Any]]

    def tables(self, periods: Ints) -> BandTables:
        """The edges in force by rule set and period."""
        edges = {ours: self.columns[name] for name, ours in EDGES.items()}
        return BandTables.of(
            rule_set=self.rule_set,
            since=self.columns["since"],
            periods=periods,
            n_sets=len(self.places.ordered),
            **edges,
        )


@dataclass(frozen=True, eq=False, slots=True)
class Nation:
    """Indicators in the order of their areas; `area`, `elem` and `rset` are places, not keys."""

    ids: Ints
    area: Ints
    elem: Ints
    rset: Ints
    direction: NDArray[np.int8]
    mode: NDArray[np.int8]
    k: Floats
    base: Floats
    lo: Floats
    hi: Floats
    weight: Floats
    places: Places
    areas: Tree
    elems: Tree
    versions: Versions

    def __len__(self) -> int:
        return len(self.ids)

    def groups(self, rows: int) -> Ints:
        """Bounds of consecutive whole areas of about `rows` indicators each, from 0 to n: an area is never split."""
        heads = np.flatnonzero(np.concatenate(([True], self.area[1:] != self.area[:-1])))
        bounds = list(_bounds(heads, len(self), rows))
        return np.array(bounds, dtype=np.int64)


def _bounds(heads: Ints, n: int, rows: int) -> Iterator[int]:
    last = 0
    yield 0
    while n - last > rows:
        after = int(np.searchsorted(heads, last + rows, side="right")) - 1
        if heads[after] <= last:  # one area larger than the whole group: it goes alone
            after += 1
            if after >= len(heads):
                break
        last = int(heads[after])
        yield last
    yield n


def load(folder: Path) -> Nation:
    """Raises Unreadable: a file, a column or a row that is not as it must be."""
    areas, elems = _tree(folder, "area"), _tree(folder, "elem")
    versions = _versions(folder)
    table = open_table(folder, "ind")
    columns = read(table, tuple(column.name for column in table.columns))
    twice = Places.of(columns["ind"]).repeated()
    if twice is not None:
        raise table.refuse(refusing.REPEATED, twice, value=f"ind {columns['ind'][twice]}")
    negative = columns["weight"] < 0
    if negative.any():
        row = int(np.argmax(negative))
        raise table.refuse(refusing.OUTSIDE, row, column="weight", value=columns["weight"][row], low=0, high="1e308")
    for name, places, where in (
        ("area", areas.places, "area.parquet"),
        ("elem", elems.places, "elem.parquet"),
        ("rset", versions.places, "thr.parquet"),
    ):
        columns[name] = _found(table, name, places, columns[name], where)
    order = np.argsort(columns["area"], kind="stable")
    if bool((np.diff(order) == 1).all()):
        order = np.arange(len(order))
    else:
        columns = {name: values[order] for name, values in columns.items()}
    columns |= {name: columns[name].astype(np.int8) for name in ("direction", "mode")}
    places_of_ids = Places.of(columns["ind"])
    return Nation(ids=columns.pop("ind"), places=places_of_ids, areas=areas, elems=elems, versions=versions, **columns)


def _found(table: Table, name: str, places: Places, keys: Ints, where: str) -> Ints:
    found, unknown = places.find(keys)
    if unknown is not None:
        raise table.refuse(refusing.UNKNOWN, unknown, column=name, value=keys[unknown], where=where)
    return found


def _tree(folder: Path, name: str) -> Tree:
    table = open_table(folder, name)
    columns = read(table, LEVELS)
    places = Places.of(columns["leaf"])
    twice = places.repeated()
    if twice is not None:
        raise table.refuse(refusing.REPEATED, twice, value=f"leaf {columns['leaf'][twice]}")
    return Tree(name, tuple(columns[level] for level in LEVELS), places)


def _versions(folder: Path) -> Versions:
    table = open_table(folder, "thr")
    columns = read(table, tuple(column.name for column in table.columns))
    keys = columns["rset"]
    order = np.lexsort((columns["since"], keys))
    same = (keys[order[1:]] == keys[order[:-1]]) & (columns["since"][order[1:]] == columns["since"][order[:-1]])
    if same.any():
        row = int(order[int(np.argmax(same)) + 1])
        raise table.refuse(refusing.REPEATED, row, value=f"rset {keys[row]}, since {columns['since'][row]}")
    places = Places.of(np.unique(keys))
    return Versions(places, np.searchsorted(places.ordered, keys), columns)


def check_versions(nation: Nation, first: int) -> None:
    """Every rule set in use has a version in the first month. Raises Unreadable."""
    since = np.full(len(nation.versions.places.ordered), np.iinfo(np.int64).max)
    np.minimum.at(since, nation.versions.rule_set, nation.versions.columns["since"])
    late = np.flatnonzero((since > first) & np.isin(np.arange(len(since)), nation.rset))
    if len(late):
        raise Unreadable(
            N_(
                "thr.parquet: el juego de umbrales «%(rset)s» empieza en %(since)s y hay meses desde %(first)s. "
                "Agregue la versión que regía entonces."
            ),
            rset=int(nation.versions.places.ordered[late[0]]),
            since=str(Period.of(int(since[late[0]]))),
            first=str(Period.of(first)),
        )
