"""What captures tells to the apps above it, inside its own transaction, and the one thing that it asks them: the light.

Captures stands below evaluation and cannot look at it. It announces `capture_changed`; evaluation, subscribed in its
`apps.py`, stores the provisional results in the same transaction. To show the new light in the answer, captures asks
`light_reader`, where evaluation registered how stored lights are read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rumbo.core.vocabulary.announcement import Announcement
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.permission import Actor


@dataclass(frozen=True, slots=True)
class CaptureChanged:
    """Captures of these indicators in these months (year * 12 + month - 1) are new or different.

    `fiscal_start` is the month in which the institution's years begin: an accumulated goes to the end of its year.
    A month may be locked (a correction): what is sealed stays, only the open months that depend on it are stored anew.
    """

    institution_id: int
    fiscal_start: int
    indicator_ids: tuple[int, ...]
    periods: tuple[int, ...]
    at: datetime
    by: Actor


@dataclass(frozen=True, slots=True)
class CaptureLight:
    """The stored light of one indicator in one month. Figures in its unit, compliances in per cent as displayed.

    `over`: above the mark of over-achievement. `reason`: Spanish words for a light that is not a colour, or empty.
    """

    light: Light
    compliance_month: float | None = None
    compliance_to_date: float | None = None
    programmed: float | None = None
    actual: float | None = None
    programmed_to_date: float | None = None
    actual_to_date: float | None = None
    over: bool = False
    reason: str = ""

    @property
    def needs_cause(self) -> bool:
        """Not en meta, or over the upper mark: cause, action, date and post are due (Cause and commitment)."""
        return self.over or self.light in (Light.AMBER, Light.RED)


type LightsOf = Callable[[Sequence[int], int], Mapping[int, CaptureLight]]


class LightReader:
    """One slot: `register` is called once, by whoever stores the lights; without it nothing has a light."""

    def __init__(self) -> None:
        self._read: LightsOf | None = None

    def register(self, read: LightsOf | None) -> None:
        """`read(indicator_ids, period)` gives the stored lights by indicator, in a fixed number of queries."""
        self._read = read

    def lights_of(self, indicator_ids: Sequence[int], period: int) -> Mapping[int, CaptureLight]:
        return self._read(indicator_ids, period) if self._read and indicator_ids else {}

    def light_of(self, indicator_id: int, period: int) -> CaptureLight | None:
        return self.lights_of([indicator_id], period).get(indicator_id)


capture_changed: Announcement[CaptureChanged] = Announcement()
light_reader = LightReader()
