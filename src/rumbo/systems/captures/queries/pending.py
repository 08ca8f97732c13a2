"""What is missing in a month, area by area: what Planning sees before it closes."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.systems.captures.models import Capture, Omission
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


@dataclass(slots=True)
class PendingUnit:
    """An area that has not finished: how many of its indicators stand in each state, and their codes."""

    unit_id: int
    unit_code: str
    unit_name: str
    by_state: dict[CaptureState, int] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(self.by_state.values())

    @property
    def missing(self) -> int:
        """Not reported at all."""
        return self.by_state.get(CaptureState.MISSING, 0)


def omissions_by_unit(institution: "Institution", period: int) -> list[PendingUnit]:
    """Areas with something owed that is not validated, or begun and not finished. Empty: the month may be closed.

    A fixed number of queries.
    """
    captured = Capture.objects.filter(indicator=OuterRef("indicator_id"), period=period)
    missing = [due.indicator_id for due in indicators.due_in(institution, period, unless=Exists(captured))]
    begun = Capture.objects.filter(institution=institution, period=period).exclude(state=CaptureState.APPROVED)
    pending = {pk: CaptureState(state) for pk, state in begun.values_list("indicator_id", "state")}
    pending |= dict.fromkeys(missing, CaptureState.MISSING)
    found: dict[int, PendingUnit] = {}
    for pk, indicator in indicators.indicators_by_id(pending).items():
        unit = indicator.goal.unit
        entry = found.setdefault(unit.pk, PendingUnit(unit.pk, unit.code, unit.name))
        entry.by_state[pending[pk]] = entry.by_state.get(pending[pk], 0) + 1
        entry.codes.append(indicator.code)
    for entry in found.values():
        entry.codes.sort()
    return sorted(found.values(), key=lambda unit: unit.unit_code)


def omissions_of(institution: "Institution", period: int) -> list[Omission]:
    """Omissions that were accepted when the month was closed, with their area."""
    rows = Omission.objects.filter(institution=institution, period=period).select_related("unit")
    return list(rows.order_by("unit__position", "unit__code"))
