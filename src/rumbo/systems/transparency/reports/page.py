"""The record as a page that stands alone: to be put on the institution's own site."""

from pathlib import Path

from django.template.loader import render_to_string

from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.reports.history import correction_line, public_versions
from rumbo.systems.transparency.reports.marks import as_of_its_day, marks_of
from rumbo.systems.transparency.reports.reading import reading_of

_STYLE = Path(__file__).parents[1] / "static" / "transparency" / "standalone.css"


def standalone_page(record: DisclosureRecord) -> bytes:
    """HTML in UTF-8 without anything outside itself."""
    record = as_of_its_day(record)
    context = {
        "record": record,
        "form": record.form,
        "reading": reading_of(record),
        "marks": marks_of(record),
        "correction": correction_line(record),
        "versions": public_versions(record),
        "style": _STYLE.read_text(encoding="utf-8"),
    }
    return render_to_string("transparency/standalone.html", context).encode()
