"""How an annual target is shared out over the months: typed, in equal parts, by season, or as last year. Pure.

Amounts are exact decimals of at most six places. The parts of a sum add exactly to the annual target: what rounding
leaves over goes to the months that lost most by it, the earliest first (largest remainder).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from rumbo.core.timekeeping.period import MONTH_NAMES, Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal

PLACES = 6
LARGEST = Decimal(10) ** 14  # 20 digits of which 6 are decimals (decision I)
ZERO = Decimal(0)


def _shares(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(share) for share in text.split())


# Percentages of the year by month, to begin from. They are ours: no source fixes them and each goal may change them.
SEASONS: dict[str, tuple[str, tuple[Decimal, ...]]] = {
    "lluvias": (N_("Antes y durante las lluvias"), _shares("5 7 11 13 13 12 11 9 7 5 4 3")),
    "escolar": (N_("Ciclo escolar"), _shares("9 11 11 7 12 10 3 1 10 11 11 4")),
    "obra": (N_("Obra por contrato"), _shares("0 0 1 3 6 9 12 15 16 16 14 8")),
    "reglas": (N_("Arranca con las reglas de operación"), _shares("0 2 8 11 12 12 11 11 11 11 8 3")),
    "recaudacion": (N_("Recaudación"), _shares("14 10 9 8 8 8 8 7 7 7 7 7")),
    "fin": (N_("Fiestas y fin de año"), _shares("4 6 6 7 8 7 8 7 13 12 12 10")),
}


class AmountOutOfRange(Refusal):
    """More digits than are kept: the amount would be stored as another one."""


class BandsOutOfOrder(Refusal):
    """Bands in units that are not two that grow from zero."""


class NothingToShareBy(Refusal):
    """Every share is zero: there is no month to put the target in."""


@dataclass(frozen=True, slots=True)
class MonthTarget:
    """What is programmed for a month; the denominator only in ratios. None is «nothing said», not zero."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OwnBands:
    """How far from the programme, in the indicator's unit, is still green and amber; both or neither. `below`: judged
    so only while the programme to date is no greater; None, always. Without own bands, those of its scheme judge it."""

    green: Decimal | None = None
    amber: Decimal | None = None
    below: Decimal | None = None


NO_BANDS = OwnBands()


def exact(value: Decimal | int | str | None, what: str = "") -> Decimal | None:
    """The amount as the tables keep it. Raises AmountOutOfRange instead of rounding it."""
    if value is None:
        return None
    amount = Decimal(value)
    if not amount.is_finite() or abs(amount) >= LARGEST or amount != round(amount, PLACES):
        raise AmountOutOfRange(
            N_("%(what)s: %(value)s tiene más cifras de las que se guardan (14 enteros y 6 decimales). Redondéelo."),
            what=what, value=str(value),
        )  # fmt: skip
    return amount


def in_order(bands: OwnBands) -> OwnBands:
    """With exact amounts. Raises BandsOutOfOrder, AmountOutOfRange."""
    found = OwnBands(exact(bands.green), exact(bands.amber), exact(bands.below))
    if found == NO_BANDS:
        return found
    if found.green is None or found.amber is None or not 0 <= found.green <= found.amber:
        raise BandsOutOfOrder(
            N_("Las bandas en unidades son dos y crecen desde cero: hasta dónde en meta y hasta dónde en riesgo.")
        )
    if found.below is not None and found.below < 0:
        raise BandsOutOfOrder(N_("El tamaño hasta el que se juzga en unidades es cero o más."))
    return found


def evenly(total: Decimal, months: Sequence[int], decimals: int) -> dict[int, Decimal]:
    """Equal parts over the given months (1..12 or periods), whole to `decimals`, adding exactly to `total`."""
    return by_shares(total, dict.fromkeys(months, Decimal(1)), decimals)


def by_shares(total: Decimal, shares: Mapping[int, Decimal], decimals: int) -> dict[int, Decimal]:
    """In proportion to the shares (percentages of a season, or last year's months). Raises NothingToShareBy."""
    weight = sum(shares.values(), ZERO)
    if weight <= 0 or any(share < 0 for share in shares.values()):
        raise NothingToShareBy(
            N_("No se repartió la meta: los porcentajes de los meses deben ser cero o más, y alguno mayor que cero.")
        )
    unit = Decimal(1).scaleb(-max(decimals, _places_of(total)))
    ideal = {month: total * share / weight for month, share in shares.items()}
    parts = {month: value.quantize(unit, ROUND_FLOOR) for month, value in ideal.items()}
    left = int((total - sum(parts.values(), ZERO)) / unit)
    order = sorted((month for month in parts if shares[month]), key=lambda month: (parts[month] - ideal[month], month))
    for month in order[:left]:
        parts[month] += unit
    return parts


def level(value: Decimal, months: Sequence[int]) -> dict[int, Decimal]:
    """The same value every month: levels are kept, not shared."""
    return dict.fromkeys(months, value)


def climbing(start: Decimal, end: Decimal, months: Sequence[int], decimals: int) -> dict[int, Decimal]:
    """A straight line from the baseline to the target of the last month, half up to `decimals`."""
    unit = Decimal(1).scaleb(-decimals)
    steps = {month: start + (end - start) * step / len(months) for step, month in enumerate(months, start=1)}
    line = {month: value.quantize(unit, ROUND_HALF_UP) for month, value in steps.items()}
    return line | {months[-1]: end} if months else {}


def as_last_year(
    months: Mapping[int, MonthTarget], factor: Decimal, decimals: int, *, years: int = 1
) -> dict[int, MonthTarget]:
    """Last year's periods moved `years` ahead and multiplied by `factor`, half up to `decimals`."""
    unit = Decimal(1).scaleb(-decimals)

    def grown(value: Decimal | None) -> Decimal | None:
        return None if value is None else (value * factor).quantize(unit, ROUND_HALF_UP)

    return {
        period + 12 * years: MonthTarget(grown(target.numerator), grown(target.denominator))
        for period, target in months.items()
    }


def _places_of(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def owes(
    numerator: Decimal | float | None,
    denominator: Decimal | float | None,
    direction: int,
    accumulation: int,
    *,
    by_parts: bool,
) -> bool:
    """Whether a month of the indicator's frequency owes a report, as `core.engine.missing.pending` says of blocks.

    Nothing programmed owes nothing, nor does zero where more is better; zero where less is better is a promise. A
    range always owes: its bounds are its programme. `by_parts`: a ratio whose year has some denominator programmed.
    """
    if direction == Direction.RANGE:
        return True
    if numerator is None:
        return False
    if Accumulation(accumulation).by_parts and by_parts:
        return denominator is not None
    return numerator != 0 or direction != Direction.INCREASING


# An authorised change, told value by value

_OF_YEAR = {
    "annual_target": N_("Meta anual"),
    "low": N_("Límite inferior"),
    "high": N_("Límite superior"),
    "units_green": N_("En meta hasta, en unidades"),
    "units_amber": N_("En riesgo hasta, en unidades"),
    "units_below": N_("Se juzga en unidades hasta"),
}
_OF_DENOMINATOR = N_("%(month)s, denominador")


@dataclass(frozen=True, slots=True)
class Moved:
    """One value that a change moved: of the year (`month` is None) or of a month of it."""

    field: str
    month: int | None
    before: Decimal | None
    after: Decimal | None

    def label(self, translate: Callable[[str], str]) -> str:
        """«Meta anual», «Julio», «Julio, denominador»."""
        if self.month is None:
            return translate(_OF_YEAR[self.field])
        name = translate(MONTH_NAMES[self.month - 1]).capitalize()
        return name if self.field == "numerator" else translate(_OF_DENOMINATOR) % {"month": name}


def moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Moved]:
    """What differs between the two states that a change stored: the year's figures first, then month by month."""
    pairs: list[tuple[str, int | None, Any, Any]] = [
        (name, None, before.get(name), after.get(name)) for name in _OF_YEAR
    ]
    for period, old in before["months"].items():
        month = Period.parse(period).month
        for field, one, other in zip(("numerator", "denominator"), old, after["months"][period], strict=True):
            pairs.append((field, month, one, other))
    return [Moved(field, month, _amount(one), _amount(other)) for field, month, one, other in pairs if one != other]


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
