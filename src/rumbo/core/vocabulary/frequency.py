"""How often an indicator is measured, and the months of the fiscal year in which its slots end."""

from enum import StrEnum
from functools import cache

from rumbo.core.vocabulary.marking import N_

MONTHS = 12


class Frequency(StrEnum):
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    FOUR_MONTHLY = "four_monthly"
    HALF_YEARLY = "half_yearly"
    ANNUAL = "annual"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    TWO_YEARLY = "two_yearly"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def by_months(self) -> bool:
        """Its slots are whole months; weeks and fortnights have columns of their own."""
        return self not in (Frequency.WEEKLY, Frequency.FORTNIGHTLY)

    @property
    def months_between(self) -> int:
        """Months from the end of one slot to the end of the next; 0 where several slots end in one month."""
        return _MONTHS[self]

    @property
    def due_months(self) -> tuple[int, ...]:
        """Months (1..12) in which a report is due when the institution sets no others and the year is the calendar's.

        Every month where several slots end in each; the last one of the years in which two-yearly slots end.
        """
        return self.due_months_from(1)

    @cache
    def due_months_from(self, start_month: int) -> tuple[int, ...]:
        """The same, in time order, of a fiscal year that starts in `start_month` (1..12)."""
        step = min(max(self.months_between, 1), MONTHS)
        return tuple((start_month - 2 + ended) % MONTHS + 1 for ended in range(step, MONTHS + 1, step))


_LABELS = {
    Frequency.WEEKLY: N_("Semanal"),
    Frequency.FORTNIGHTLY: N_("Quincenal"),
    Frequency.MONTHLY: N_("Mensual"),
    Frequency.BIMONTHLY: N_("Bimestral"),
    Frequency.QUARTERLY: N_("Trimestral"),
    Frequency.FOUR_MONTHLY: N_("Cuatrimestral"),
    Frequency.HALF_YEARLY: N_("Semestral"),
    Frequency.ANNUAL: N_("Anual"),
    Frequency.TWO_YEARLY: N_("Bienal"),
}
_MONTHS = {
    Frequency.WEEKLY: 0,
    Frequency.FORTNIGHTLY: 0,
    Frequency.MONTHLY: 1,
    Frequency.BIMONTHLY: 2,
    Frequency.QUARTERLY: 3,
    Frequency.FOUR_MONTHLY: 4,
    Frequency.HALF_YEARLY: 6,
    Frequency.ANNUAL: 12,
    Frequency.TWO_YEARLY: 24,
}
