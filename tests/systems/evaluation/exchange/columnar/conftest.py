"""Nations small enough to look at, and the two answers to compare."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.engine.nation import Size, make

type Change = Callable[[pl.DataFrame], pl.DataFrame]


class Source:
    """A folder of inputs whose tables are changed one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / f"{name}.parquet")

    def write(self, name: str, frame: pl.DataFrame) -> None:
        frame.write_parquet(self.folder / f"{name}.parquet")

    def change(self, name: str, change: Change) -> None:
        self.write(name, change(self.table(name)))

    def set(self, name: str, column: str, row: int, value: Any) -> None:
        """One cell."""

        def changed(frame: pl.DataFrame) -> pl.DataFrame:
            values = frame[column].to_list()
            values[row] = value
            return frame.with_columns(pl.Series(column, values, dtype=frame.schema[column]))

        self.change(name, changed)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """300 indicators of five areas, two years."""
    folder = tmp_path / "insumos"
    make(folder, Size(300, years=2), seed=11)
    return Source(folder)
