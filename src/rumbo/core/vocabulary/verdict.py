"""What was said of a capture at each step of its review, wherever it is told."""

from rumbo.core.vocabulary.marking import N_

SUBMITTED, RETURNED = "submitted", "returned"
AREA = "area"


def verdict_label(step: str, verdict: str) -> str:
    """Source string. What is not of the area's step is Planeación's, the last one of every route."""
    if verdict == SUBMITTED:
        return N_("Enviada a revisión")
    if verdict == RETURNED:
        return N_("Devuelta por el área") if step == AREA else N_("Devuelta por Planeación")
    return N_("Visto bueno del área") if step == AREA else N_("Validada")
