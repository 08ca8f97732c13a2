"""An indicator as the rules look at it, with what a workbook says over what is stored."""

from collections.abc import Mapping
from typing import Any

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.systems.indicators.actions import ProgrammeRow
from rumbo.systems.indicators.models import Indicator
from rumbo.systems.indicators.rules import IndicatorSheet


def subject_of(
    code: str, values: Mapping[str, Any], stored: Indicator | None, programme: ProgrammeRow | None, this_year: int
) -> IndicatorSheet | None:
    """The workbook's values over those stored; None when something essential was already wrong."""

    def fact(name: str, otherwise: Any = None) -> Any:
        return values[name] if name in values else getattr(stored, name, otherwise)

    direction, accumulation = fact("direction"), fact("accumulation")
    if direction is None or accumulation is None:
        return None
    targets = programme.months.values() if programme else ()
    return IndicatorSheet(
        code=code,
        unit_of_measure=fact("unit_of_measure", ""),
        direction=Direction(direction),
        accumulation=Accumulation(accumulation),
        denominator_name=fact("denominator_name", "") or "",
        baseline=fact("baseline"),
        baseline_year=fact("baseline_year"),
        year=programme.year if programme else this_year,
        annual_target=programme.annual_target if programme else None,
        low=programme.low if programme else None,
        high=programme.high if programme else None,
        numerators=tuple(target.numerator for target in targets if target.numerator is not None),
    )
