"""The programme of the demonstration: its goals, and annual targets spread over months by their calendar.

Amounts are `Decimal` in the unit of the indicator. A month is 1..12 of the year 2026.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ZERO = Decimal(0)
MONTHS = range(1, 13)


def _shares(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(share) for share in text.split())


# Monthly % of the annual target of a sum: when the work of each kind really happens.
PROFILES: dict[str, tuple[Decimal, ...]] = {
    "U": _shares("8 8 8 8 8 9 8 9 8 9 9 8"),  # uniforme
    "A": _shares("0 2 8 11 12 12 11 11 11 11 8 3"),  # arranca con las reglas de operación
    "L": _shares("5 7 11 13 13 12 11 9 7 5 4 3"),  # antes y durante las lluvias
    "P": _shares("0 0 2 3 5 20 24 20 14 8 4 0"),  # plantación
    "B": _shares("7 6 6 6 7 9 11 12 12 10 8 6"),  # bacheo
    "O": _shares("0 0 1 3 6 9 12 15 16 16 14 8"),  # obra por contrato
    "E": _shares("9 11 11 7 12 10 3 1 10 11 11 4"),  # ciclo escolar
    "V": _shares("0 0 0 3 5 12 30 32 10 5 3 0"),  # obra de verano en escuelas
    "J": _shares("0 0 0 0 0 0 65 35 0 0 0 0"),  # solo julio y agosto
    "G": _shares("0 0 0 0 0 0 0 60 40 0 0 0"),  # entrega única de regreso a clases
    "X": _shares("0 0 20 0 20 0 20 0 20 0 20 0"),  # dispersión bimestral
    "T": _shares("0 0 25 0 0 25 0 0 25 0 0 25"),  # trimestral
    "F": _shares("4 6 6 7 8 7 8 7 13 12 12 10"),  # fiestas patrias, Día de Muertos, fin de año
    "M": _shares("5 6 9 7 8 7 6 7 8 24 9 4"),  # campaña de octubre
    "C": _shares("2 8 16 20 18 14 10 6 4 2 0 0"),  # contratación temprana
    "R": _shares("14 10 9 8 8 8 8 7 7 7 7 7"),  # recaudación
    "S": _shares("4 6 8 9 10 9 7 9 20 8 6 4"),  # simulacro de septiembre
    "D": _shares("0 0 0 2 4 8 12 15 17 17 15 10"),  # presupuesto participativo
    "Y": _shares("0 0 12.5 0 12.5 12.5 12.5 0 12.5 12.5 12.5 12.5"),  # ocho estudios en el año
}

# Weighted physical progress of the year's works, % of the target reached at each month's end.
PROGRESS_CURVE = _shares("0 2 5 10 18 28 40 53 66 79 91 100")


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of `goals.csv`: the columns that programme and stories need, typed; `row` keeps all of them as text."""

    code: str
    area: str
    responsible_post: str
    statement: str
    unit: str
    direction: str
    accumulation: str
    due_months: tuple[int, ...]
    factor: Decimal
    baseline: Decimal
    annual_target: Decimal
    low: Decimal | None
    high: Decimal | None
    profile: str
    story: str
    denominators: tuple[Decimal, ...]
    whole: bool
    evidence_type: str
    row: dict[str, str]

    @property
    def is_ratio(self) -> bool:
        return self.accumulation == "ratio"

    @property
    def is_sum(self) -> bool:
        return self.accumulation == "sum"


@dataclass(frozen=True, slots=True)
class MonthTarget:
    """What is programmed for a month; the denominator only in ratios."""

    numerator: Decimal
    denominator: Decimal | None = None


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a UTF-8 CSV with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_goals(folder: Path) -> tuple[Goal, ...]:
    """The goals of `folder/goals.csv`, in the order of the file."""
    return tuple(_goal(row) for row in read_rows(folder / "goals.csv"))


def _goal(row: dict[str, str]) -> Goal:
    denominators = _shares(row["denominators"])
    return Goal(
        code=row["code"],
        area=row["area"],
        responsible_post=row["responsible_post"],
        statement=row["statement"],
        unit=row["unit"],
        direction=row["direction"],
        accumulation=row["accumulation"],
        due_months=tuple(int(month) for month in row["due_months"].split()),
        factor=Decimal(row["factor"]),
        baseline=Decimal(row["baseline"]),
        annual_target=Decimal(row["annual_target"]),
        low=Decimal(row["low"]) if row["low"] else None,
        high=Decimal(row["high"]) if row["high"] else None,
        profile=row["profile"],
        story=row["story"],
        denominators=denominators * 12 if len(denominators) == 1 else denominators,
        whole=row["whole"] == "yes",
        evidence_type=row["evidence_type"],
        row=row,
    )


def largest_remainder(total: int, weights: Sequence[Decimal]) -> tuple[int, ...]:
    """Whole parts of `total` in proportion to `weights`, adding exactly to it; of equal remainders the first wins.

    Raises ValueError when every weight is zero and there is something to share.
    """
    weight = sum(weights, ZERO)
    if not weight:
        if total:
            raise ValueError("No hay pesos con que repartir.")
        return tuple(0 for _ in weights)
    exact = [total * share / weight for share in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def programme(goal: Goal) -> dict[int, MonthTarget]:
    """What is programmed in each month in which the goal is due by its frequency.

    Sums are shared by the largest remainder to whole units; levels keep, climb to or grow towards the annual target;
    ratios programme their expected denominator and the exact numerator that gives the annual target.
    """
    if goal.is_ratio:
        exact = [goal.annual_target * denominator / goal.factor for denominator in goal.denominators]
        months = [MonthTarget(n, d) for n, d in zip(exact, goal.denominators, strict=True)]
    elif goal.is_sum:
        parts = largest_remainder(int(goal.annual_target), PROFILES[goal.profile])
        months = [MonthTarget(Decimal(part)) for part in parts]
    else:
        months = [MonthTarget(_level(goal, month)) for month in MONTHS]
    return {month: months[month - 1] for month in goal.due_months}


def _level(goal: Goal, month: int) -> Decimal:
    """Programmed level at a month's end: constant (K), straight line from the baseline (Z, H, Q), works' curve (W)."""
    if goal.profile == "W":
        return goal.annual_target * PROGRESS_CURVE[month - 1] / 100
    if goal.profile == "K" or (goal.profile == "Q" and goal.whole):
        return goal.annual_target
    step = goal.due_months.index(month) + 1 if month in goal.due_months else 0
    level = goal.baseline + (goal.annual_target - goal.baseline) * step / len(goal.due_months)
    return level.quantize(Decimal(1) if goal.whole else Decimal("0.1"), ROUND_HALF_UP)


def owes(goal: Goal, month: int) -> bool:
    """Whether the area owes a capture: due by frequency and something programmed for the month."""
    target = programme(goal).get(month)
    return target is not None and not is_idle(goal, target)


def is_idle(goal: Goal, target: MonthTarget) -> bool:
    """Nothing is programmed where more is better. A ratio is never idle: 0 of 0 cases is reported too."""
    return not goal.is_ratio and goal.direction == "increasing" and not target.numerator


def read_targets(folder: Path) -> dict[str, dict[int, MonthTarget]]:
    """`folder/targets.csv` as goal → month → target."""
    targets: dict[str, dict[int, MonthTarget]] = {}
    for row in read_rows(folder / "targets.csv"):
        denominator = Decimal(row["denominator"]) if row["denominator"] else None
        targets.setdefault(row["goal"], {})[int(row["month"])] = MonthTarget(Decimal(row["numerator"]), denominator)
    return targets


def plain(amount: Decimal | None) -> str:
    """A number as files write it: point, no thousands mark, no trailing zeros, empty for none."""
    if amount is None:
        return ""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
