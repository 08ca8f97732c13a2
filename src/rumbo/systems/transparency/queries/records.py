"""The records of an institution, by quarter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.organization import queries as organization
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.settings import RETAINED_YEARS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from rumbo.foundation.organization.models import Institution

# What a list never shows: thousands of characters in each record.
_LONG = ("mission", "vision", "situation_analysis", "objectives", "action_lines", "higher_plan_alignment")


def records_of(institution: "Institution") -> list[DisclosureRecord]:
    """Newest quarter first, without their long texts."""
    return list(DisclosureRecord.objects.filter(institution=institution).defer(*_LONG))


def record_of(institution: "Institution", quarter: Quarter) -> DisclosureRecord | None:
    """The newest version: the one in hand, or the one in force when none is."""
    return _versions(institution, quarter).first()


def public_record(institution: "Institution", quarter: Quarter) -> DisclosureRecord | None:
    """The version in force, only if one was published."""
    return _versions(institution, quarter).filter(published_on__isnull=False).first()


def version_of(institution: "Institution", quarter: Quarter, version: int) -> DisclosureRecord | None:
    return _versions(institution, quarter).filter(version=version).first()


def versions_of(record: DisclosureRecord) -> list[DisclosureRecord]:
    """All of its quarter, newest first, without their long texts."""
    return list(
        DisclosureRecord.objects.filter(
            institution_id=record.institution_id, format_code=record.format_code, fiscal_year=record.fiscal_year,
            quarter=record.quarter,
        ).defer(*_LONG)
    )  # fmt: skip


def _versions(institution: "Institution", quarter: Quarter) -> "QuerySet[DisclosureRecord]":
    return DisclosureRecord.objects.filter(
        institution=institution, fiscal_year=quarter.year, quarter=quarter.number
    ).select_related("institution", "plan", "supersedes", "superseded_by")


def retained_years(year: int) -> tuple[int, ...]:
    """The current year and those that stay beside it, newest first."""
    return tuple(range(year, year - RETAINED_YEARS - 1, -1))


def responsible_names(institution: "Institution", codes: Sequence[str]) -> list[str]:
    """Names of the areas with those codes, in the order of the tree; codes of no area are left out."""
    return [unit.name for unit in organization.units_of(institution) if unit.code in codes]
