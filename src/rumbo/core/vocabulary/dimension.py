"""Dimension that an indicator measures (IECM-27): an identifier that files write and a label that pages show."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class Dimension(StrEnum):
    EFFECTIVENESS = "eficacia"
    EFFICIENCY = "eficiencia"
    QUALITY = "calidad"
    ECONOMY = "economia"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Dimension.EFFECTIVENESS: N_("Eficacia"),
    Dimension.EFFICIENCY: N_("Eficiencia"),
    Dimension.QUALITY: N_("Calidad"),
    Dimension.ECONOMY: N_("Economía"),
}
