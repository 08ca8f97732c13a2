"""What the months of a table are of, where its year is not the calendar's."""

from typing import Final

from rumbo.core.rendering.told import Month
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.filling import Translate, fill
from rumbo.core.vocabulary.marking import N_

_ORDER: Final = N_("«%(name)s» es el año de %(first)s a %(last)s: los meses van en ese orden.")


def order_of(year: FiscalYear, translate: Translate) -> str:
    """A sentence for above the table; empty for a year from January to December."""
    if year.start_month == 1:
        return ""
    return fill(_ORDER, {"name": year.year, "first": Month(year.first), "last": Month(year.last)}, translate)
