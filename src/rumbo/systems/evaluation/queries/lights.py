"""The stored light of some indicators in a month, for whoever captures them."""

from collections.abc import Sequence

from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.reason import Reason
from rumbo.systems.captures.events import CaptureLight
from rumbo.systems.evaluation.models import Result

_FIGURES = (
    "compliance_month", "compliance_to_date", "programmed", "actual", "programmed_to_date", "actual_to_date",
)  # fmt: skip


def lights_of(indicator_ids: Sequence[int], period: int) -> dict[int, CaptureLight]:
    """By indicator; from the current closing of the month, or provisional. One query."""
    found = Result.objects.filter(indicator__in=list(indicator_ids), period=period).exclude(closing__current=False)
    return {
        indicator_id: CaptureLight(
            light=Light(light),
            over=bool(marks & Mark.OVER),
            reason=Reason(reason).label,
            **dict(zip(_FIGURES, figures, strict=True)),
        )
        for indicator_id, light, marks, reason, *figures in found.values_list(
            "indicator_id", "light", "marks", "reason", *_FIGURES
        )
    }
