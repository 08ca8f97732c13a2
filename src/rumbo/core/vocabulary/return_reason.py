"""Typed reasons for returning a capture to the person who made it."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class ReturnReason(StrEnum):
    EVIDENCE_INSUFFICIENT = "evidence_insufficient"
    EVIDENCE_OTHER_PERIOD = "evidence_other_period"
    ACCUMULATED_VALUE = "accumulated_value"
    OTHER_UNIT = "other_unit"
    OTHER_SOURCE = "other_source"
    CAUSE_MISSING = "cause_missing"
    WORDING = "wording"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ReturnReason.EVIDENCE_INSUFFICIENT: N_("Evidencia insuficiente"),
    ReturnReason.EVIDENCE_OTHER_PERIOD: N_("Evidencia de otro periodo"),
    ReturnReason.ACCUMULATED_VALUE: N_("Valor acumulado en lugar del mes"),
    ReturnReason.OTHER_UNIT: N_("Unidad distinta"),
    ReturnReason.OTHER_SOURCE: N_("No coincide con otra fuente"),
    ReturnReason.CAUSE_MISSING: N_("Falta causa de la variación"),
    ReturnReason.WORDING: N_("Redacción por precisar"),
    ReturnReason.OTHER: N_("Otro"),
}
