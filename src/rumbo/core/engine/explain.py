"""How one cell was made, as data: from the evidence to the light, for a page, a PDF and a program alike.

Texts are Spanish source strings with parameters (`Sentence`); formulas are symbols and numbers only. Nothing is
evaluated here a second time by other rules: the figures come from the same functions that made the result.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from rumbo.core.engine.accumulate import Figures, figures
from rumbo.core.engine.bands import Bands
from rumbo.core.engine.block import Block, Result
from rumbo.core.engine.explain_bands import Edges, class_bands_of, edges_of, light_bands_of, unit_bands_of
from rumbo.core.engine.explain_figures import actual_of, compliance_of, distance_of, evidence_of, programmed_of
from rumbo.core.engine.explain_notes import notes_of
from rumbo.core.engine.explanation import Band, Evidence, Explanation, Operation, Sentence, number, written
from rumbo.core.engine.progress import compliance, shares
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason

__all__ = ["Band", "Evidence", "Explanation", "Operation", "Sentence", "explain", "written"]


def explain(
    block: Block,
    scheme: Scheme,
    result: Result,
    row: int,
    slot: int,
    *,
    bands: Bands | None = None,
    version: str = "",
) -> Explanation:
    """The chain of `result`'s cell (row, slot), which was evaluated from `block` under `scheme` (and `bands`).

    `version` is how the caller names the scheme's version; it is handed back with the rest.

    A column that is not due explains the slot it shows. Raises IndexError for a cell that does not exist.
    """
    if not (0 <= row < block.rows and 0 <= slot < block.slots):
        raise IndexError(f"no cell ({row}, {slot}) in {block.rows} × {block.slots}")
    cell = _Cell.of(block, scheme, result, row, slot)
    return Explanation(
        slot=slot,
        shown_slot=cell.shown,
        decimals=scheme.decimals,
        scheme=scheme,
        version=version,
        **_accumulated(cell),
        **_measured(cell),
        **_judged(cell, edges_of(scheme, bands, row, cell.at)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """The cell beside its row alone. `shown`: the slot that it shows, −1 for none; `at`: the same, 0 for none."""

    one: Block
    scheme: Scheme
    result: Result
    row: int
    slot: int
    shown: int
    done: Figures
    share: float
    raw: float | None

    @classmethod
    def of(cls, block: Block, scheme: Scheme, result: Result, row: int, slot: int) -> "_Cell":
        one, shown = block.take(np.array([row])), int(result.last_slot[row, slot])
        with np.errstate(all="ignore"):
            done = figures(one, scheme)
            share = shares(one, done, scheme)[1]
            raw = compliance(one, done.programmed_to_date, done.actual_to_date, share, scheme)
        at = max(shown, 0)
        part = 1.0 if share is None else float(share[0, at])
        return cls(one, scheme, result, row, slot, shown, done, part, number(raw[0, at]))

    @property
    def at(self) -> int:
        return max(self.shown, 0)

    def said(self, name: str) -> float | None:
        """A figure of the result."""
        return number(getattr(self.result, name)[self.row, self.slot])

    def code(self, name: str) -> int:
        return int(getattr(self.result, name)[self.row, self.slot])


def _accumulated(cell: _Cell) -> dict[str, Any]:
    """What it was made of, and how it became one figure to date."""
    evidence = evidence_of(cell.one, cell.scheme, cell.shown)
    return {
        "evidence": evidence,
        "accumulation": Accumulation(int(cell.one.accumulation[0])),
        "programmed": programmed_of(cell.one, cell.done, cell.scheme, evidence, cell.at),
        "actual": actual_of(cell.one, cell.done, cell.scheme, evidence, cell.at),
        "annual_target": number(cell.result.annual_target[cell.row]),
    }


def _measured(cell: _Cell) -> dict[str, Any]:
    """The percentages, the gap and, where the row is judged by it, the distance."""
    operation = compliance_of(cell.one, cell.done, cell.scheme, cell.at, cell.share, cell.raw)
    percentage, distance = cell.said("compliance_to_date"), cell.said("distance")
    return {
        "direction": Direction(int(cell.one.direction[0])),
        "compliance": operation if percentage is not None else Operation(operation.symbols, "", None),
        "percentage": percentage,
        "capped": cell.said("compliance_capped"),
        "original": cell.said("compliance_original"),
        "month_percentage": cell.said("compliance_month"),
        "year_percentage": cell.said("compliance_year"),
        "gap": cell.said("gap"),
        "distance": None if distance is None else distance_of(cell.one, cell.done, cell.at, cell.share, distance),
    }


def _judged(cell: _Cell, edges: Edges) -> dict[str, Any]:
    """The light and the class, the bands that ruled, and what there is to say of them."""
    percentage, distance, marks = cell.said("compliance_to_date"), cell.said("distance"), cell.code("marks")
    return {
        "light": Light(cell.code("light")),
        "performance_class": PerformanceClass(cell.code("performance_class")),
        "reason": Reason(cell.code("reason")),
        "marks": tuple(mark for mark in Mark if mark and mark & marks),
        "streak": cell.code("streak"),
        "since": cell.code("since"),
        "light_bands": light_bands_of(edges, percentage),
        "class_bands": class_bands_of(edges, percentage),
        "unit_bands": () if distance is None else unit_bands_of(cell.one, cell.scheme, distance),
        "notes": tuple(notes_of(cell.one, cell.scheme, cell.result, cell.row, cell.slot)),
    }
