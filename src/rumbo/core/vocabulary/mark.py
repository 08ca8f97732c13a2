"""Marks that are added to a light without changing it; a result carries any number of them."""

from enum import IntFlag

from rumbo.core.vocabulary.marking import N_


class Mark(IntFlag):
    NONE = 0
    NO_REPORT = 1
    LATE = 2
    OVER = 4
    CORRECTED = 8
    RESCHEDULED = 16
    HISTORICAL = 32
    AHEAD = 64

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def symbol(self) -> str:
        return _SYMBOLS[self]


_LABELS = {
    Mark.NONE: "",
    Mark.NO_REPORT: N_("Sin reporte del mes"),
    Mark.LATE: N_("Extemporánea"),
    Mark.OVER: N_("Sobrecumplimiento"),
    Mark.CORRECTED: N_("Corregida"),
    Mark.RESCHEDULED: N_("Reprogramada"),
    Mark.HISTORICAL: N_("Carga histórica"),
    Mark.AHEAD: N_("Avance anticipado"),
}
_SYMBOLS = {
    Mark.NONE: "",
    Mark.NO_REPORT: "∅",
    Mark.LATE: "⏱",
    Mark.OVER: "⇧",
    Mark.CORRECTED: "↻",
    Mark.RESCHEDULED: "▤",
    Mark.HISTORICAL: "≡",
    Mark.AHEAD: "»",
}
