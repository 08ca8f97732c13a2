"""What the rules of goals look at. Filled by the queries of this app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """A goal as a whole. `on_line`: it hangs from an element of the plan's lowest level."""

    code: str
    principals: int
    agreed_on: date | None
    on_line: bool


@dataclass(frozen=True, slots=True)
class IndicatorSheet:
    """An indicator with what one year has programmed. `numerators` of the months that have one, in order."""

    code: str
    unit_of_measure: str
    direction: Direction
    accumulation: Accumulation
    denominator_name: str
    baseline: Decimal | None
    baseline_year: int | None
    year: int
    annual_target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    numerators: Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class LineSheet:
    """An element of the plan's lowest level, with the live goals that hang from it."""

    code: str
    goals: int


@dataclass(frozen=True, slots=True)
class GoalSet:
    """All the live goals of an institution."""

    goals: int
    critical: int
