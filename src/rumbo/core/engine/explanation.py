"""The explanation of one cell as data: what it was made of, step by step. `explain` fills it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason


@dataclass(frozen=True, slots=True)
class Sentence:
    """`template` is a source string to translate; `params` go into it. `str()` is the Spanish sentence."""

    template: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.params if self.params else self.template


@dataclass(frozen=True, slots=True)
class Evidence:
    """One slot up to the one shown. None is «no value»."""

    slot: int
    due: bool
    owed: bool
    reported: bool
    programmed: float | None
    programmed_den: float | None
    actual: float | None
    actual_den: float | None


@dataclass(frozen=True, slots=True)
class Operation:
    """A formula in symbols (P programado, R realizado, B línea base, L límite) and the same with its numbers."""

    symbols: str
    numbers: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """A half-open interval of the scale, `low` <= % < `high`; None is open. `code` is a light or a class."""

    code: int
    label: str
    low: float | None
    high: float | None
    matched: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The chain. Percentages on 0..100; figures in the unit of the indicator; None where there is none.

    `percentage` is the real one, `capped` what the row gives to a roll-up, `original` the one against what was first
    programmed (None where nothing was changed). `distance` is in units, where the row is judged by them; then
    `unit_bands` are the bands that ruled, as distances. `scheme` and `version` are those it was evaluated with.
    """

    slot: int
    shown_slot: int
    evidence: tuple[Evidence, ...]
    accumulation: Accumulation
    programmed: Operation
    actual: Operation
    annual_target: float | None
    direction: Direction
    compliance: Operation
    percentage: float | None
    capped: float | None
    original: float | None
    distance: Operation | None
    decimals: int
    month_percentage: float | None
    year_percentage: float | None
    gap: float | None
    light: Light
    performance_class: PerformanceClass
    reason: Reason
    marks: tuple[Mark, ...]
    streak: int
    since: int
    light_bands: tuple[Band, ...]
    class_bands: tuple[Band, ...]
    unit_bands: tuple[Band, ...]
    scheme: Scheme
    version: str
    notes: tuple[Sentence, ...]


def number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def written(value: float | None) -> str:
    """Thousands with a comma, decimals with a point, as in Mexico; no more decimals than the value has."""
    if value is None:
        return "–"
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")
