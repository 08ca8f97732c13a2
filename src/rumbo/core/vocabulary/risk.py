"""How likely a goal is to miss the target of its year, in a word, and how sure that word is."""

from enum import IntEnum

from rumbo.core.vocabulary.marking import N_


class Risk(IntEnum):
    UNKNOWN = 0  # nothing to tell from
    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        return _RISKS[self]


class Sureness(IntEnum):
    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        return _SURENESS[self]


_RISKS = {
    Risk.UNKNOWN: N_("Sin elementos"),
    Risk.LOW: N_("Riesgo bajo"),
    Risk.MEDIUM: N_("Riesgo medio"),
    Risk.HIGH: N_("Riesgo alto"),
}
_SURENESS = {
    Sureness.NONE: N_("Sin elementos"),
    Sureness.LOW: N_("Seguridad baja: tómese como indicio"),
    Sureness.MEDIUM: N_("Seguridad media"),
    Sureness.HIGH: N_("Seguridad alta"),
}
