"""The four blocks of a situation analysis (FODA, IECM-11)."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class SwotKind(StrEnum):
    STRENGTH = "strength"
    WEAKNESS = "weakness"
    OPPORTUNITY = "opportunity"
    THREAT = "threat"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    SwotKind.STRENGTH: N_("Fortalezas"),
    SwotKind.WEAKNESS: N_("Debilidades"),
    SwotKind.OPPORTUNITY: N_("Oportunidades"),
    SwotKind.THREAT: N_("Amenazas"),
}
