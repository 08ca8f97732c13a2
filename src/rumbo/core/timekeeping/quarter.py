"""A calendar quarter, as publication obligations count time."""

import re
from dataclasses import dataclass
from datetime import date

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_

ORDINALS = (N_("Primer trimestre"), N_("Segundo trimestre"), N_("Tercer trimestre"), N_("Cuarto trimestre"))


class InvalidQuarter(ValueError):
    """There are four quarters in a year."""


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """`number` from 1 to 4."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4 or not 1900 <= self.year <= 2999:
            raise InvalidQuarter(f"«{self.year}-{self.number}» no es un trimestre. Escríbalo como 2021-2.")

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """From "2021-2". Raises InvalidQuarter."""
        found = re.fullmatch(r"(\d{4})-(\d)", text.strip())
        if not found:
            raise InvalidQuarter(f"«{text}» no es un trimestre. Escríbalo como 2021-2.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def containing(cls, moment: date | Period) -> "Quarter":
        return cls(moment.year, (moment.month + 2) // 3)

    @property
    def start(self) -> date:
        return Period(self.year, self.number * 3 - 2).first_day

    @property
    def end(self) -> date:
        return Period(self.year, self.number * 3).last_day

    @property
    def ordinal(self) -> str:
        """«Segundo trimestre», to be translated by who shows it."""
        return ORDINALS[self.number - 1]

    @property
    def label(self) -> str:
        """«SEGUNDO TRIMESTRE 2021», as the formats write it: always in Spanish."""
        return f"{self.ordinal.upper()} {self.year}"

    def plus(self, quarters: int) -> "Quarter":
        index = self.year * 4 + self.number - 1 + quarters
        return Quarter(index // 4, index % 4 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"
