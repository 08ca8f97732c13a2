"""What the pages of goals show, gathered from what the queries give. Nothing is computed here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rumbo.core.engine.formula import Variable, sentence
from rumbo.core.rendering.charts.calendar_strip import calendar_strip
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.dimension import Dimension
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.models import Goal, Indicator, MonthlyTarget, Programme, TargetChange
from rumbo.systems.indicators.programming import moved
from rumbo.systems.indicators.queries.formulas import Written, judged

WIDE, TALL = 640, 96  # px: the year seen whole
ACTIONS = {
    "indicators.save_goal": N_("Se guardó la meta"),
    "indicators.agree_goal": N_("Se registró su acuerdo con el área"),
    "indicators.retire_goal": N_("Se retiró la meta"),
    "indicators.save_indicator": N_("Se guardó el indicador"),
    "indicators.make_principal": N_("Pasó a ser el indicador principal"),
    "indicators.make_complementary": N_("Pasó a ser un indicador complementario"),
    "indicators.retire_indicator": N_("Se retiró el indicador"),
    "indicators.set_programme": N_("Se escribió la programación"),
    "indicators.change_programme": N_("Se reprogramó"),
    "indicators.authorize_change": N_("Se autorizó la reprogramación"),
}


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal of the list with its annual target."""

    goal: Goal
    indicator: Indicator | None
    annual_target: Decimal | None


def goal_lines(goals: Iterable[Goal], targets: Mapping[int, Decimal | None]) -> list[GoalLine]:
    lines = []
    for goal in goals:
        indicator = goal.principal_indicator
        lines.append(GoalLine(goal, indicator, targets.get(indicator.pk) if indicator else None))
    return lines


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month of the year's table. `moved`: an authorised change gave it another value than the original."""

    period: int
    numerator: Decimal | None
    denominator: Decimal | None
    original: Decimal | None
    original_denominator: Decimal | None
    moved: bool


@dataclass(frozen=True, slots=True)
class YearOf:
    """What an indicator has programmed in a year, as bars and as a table."""

    programme: Programme
    months: list[MonthCell]
    has_denominators: bool
    was_changed: bool
    chart: SafeString


def year_of(indicator: Indicator, programme: Programme, year: FiscalYear) -> YearOf:
    stored = {month.period: month for month in programme.months.all()}
    months = [_cell(period, stored.get(period)) for period in year.periods]
    chart = calendar_strip(
        [float(month.numerator) if month.numerator is not None else None for month in months],
        title=_("Programación de %(year)s") % {"year": year.label},
        desc=indicator.name,
        width=WIDE,
        height=TALL,
    )
    return YearOf(
        programme=programme,
        months=months,
        has_denominators=any(month.denominator is not None for month in months),
        was_changed=any(month.moved for month in months) or programme.annual_target != programme.original_target,
        chart=mark_safe(chart),  # noqa: S308  (our own SVG; titles are escaped there)
    )


def _cell(period: int, month: MonthlyTarget | None) -> MonthCell:
    if month is None:
        return MonthCell(period, None, None, None, None, moved=False)
    moved = (month.numerator, month.denominator) != (month.original_numerator, month.original_denominator)
    return MonthCell(
        period, month.numerator, month.denominator, month.original_numerator, month.original_denominator, moved
    )


def sheet(indicator: Indicator) -> list[tuple[str, Any]]:
    """The rows of the ficha técnica, label and value; those that say nothing are left out."""
    ratio = Accumulation(indicator.accumulation).by_parts
    written = Written.of(indicator)
    months = ", ".join(_(Period(2000, month).month_name) for month in indicator.due_months)
    base = indicator.baseline
    rows = [
        (_("Definición"), indicator.definition),
        (_("Método de cálculo"), indicator.formula),
        *_of_formula(indicator),
        (_("Se captura"), captured_words(queries.asked_of(indicator))),
        (_("Numerador") if ratio else _("Variable"), _variable(written.numerator)),
        (_("Denominador"), _variable(written.denominator)),
        (_("Otras variables"), "\n".join(_variable(one) for one in written.others)),
        (_("Factor"), indicator.factor if indicator.factor != 1 else None),
        (_("Unidad de medida"), indicator.unit_of_measure),
        (_("Sentido"), _both(Direction(indicator.direction))),
        (_("Acumulación"), _both(Accumulation(indicator.accumulation))),
        (_("Frecuencia de medición"), _(Frequency(indicator.frequency).label)),
        (_("Meses en que reporta"), months),
        (_("Dimensión"), _(Dimension(indicator.dimension).label) if indicator.dimension else ""),
        (_("Línea base"), base),
        (_("Año de la línea base"), str(indicator.baseline_year or "")),
        (_("Fuente"), indicator.source),
        (_("Medio de verificación"), indicator.means_of_verification),
        (_("Evidencia que se pide"), indicator.required_evidence),
    ]
    return [(label, value) for label, value in rows if value not in (None, "")]


def _both(word: Direction | Accumulation) -> str:
    """«Ascendente: mientras más, mejor»."""
    phrase = _(word.label)
    return f"{_(word.technical)}: {phrase[:1].lower()}{phrase[1:]}"


def _variable(variable: Variable) -> str:
    """«atendidos: Casos atendidos (caso)»."""
    if not variable.name:
        return ""
    said = f"{variable.symbol}: {variable.name}" if variable.symbol else variable.name
    return f"{said} ({variable.unit})" if variable.unit else said


def _of_formula(indicator: Indicator) -> list[tuple[str, Any]]:
    """How it is read, and whether the figures come of it. A text that is no formula is shown as it is."""
    found = judged(Written.of(indicator))
    if found.tree is None or not found.is_sound:
        return []
    rows = [(_("Se lee"), sentence(found.tree, found.written.variables, say=_))]
    if not found.is_computed:
        rows.append((_("Se calcula"), _("No: la fórmula documenta cómo obtiene el área el valor que captura.")))
    return rows


def captured_words(asked: queries.Asked) -> str:
    """«Cada semana: «Casos atendidos» y «Casos recibidos». …»; empty when it is a value, or two, of the month."""
    if not asked.by_readings:
        return ""
    quoted = [_("«%(name)s»") % {"name": one.title or one.symbol} for one in asked.variables]
    names = _("%(many)s y %(last)s") % {"many": ", ".join(quoted[:-1]), "last": quoted[-1]} if quoted[1:] else quoted[0]
    return f"{_(_EACH[asked.frequency]) % {'names': names}} {_resulting(asked)}".strip()


_MONTH = N_("Cada mes: %(names)s.")
_EACH = dict.fromkeys(Frequency, _MONTH) | {
    Frequency.WEEKLY: N_("Cada semana: %(names)s."),
    Frequency.FORTNIGHTLY: N_("Cada quincena: %(names)s."),
}


def _resulting(asked: queries.Asked) -> str:
    """What is made of them."""
    if asked.recipe.tree is not None:
        return _("El valor es el resultado de la fórmula.")
    if len(asked.variables) == 1:
        return ""
    if asked.has_denominator:
        words = {"numerator": asked.numerator_title, "denominator": asked.denominator_title}
        return _("Se acumulan por separado el numerador, %(numerator)s, y el denominador, %(denominator)s.") % words
    return _("Se acumula %(numerator)s.") % {"numerator": asked.numerator_title}


@dataclass(frozen=True, slots=True)
class Change:
    """An authorised change: each value that moved, before and after."""

    change: TargetChange
    moved: list[tuple[str, Decimal | None, Decimal | None]]


def changes(found: Sequence[TargetChange]) -> list[Change]:
    told = ((change, moved(change.before, change.after)) for change in found)
    return [Change(change, [(one.label(_), one.before, one.after) for one in values]) for change, values in told]
