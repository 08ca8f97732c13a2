"""The results of a month before they are stored: rows that a person reads, and the same by columns for bulk work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NOBODY = -1  # in a column of whole numbers, which are never below zero: there is none


class Evaluated(NamedTuple):
    """One row of `models.Result` before it is stored: the same names, without its closing."""

    institution_id: int
    indicator_id: int
    goal_id: int
    unit_id: int
    plan_element_id: int
    principal: bool
    period: int
    slot_period: int | None
    due: bool
    state: str
    weight: float
    critical: bool
    programmed: float | None
    actual: float | None
    programmed_to_date: float | None
    actual_to_date: float | None
    annual_target: float | None
    compliance_month: float | None
    compliance_to_date: float | None
    compliance_year: float | None
    programmed_year: float | None
    gap: float | None
    light: int
    performance_class: int
    reason: int
    marks: int
    streak: int
    rank: int | None
    scheme_version_id: int | None = None
    streak_since: int | None = None
    compliance_original: float | None = None
    term_actual: float | None = None
    term_compliance: float | None = None


# Of the columns, those of another kind than whole numbers, which only these may lack.
FLOATS = frozenset({
    "weight", "programmed", "actual", "programmed_to_date", "actual_to_date", "annual_target", "compliance_month",
    "compliance_to_date", "compliance_year", "programmed_year", "gap", "compliance_original", "term_actual",
    "term_compliance",
})  # fmt: skip
FLAGS = frozenset({"principal", "due", "critical"})
TEXTS = frozenset({"state"})
OPTIONAL = frozenset({"slot_period", "rank", "scheme_version_id", "streak_since"})


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """[n] by the names of `Evaluated`: f8 (NaN for none), i8 (NOBODY for none), booleans, and objects for the text.

    A closing of 150,000 goals is read, judged, sealed and stored without an object for each figure.
    """

    columns: dict[str, NDArray[Any]]

    @classmethod
    def of(cls, columns: dict[str, Any]) -> "Table":
        return cls({name: np.asarray(columns[name], dtype=_kind(name)) for name in Evaluated._fields})

    @classmethod
    def joined(cls, tables: Sequence["Table"]) -> "Table":
        if len(tables) == 1:
            return tables[0]
        return cls({
            name: np.concatenate([np.empty(0, _kind(name)), *(table.columns[name] for table in tables)])
            for name in Evaluated._fields
        })  # fmt: skip

    @classmethod
    def of_rows(cls, rows: Iterable[Evaluated]) -> "Table":
        """NULLs of floats become NaN."""
        found = list(rows)
        turned = zip(*found, strict=True) if found else ((),) * len(Evaluated._fields)
        columns = dict(zip(Evaluated._fields, map(list, turned), strict=True))
        for name in OPTIONAL:
            columns[name] = [NOBODY if value is None else value for value in columns[name]]
        return cls.of(columns)

    def __len__(self) -> int:
        return len(self.columns["indicator_id"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def where(self, wanted: NDArray[np.bool_]) -> "Table":
        if wanted.all():
            return self
        return Table({name: column[wanted] for name, column in self.columns.items()})

    def slice(self, start: int, stop: int) -> "Table":
        return Table({name: column[start:stop] for name, column in self.columns.items()})

    def values(self, name: str) -> list[Any]:
        """Plain values, None where there is none."""
        values = self.columns[name].tolist()
        if name in FLOATS:
            return [None if value != value else value for value in values]
        if name in OPTIONAL:
            return [None if value == NOBODY else value for value in values]
        return list(values)

    def missing(self, name: str) -> NDArray[np.bool_] | None:
        """[n]: the rows without a value; None where every row must have one."""
        if name in FLOATS:
            return np.isnan(self.columns[name])
        return self.columns[name] == NOBODY if name in OPTIONAL else None

    def rows(self) -> list[Evaluated]:
        return list(map(Evaluated._make, zip(*map(self.values, Evaluated._fields), strict=True)))


def _kind(name: str) -> Any:
    if name in FLOATS:
        return np.float64
    if name in FLAGS:
        return np.bool_
    return np.object_ if name in TEXTS else np.int64
