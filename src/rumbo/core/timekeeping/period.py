"""A month of a year, as the whole product counts it: year * 12 + month - 1."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from rumbo.core.vocabulary.marking import N_

MONTH_NAMES = (
    N_("enero"), N_("febrero"), N_("marzo"), N_("abril"), N_("mayo"), N_("junio"), N_("julio"), N_("agosto"),
    N_("septiembre"), N_("octubre"), N_("noviembre"), N_("diciembre"),
)  # fmt: skip
MONTH_SHORT = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


class InvalidPeriod(ValueError):
    """The text is not a month written as 2026-10."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A month. `index` is what tables store."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1900 <= self.year <= 2999:
            raise InvalidPeriod(f"«{self.year}-{self.month:02d}» no es un mes. Escríbalo como 2026-10.")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """From "2026-10". Raises InvalidPeriod."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if not found:
            raise InvalidPeriod(f"«{text}» no es un mes. Escríbalo como 2026-10.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, index: int) -> "Period":
        """From the stored number."""
        return cls(index // 12, index % 12 + 1)

    @classmethod
    def containing(cls, day: date) -> "Period":
        return cls(day.year, day.month)

    @property
    def index(self) -> int:
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def month_name(self) -> str:
        """Spanish, lower case, to be translated by who shows it."""
        return MONTH_NAMES[self.month - 1]

    @property
    def label(self) -> str:
        """«octubre de 2026»."""
        return f"{self.month_name} de {self.year}"

    def plus(self, months: int) -> "Period":
        return Period.of(self.index + months)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"
