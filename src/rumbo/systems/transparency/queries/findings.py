"""What the rules say of a record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rumbo.core.rendering.text import short_date
from rumbo.core.rules import Judgement
from rumbo.foundation.organization import queries as organization
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.queries.composing import COMPOSED, composed
from rumbo.systems.transparency.rules import RULEBOOK, RecordSheet, WrittenColumn
from rumbo.systems.transparency.settings import BLOCKS, LONGEST_CELL


def findings_of(record: DisclosureRecord, *, on: date, proposed: Mapping[str, Any] | None = None) -> list[Judgement]:
    """Every rule of the book, met or not, in its order. `proposed`: values that are not saved yet. Four queries."""
    return RULEBOOK.judge(sheet_of(record, on=on, proposed=proposed), on=on)


def sheet_of(record: DisclosureRecord, *, on: date, proposed: Mapping[str, Any] | None = None) -> RecordSheet:
    """A record in preparation is judged as if it were validated on `on`, unless `proposed` says another day."""
    values = {column.key: getattr(record, column.key) for column in record.form.columns}
    values["validated_on"] = record.validated_on or on
    values |= {key: value for key, value in (proposed or {}).items() if value is not None}
    decided = organization.settings_on(record.institution, record.period_end)
    return RecordSheet(
        label=record.period.label,
        fiscal_year=record.fiscal_year,
        quarter=record.quarter,
        period_start=record.period_start,
        period_end=record.period_end,
        updated_on=values["updated_on"],
        validated_on=values["validated_on"],
        published_on=values.get("published_on", record.published_on),
        first_published_on=record.first_published_on,
        corrects=(record.supersedes.updated_on, record.supersedes.validated_on)
        if record.supersedes and record.supersedes.validated_on
        else None,
        due_on=record.due_on,
        on=on,
        alert_days=decided.transparency_alert_days,
        text_limit=decided.transparency_text_limit,
        columns=[
            WrittenColumn(column.key, column.short, _written(values[column.key]), column.required)
            for column in record.form.columns
        ],
        blocks=tuple(BLOCKS.values()),
        changed=_changed(record),
        cell_limit=LONGEST_CELL,
    )


def _changed(record: DisclosureRecord) -> tuple[str, ...]:
    """Names of the columns that no longer say what the plan says. What is published no longer follows the plan."""
    if record.published_on is not None:
        return ()
    now = composed(record.plan)
    return tuple(record.form.column(key).short for key in COMPOSED if getattr(record, key) != now[key])


def _written(value: Any) -> str:
    return short_date(value) if isinstance(value, date) else str(value)
