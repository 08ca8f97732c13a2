"""Pages of the publication records."""

from rumbo.systems.transparency.views.correcting import correct, discard
from rumbo.systems.transparency.views.publishing import publish, reopen, validate
from rumbo.systems.transparency.views.reading import download, record_page, records, table
from rumbo.systems.transparency.views.working import prepare, recompose, work

__all__ = [
    "correct",
    "discard",
    "download",
    "prepare",
    "publish",
    "recompose",
    "record_page",
    "records",
    "reopen",
    "table",
    "validate",
    "work",
]
