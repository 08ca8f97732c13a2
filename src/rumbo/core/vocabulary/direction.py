"""Sentido of an indicator: which way is better."""

from enum import IntEnum

from rumbo.core.vocabulary.marking import N_


class Direction(IntEnum):
    INCREASING = 0
    DECREASING = 1
    RANGE = 2
    NOMINAL = 3

    @property
    def label(self) -> str:
        """The phrase of the form."""
        return _LABELS[self]

    @property
    def technical(self) -> str:
        """The word of the indicator sheet (ficha técnica)."""
        return _TECHNICAL[self]


_LABELS = {
    Direction.INCREASING: N_("Mientras más, mejor"),
    Direction.DECREASING: N_("Mientras menos, mejor"),
    Direction.RANGE: N_("Dentro de un rango"),
    Direction.NOMINAL: N_("Justo en el valor programado"),
}
_TECHNICAL = {
    Direction.INCREASING: N_("Ascendente"),
    Direction.DECREASING: N_("Descendente"),
    Direction.RANGE: N_("Regular"),
    Direction.NOMINAL: N_("Nominal"),
}
