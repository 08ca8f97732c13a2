"""The bands that ruled in a cell, and where its figure fell."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from rumbo.core.engine.bands import Bands
from rumbo.core.engine.block import Block
from rumbo.core.engine.explanation import Band
from rumbo.core.engine.progress import tolerance
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass


def unit_bands_of(one: Block, scheme: Scheme, distance: float) -> tuple[Band, ...]:
    """From the best down, as distances: `low` < distance <= `high`."""
    green = float(tolerance(one.units_green, scheme.units_green)[0])
    amber = float(tolerance(one.units_amber, scheme.units_amber)[0])
    edges = ((Light.GREEN, None, green), (Light.AMBER, green, amber), (Light.RED, amber, None))
    return tuple(
        Band(code, code.label, low, high, (low is None or distance > low) and (high is None or distance <= high))
        for code, low, high in edges
    )


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges in force in one cell."""

    green: float
    amber: float
    achieved: float
    good: float
    fair: float


def edges_of(scheme: Scheme, bands: Bands | None, row: int, at: int) -> Edges:
    names = Edges.__slots__
    if bands is None:
        return Edges(**{name: getattr(scheme, name) for name in names})
    tables = {name: np.atleast_2d(getattr(bands, name)) for name in names}
    return Edges(
        **{name: float(table[min(row, len(table) - 1), min(at, table.shape[1] - 1)]) for name, table in tables.items()}
    )


def light_bands_of(scheme: Edges, percentage: float | None) -> tuple[Band, ...]:
    edges = ((Light.GREEN, scheme.green), (Light.AMBER, scheme.amber), (Light.RED, None))
    return _bands([(code, code.label, low) for code, low in edges], percentage)


def class_bands_of(scheme: Edges, percentage: float | None) -> tuple[Band, ...]:
    edges = (
        (PerformanceClass.ACHIEVED, scheme.achieved),
        (PerformanceClass.GOOD, scheme.good),
        (PerformanceClass.FAIR, scheme.fair),
        (PerformanceClass.POOR, None),
    )
    return _bands([(code, code.label, low) for code, low in edges], percentage)


def _bands(edges: list[tuple[Any, str, float | None]], percentage: float | None) -> tuple[Band, ...]:
    """From the best down. `matched` is where the percentage alone falls; the result may differ, and a note says why."""
    bands, high = [], None
    for code, label, low in edges:
        inside = percentage is not None and (low is None or percentage >= low) and (high is None or percentage < high)
        bands.append(Band(int(code), label, low, high, inside))
        high = low
    return tuple(bands)
