"""Traffic light (semáforo): three colours, and four states that are not colours."""

from enum import IntEnum

from rumbo.core.vocabulary.marking import N_


class Light(IntEnum):
    NO_DATA = 0
    RED = 1
    AMBER = 2
    GREEN = 3
    NOT_SCHEDULED = 4
    NOT_COMPUTABLE = 5
    NOT_DUE = 6

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def key(self) -> str:
        """Stable word used in exported files: green, amber, red, no_data, not_scheduled, not_computable, not_due."""
        return self.name.lower()

    @property
    def symbol(self) -> str:
        """A shape for each state, so that it reads without colour and photocopied."""
        return _SYMBOLS[self]

    @property
    def is_colour(self) -> bool:
        return self in (Light.RED, Light.AMBER, Light.GREEN)


_LABELS = {
    Light.GREEN: N_("En meta"),
    Light.AMBER: N_("En riesgo"),
    Light.RED: N_("En rezago"),
    Light.NO_DATA: N_("Sin dato"),
    Light.NOT_SCHEDULED: N_("Sin programación al corte"),
    Light.NOT_COMPUTABLE: N_("No calculable"),
    Light.NOT_DUE: N_("No corresponde este mes"),
}
_SYMBOLS = {
    Light.GREEN: "●",
    Light.AMBER: "▲",
    Light.RED: "■",
    Light.NO_DATA: "◌",
    Light.NOT_SCHEDULED: "–",
    Light.NOT_COMPUTABLE: "⊘",
    Light.NOT_DUE: "·",
}
