"""What kind of figure an indicator is, in the words of the indicator sheet, and how the engine accumulates it.

Percentage: k × ΣA ÷ ΣB.  Rate: k × (ΣA − ΣB) ÷ ΣB.  Mean: ΣA ÷ ΣB.  Index: made elsewhere, entered period by period.
"""

from enum import StrEnum

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_


class Measure(StrEnum):
    PERCENTAGE = "percentage"
    RATE = "rate"
    MEAN = "mean"
    INDEX = "index"
    COUNT = "count"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def accumulation(self) -> Accumulation:
        return _ACCUMULATION[self]

    @property
    def factor(self) -> int:
        """k of the formula."""
        return 100 if self in (Measure.PERCENTAGE, Measure.RATE) else 1


_LABELS = {
    Measure.PERCENTAGE: N_("Porcentaje"),
    Measure.RATE: N_("Tasa de variación"),
    Measure.MEAN: N_("Promedio"),
    Measure.INDEX: N_("Índice"),
    Measure.COUNT: N_("Cantidad"),
}
_ACCUMULATION = {
    Measure.PERCENTAGE: Accumulation.RATIO,
    Measure.RATE: Accumulation.RATE,
    Measure.MEAN: Accumulation.RATIO,
    Measure.INDEX: Accumulation.PERIODIC,
    Measure.COUNT: Accumulation.SUM,
}
