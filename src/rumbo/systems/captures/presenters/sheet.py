"""The lines of the area's sheet: an indicator, where it stands, its twelve months and the fields of those open."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures import queries
from rumbo.systems.captures.events import CaptureLight
from rumbo.systems.captures.presenters.standing import working_cell
from rumbo.systems.captures.presenters.words import language, month_name, plain, value_labels
from rumbo.systems.captures.queries import Cell, Row, Sheet

_MARK = '<abbr class="mark" title="{0}"><span aria-hidden="true">{1}</span><span class="sr-only">{0}</span></abbr>'

# The commonest mistake is to type the accumulated where the month is asked for.
_MODES = {
    Accumulation.SUM: N_("Solo lo del mes."),
    Accumulation.LAST: N_("El valor al último día del mes."),
    Accumulation.AVERAGE: N_("El valor del mes."),
}


@dataclass(frozen=True, slots=True)
class Field:
    """`value` is what is stored or what was typed; `error` says what is wrong with it."""

    name: str
    label: str
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a line. `said` is what is written when it is only read, empty when there is nothing to say.

    `state` is the stored state of a month that is still open, to be shown as a badge; empty elsewhere.
    """

    name: str
    current: bool
    said: SafeString | str
    fields: tuple[Field, ...]
    version_name: str
    version: int
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator. `before` is its last value, for a phone; `wants`, what each of its two fields takes."""

    code: str
    name: str
    unit: str
    critical: bool
    url: str
    light: CaptureLight | None
    state: CaptureState | None
    wants: str
    months: tuple[Month, ...]
    before: str
    returned: str
    lacks: tuple[str, ...]
    opens: bool = False

    @property
    def typable(self) -> bool:
        """Whether who looks may type in any of its months, here or on its own page."""
        return self.opens or any(month.fields for month in self.months)


@dataclass(frozen=True, slots=True)
class Typed:
    """What came in a post that was refused: the values, and what is wrong, by the name of the field."""

    values: Mapping[str, str]
    wrong: Mapping[str, str]


def name_of(kind: str, row: Row, cell: Cell) -> str:
    """Of a field: `n` the value or its numerator, `d` the denominator, `v` the version that was seen."""
    return f"{kind}-{row.indicator.pk}-{cell.period}"


def is_asked(row: Row, cell: Cell, sheet: Sheet, ended: int) -> bool:
    """A month that may be typed here: those that ended and are open, and the one on show; not one just begun.

    What results from readings is typed on its own page, where each of them has its field."""
    return cell.open and not row.asked.by_readings and (cell.period <= ended or cell.period == sheet.working)


def line_of(
    row: Row, sheet: Sheet, *, ended: int, base: str, typed: Typed, returned: str = "", lacks: tuple[str, ...] = ()
) -> Line:
    """`ended` is the last month that ended; `base`, the address under which each indicator has its own."""
    indicator = row.indicator
    url = f"{base}{indicator.code}/"
    working = working_cell(row, sheet)
    months = tuple(_month(row, cell, sheet, ended, url, typed) for cell in row.cells)
    return Line(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit_of_measure,
        critical=indicator.goal.critical,
        url=f"{url}{Period.of(sheet.working)}/",
        light=row.light,
        state=working.state if working.due or working.capture else None,
        wants=_wants(row) if any(month.fields for month in months) else _apart(row, working),
        opens=working.open,
        months=months,
        before=_before(row, working),
        returned=returned,
        lacks=lacks,
    )


def _month(row: Row, cell: Cell, sheet: Sheet, ended: int, url: str, typed: Typed) -> Month:
    asked = is_asked(row, cell, sheet, ended)
    current = cell.period == sheet.working
    open_state = cell.state.value if cell.capture and not cell.closed_on and not current else ""
    return Month(
        name=text.month_name(Period.of(cell.period).month, short=True, language=language()),
        current=current,
        said="" if asked else _said(row, cell, f"{url}{Period.of(cell.period)}/", asked_for=current),
        fields=tuple(_fields(row, cell, typed)) if asked else (),
        version_name=name_of("v", row, cell),
        version=cell.version,
        state=open_state,
    )


def _fields(row: Row, cell: Cell, typed: Typed) -> list[Field]:
    first, second = value_labels(row.indicator, cell.period)
    pairs = [("n", first, cell.numerator)]
    if row.indicator.denominator_name:
        pairs.append(("d", second, cell.denominator))
    found = []
    for kind, label, value in pairs:
        name = name_of(kind, row, cell)
        found.append(Field(name, label, typed.values.get(name, plain(value)), typed.wrong.get(name, "")))
    return found


def _said(row: Row, cell: Cell, url: str, *, asked_for: bool = False) -> SafeString | str:
    """A value with its address; in words why there is none; nothing for what is still to come."""
    capture = cell.capture
    if capture is None and cell.open and row.asked.by_readings and asked_for:
        return format_html('<a class="btn btn-small" href="{}">{}</a>', url, _("Capturar"))
    if capture is not None:
        if capture.numerator is None:
            words = _("Capturar") if cell.open and row.asked.by_readings else _("sin dato")
            return format_html('<a class="no-value" href="{}">{}</a>', url, words)
        value: SafeString | str = text.number(capture.numerator)
        if capture.denominator is not None:
            value = format_html('{}<span class="per"> / </span>{}', value, text.number(capture.denominator))
        marks = _marks(capture.corrected, bool(capture.days_late))
        return format_html('{}<a href="{}">{}</a>{}', marks, url, value, _part(row, cell))
    if not cell.due:
        return format_html('<span class="muted" title="{}">·</span>', _("No corresponde este mes"))
    if cell.closed_on and cell.programmed:
        return format_html('<span class="no-value">{}</span>', _("sin reporte"))
    return ""


def _part(row: Row, cell: Cell) -> SafeString | str:
    """«2 de 5 semanas», while the month does not have all of them."""
    asked, capture = row.asked, cell.capture
    if capture is None or not (cell.open and asked.by_stretches):
        return ""
    month = queries.month_in(capture.readings, asked, cell.period)
    if month.is_complete:
        return ""
    every = len(asked.stretches(cell.period))
    words = {"done": every - len(month.missing), "every": every}
    weekly = asked.frequency is Frequency.WEEKLY
    told = _("%(done)s de %(every)s semanas") if weekly else _("%(done)s de %(every)s quincenas")
    return format_html('<small class="muted">{}</small>', told % words)


def _marks(corrected: bool, late: bool) -> SafeString:
    shown = [(_("Corregida"), "↻")] if corrected else []
    if late:
        shown.append((_("Extemporánea"), "⏱"))
    return format_html_join("", _MARK, shown)


def _wants(row: Row) -> str:
    """What goes in each field, where the name of the indicator does not say it."""
    indicator = row.indicator
    if row.asked.by_readings:
        return ""
    if indicator.denominator_name:
        return _("Arriba: %(numerator)s. Abajo: %(denominator)s.") % {
            "numerator": indicator.numerator_name,
            "denominator": indicator.denominator_name,
        }
    return _(mode) if (mode := _MODES.get(Accumulation(indicator.accumulation))) else ""


def _apart(row: Row, working: Cell) -> str:
    """How what is typed on its own page is captured."""
    asked = row.asked
    if not (asked.by_readings and working.open):
        return ""
    if asked.frequency is Frequency.WEEKLY:
        return _("Se captura por semana, en su página.")
    if asked.frequency is Frequency.FORTNIGHTLY:
        return _("Se captura por quincena, en su página.")
    return _("Se captura con %(count)s variables, en su página.") % {"count": len(asked.variables)}


def _before(row: Row, working: Cell) -> str:
    """«octubre: 488 / 618», the newest month before the one on show that has a value."""
    known = [cell for cell in row.cells if cell.period < working.period and cell.numerator is not None]
    if not known:
        return ""
    last = known[-1]
    return f"{month_name(last.period)}: {written(last.numerator, last.denominator)}"


def written(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """«488 / 618», in one line."""
    parts = [text.number(part) for part in (numerator, denominator) if part is not None]
    return " / ".join(parts)
