"""The records of an institution, by quarter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.organization import queries as organization
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.settings import RETAINED_YEARS

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

# What a list never shows: thousands of characters in each record.
_LONG = ("mission", "vision", "situation_analysis", "objectives", "action_lines", "higher_plan_alignment")


def records_of(institution: "Institution") -> list[DisclosureRecord]:
    """Newest quarter first, without their long texts."""
    return list(DisclosureRecord.objects.filter(institution=institution).defer(*_LONG))


def record_of(institution: "Institution", quarter: Quarter) -> DisclosureRecord | None:
    return (
        DisclosureRecord.objects.filter(institution=institution, fiscal_year=quarter.year, quarter=quarter.number)
        .select_related("institution", "plan")
        .first()
    )


def public_record(institution: "Institution", quarter: Quarter) -> DisclosureRecord | None:
    """The record only if it is already published."""
    found = record_of(institution, quarter)
    return found if found is not None and found.published_on is not None else None


def retained_years(year: int) -> tuple[int, ...]:
    """The current year and those that stay beside it, newest first."""
    return tuple(range(year, year - RETAINED_YEARS - 1, -1))


def responsible_names(institution: "Institution", codes: Sequence[str]) -> list[str]:
    """Names of the areas with those codes, in the order of the tree; codes of no area are left out."""
    return [unit.name for unit in organization.units_of(institution) if unit.code in codes]
