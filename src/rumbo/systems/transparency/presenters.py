"""Words of a quarter's standing, as its row and its page show them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.rendering.text import short_date
from rumbo.core.rules import Judgement, Severity
from rumbo.core.timekeeping.quarter import Quarter
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.queries import Standing
from rumbo.systems.transparency.states import RecordState

# Existing looks of the style sheet: dashed, plain, accent, green.
_LOOKS = {
    RecordState.TO_PREPARE: "state-missing",
    RecordState.DRAFT: "state-draft",
    RecordState.VALIDATED: "state-planning-review",
    RecordState.PUBLISHED: "state-approved",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A quarter in the list. `time` says in words how its term goes; `tone`: late, soon or nothing."""

    standing: Standing
    name: str
    time: str
    tone: str

    @property
    def look(self) -> str:
        return _LOOKS[self.standing.state]


@dataclass(frozen=True, slots=True)
class YearOfRows:
    year: int
    rows: list[Row]
    retained: bool


def years_of(standings: list[Standing], retained: tuple[int, ...]) -> list[YearOfRows]:
    """By year, newest first, as they come."""
    years: dict[int, list[Row]] = {}
    for standing in standings:
        years.setdefault(standing.quarter.year, []).append(row_of(standing))
    return [YearOfRows(year, rows, year in retained) for year, rows in years.items()]


def row_of(standing: Standing) -> Row:
    late, soon = standing.late, standing.soon
    return Row(standing, quarter_name(standing.quarter), time_of(standing), "late" if late else "soon" if soon else "")


def quarter_name(quarter: Quarter) -> str:
    """«Segundo trimestre de 2021»."""
    return _("%(quarter)s de %(year)s") % {"quarter": _(quarter.ordinal), "year": quarter.year}


def time_of(standing: Standing) -> str:
    """«Faltan 12 días naturales», «Venció hace 3 días naturales», «Se publicó en plazo»."""
    if standing.published and not standing.late:
        first = standing.record.first_published_on if standing.record else None
        # of a correction the page shows its own dates, which may be after the term
        return _("Se publicó en plazo, el %(day)s") % {"day": short_date(first)} if first else _("Se publicó en plazo")
    if not standing.expected:
        return _("Sin registro en el sistema")
    if not standing.ended:
        return _("El trimestre no ha terminado")
    days = standing.days_late if standing.late else standing.days_left
    if standing.published:
        words = ngettext("Se publicó %(days)s día natural tarde", "Se publicó %(days)s días naturales tarde", days)
    elif standing.late:
        words = ngettext("Venció hace %(days)s día natural", "Venció hace %(days)s días naturales", days)
    elif days == 0:
        return _("Vence hoy")
    else:
        words = ngettext("Falta %(days)s día natural", "Faltan %(days)s días naturales", days)
    return words % {"days": days}


def urgent(standings: list[Standing]) -> list[Row]:
    """Not published and near or past their last day (IECM-26)."""
    return [row_of(standing) for standing in standings if not standing.published and (standing.late or standing.soon)]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a quarter's record in its history, newest first."""

    record: DisclosureRecord
    label: str
    look: str
    in_force: bool


def versions(records: list[DisclosureRecord]) -> list[Version]:
    """The newest that was published is in force; those before were superseded."""
    force = next((one for one in records if one.published_on is not None), None)
    return [_version(one, force) for one in records]


def _version(record: DisclosureRecord, force: DisclosureRecord | None) -> Version:
    if record.published_on is None:
        return Version(record, _(record.state.label), _LOOKS[record.state], in_force=False)
    in_force = force is not None and record.version == force.version
    return Version(
        record, _("Vigente") if in_force else _("Sustituida"), "state-approved" if in_force else "", in_force
    )


def findings(judgements: list[Judgement]) -> dict[str, list[Judgement]]:
    """What impedes validating, what is only told, and what is met."""
    pending = [judgement for judgement in judgements if not judgement.finding.is_met]
    return {
        "blocking": [one for one in pending if one.rule.severity is not Severity.WARNS],
        "warning": [one for one in pending if one.rule.severity is Severity.WARNS],
        "met": [one for one in judgements if one.finding.is_met],
    }


def cells_of(record: DisclosureRecord) -> list[dict[str, Any]]:
    """The fifteen columns with their literal heading, for the page's table."""
    widths = {"situation_analysis": "widest", "action_lines": "widest", "objectives": "widest"}
    wide = {"mission", "vision", "higher_plan_alignment", "annual_plan_url", "work_programme_url", "responsible_units"}
    return [
        {
            "heading": column.heading,
            "value": getattr(record, column.key),
            "kind": "link" if column.key.endswith("_url") else "day" if column.key in _DAYS else "text",
            "width": widths.get(column.key, "wide" if column.key in wide else ""),
        }
        for column in record.form.columns
    ]


_DAYS = {"period_start", "period_end", "updated_on", "validated_on"}
