"""What differs between institutions, as data: the evaluation scheme (which has dated versions where it is stored).

The defaults are the product's, marked as ours (Q-07) where the source documents give no threshold.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from rumbo.core.vocabulary.evaluation_policy import (
    AchievedRequires,
    DecreasingFormula,
    MissingPolicy,
    OverAchievement,
    RangeFormula,
    RangeGap,
    ZeroPolicy,
)
from rumbo.core.vocabulary.marking import N_

# More decimals than a double can hold at 100 % would only print noise.
MOST_DECIMALS = 10


class SchemeError(ValueError):
    """A parameter that cannot be. `message` is the Spanish template, `params` what goes into it."""

    def __init__(self, field: str, message: str, **params: Any) -> None:
        self.field = field
        self.message = message
        self.params = {"field": field} | params
        super().__init__(message % self.params)


@dataclass(frozen=True, slots=True)
class Scheme:
    """All percentages on the scale 0..100.

    green, amber         light bands of the percentage to date: >= green, >= amber, below is red
    achieved, good, fair class bands of the percentage to date: >= each, below `fair` is poor
    achieved_requires    when >= achieved is «cumplida»: the year's target reached (or the programme over), or at once
    decimals             percentages are rounded half up to these before any band, rank or mean
    least, most          percentages of rows are kept within these; None leaves that side open
    cap                  most that a row gives to a roll-up; None leaves it open. Rows keep the real figure
    units_green, units_amber  distance to the programme, in the unit of each indicator, that is still green and amber.
                         They take the place of the percentage where it collapses; None leaves it to each indicator
    units_below          only where the programme to date is no greater than this, in units; None is everywhere
    over_threshold       above it the row is marked OVER; None never marks
    over_achievement     what the light does above it
    decreasing           formula of «mientras menos, mejor»
    baseline_margin      part of itself by which the baseline must be above the programme to be gone from
    share_baseline       a sum's baseline (of the year) is compared in the share of the year's programme to date
    share_range          so are the bounds of its range
    range_formula        what the distance to a range is divided by
    range_gap            what the gap of a range is
    zero                 what becomes of a division by zero
    missing              what silence means
    silent_slots         owed slots in a row without report that make «sin dato»
    """

    green: float = 90.0
    amber: float = 70.0
    units_green: float | None = None
    units_amber: float | None = None
    units_below: float | None = None
    achieved: float = 100.0
    good: float = 90.0
    fair: float = 70.0
    achieved_requires: AchievedRequires = AchievedRequires.YEAR
    decimals: int = 1
    least: float | None = None
    most: float | None = None
    cap: float | None = 100.0
    over_threshold: float | None = 130.0
    over_achievement: OverAchievement = OverAchievement.MARK
    decreasing: DecreasingFormula = DecreasingFormula.RATIO
    # Above by less than the noise of a sum, the quotient would be noise.
    baseline_margin: float = 1e-9
    share_baseline: bool = True
    share_range: bool = True
    range_formula: RangeFormula = RangeFormula.BOUND
    range_gap: RangeGap = RangeGap.TO_BOUND
    zero: ZeroPolicy = ZeroPolicy.MEANING
    missing: MissingPolicy = MissingPolicy.SILENCE_NEVER_PAYS
    silent_slots: int = 2

    def __post_init__(self) -> None:
        if not 0 <= self.amber < self.green:
            raise SchemeError("amber", N_("Las bandas del semáforo deben descender: en meta, en riesgo, 0 o más."))
        if (self.units_green is None) != (self.units_amber is None):
            raise SchemeError("units_amber", N_("Las bandas en unidades son dos: hasta dónde en meta y en riesgo."))
        if self.units_green is not None and not 0 <= self.units_green <= (self.units_amber or 0):
            raise SchemeError("units_amber", N_("Las bandas en unidades deben crecer: 0 o más, en meta, en riesgo."))
        if self.units_below is not None and self.units_below < 0:
            raise SchemeError("units_below", N_("El tamaño desde el que se juzga en unidades es 0 o más."))
        if not 0 <= self.fair < self.good <= self.achieved:
            raise SchemeError("fair", N_("Las bandas de clasificación deben descender: cumplida, buena, regular."))
        if not 0 <= self.decimals <= MOST_DECIMALS:
            raise SchemeError("decimals", N_("Los decimales van de 0 a %(most)d."), most=MOST_DECIMALS)
        if self.cap is not None and self.cap <= 0:
            raise SchemeError("cap", N_("El tope debe ser mayor que cero."))
        if self.over_threshold is not None and self.over_threshold < max(self.green, self.achieved):
            raise SchemeError("over_threshold", N_("El sobrecumplimiento no puede empezar antes de «en meta»."))
        if self.least is not None and self.most is not None and self.least >= self.most:
            raise SchemeError("most", N_("El porcentaje más alto debe ser mayor que el más bajo."))
        if not 0 <= self.baseline_margin < 1:
            raise SchemeError("baseline_margin", N_("El margen de la línea base va de 0 a menos de 1."))
        if self.silent_slots < 1:
            raise SchemeError("silent_slots", N_("Los cortes sin reporte que dan «sin dato» son uno o más."))

    @classmethod
    def nation(cls) -> "Scheme":
        """The scheme of the columnar layout, with which many installations are consolidated (see docs/formats).

        Silence adds nothing and is not punished; a division by zero has no figure and nothing else has; percentages
        have eight decimals within 0..200. Its bands come from the rule sets of the layout, row by row.
        """
        return cls(
            achieved_requires=AchievedRequires.TO_DATE,
            decimals=8,
            least=0.0,
            most=200.0,
            cap=None,
            over_threshold=None,
            decreasing=DecreasingFormula.BASELINE_ELSE_RATIO,
            baseline_margin=0.0,
            share_baseline=False,
            share_range=False,
            range_formula=RangeFormula.WIDTH,
            range_gap=RangeGap.TO_PROGRAMME,
            zero=ZeroPolicy.NO_FIGURE,
            missing=MissingPolicy.LAST_KNOWN,
        )

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "Scheme":
        """From stored JSON. What is absent takes the default. Raises SchemeError naming the field."""
        kinds = {field.name: float if field.name in _MAY_BE_NONE else type(field.default) for field in fields(cls)}
        for name in parameters:
            if name not in kinds:
                raise SchemeError(name, N_("«%(field)s» no es un parámetro de la escala."))
        return cls(**{name: _value(name, kinds[name], value) for name, value in parameters.items()})

    def to_parameters(self) -> dict[str, Any]:
        """Plain JSON values; `from_parameters` gives the same scheme back."""
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(self).items()}


_MAY_BE_NONE = frozenset({"cap", "over_threshold", "least", "most", "units_green", "units_amber", "units_below"})


def _value(name: str, kind: type, value: Any) -> Any:
    if value is None and name in _MAY_BE_NONE:
        return None
    if kind is bool:
        if not isinstance(value, bool):
            raise SchemeError(name, N_("«%(field)s» debe ser sí o no."))
        return value
    if issubclass(kind, StrEnum):
        if value not in list(kind):
            choices = ", ".join(kind)
            raise SchemeError(name, N_("«%(field)s» debe ser uno de: %(choices)s."), choices=choices)
        return kind(value)
    return _number(name, kind, value)


def _number(name: str, kind: type, value: Any) -> float | int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    whole = kind is int
    if isinstance(value, bool) or not math.isfinite(number) or (whole and number != int(number)):
        raise SchemeError(name, N_("«%(field)s» debe ser un número."))
    return int(number) if whole else number
