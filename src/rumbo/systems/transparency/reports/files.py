"""The files of a quarter and their names."""

from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.systems.transparency import queries
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.reports.page import standalone_page
from rumbo.systems.transparency.reports.workbook import record_workbook

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


class NoRecord(Refusal):
    """Nobody prepared the quarter."""


def file_name(record: DisclosureRecord, extension: str) -> str:
    """«a121-f22-b-2021-2.xlsx»: article, fraction, clause, year, quarter, as the institutions name theirs."""
    return f"{record}.{extension}"


def transparency_files(*, institution: "Institution", period: Period | int) -> dict[str, bytes]:
    """Name and content of each file of the quarter that a month belongs to. A draft says on every page that it is one.

    Raises NoRecord.
    """
    quarter = Quarter.containing(period if isinstance(period, Period) else Period.of(period))
    record = queries.record_of(institution, quarter)
    if record is None:
        raise NoRecord(
            N_("%(institution)s no tiene registro del trimestre %(quarter)s. Prepárelo en Transparencia."),
            institution=institution.name, quarter=str(quarter),
        )  # fmt: skip
    return {file_name(record, "xlsx"): record_workbook(record), file_name(record, "html"): standalone_page(record)}
