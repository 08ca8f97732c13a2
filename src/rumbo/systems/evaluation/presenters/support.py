"""The log of technical support as its page lists it, and as a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.rendering.workbook import Column, Kind, Workbook
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.systems.evaluation.models import SupportEntry
from rumbo.systems.evaluation.presenters.downloads import banner_of
from rumbo.systems.evaluation.presenters.wording import language, month_and_year
from rumbo.systems.evaluation.queries.support import SupportLine, is_sealed

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

ALL_AREAS = N_("Todas las áreas")


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One line of the list, in words."""

    entry: SupportEntry
    kind: str
    area: str
    waited: str
    reported: str
    opens_evidence: bool


def rows_of(lines: Iterable[SupportLine], opens: Iterable[bool]) -> list[SupportRow]:
    return [_row(line, may_open) for line, may_open in zip(lines, opens, strict=True)]


@dataclass(frozen=True, slots=True)
class MonthOfRows:
    """Those attended in one month."""

    month: str
    rows: list[SupportRow]


def by_month(rows: Iterable[SupportRow]) -> list[MonthOfRows]:
    """In the order in which they come, which is that of their dates."""
    months = groupby(rows, key=lambda row: Period.containing(row.entry.attended_on))
    return [MonthOfRows(month_and_year(month), list(found)) for month, found in months]


def _row(line: SupportLine, opens: bool) -> SupportRow:
    entry = line.entry
    return SupportRow(
        entry=entry,
        kind=_(SupportKind(entry.kind).label),
        area=area_of(entry),
        waited=waited(line.response_days),
        reported=_reported(entry),
        opens_evidence=opens and bool(entry.evidence_digest),
    )


def area_of(entry: SupportEntry) -> str:
    return entry.unit.name if entry.unit else _(ALL_AREAS)


def waited(days: int | None) -> str:
    """«el mismo día», «1 día hábil», «3 días hábiles»; nothing when nobody asked for it."""
    if days is None:
        return ""
    return ngettext("%(days)s día hábil", "%(days)s días hábiles", days) % {"days": days} if days else _("el mismo día")


def _reported(entry: SupportEntry) -> str:
    """Only where the report that tells it is not that of its own month."""
    month = Period.of(entry.period)
    return "" if month == Period.containing(entry.attended_on) else month_and_year(month)


def sealed_note(entry: SupportEntry) -> str:
    """Why it can no longer be changed; empty while it can."""
    if entry.retired_on is not None or not is_sealed(entry):
        return ""
    return _("El informe de %(month)s ya la cuenta: no se modifica.") % {
        "month": month_and_year(Period.of(entry.period))
    }


def workbook(institution: "Institution", lines: Sequence[SupportLine], on: date) -> bytes:
    """One sheet, what was retired included and marked."""
    title = _("Bitácora de acompañamiento técnico")
    book = Workbook(title, on=on, banner=banner_of(institution), language=language(), translate=_)
    book.sheet(_("Acompañamiento"), columns(), [_cells(line) for line in lines], heading=title, lead=institution.name)
    return book.to_bytes()


def columns() -> list[Column]:
    return [
        Column(_("Fecha de atención"), Kind.DATE, 12),
        Column(_("Tipo"), width=14),
        Column(_("Área atendida"), width=38),
        Column(_("Asunto o tema"), width=44),
        Column(_("Personas atendidas"), Kind.INTEGER, 11),
        Column(_("Quiénes"), width=34),
        Column(_("Fecha de solicitud"), Kind.DATE, 12),
        Column(_("Respuesta en días hábiles"), Kind.INTEGER, 11),
        Column(_("Qué se acordó"), width=44),
        Column(_("Para cuándo"), Kind.DATE, 12),
        Column(_("Quién atendió"), width=30),
        Column(_("Horas"), Kind.NUMBER, 9, decimals=1),
        Column(_("Evidencia"), width=28),
        Column(_("Informe que la cuenta"), width=18),
        Column(_("Retirada"), width=30),
    ]


def _cells(line: SupportLine) -> list[Any]:
    entry = line.entry
    return [
        entry.attended_on,
        _(SupportKind(entry.kind).label),
        area_of(entry),
        entry.subject,
        entry.people_count,
        entry.people,
        entry.asked_on,
        line.response_days,
        entry.agreed,
        entry.agreed_by,
        entry.attended_by,
        entry.hours,
        entry.evidence_name,
        month_and_year(Period.of(entry.period)),
        entry.retired_reason,
    ]
