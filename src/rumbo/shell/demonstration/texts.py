"""Why a month went as it did, in the words that an area would write: `texts.csv` with its blanks filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rumbo.core.timekeeping.period import MONTH_NAMES, Period
from rumbo.core.vocabulary.variation_cause import VariationCause
from rumbo.shell.demonstration.dataset import Goal, read_rows
from rumbo.shell.demonstration.figures import chance


@dataclass(frozen=True, slots=True)
class Text:
    """One way of explaining: for a goal, an area or anyone (`*`), below or over the programme, in some months."""

    scope: str
    sense: str
    months: range
    cause: VariationCause
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class Explanation:
    cause: VariationCause
    text: str
    action: str


def read_texts(folder: Path) -> tuple[Text, ...]:
    return tuple(
        Text(
            scope=row["scope"],
            sense=row["sense"],
            months=range(int(row["from_month"]), int(row["to_month"]) + 1),
            cause=VariationCause(row["cause"]),
            text=row["text"],
            action=row["action"],
        )
        for row in read_rows(folder / "texts.csv")
    )


def explain(goal: Goal, period: Period, sense: str, due_on: date, texts: Iterable[Text]) -> Explanation:
    """The text of the narrowest scope that fits, taking turns over the months; `due_on` fills `{fecha}`."""
    fitting = [text for text in texts if text.sense == sense and period.month in text.months]
    for scope in (goal.code, goal.area, "*"):
        own = [text for text in fitting if text.scope == scope]
        if own:
            chosen = own[(period.month + int(goal.code[1:])) % len(own)]
            return _filled(chosen, goal, period, due_on)
    raise ValueError(f"Sin texto «{sense}» para {goal.code} en {period}.")


def _filled(chosen: Text, goal: Goal, period: Period, due_on: date) -> Explanation:
    blanks = {
        "mes": period.month_name,
        "mes_siguiente": MONTH_NAMES[period.month % 12],
        "dias": str(12 + int(7 * chance(goal.code, period.month, "days"))),
        "lluvia": str(15 + int(4 * chance(goal.area, period.month, "rain"))),
        "total_dias": str(period.last_day.day),
        "fecha": f"{due_on:%d/%m}",
    }
    return Explanation(chosen.cause, chosen.text.format(**blanks), chosen.action.format(**blanks))
