"""The files of a quarter and their names."""

from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.systems.transparency import queries
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.reports.history import base_name
from rumbo.systems.transparency.reports.page import standalone_page
from rumbo.systems.transparency.reports.workbook import record_workbook

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


class NoRecord(Refusal):
    """Nobody prepared the quarter."""


def file_name(record: DisclosureRecord, extension: str) -> str:
    """«a121-f22-b-2021-2.xlsx»: article, fraction, clause, year, quarter, as the institutions name theirs. A version
    that was superseded, and a correction that is not published yet, end with theirs."""
    in_force = record.successor is None and (record.published_on is not None or not record.is_correction)
    return f"{base_name(record, in_force=in_force)}.{extension}"


def transparency_files(*, institution: "Institution", period: Period | int) -> dict[str, bytes]:
    """Name and content of each file of the quarter that a month belongs to: of the version in force, and of those that
    it superseded, to which it links. A draft says on every page that it is one.

    Raises NoRecord.
    """
    quarter = Quarter.containing(period if isinstance(period, Period) else Period.of(period))
    record = queries.public_record(institution, quarter) or queries.record_of(institution, quarter)
    if record is None:
        raise NoRecord(
            N_("%(institution)s no tiene registro del trimestre %(quarter)s. Prepárelo en Transparencia."),
            institution=institution.name, quarter=str(quarter),
        )  # fmt: skip
    files = {}
    for version in (record, *_superseded(institution, record)):
        files[file_name(version, "xlsx")] = record_workbook(version)
        files[file_name(version, "html")] = standalone_page(version)
    return files


def _superseded(institution: "Institution", record: DisclosureRecord) -> list[DisclosureRecord]:
    found = (queries.version_of(institution, record.period, version) for version in range(record.version - 1, 0, -1))
    return [one for one in found if one is not None and one.published_on is not None]
