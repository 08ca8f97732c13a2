"""How the months of a year become one figure to date."""

from enum import IntEnum

from rumbo.core.vocabulary.marking import N_


class Accumulation(IntEnum):
    SUM = 0
    LAST = 1
    AVERAGE = 2
    RATIO = 3
    PERIODIC = 4
    CONSTANT = 5
    RATE = 6

    @property
    def by_parts(self) -> bool:
        """Made of a numerator and a denominator, added each on its side."""
        return self in (Accumulation.RATIO, Accumulation.RATE)

    @property
    def label(self) -> str:
        """The phrase of the form."""
        return _LABELS[self]

    @property
    def technical(self) -> str:
        """The word of the indicator sheet (ficha técnica)."""
        return _TECHNICAL[self]


_LABELS = {
    Accumulation.SUM: N_("Se suma mes con mes"),
    Accumulation.LAST: N_("Vale el último dato"),
    Accumulation.AVERAGE: N_("Promedio de los meses"),
    Accumulation.RATIO: N_("Cociente de los acumulados"),
    Accumulation.PERIODIC: N_("Cada mes por separado"),
    Accumulation.CONSTANT: N_("El mismo valor todo el año"),
    Accumulation.RATE: N_("Tasa de cambio de los acumulados"),
}
_TECHNICAL = {
    Accumulation.SUM: N_("Acumulado (suma)"),
    Accumulation.LAST: N_("Último valor"),
    Accumulation.AVERAGE: N_("Promedio"),
    Accumulation.RATIO: N_("Cociente de acumulados"),
    Accumulation.PERIODIC: N_("Periódico"),
    Accumulation.CONSTANT: N_("Constante"),
    Accumulation.RATE: N_("Tasa"),
}
