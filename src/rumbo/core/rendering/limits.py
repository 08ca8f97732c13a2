"""How much of an uploaded workbook is read."""

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults hold an institution's year twice over (54,000 rows) and refuse what would fill the memory.

    `ratio`: times an entry may grow when opened; a sheet of real data grows 10 to 40 times.
    """

    file_bytes: int = 20 * _MEGABYTE
    entries: int = 2_000
    opened_bytes: int = 150 * _MEGABYTE
    ratio: int = 250
    sheets: int = 80
    rows: int = 100_000
    columns: int = 300
    cells: int = 3_000_000


DEFAULT_LIMITS = Limits()
