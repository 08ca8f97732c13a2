"""What was reprogrammed, in the goals' workbook: the original programme and each authorised change. Not read back."""

from collections.abc import Callable, Sequence

from rumbo.core.rendering.workbook import Cell, Column, Kind, Workbook
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.exchange.sheets import DENOMINATORS, MONTHS
from rumbo.systems.indicators.models import Programme, TargetChange
from rumbo.systems.indicators.programming import moved

ORIGINAL, CHANGES = N_("Programación original"), N_("Reprogramaciones")
_LEADS = {
    ORIGINAL: N_("Lo que se aprobó primero, de lo que después se reprogramó. Solo se consulta: no se lee al subir."),
    CHANGES: N_("Cada cambio autorizado, con su motivo y su oficio. Solo se consulta: no se lee al subir."),
}
_CODE, _YEAR = N_("Clave del indicador"), N_("Año")
_DAY, _BEFORE, _AFTER = N_("Fecha"), N_("Antes"), N_("Después")
_OF_CHANGE = (
    _DAY, _CODE, _YEAR, N_("Aplica desde"), N_("Qué cambió"), _BEFORE, _AFTER, N_("Motivo"),
    N_("Oficio"), N_("Registró"),
)  # fmt: skip
_KINDS = {_DAY: Kind.DATE, _BEFORE: Kind.NUMBER, _AFTER: Kind.NUMBER}


def write_changes(
    book: Workbook,
    indicators: Sequence[int],
    year: FiscalYear,
    translate: Callable[[str], str],
    *,
    who: bool = False,
) -> None:
    """Two sheets after those that are read, months in the order of `year`; none when nothing was ever reprogrammed."""
    found = queries.changes_of_indicators(indicators)
    if not found:
        return
    order = [month.month - 1 for month in year.months]
    months = [names[month] for names in (MONTHS, DENOMINATORS) for month in order]
    titles = (_CODE, _YEAR, N_("Meta anual"), *months)
    first = {change.programme_id: change.programme for change in reversed(found)}
    originals = [_original(first[key], order) for key in sorted(first)]
    text = {_CODE, _YEAR}
    columns = [Column(translate(one), Kind.TEXT if one in text else Kind.NUMBER) for one in titles]
    book.sheet(translate(ORIGINAL), columns, originals, heading=translate(ORIGINAL), lead=translate(_LEADS[ORIGINAL]))
    shown = _OF_CHANGE if who else _OF_CHANGE[:-1]
    columns = [Column(translate(one), _KINDS.get(one, Kind.TEXT), width=18) for one in shown]
    lines = [line[: len(shown)] for change in found for line in _lines(change, translate)]
    book.sheet(translate(CHANGES), columns, lines, heading=translate(CHANGES), lead=translate(_LEADS[CHANGES]))


def _original(programme: Programme, order: Sequence[int]) -> list[Cell]:
    months = {month.period % 12: month for month in programme.months.all()}
    numerators = [months[month].original_numerator if month in months else None for month in order]
    denominators = [months[month].original_denominator if month in months else None for month in order]
    head: list[Cell] = [programme.indicator.code, str(programme.year), programme.original_target]
    return [*head, *numerators, *denominators]


def _lines(change: TargetChange, translate: Callable[[str], str]) -> list[list[Cell]]:
    """One for each value that moved."""
    programme = change.programme
    since = translate(Period.of(change.from_period).month_name)
    head: list[Cell] = [change.decided_on, programme.indicator.code, str(programme.year), since]
    tail: list[Cell] = [change.reason, change.letter_number, change.decided_by]
    values = moved(change.before, change.after)
    return [[*head, one.label(translate), one.before, one.after, *tail] for one in values]
