"""What the rules of a capture look at. Filled by the app's queries; amounts in the unit of the indicator."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rumbo.core.timekeeping.slots import Slot
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.light import Light

RECENT_MONTHS = 6  # «los últimos seis meses»


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFacts:
    """`month` is its name («octubre»), which the messages translate. `before` are the months already captured of the
    same year and `recent` those of the last six months, oldest first. The light and the percentage to date are those
    stored, if there are any.

    Of what results from readings: `missing` are the stretches of the month without figures nor reason, `lacking` the
    names of the variables that they lack, `not_computable` why a stretch with its figures has no result."""

    month: str
    last_day: date
    on: date
    accumulation: Accumulation
    fiscal_start: int = 1
    has_denominator: bool = False
    numerator_name: str = ""
    denominator_name: str = ""
    percentage: bool = False
    decimals: int = 0
    principal: bool = True
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    before: tuple[Decimal, ...] = ()
    recent: tuple[Decimal, ...] = ()
    jump_factor: Decimal = Decimal(2)
    programmed: Decimal | None = None
    light: Light | None = None
    compliance: float | None = None
    over: bool = False
    cause_kind: str = ""
    cause: str = ""
    corrective_action: str = ""
    commitment_on: date | None = None
    responsible_post: str = ""
    required_evidence: str = ""
    evidence_required: bool = False
    evidence_count: int = 0
    not_available_reason: str = ""
    expected_on: date | None = None
    by_readings: bool = False
    by_stretches: bool = False
    missing: tuple[Slot, ...] = ()
    lacking: tuple[str, ...] = ()
    not_computable: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[Decimal, ...]:
        """What was typed, one value or two."""
        return tuple(value for value in (self.numerator, self.denominator) if value is not None)

    @property
    def explained(self) -> bool:
        """Whether a cause was written, which is what a value out of the ordinary asks for."""
        return bool(self.cause_kind and self.cause.strip())
