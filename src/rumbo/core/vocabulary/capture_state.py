"""Workflow state of a monthly capture; «missing» is a capture that does not exist yet."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class CaptureState(StrEnum):
    MISSING = "missing"
    DRAFT = "draft"
    AREA_REVIEW = "area_review"
    PLANNING_REVIEW = "planning_review"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    CaptureState.MISSING: N_("Por capturar"),
    CaptureState.DRAFT: N_("Borrador"),
    CaptureState.AREA_REVIEW: N_("En visto bueno del área"),
    CaptureState.PLANNING_REVIEW: N_("En revisión de Planeación"),
    CaptureState.RETURNED: N_("Devuelta"),
    CaptureState.APPROVED: N_("Validada"),
}
