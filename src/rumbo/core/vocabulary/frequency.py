"""How often an indicator is measured, and the months of the fiscal year in which its slots end."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class Frequency(StrEnum):
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    FOUR_MONTHLY = "four_monthly"
    HALF_YEARLY = "half_yearly"
    ANNUAL = "annual"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def months_between(self) -> int:
        """Months from the end of one slot to the end of the next."""
        return _MONTHS[self]

    @property
    def due_months(self) -> tuple[int, ...]:
        """Months (1..12) in which a report is due when the institution sets no others."""
        return tuple(range(self.months_between, 13, self.months_between))


_LABELS = {
    Frequency.MONTHLY: N_("Mensual"),
    Frequency.BIMONTHLY: N_("Bimestral"),
    Frequency.QUARTERLY: N_("Trimestral"),
    Frequency.FOUR_MONTHLY: N_("Cuatrimestral"),
    Frequency.HALF_YEARLY: N_("Semestral"),
    Frequency.ANNUAL: N_("Anual"),
}
_MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.BIMONTHLY: 2,
    Frequency.QUARTERLY: 3,
    Frequency.FOUR_MONTHLY: 4,
    Frequency.HALF_YEARLY: 6,
    Frequency.ANNUAL: 12,
}
