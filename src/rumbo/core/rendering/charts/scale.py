"""Axes: round steps, positions and month names."""

from collections.abc import Sequence
from math import floor, isfinite, log10

from rumbo.core.rendering.text import Language, month_name, number, percent

_ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def known(value: float | None) -> bool:
    return value is not None and isfinite(value)


def known_values(*series: Sequence[float | None] | None) -> list[float]:
    return [float(v) for row in series if row is not None for v in row if v is not None and isfinite(v)]


def round_ticks(low: float, high: float, *, about: int = 4) -> list[float]:
    """Ticks at round steps that cover [low, high]; at least two, the first ≤ low and the last ≥ high."""
    if high <= low:
        high = low + 1
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = next(factor * power for factor in _ROUND_STEPS if factor * power >= raw * 0.999)
    first, last = floor(low / step), -floor(-high / step)
    return [index * step for index in range(int(first), int(last) + 1)]


def tick_label(value: float, unit: str, language: Language) -> str:
    return percent(value, 0 if value == int(value) else 1, language=language) if unit == "%" else number(value)


def value_label(value: float | None, unit: str, decimals: int | None, language: Language) -> str:
    if unit == "%":
        return percent(value, 1 if decimals is None else decimals, language=language)
    return number(value, decimals)


def month_labels(count: int, first_month: int, language: Language) -> list[str]:
    """«ene … dic», starting with the first month of the fiscal year."""
    return [month_name((first_month - 1 + i) % 12 + 1, short=True, language=language) for i in range(count)]
