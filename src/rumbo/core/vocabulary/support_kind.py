"""How an area was assisted: one entry of the log of technical support (A1-16, A1-17)."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class SupportKind(StrEnum):
    VISIT = "visit"
    CALL = "call"
    MAIL = "mail"
    TRAINING = "training"
    INCIDENT = "incident"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    SupportKind.VISIT: N_("Visita"),
    SupportKind.CALL: N_("Llamada"),
    SupportKind.MAIL: N_("Correo"),
    SupportKind.TRAINING: N_("Capacitación"),
    SupportKind.INCIDENT: N_("Incidencia"),
}
