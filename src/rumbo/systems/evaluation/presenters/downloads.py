"""The list of a board as a workbook or as CSV, with the filters of its address."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rumbo.core.rendering.text import short_date
from rumbo.core.rendering.workbook import Column, Kind, Workbook
from rumbo.foundation.organization import queries as organization
from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.presenters.wording import closing_name, language, month_and_year, parameters_note
from rumbo.systems.evaluation.queries.results import ResultRow

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

BOM = "\ufeff"  # without it Excel reads the accents of a CSV wrong


def columns(cutoff: date) -> list[Column]:
    day = {"day": short_date(cutoff)}
    return [
        Column(_("Lugar"), Kind.INTEGER, 8),
        Column(_("Clave"), width=12),
        Column(_("Meta"), width=60),
        Column(_("Indicador"), width=40),
        Column(_("Unidad de medida"), width=16),
        Column(_("Área"), width=36),
        Column(_("Línea"), width=10),
        Column(_("Programado acumulado al %(day)s") % day, Kind.NUMBER, 16),
        Column(_("Realizado acumulado al %(day)s") % day, Kind.NUMBER, 16),
        Column(_("Cumplimiento al %(day)s") % day, Kind.PERCENT, 14),
        Column(_("Meta anual"), Kind.NUMBER, 14),
        Column(_("Avance anual"), Kind.PERCENT, 12),
        Column(_("Semáforo"), Kind.LIGHT),
        Column(_("Clasificación"), Kind.CLASS),
        Column(_("Meses en su semáforo"), Kind.INTEGER, 12),
        Column(_("Indicador crítico"), width=10),
    ]


def cells(row: ResultRow, place: int | None) -> list[Any]:
    return [
        place,
        row.code,
        row.statement,
        row.indicator_name,
        row.unit_of_measure,
        row.unit_name,
        row.element_code,
        row.programmed_to_date,
        row.actual_to_date,
        row.compliance_to_date,
        row.annual_target,
        row.compliance_year,
        row.light,
        row.performance_class,
        row.streak or None,
        _("Sí") if row.critical else "",
    ]


def workbook(opened: Opened, rows: Iterable[ResultRow], places: dict[int, int], on: date) -> bytes:
    """One sheet, ready to print, with its cut-off and closing."""
    closing = opened.month.closing
    title = _("Metas de mayor a menor cumplimiento, %(month)s") % {"month": month_and_year(opened.period)}
    book = Workbook(title, on=on, banner=banner_of(opened.institution), language=language(), translate=_)
    book.sheet(
        _("Metas"),
        columns(opened.period.last_day),
        [cells(row, places.get(row.indicator_id)) for row in rows],
        heading=f"{opened.institution.name}. {title}",
        lead=closing_line(opened),
        notes=[parameters_note(closing.scheme_version if closing else None)],
        frozen_columns=2,
    )
    return book.to_bytes()


def table(opened: Opened, rows: Iterable[ResultRow], places: dict[int, int]) -> str:
    """CSV in UTF-8 with its mark, the same columns."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.title for column in columns(opened.period.last_day)])
    for row in rows:
        values = cells(row, places.get(row.indicator_id))
        writer.writerow([_plain(value) for value in values])
    return BOM + out.getvalue()


def closing_line(opened: Opened) -> str:
    closing = opened.month.closing
    if closing is None:
        return _("Mes abierto, resultados provisionales.")
    return _("Corte al %(day)s. %(closing)s, del %(closed)s. Huella %(digest)s.") % {
        "day": short_date(closing.cutoff_on),
        "closing": closing_name(closing),
        "closed": short_date(closing.closed_on),
        "digest": closing.digest,
    }


def banner_of(institution: "Institution") -> str | None:
    """What goes on every sheet of a demonstration or of test data."""
    return organization.data_notice(institution) or None


def _plain(value: Any) -> Any:
    """Words for lights and classes; text that a spreadsheet would take for a formula is kept as text."""
    if value is None:
        return ""
    if hasattr(value, "label"):
        return _(value.label)
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    return value
