"""One closing with what surrounds it: omissions, adjustments, and the one that superseded it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.systems.captures import queries as captures
from rumbo.systems.evaluation.models import Closing, RollupResult

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.captures.models import Correction, Omission


@dataclass(frozen=True, slots=True)
class ClosingDetail:
    closing: Closing
    whole: RollupResult | None
    omissions: "list[Omission]"
    adjustments: "list[Correction]"
    superseded_by: Closing | None


def closing_numbered(institution_id: int, period: Period, number: int) -> Closing | None:
    return (
        Closing.objects.filter(institution=institution_id, period=period.index, number=number)
        .select_related("scheme_version", "supersedes", "institution")
        .first()
    )


def closing_detail(institution: "Institution", closing: Closing) -> ClosingDetail:
    """Four queries."""
    return ClosingDetail(
        closing=closing,
        whole=closing.rollups.filter(tree=RollupResult.Tree.INSTITUTION).first(),
        omissions=captures.omissions_of(institution, closing.period),
        adjustments=captures.adjustments_in(institution, closing.period),
        superseded_by=Closing.objects.filter(supersedes=closing).first(),
    )
