"""The stored light of some indicators in a month, for whoever captures them."""

from collections.abc import Sequence

from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.reason import Reason
from rumbo.systems.captures.events import CaptureLight
from rumbo.systems.evaluation.models import Result


def lights_of(indicator_ids: Sequence[int], period: int) -> dict[int, CaptureLight]:
    """By indicator; from the current closing of the month, or provisional. One query."""
    found = Result.objects.filter(indicator__in=list(indicator_ids), period=period).exclude(closing__current=False)
    return {
        result.indicator_id: CaptureLight(
            light=Light(result.light),
            compliance_month=result.compliance_month,
            compliance_to_date=result.compliance_to_date,
            programmed=result.programmed,
            actual=result.actual,
            programmed_to_date=result.programmed_to_date,
            actual_to_date=result.actual_to_date,
            over=bool(result.marks & Mark.OVER),
            reason=Reason(result.reason).label,
        )
        for result in found
    }
