"""The folder of the results: each file is whole or absent, and belongs to the inputs it says."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.exchange.columnar.layout import DETAIL, ROLLUP, VERSION
from rumbo.systems.evaluation.exchange.columnar.refusing import NotThisFolder
from rumbo.systems.evaluation.exchange.columnar.tables import BROKEN, Table

MANIFEST, ROLLUPS, PARTS, SCRATCH = "manifest.json", "rollup.parquet", "detail", ".scratch"
ASIDE = ".rumbo-"  # what is being written
KEY = "rumbo.inputs"


@dataclass(frozen=True, slots=True)
class Folder:
    """`stamp`: the digest of everything that the results depend on. Each file carries it."""

    path: Path
    stamp: str

    @property
    def scratch(self) -> Path:
        return self.path / SCRATCH

    def detail(self, group: int) -> Path:
        return self.path / PARTS / f"{group:05d}.parquet"

    @property
    def rollups(self) -> Path:
        return self.path / ROLLUPS

    def clean(self) -> None:
        """Scratch files of this run."""
        if self.scratch.is_dir():
            for left in self.scratch.glob("*"):
                left.unlink()
            self.scratch.rmdir()

    def is_whole(self, file: Path, rows: int | None = None) -> bool:
        """It is there, of these inputs, with this many rows: a name is only given to what is complete."""
        try:
            return (
                file.is_file()
                and pl.read_parquet_metadata(file).get(KEY) == self.stamp
                and (rows is None or pl.scan_parquet(file).select(pl.len()).collect().item() == rows)
            )
        except BROKEN:
            return False

    def write_detail(self, group: int, columns: Mapping[str, NDArray[Any]]) -> None:
        """Flat arrays by name; NaN, and 0 in `rnk`, become null."""
        series = [_series(name, columns[name], dtype) for name, dtype in DETAIL.items()]
        self._write(self.detail(group), pl.DataFrame(series))

    def write_rollups(self, columns: Mapping[str, Any]) -> None:
        self._write(self.rollups, pl.DataFrame([_series(name, columns[name], dtype) for name, dtype in ROLLUP.items()]))

    def _write(self, file: Path, frame: pl.DataFrame) -> None:
        def write(aside: Path) -> None:
            # Figures hardly shrink: snappy saves a fifth of the disk, takes half as long again to write and is read at
            # less than half the speed.
            frame.write_parquet(aside, compression="uncompressed", statistics=False, metadata={KEY: self.stamp})

        named(file, write)


def _series(name: str, values: Any, dtype: Any) -> pl.Series:
    if name == "rnk":
        return pl.Series(name, values, dtype=dtype).replace(0, None)
    return pl.Series(name, values, dtype=dtype, nan_to_null=dtype == pl.Float64())


def named(file: Path, write: Callable[[Path], object]) -> None:
    """Written aside, forced to the disk, then given its name: a kill or a power cut leaves it whole or absent."""
    aside = file.with_name(f"{ASIDE}{file.name}")
    write(aside)
    with aside.open("rb+") as handle:
        os.fsync(handle.fileno())
    aside.replace(file)


def open_folder(path: Path, tables: list[Table], bounds: NDArray[np.int64]) -> Folder:
    """New, or one that the same inputs began. Raises NotThisFolder for any other."""
    manifest = _manifest(tables, bounds)
    stamp = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
    folder = Folder(path, stamp)
    known = _known(path)
    if known is None:
        (path / PARTS).mkdir(parents=True, exist_ok=True)
        text = json.dumps(manifest | {"stamp": stamp}, indent=1, sort_keys=True)
        named(path / MANIFEST, lambda aside: aside.write_text(text))
    elif known != stamp:
        raise NotThisFolder(
            N_("«%(folder)s» tiene los resultados de otros insumos o de otra versión. Elija otra carpeta o bórrela."),
            folder=str(path),
        )
    for left in (*path.glob(f"{ASIDE}*"), *(path / PARTS).glob(f"{ASIDE}*")):
        left.unlink()
    folder.clean()
    return folder


def _known(path: Path) -> str | None:
    """The stamp of the run that began the folder, None where nothing began. Raises NotThisFolder."""
    try:
        return str(json.loads((path / MANIFEST).read_text())["stamp"])
    except FileNotFoundError:
        pass
    except (ValueError, KeyError, TypeError):
        raise _not_ours(path) from None
    if path.exists() and any(not item.name.startswith(ASIDE) for item in path.iterdir() if item.name != PARTS):
        raise _not_ours(path)
    if (path / PARTS).is_dir() and any((path / PARTS).iterdir()):
        raise _not_ours(path)
    return None


def _not_ours(path: Path) -> NotThisFolder:
    return NotThisFolder(
        N_("«%(folder)s» no está vacía y no la escribió una evaluación. Elija una carpeta nueva."), folder=str(path)
    )


def _manifest(tables: list[Table], bounds: NDArray[np.int64]) -> dict[str, Any]:
    files = {f"{table.name}/{part.file.name}": _digest(part.file) for table in tables for part in table.parts}
    return {"layout": VERSION, "scheme": "nation", "inputs": files, "groups": bounds.tolist()}


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
