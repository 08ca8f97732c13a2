"""The columns of each file, in their order: what is read and what is written."""

from dataclasses import dataclass
from typing import Any

import polars as pl

VERSION = 1  # of the results: a folder written with another one is not continued
MAX_MONTHS = 1_200


@dataclass(frozen=True, slots=True)
class Column:
    """`whole`: a whole number without blanks, from `low` to `high`. Otherwise a figure, blank allowed if `blank`.

    `absent` stands in every row of a file that does not bring the column; None: the file must bring it.
    """

    name: str
    whole: bool
    low: int = -(2**63)
    high: int = 2**63 - 1
    blank: bool = False
    absent: float | None = None

    @property
    def dtype(self) -> Any:
        return pl.Int64() if self.whole else pl.Float64()


NAN = float("nan")
INT32 = 2**31 - 1


def _node(name: str) -> Column:
    return Column(name, whole=True)


def _tree() -> tuple[Column, ...]:
    return tuple(_node(name) for name in ("leaf", "l3", "l2", "l1"))


def _month(name: str) -> Column:
    return Column(name, whole=True, low=1900 * 12, high=2999 * 12 + 11)


INPUTS: dict[str, tuple[Column, ...]] = {
    "ind": (
        Column("ind", whole=True),
        _node("area"),
        _node("elem"),
        Column("direction", whole=True, low=0, high=2),
        Column("mode", whole=True, low=0, high=3),
        Column("k", whole=False, absent=1.0),
        Column("base", whole=False, blank=True, absent=NAN),
        Column("lo", whole=False, blank=True, absent=NAN),
        Column("hi", whole=False, blank=True, absent=NAN),
        Column("weight", whole=False, absent=1.0),
        Column("rset", whole=True),
    ),
    "sch": (
        Column("ind", whole=True),
        _month("period"),
        Column("pnum", whole=False, blank=True),
        Column("pden", whole=False, blank=True, absent=NAN),
    ),
    "obs": (
        Column("ind", whole=True),
        _month("period"),
        Column("num", whole=False, blank=True),
        Column("den", whole=False, blank=True, absent=NAN),
    ),
    "thr": (
        _node("rset"),
        _month("since"),
        *(Column(name, whole=False) for name in ("green", "yellow", "c1", "c2", "c3")),
    ),
    "area": _tree(),
    "elem": _tree(),
}

DETAIL: dict[str, Any] = {
    "ind": pl.Int64(),
    "period": pl.Int32(),
    "prog": pl.Float64(),
    "act": pl.Float64(),
    "pct": pl.Float64(),
    "light": pl.Int8(),
    "cls": pl.Int8(),
    "gap": pl.Float64(),
    "streak": pl.Int16(),
    "proj": pl.Float64(),
    "overdue": pl.Int8(),
    "rnk": pl.Int32(),
}

ROLLUP: dict[str, Any] = {
    "tree": pl.String(),
    "level": pl.Int8(),
    "node": pl.Int64(),
    "period": pl.Int32(),
    "n": pl.Int32(),
    "wpct": pl.Float64(),
    **{name: pl.Int32() for name in ("l1", "l2", "l3", "k1", "k2", "k3", "k4")},
}
