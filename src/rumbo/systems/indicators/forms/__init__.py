"""Forms of goals, indicators and what is programmed. What may be done is the actions' to say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rumbo.core.engine.formula import symbol_of
from rumbo.core.timekeeping.period import MONTH_NAMES, Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.dimension import Dimension
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.ui.forms import DayInput
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.indicators.forms.fields import AmountField, MonthsField, VariablesField
from rumbo.systems.indicators.models import OWN_BANDS, Goal, Indicator, Programme
from rumbo.systems.indicators.programming import SEASONS, MonthTarget, OwnBands, in_order
from rumbo.systems.indicators.queries import targets_of
from rumbo.systems.indicators.queries.formulas import DEFAULT_SYMBOL, Written, judged

SHORT = {"rows": 3}
NOTHING = ("", "–")


def name_symbols(said: dict[str, Any]) -> None:
    """Names without a symbol get theirs once there is a formula; «V» is nobody's until a formula uses it."""
    formula = said.get("formula") or ""
    if not formula.strip():
        return
    if said.get("numerator_name") and said.get("numerator_symbol") in ("", None, DEFAULT_SYMBOL):
        used = re.search(rf"\b{DEFAULT_SYMBOL}\b", formula)
        said["numerator_symbol"] = DEFAULT_SYMBOL if used else symbol_of(said["numerator_name"]) or DEFAULT_SYMBOL
    if said.get("denominator_name") and not said.get("denominator_symbol"):
        said["denominator_symbol"] = symbol_of(said["denominator_name"])


class GoalForm(forms.Form):
    """The commitment. Choices of areas and lines come from the institution."""

    code = forms.CharField(label=_("Clave"), max_length=30)
    statement = forms.CharField(label=_("Meta"), widget=forms.Textarea(SHORT))
    goal_type = forms.ChoiceField(label=_("Tipo"), choices=[(kind.value, _(kind.label)) for kind in GoalType])
    plan_element = forms.ChoiceField(label=_("Línea de acción"))
    unit = forms.ChoiceField(label=_("Área responsable"))
    co_responsible = forms.MultipleChoiceField(label=_("Áreas corresponsables"), required=False)
    contract = forms.ChoiceField(
        label=_("Contrato"),
        required=False,
        help_text=_("Si se mide bajo uno: puede tener su propia escala de evaluación."),
    )
    contract_since = forms.DateField(
        label=_("Bajo el contrato desde"),
        required=False,
        widget=DayInput(),
        help_text=_(
            "Al cambiar de contrato, el día del cambio: los meses que terminaron antes guardan su escala. Vacío: desde"
            " que inicia el contrato, o desde hoy si ya no se mide bajo ninguno."
        ),
    )
    responsible_post = forms.CharField(label=_("Responsable (cargo)"), max_length=200, required=False)
    weight = AmountField(label=_("Ponderación"), places=4, initial=Decimal(1))
    critical = forms.BooleanField(label=_("Indicador crítico"), required=False)
    term_target = AmountField(label=_("Meta del periodo de gobierno"), required=False)
    sdg = forms.CharField(label=_("ODS"), max_length=60, required=False)
    agreed_on = forms.DateField(
        label=_("Acordada con la persona titular del área el"),
        required=False,
        widget=DayInput(),
        help_text=_("Desde esa fecha la programación solo cambia con motivo y oficio."),
    )

    def __init__(self, data: Any, *, choices: Mapping[str, Sequence[tuple[str, str]]], **options: Any) -> None:
        super().__init__(data, **options)
        for name, offered in choices.items():
            choose(self, name, offered if name == "co_responsible" else [NOTHING, *offered])

    def clean_weight(self) -> Decimal:
        weight: Decimal = self.cleaned_data["weight"]
        if weight <= 0:
            raise ValidationError(_("La ponderación debe ser mayor que cero."))
        return weight

    @staticmethod
    def initial_of(goal: Goal) -> dict[str, Any]:
        same = ("code", "statement", "goal_type", "responsible_post", "weight", "critical", "term_target", "sdg")
        return {name: getattr(goal, name) for name in same} | {
            "agreed_on": goal.agreed_on,
            "plan_element": str(goal.plan_element.ref),
            "unit": str(goal.unit.ref),
            "contract": str(goal.contract.ref) if goal.contract else "",
            "contract_since": goal.contract_since,
            "co_responsible": [str(shared.unit.ref) for shared in goal.co_responsibilities.all()],
        }


class IndicatorForm(forms.Form):
    """The indicator's sheet (ficha técnica). Prefixed «i-» to live beside the goal's form."""

    prefix = "i"
    code = forms.CharField(label=_("Clave del indicador"), max_length=30)
    name = forms.CharField(label=_("Nombre del indicador"), max_length=300)
    definition = forms.CharField(label=_("Definición"), required=False, widget=forms.Textarea(SHORT))
    unit_of_measure = forms.CharField(label=_("Unidad de medida"), max_length=100)
    direction = forms.TypedChoiceField(
        label=_("Sentido"),
        coerce=lambda value: Direction(int(value)),
        choices=[(d.value, _(d.label)) for d in Direction],
    )
    accumulation = forms.TypedChoiceField(
        label=_("Cómo se acumulan los meses"),
        coerce=lambda value: Accumulation(int(value)),
        choices=[(mode.value, _(mode.label)) for mode in Accumulation],
    )
    frequency = forms.ChoiceField(
        label=_("Frecuencia"),
        choices=[(item.value, _(item.label)) for item in Frequency],
        help_text=_("Lo semanal y lo quincenal se programa y se revisa por mes; se captura por semana o quincena."),
    )
    due_months = MonthsField(
        label=_("Meses en que reporta"),
        required=False,
        help_text=_("Solo si no son los de su frecuencia. Por número: 6; 11."),
    )
    formula = forms.CharField(
        label=_("Fórmula"),
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "formula-text", "spellcheck": "false", "autocapitalize": "off"}),
        help_text=_("Con + − × ÷ y paréntesis; también si( ; ; ), min( ), max( ), abs( ) y redondear( )."),
    )
    numerator_name = forms.CharField(label=_("Nombre de la variable (o numerador)"), max_length=300, required=False)
    numerator_symbol = forms.CharField(label=_("Variable"), max_length=60, initial="V")
    numerator_unit = forms.CharField(label=_("Unidad de la variable"), max_length=100, required=False)
    denominator_name = forms.CharField(label=_("Nombre del denominador"), max_length=300, required=False)
    denominator_symbol = forms.CharField(label=_("Variable del denominador"), max_length=60, required=False)
    denominator_unit = forms.CharField(label=_("Unidad del denominador"), max_length=100, required=False)
    other_variables = VariablesField(label=_("Otras variables"), required=False)
    factor = AmountField(label=_("Factor"), initial=Decimal(1), help_text=_("100 en porcentajes; 1 en lo demás."))
    decimals = forms.IntegerField(label=_("Decimales"), min_value=0, max_value=6, initial=0)
    dimension = forms.ChoiceField(
        label=_("Dimensión"), required=False, choices=[NOTHING, *((item.value, _(item.label)) for item in Dimension)]
    )
    baseline = AmountField(label=_("Línea base"), required=False)
    baseline_year = forms.IntegerField(label=_("Año de la línea base"), required=False, min_value=1900, max_value=2100)
    source = forms.CharField(label=_("Fuente"), max_length=300, required=False)
    means_of_verification = forms.CharField(label=_("Medio de verificación"), max_length=300, required=False)
    required_evidence = forms.CharField(label=_("Evidencia que se pide"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        mode = said.get("accumulation")
        if mode is not None and mode.by_parts and not said.get("denominator_name", "").strip():
            self.add_error("denominator_name", _("Un cociente necesita denominador: escriba su nombre."))
        if said.get("factor") == 0:
            self.add_error("factor", _("El factor no puede ser cero."))
        if said.get("baseline") is not None and not said.get("baseline_year"):
            self.add_error("baseline_year", _("Escriba de qué año es la línea base."))
        self._clean_formula(said)
        return said

    def _clean_formula(self, said: dict[str, Any]) -> None:
        """What cannot be read is told where. A text that was there before stays until somebody changes it."""
        name_symbols(said)
        found = judged(Written.of(said))
        if found.is_computed and found.capture and found.capture.shape.by_parts and said.get("factor") == 1:
            said["factor"] = found.capture.shape.factor
        touched = "formula" in self.changed_data or judged(Written.of(self.initial)).is_sound
        for problem in found.problems if touched else ():
            if problem.blocks:
                place = gettext("Columna %(column)s: ") % {"column": problem.column} if problem.column else ""
                self.add_error("formula", f"{place}{filled(problem)}")

    @property
    def general(self) -> Iterable[forms.BoundField]:
        """The fields that are not of the formula."""
        return [field for field in self if field.name not in MEASURING]

    def written(self) -> Written:
        """What is in the form now, whatever else is wrong with it."""
        said: dict[str, Any] = {}
        for name in (*MEASURING, "accumulation", "unit_of_measure"):
            field = self.fields[name]
            raw = self[name].value()
            try:
                said[name] = field.clean(raw)
            except ValidationError:
                said[name] = raw if isinstance(raw, str) and name not in ("factor", "accumulation") else None
        name_symbols(said)
        return Written.of(said)

    @classmethod
    def initial_of(cls, indicator: Indicator) -> dict[str, Any]:
        return {name: getattr(indicator, name) for name in cls.base_fields}


MEASURING = (
    "formula", "numerator_name", "numerator_symbol", "numerator_unit", "denominator_name", "denominator_symbol",
    "denominator_unit", "other_variables", "factor",
)  # fmt: skip


class ProgrammeForm(forms.Form):
    """A year: annual target or range, and twelve months. `spread` asks to fill the months instead of saving."""

    annual_target = AmountField(label=_("Meta anual"), required=False)
    low = AmountField(label=_("Límite inferior"), required=False)
    high = AmountField(label=_("Límite superior"), required=False)
    units_green = AmountField(
        label=_("En meta hasta esta distancia"),
        required=False,
        help_text=_("Vacío: se juzga por porcentaje, o como diga su escala. Sirve donde un caso más lo mueve entero."),
    )
    units_amber = AmountField(
        label=_("En riesgo hasta esta distancia"),
        required=False,
        help_text=_("Más lejos, en rezago. Es la distancia a lo programado al corte, del lado desfavorable."),
    )
    units_below = AmountField(
        label=_("Solo si lo programado no pasa de"),
        required=False,
        help_text=_("Lo programado al corte. Vacío: todo el año, salvo que su escala diga otra cosa."),
    )
    season = forms.ChoiceField(
        label=_("Temporada"),
        required=False,
        choices=[NOTHING, *((key, _(name)) for key, (name, _s) in SEASONS.items())],
    )
    factor = AmountField(label=_("Factor sobre el año anterior"), required=False, initial=Decimal(1))

    def __init__(self, data: Any, *, indicator: Indicator, year: FiscalYear, **options: Any) -> None:
        super().__init__(data, **options)
        self.indicator, self.year = indicator, year
        self.by_parts = Accumulation(indicator.accumulation).by_parts
        self.order = [month.month for month in year.months]
        for month in self.order:
            name = _(MONTH_NAMES[month - 1])
            self.fields[f"n{month}"] = AmountField(label=name, required=False)
            if self.by_parts:
                self.fields[f"d{month}"] = AmountField(label=name, required=False)

    def month_fields(self, letter: str) -> Iterable[forms.BoundField]:
        return [self[f"{letter}{month}"] for month in self.order if f"{letter}{month}" in self.fields]

    @property
    def own_bands(self) -> Iterable[forms.BoundField]:
        return [self[name] for name in OWN_BANDS]

    @property
    def has_own_bands(self) -> bool:
        """Some is written, or wrong: what is folded away has to be seen."""
        return any(field.value() not in (None, "") or field.errors for field in self.own_bands)

    @property
    def numerators(self) -> Iterable[forms.BoundField]:
        return self.month_fields("n")

    @property
    def denominators(self) -> Iterable[forms.BoundField]:
        return self.month_fields("d")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        low, high = said.get("low"), said.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", _("El límite superior es menor que el inferior."))
        try:
            said["bands"] = in_order(OwnBands(*(said.get(name) for name in OWN_BANDS)))
        except Refusal as refusal:
            self.add_error("units_amber", filled(refusal))
        return said

    def months(self) -> dict[int, MonthTarget]:
        """By period, what was written."""
        said = self.cleaned_data
        found = {
            month.index: MonthTarget(said.get(f"n{month.month}"), said.get(f"d{month.month}"))
            for month in self.year.months
        }
        return {period: target for period, target in found.items() if target != MonthTarget()}

    @staticmethod
    def initial_of(programme: Programme | None) -> dict[str, Any]:
        if programme is None:
            return {}
        names = ("annual_target", "low", "high", *OWN_BANDS)
        said: dict[str, Any] = {name: getattr(programme, name) for name in names}
        return said | month_values(targets_of(programme))


def month_values(targets: dict[int, MonthTarget]) -> dict[str, Decimal | None]:
    """Targets by period as the fields of a form."""
    said: dict[str, Decimal | None] = {}
    for period, target in targets.items():
        month = Period.of(period).month
        said |= {f"n{month}": target.numerator, f"d{month}": target.denominator}
    return said


class ChangeForm(ProgrammeForm):
    """An authorised change: since when, why, and by which letter."""

    from_month = forms.TypedChoiceField(label=_("Aplica desde"), coerce=int)
    reason = forms.CharField(label=_("Motivo"), widget=forms.Textarea(SHORT))
    letter_number = forms.CharField(label=_("Número de oficio"), max_length=100)

    def __init__(self, data: Any, *, indicator: Indicator, year: FiscalYear, **options: Any) -> None:
        super().__init__(data, indicator=indicator, year=year, **options)
        since = self.fields["from_month"]
        assert isinstance(since, forms.ChoiceField)  # noqa: S101  (declared above)
        since.choices = [(month, _(MONTH_NAMES[month - 1])) for month in self.order]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motivo"), max_length=300, widget=forms.Textarea({"rows": 2}))


class AgreeForm(forms.Form):
    agreed_on = forms.DateField(label=_("Fecha del acuerdo"), widget=DayInput())


def choose(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
