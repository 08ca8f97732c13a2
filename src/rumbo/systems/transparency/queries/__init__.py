"""Reads of the publication records."""

from rumbo.systems.transparency.queries.composing import COMPOSED, composed
from rumbo.systems.transparency.queries.findings import findings_of, sheet_of
from rumbo.systems.transparency.queries.owing import owed, owed_in
from rumbo.systems.transparency.queries.records import (
    public_record,
    record_of,
    records_of,
    responsible_names,
    retained_years,
    version_of,
    versions_of,
)
from rumbo.systems.transparency.queries.standing import Standing, standings_of
from rumbo.systems.transparency.queries.terms import deadline_for, due_dates

__all__ = [
    "COMPOSED",
    "Standing",
    "composed",
    "deadline_for",
    "due_dates",
    "findings_of",
    "owed",
    "owed_in",
    "public_record",
    "record_of",
    "records_of",
    "responsible_names",
    "retained_years",
    "sheet_of",
    "standings_of",
    "version_of",
    "versions_of",
]
