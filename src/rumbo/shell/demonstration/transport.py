"""Finds how the year to date of a real monthly series accumulates, because its files do not say.

A month m of a year fits a mode when every month from January to m is published and the year-to-date value follows
from them:

- sum: their total, within half a unit of the last published decimal for each of the m months and for the total;
- average: their mean, within one such unit (half for the months, half for the year to date) or 0.5 % of the value,
  whichever is larger: the source weighs months by their traffic, which it does not publish, and months of one year
  differ little in traffic;
- last: the month's own value, within one unit.

January says nothing (all modes agree in it) and is not counted. A series has the mode that fits most months, if it
fits at least `REQUIRED_SHARE` of them; otherwise none. The result does not hang on that figure: between 67 and 85 %
the same series pass. Twelve-month rolling means, and means weighted by distances that vary much, fit no mode here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.shell.demonstration.dataset import ZERO, read_rows

REQUIRED_SHARE = 0.75
RELATIVE_TOLERANCE = Decimal("0.005")

# The only modes that a series of values without numerators and denominators can show.
MODES = (Accumulation.SUM, Accumulation.AVERAGE, Accumulation.LAST)

YearMonth = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Month:
    """What the source publishes for a month; None where it leaves a blank."""

    to_date_target: Decimal | None
    to_date_actual: Decimal | None
    target: Decimal | None
    actual: Decimal | None


Series = Mapping[YearMonth, Month]


@dataclass(frozen=True, slots=True)
class Fit:
    """In how many of the comparable months the year to date follows from the months."""

    fitting: int
    comparable: int

    @property
    def share(self) -> float:
        return self.fitting / self.comparable if self.comparable else 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """How a series accumulates: `mode` is None when nothing fits; `fits` has every mode tried."""

    mode: Accumulation | None
    fits: dict[Accumulation, Fit]

    @property
    def best(self) -> Accumulation:
        return max(MODES, key=lambda mode: self.fits[mode].share)

    @property
    def share(self) -> float:
        return self.fits[self.best].share


def number(text: str) -> Decimal | None:
    """A published figure: thousands commas are dropped, a blank is None. Raises ValueError for anything else."""
    cleaned = text.strip().replace(",", "")
    if not cleaned:
        return None
    try:
        return Decimal(cleaned)
    except ArithmeticError:
        raise ValueError(f"«{text}» no es un número.") from None


def read_series(source: Path) -> dict[str, dict[YearMonth, Month]]:
    """`source/values.csv` as indicator → (year, month) → figures."""
    series: dict[str, dict[YearMonth, Month]] = {}
    for row in read_rows(source / "values.csv"):
        key = int(row["PERIOD_YEAR"]), int(row["PERIOD_MONTH"])
        series.setdefault(row["INDICATOR_SEQ"], {})[key] = Month(
            to_date_target=number(row["YTD_TARGET"]),
            to_date_actual=number(row["YTD_ACTUAL"]),
            target=number(row["MONTHLY_TARGET"]),
            actual=number(row["MONTHLY_ACTUAL"]),
        )
    return series


def find_mode(series: Series) -> Finding:
    """How the actual values accumulate."""
    return _find(series, lambda month: month.actual, lambda month: month.to_date_actual)


def find_target_mode(series: Series) -> Finding:
    """How the targets accumulate; constant targets fit average and last alike."""
    return _find(series, lambda month: month.target, lambda month: month.to_date_target)


Reading = Callable[[Month], Decimal | None]


def _find(series: Series, monthly: Reading, to_date: Reading) -> Finding:
    fits = {}
    for mode in MODES:
        answers = [
            _fits(mode, values, published, _unit(series, year))
            for year, month in series
            if month > 1
            and (values := _until(series, year, month, monthly)) is not None
            and (published := to_date(series[year, month])) is not None
        ]
        fits[mode] = Fit(sum(answers), len(answers))
    best = max(MODES, key=lambda mode: fits[mode].share)
    return Finding(best if fits[best].share >= REQUIRED_SHARE else None, fits)


def _until(series: Series, year: int, month: int, monthly: Reading) -> list[Decimal] | None:
    """The months from January on, or None when one of them is not published."""
    values = [monthly(series[year, m]) if (year, m) in series else None for m in range(1, month + 1)]
    known = [value for value in values if value is not None]
    return known if len(known) == month else None


def _unit(series: Series, year: int) -> Decimal:
    """One unit of the last decimal that the source uses in the year (its declared decimals are not always kept)."""
    published = [
        value
        for (of_year, _), month in series.items()
        if of_year == year
        for value in (month.actual, month.to_date_actual, month.target, month.to_date_target)
        if value is not None
    ]
    return Decimal(1).scaleb(-max((_decimals(value) for value in published), default=0))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _fits(mode: Accumulation, values: Sequence[Decimal], published: Decimal, unit: Decimal) -> bool:
    if mode is Accumulation.SUM:
        return abs(sum(values, ZERO) - published) <= unit * (len(values) + 1) / 2
    if mode is Accumulation.LAST:
        return abs(values[-1] - published) <= unit
    tolerance = max(unit, abs(published) * RELATIVE_TOLERANCE)
    return abs(sum(values, ZERO) / len(values) - published) <= tolerance


WORDS = {Accumulation.SUM: "suma", Accumulation.AVERAGE: "promedio", Accumulation.LAST: "último valor"}


def describe(finding: Finding) -> str:
    """The finding as the indicator's sheet says it."""
    fit = finding.fits[finding.best]
    if finding.mode is not None:
        return f"Acumulación hallada: {WORDS[finding.mode]}; coincide en {fit.fitting} de {fit.comparable} meses."
    tried = "; ".join(
        f"{WORDS[mode]}, {finding.fits[mode].fitting} de {finding.fits[mode].comparable} meses" for mode in MODES
    )
    return f"El acumulado publicado no resulta de los meses con ningún modo: {tried}."
