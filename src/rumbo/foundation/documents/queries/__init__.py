"""Opening what is stored, and what can be said of a file by its content."""

from rumbo.foundation.documents.queries.content import (
    ACCEPTED,
    MediaType,
    extension_of,
    media_type_of,
)
from rumbo.foundation.documents.queries.files import (
    FileAltered,
    NotStored,
    altered_files,
    folder,
    open_,
    path_of,
    stored,
)
from rumbo.foundation.documents.queries.files import open_ as open
from rumbo.foundation.documents.queries.personal_data import personal_data

__all__ = [
    "ACCEPTED",
    "FileAltered",
    "MediaType",
    "NotStored",
    "altered_files",
    "extension_of",
    "folder",
    "media_type_of",
    "open",
    "open_",
    "path_of",
    "personal_data",
    "stored",
]
