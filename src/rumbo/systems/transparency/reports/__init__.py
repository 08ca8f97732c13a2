"""The record as files: the workbook of the format, and a page that stands alone."""

from rumbo.systems.transparency.reports.files import NoRecord, file_name, transparency_files
from rumbo.systems.transparency.reports.page import standalone_page
from rumbo.systems.transparency.reports.reading import Block, Entry, Reading, reading_of
from rumbo.systems.transparency.reports.workbook import record_workbook

__all__ = [
    "Block",
    "Entry",
    "NoRecord",
    "Reading",
    "file_name",
    "reading_of",
    "record_workbook",
    "standalone_page",
    "transparency_files",
]
