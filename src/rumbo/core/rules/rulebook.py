"""The explicit list of an app's rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rumbo.core.rules.rule import Judgement, Rule


class RulebookError(ValueError):
    """The list itself is wrong: a code twice, or a code of another app."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`app` is the first word of every code in it; `title` is what the page «Reglas» shows."""

    app: str
    title: str
    rules: tuple[Rule[Any], ...]

    def __post_init__(self) -> None:
        codes = [rule.code for rule in self.rules]
        for code in codes:
            if not code.startswith(f"{self.app}."):
                raise RulebookError(f"{code} is not a rule of {self.app}")
            if codes.count(code) > 1:
                raise RulebookError(f"{code} is listed twice")

    def __iter__(self) -> Iterator[Rule[Any]]:
        return iter(self.rules)

    def __getitem__(self, code: str) -> Rule[Any]:
        """Raises KeyError."""
        return {rule.code: rule for rule in self.rules}[code]

    def __contains__(self, code: object) -> bool:
        return any(rule.code == code for rule in self.rules)

    def judge(self, subject: Any, *, on: date, codes: Sequence[str] | None = None) -> list[Judgement]:
        """What every rule (or those named, in the order of the book) says of a subject on a day."""
        return [rule.judge(subject, on=on) for rule in self.rules if codes is None or rule.code in codes]
