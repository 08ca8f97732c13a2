"""Typed causes of variation between what was programmed and what was done."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class VariationCause(StrEnum):
    PROGRAMMING = "programming"
    PROCUREMENT = "procurement"
    BUDGET = "budget"
    WEATHER = "weather"
    DEMAND = "demand"
    STAFF = "staff"
    BREAKDOWN = "breakdown"
    PERMIT = "permit"
    RESCHEDULED = "rescheduled"
    CLOSED_PERIOD = "closed_period"
    EXTERNAL = "external"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    VariationCause.PROGRAMMING: N_("Programación insuficiente o excesiva"),
    VariationCause.PROCUREMENT: N_("Retraso en contratación"),
    VariationCause.BUDGET: N_("Suficiencia presupuestal"),
    VariationCause.WEATHER: N_("Condiciones climáticas"),
    VariationCause.DEMAND: N_("Demanda menor o mayor a la prevista"),
    VariationCause.STAFF: N_("Falta de personal o equipo"),
    VariationCause.BREAKDOWN: N_("Falla de equipo"),
    VariationCause.PERMIT: N_("Permiso o dictamen de otra autoridad"),
    VariationCause.RESCHEDULED: N_("Reprogramación autorizada"),
    VariationCause.CLOSED_PERIOD: N_("Periodo inhábil o electoral"),
    VariationCause.EXTERNAL: N_("Causa externa"),
    VariationCause.OTHER: N_("Otra"),
}
