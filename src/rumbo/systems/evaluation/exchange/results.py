"""Results as a CSV that programs read: one row per due slot of the principal indicators, codes and not names."""

import csv
import io
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.queries.slots import due_slots

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

COLUMNS = (
    "institution", "area", "plan_element", "goal", "indicator", "period", "programmed", "actual",
    "programmed_to_date", "actual_to_date", "compliance_month", "compliance_to_date", "compliance_year", "light",
    "performance_class", "gap", "state",
)  # fmt: skip


def export_results(institution: "Institution", period: Period) -> bytes:
    """Of the year of `period`, up to it. UTF-8 with BOM, plain numbers with a point, empty where there is no figure.

    Percentages as stored. `period` is 2026-10; `light`, `performance_class` and `state` are the keys of their words.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for slot in due_slots(institution, period):
        writer.writerow(
            [
                institution.slug,
                slot.area,
                slot.plan_element,
                slot.goal,
                slot.indicator,
                str(Period.of(slot.period)),
                plain(slot.programmed),
                plain(slot.actual),
                plain(slot.programmed_to_date),
                plain(slot.actual_to_date),
                plain(slot.compliance_month),
                plain(slot.compliance_to_date),
                plain(slot.compliance_year),
                slot.light.key,
                slot.performance_class.key,
                plain(slot.gap),
                slot.state,
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def plain(value: float | None) -> str:
    """The shortest text that reads back as the same number, never with an exponent: «4320», «98.9», «0.1»."""
    if value is None:
        return ""
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return f"{value:.17f}".rstrip("0") if "e" in text else text
