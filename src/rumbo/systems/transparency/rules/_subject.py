"""What the rules of a record look at. Filled by the queries of this app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WrittenColumn:
    """A column as it will be written. `name` is what our pages call it."""

    key: str
    name: str
    text: str
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """One quarter's record on a day. `label` is the row that groups it, «SEGUNDO TRIMESTRE 2021».

    `validated_on` of a record in preparation is the day on which it would be validated. `changed`: names of the
    columns that no longer say what the plan says. `blocks`: names of the blocks of the diagnosis. Limits are of
    characters: `cell_limit` is the file format's, `text_limit` the institution's, 0 for none.
    Of a correction, `first_published_on` is when the quarter was first published and `corrects` the dates of update
    and validation of the version that it corrects.
    """

    label: str
    fiscal_year: int
    quarter: int
    period_start: date
    period_end: date
    updated_on: date
    validated_on: date
    published_on: date | None
    due_on: date
    on: date
    alert_days: int
    text_limit: int
    columns: Sequence[WrittenColumn]
    blocks: Sequence[str] = ()
    changed: Sequence[str] = ()
    cell_limit: int = 32_767
    first_published_on: date | None = None
    corrects: tuple[date, date] | None = None

    def text(self, key: str) -> str:
        return next((column.text for column in self.columns if column.key == key), "").strip()
