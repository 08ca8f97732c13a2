"""Where the follow-up of an early warning stands (A1-13)."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class WarningState(StrEnum):
    NEW = "new"
    SEEN = "seen"
    ATTENDED = "attended"  # decided: what will be done, who answers for it and by when
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    WarningState.NEW: N_("Nueva"),
    WarningState.SEEN: N_("Vista"),
    WarningState.ATTENDED: N_("Atendida"),
    WarningState.CLOSED: N_("Cerrada"),
}
