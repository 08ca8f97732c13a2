"""How a goal stands after a month, roughly: only to know whether its capture has to be explained.

The product's engine judges; here a margin on each side makes sure that every capture that it will ask about carries
its cause. Nothing computed here is stored or shown.
"""

from collections.abc import Mapping

from rumbo.shell.demonstration.dataset import Goal, MonthTarget
from rumbo.shell.demonstration.figures import Figure

# The product asks below 90 and above 130, to date; two points of margin for what a return or a blank month moves.
BELOW = 92.0
OVER = 125.0
# A single month far from its programme deserves a sentence even where the year goes well.
MONTH_BELOW = 80.0
MONTH_OVER = 150.0


def needs_cause(goal: Goal, targets: Mapping[int, MonthTarget], figures: Mapping[int, Figure], month: int) -> str:
    """«below», «over» or nothing to explain."""
    to_date = compliance_to_date(goal, targets, figures, month)
    alone = compliance(goal, targets[month].numerator, targets[month].denominator, figures[month])
    if to_date is not None and to_date < BELOW:
        return "below"
    if to_date is not None and to_date > OVER:
        return "over"
    if alone is None or goal.accumulation in ("last", "average"):
        return ""
    if alone < MONTH_BELOW:
        return "below"
    return "over" if alone > MONTH_OVER else ""


def compliance_to_date(
    goal: Goal, targets: Mapping[int, MonthTarget], figures: Mapping[int, Figure], month: int
) -> float | None:
    """Compliance to date in %, None where it cannot be computed or nothing is programmed yet."""
    months = [m for m in targets if m <= month]
    reported = [m for m in months if m in figures]
    if not reported:
        return None
    if goal.accumulation in ("last", "periodic"):
        last = reported[-1]
        return compliance(goal, targets[last].numerator, targets[last].denominator, figures[last])
    counted = reported if goal.direction != "increasing" or not goal.is_sum else months
    programmed = sum(targets[m].numerator for m in counted)
    done = sum(figures[m].numerator for m in reported)
    if goal.is_ratio:
        under_programme = sum(targets[m].denominator or 0 for m in reported)
        programmed = sum(targets[m].numerator for m in reported)
        under = sum(figures[m].denominator or 0 for m in reported)
        return _judged(goal, float(programmed), float(under_programme), float(done), float(under))
    if goal.accumulation == "average":
        return _judged(goal, float(programmed) / len(counted), 1, float(done) / len(reported), 1)
    return _judged(goal, float(programmed), 1, float(done), 1)


def compliance(goal: Goal, numerator: object, denominator: object, figure: Figure) -> float | None:
    """Compliance of one month in %."""
    under_programme = 1.0 if denominator is None else float(str(denominator))
    under = 1.0 if figure.denominator is None else float(figure.denominator)
    return _judged(goal, float(str(numerator)), under_programme, float(figure.numerator), under)


def _judged(goal: Goal, programmed: float, under_programme: float, done: float, under: float) -> float | None:
    if not programmed or not under_programme or not under:
        return None
    target, value = programmed / under_programme, done / under
    if goal.low is not None and goal.high is not None:
        value *= float(goal.factor)
        if value < float(goal.low):
            return 100 * value / float(goal.low)
        return 100.0 if value <= float(goal.high) else 100 * float(goal.high) / value
    if goal.direction == "decreasing":
        return 100 * target / value if value else None
    return 100 * value / target
