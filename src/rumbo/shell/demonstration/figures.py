"""How much each area really did: the programme of each month bent by the story of its goal.

Deterministic: the only chance is a digest of goal, month and purpose.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rumbo.shell.demonstration.dataset import PROFILES, ZERO, Goal, MonthTarget, is_idle, largest_remainder

LAST_MONTH = 11

# A level cannot fall as far as a monthly sum: 0.85 of a 95 % ratio is said as 82 %, and months differ a third as much.
LEVEL_STRENGTH = 0.91
LEVEL_NOISE = 1 / 3

# Descending sums that look well to date while each month is worse than the one before.
RISING = frozenset({"M003", "M049"})

# Denominators that are stocks, calendars or obligations, known exactly beforehand.
EXACT_DENOMINATORS = frozenset({"M006", "M113", "M115"})

# Accumulated January–October that other texts of the demonstration quote.
OCTOBER_TOTALS = {"M001": 44310}
# Single figures that a story tells: projects concluded in July; requests that the call centre reported in July. In
# October four lights move: the night shift of M016 and a late path of M011 recover them, the campaign of M072 loses its
# mobile unit and one more appeal of M114 is lost.
FIXED_NUMERATORS = {
    ("M057", 7): Decimal(6),
    ("M016", 10): Decimal(430),
    ("M011", 10): Decimal(4),
    ("M072", 10): Decimal(760),
    ("M114", 10): Decimal(3),
}
FIXED_DENOMINATORS = {("M037", 7): Decimal(4120)}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was done in a month, in the unit of the indicator; the denominator only in ratios."""

    numerator: Decimal
    denominator: Decimal | None = None


def chance(code: str, month: int, purpose: str) -> float:
    """A number in [-1, 1) that is always the same for the same question."""
    digest = hashlib.sha256(f"{code}/{month}/{purpose}".encode()).digest()
    return int.from_bytes(digest[:6]) / 2**47 - 1


def _overdone(month: int, noise: float) -> float:
    return 1.35 + 0.55 * (min(month, 10) - 1) / 9 + 0.05 * noise


# story → factor on what is programmed for the month, given the month and a chance in [-1, 1)
FACTORS: dict[str, Callable[[int, float], float]] = {
    "n": lambda month, noise: 0.99 + 0.06 * noise,
    "e": lambda month, noise: 1.06 + 0.05 * noise,
    "o": _overdone,
    "b": lambda month, noise: 0.85 + 0.06 * noise,
    "d": lambda month, noise: 0.55 + 0.10 * noise,
    "z": lambda month, noise: 0.0 if month <= 4 else 1.30 + 0.04 * noise,
    "c": lambda month, noise: 1.02 + 0.03 * noise if month <= 5 else 0.55 + 0.05 * noise,
    "r": lambda month, noise: 0.60 + 0.05 * noise if month <= 6 else 1.30 + 0.05 * noise,
    "m": lambda month, noise: 0.99 + 0.06 * noise,
    "x": lambda month, noise: 0.99 + 0.06 * noise,
    "v": lambda month, noise: 1.00 + 0.30 * noise,
}


def actuals(goal: Goal, targets: Mapping[int, MonthTarget]) -> dict[int, Figure]:
    """What was done in each month up to November with something to report; missing reports are decided elsewhere."""
    months = [m for m, target in targets.items() if m <= LAST_MONTH and not is_idle(goal, target)]
    if goal.story == "i":
        return {}
    if goal.is_ratio:
        return {month: _ratio(goal, month, targets[month]) for month in months}
    if goal.is_sum:
        return _sums(goal, {month: targets[month].numerator for month in months})
    return _levels(goal, {month: targets[month].numerator for month in months})


def _sums(goal: Goal, programme: dict[int, Decimal]) -> dict[int, Figure]:
    done = _met_early(goal, programme) if goal.story == "f" else _followed(goal, programme)
    if goal.code in OCTOBER_TOTALS:
        until = [month for month in done if month <= 10]
        parts = largest_remainder(OCTOBER_TOTALS[goal.code], [done[month] for month in until])
        done |= {month: Decimal(part) for month, part in zip(until, parts, strict=True)}
    return {month: Figure(FIXED_NUMERATORS.get((goal.code, month), value)) for month, value in done.items()}


def _followed(goal: Goal, programme: dict[int, Decimal]) -> dict[int, Decimal]:
    """Whole units; what rounding takes from a month is given to the next, so that small goals keep their story."""
    exact, written, done = 0.0, 0, {}
    for month, value in programme.items():
        factor = FACTORS[goal.story](month, chance(goal.code, month, "sum"))
        if goal.direction == "decreasing":
            factor = 1 / factor
        if goal.code in RISING:
            factor *= 0.86 + 0.023 * (month - 1)
        exact += float(value) * factor
        done[month] = Decimal(max(0, int(exact + 0.499) - written))
        written += int(done[month])
    return done


def _met_early(goal: Goal, programme: dict[int, Decimal]) -> dict[int, Decimal]:
    """The annual target is reached in September; afterwards only a fifth of the calendar goes on."""
    until = [month for month in programme if month <= 9]
    weights = [PROFILES[goal.profile][m - 1] * Decimal(1 + 0.08 * chance(goal.code, m, "early")) for m in until]
    parts = largest_remainder(int(goal.annual_target), weights)
    done = {month: Decimal(part) for month, part in zip(until, parts, strict=True)}
    return done | {month: Decimal(int(value) // 5) for month, value in programme.items() if month > 9}


def _level_factor(goal: Goal, month: int) -> float:
    centre = FACTORS[goal.story](month, 0.0)
    spread = FACTORS[goal.story](month, chance(goal.code, month, "level")) - centre
    factor = 1 - (1 - centre) * LEVEL_STRENGTH + spread * LEVEL_NOISE
    return 1 / factor if goal.direction == "decreasing" else factor


def _aim(goal: Goal, programmed: Decimal) -> float:
    """What the story's factor applies to: below a range one falls from its lower edge, not from its middle."""
    if goal.low is not None and goal.story in "bdc":
        return float(goal.low)
    return float(programmed)


def _levels(goal: Goal, programme: dict[int, Decimal]) -> dict[int, Figure]:
    """Levels that grow never fall below their baseline nor below the month before."""
    grows = goal.profile in "ZW"
    floor = float(goal.baseline) if goal.profile == "Z" else 0.0
    done = {}
    for month, programmed in programme.items():
        value = _aim(goal, programmed) * _level_factor(goal, month)
        if goal.unit == "%":
            value = min(100.0, value)
        if grows:
            floor = value = max(floor, value)
        done[month] = Figure(_as_captured(goal, value))
    return done


def _ratio(goal: Goal, month: int, target: MonthTarget) -> Figure:
    assert target.denominator is not None  # noqa: S101  (a ratio programmes both)
    if not target.denominator:
        return Figure(ZERO, ZERO)
    spread = 0.0 if goal.code in EXACT_DENOMINATORS else 0.06 * chance(goal.code, month, "denominator")
    denominator = max(_as_captured(goal, float(target.denominator) * (1 + spread)), Decimal(1))
    denominator = FIXED_DENOMINATORS.get((goal.code, month), denominator)
    ratio = _aim(goal, goal.annual_target) / float(goal.factor) * _level_factor(goal, month)
    if goal.unit == "%" and not goal.high:
        ratio = min(1.0, ratio)
    return Figure(_as_captured(goal, float(denominator) * ratio), denominator)


def _as_captured(goal: Goal, value: float) -> Decimal:
    return Decimal(round(value)) if goal.whole else Decimal(str(round(value, 1)))
