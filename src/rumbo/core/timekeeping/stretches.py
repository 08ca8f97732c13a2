"""The stretches of time that the capture of one month asks for: the month itself, or the weeks or fortnights in it."""

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear, Slot, slots_of
from rumbo.core.vocabulary.frequency import Frequency


def stretches_of(frequency: Frequency, month: Period) -> tuple[Slot, ...]:
    """In time order: those that end in the month. A week that ends in the next one belongs to the next one.

    Of a frequency of whole months it is one, the month: what a quarter is asked in its last month has no parts.
    """
    if frequency.by_months:
        return (Slot(month.first_day, month.last_day),)
    return tuple(slot for slot in slots_of(frequency, FiscalYear(month.year)) if slot.period == month)
