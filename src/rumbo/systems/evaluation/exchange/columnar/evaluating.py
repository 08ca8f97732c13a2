"""The nation as a stream of groups of areas: read, evaluate, write, add up."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rumbo.core.engine.bands import BandTables
from rumbo.core.engine.partial import Partial, Totals, partial
from rumbo.core.engine.partition import Cells, Partition, evaluate_partition
from rumbo.systems.evaluation.exchange.columnar import nation as nations
from rumbo.systems.evaluation.exchange.columnar.folder import Folder, open_folder
from rumbo.systems.evaluation.exchange.columnar.monthly import Months, Pair, Span, observed, programme
from rumbo.systems.evaluation.exchange.columnar.nation import Ints, Nation
from rumbo.systems.evaluation.exchange.columnar.rollups import rollup_columns
from rumbo.systems.evaluation.exchange.columnar.tables import open_table, read_file

# Indicators of a group: a file of results each. More per file is a little less work and a lot more memory.
GROUP = 20_000

type Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kept`: files of results that were whole already."""

    indicators: int
    months: int
    files: int
    kept: int

    @property
    def rows(self) -> int:
        return self.indicators * self.months


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """Everything a group needs."""

    nation: Nation
    span: Span
    bands: BandTables
    bounds: Ints
    sch: Months
    obs: Months

    def rows(self, group: int) -> slice:
        return slice(int(self.bounds[group]), int(self.bounds[group + 1]))

    def part(self, group: int) -> Partition:
        nation, rows = self.nation, self.rows(group)
        pnum, pden = self.sch.block(group)
        num, den = self.obs.block(group)
        return Partition(
            direction=nation.direction[rows],
            mode=nation.mode[rows],
            k=nation.k[rows],
            base=nation.base[rows],
            lo=nation.lo[rows],
            hi=nation.hi[rows],
            rule_set=nation.rset[rows],
            area=nation.area[rows],
            pnum=pnum,
            pden=pden,
            num=num,
            den=den,
            first=self.span.first,
            last=self.span.first + self.span.months - 1,
        )


def evaluate_columnar(source: Path, out: Path, progress: Progress = lambda done, total: None) -> Outcome:
    """Evaluates the Parquet files of `source` into `out`: detail/*.parquet and rollup.parquet (docs/formats).

    Continues what a killed run of the same inputs left. `progress(done, total)` in groups. Raises Unreadable,
    NotThisFolder.
    """
    nation = nations.load(source)
    sch, obs = open_table(source, "sch"), open_table(source, "obs")
    bounds = nation.groups(GROUP)
    others = [open_table(source, name) for name in ("ind", "thr", "area", "elem")]
    folder = open_folder(out, [*others, sch, obs], bounds)
    files = len(bounds) - 1
    try:
        planned, span = programme(nation, sch, bounds, folder.scratch)
        nations.check_versions(nation, span.first)
        seen = observed(nation, obs, bounds, span, folder.scratch)
        bands = nation.versions.tables(np.arange(span.first, span.first + span.months))
        work = Work(nation, span, bands, bounds, planned, seen)
        kept = _stream(work, folder, progress)
    finally:
        folder.clean()
    return Outcome(len(nation), span.months, files, kept)


def _stream(work: Work, folder: Folder, progress: Progress) -> int:
    """One file is written while the next group is evaluated. Returns how many were there already."""
    totals = {tree.name: Totals.empty(tree.leaves, work.span.months) for tree in (work.nation.areas, work.nation.elems)}
    kept, files = 0, len(work.bounds) - 1
    writing: Future[None] | None = None
    with ThreadPoolExecutor(1) as writer:
        for group in range(files):
            rows = work.rows(group)
            cells = _stored(folder, group, rows, work.span)
            if cells is not None:
                kept += 1
            else:
                cells = evaluate_partition(work.part(group), work.bands)
                if writing is not None:
                    writing.result()
                writing = writer.submit(folder.write_detail, group, _columns(work, rows, cells))
            for name, leaf in (("area", work.nation.area), ("elem", work.nation.elem)):
                totals[name].add(_partial(cells, work, rows, leaf))
            progress(group + 1, files)
        if writing is not None:
            writing.result()
    if kept < files or not folder.is_whole(folder.rollups):
        folder.write_rollups(rollup_columns(work.nation, work.span, totals))
    return kept


def _partial(cells: Cells, work: Work, rows: slice, leaf: Ints) -> Partial:
    return partial(cells, work.nation.weight[rows], leaf[rows])


def _columns(work: Work, rows: slice, cells: Cells) -> dict[str, Any]:
    span = work.span
    periods = np.arange(span.first, span.first + span.months, dtype=np.int32)
    ids = work.nation.ids[rows]
    flat = {name: values.reshape(-1) for name, values in cells.arrays().items()}
    return flat | {"ind": np.repeat(ids, span.months), "period": np.tile(periods, len(ids))}


def _stored(folder: Folder, group: int, rows: slice, span: Span) -> Cells | None:
    """What the totals need of a group that a former run left whole."""
    n = rows.stop - rows.start
    file = folder.detail(group)
    if not folder.is_whole(file, n * span.months):
        return None
    found = read_file(file, ("pct", "light", "cls"))
    cells = Cells.empty(n, span.months)
    for name, values in found.items():
        getattr(cells, name)[:] = values.reshape(n, span.months)
    return cells


__all__ = ["Outcome", "Pair", "Progress", "evaluate_columnar"]
