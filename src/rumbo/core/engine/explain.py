"""How one cell was made, as data: from the evidence to the light, for a page, a PDF and a program alike.

Texts are Spanish source strings with parameters (`Sentence`); formulas are symbols and numbers only. Nothing is
evaluated here a second time by other rules: the figures come from the same functions that made the result.
"""

import numpy as np

from rumbo.core.engine.accumulate import figures
from rumbo.core.engine.bands import Bands
from rumbo.core.engine.block import Block, Result
from rumbo.core.engine.explain_bands import class_bands_of, edges_of, light_bands_of, unit_bands_of
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
    one = block.take(np.array([row]))
    shown = int(result.last_slot[row, slot])
    at = max(shown, 0)
    with np.errstate(all="ignore"):
        done = figures(one, scheme)
        share = shares(one, done, scheme)[1]
        raw = compliance(one, done.programmed_to_date, done.actual_to_date, share, scheme)
    light = Light(int(result.light[row, slot]))
    grade = PerformanceClass(int(result.performance_class[row, slot]))
    percentage = number(result.compliance_to_date[row, slot])
    part = 1.0 if share is None else float(share[0, at])
    operation = compliance_of(one, done, scheme, at, part, number(raw[0, at]))
    distance = number(result.distance[row, slot])
    edges = edges_of(scheme, bands, row, at)
    evidence = evidence_of(one, scheme, at if shown >= 0 else -1)
    return Explanation(
        slot=slot,
        shown_slot=shown,
        evidence=evidence,
        accumulation=Accumulation(int(one.accumulation[0])),
        programmed=programmed_of(one, done, scheme, evidence, at),
        actual=actual_of(one, done, scheme, evidence, at),
        annual_target=number(result.annual_target[row]),
        direction=Direction(int(one.direction[0])),
        compliance=operation if percentage is not None else Operation(operation.symbols, "", None),
        percentage=percentage,
        capped=number(result.compliance_capped[row, slot]),
        original=number(result.compliance_original[row, slot]),
        distance=None if distance is None else distance_of(one, done, at, part, scheme, distance),
        decimals=scheme.decimals,
        month_percentage=number(result.compliance_month[row, slot]),
        year_percentage=number(result.compliance_year[row, slot]),
        gap=number(result.gap[row, slot]),
        light=light,
        performance_class=grade,
        reason=Reason(int(result.reason[row, slot])),
        marks=tuple(mark for mark in Mark if mark and mark & int(result.marks[row, slot])),
        streak=int(result.streak[row, slot]),
        since=int(result.since[row, slot]),
        light_bands=light_bands_of(edges, percentage),
        class_bands=class_bands_of(edges, percentage),
        unit_bands=() if distance is None else unit_bands_of(one, scheme, distance),
        scheme=scheme,
        version=version,
        notes=tuple(notes_of(one, scheme, result, row, slot)),
    )
