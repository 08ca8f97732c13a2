"""The questions of a scheme as a form: the set-up asks them once, the page of the scales dates each new answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.evaluation_policy import (
    AchievedRequires,
    DecreasingFormula,
    MissingPolicy,
    OverAchievement,
    RangeFormula,
    RangeGap,
    ZeroPolicy,
)
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.ui.forms import DayInput, FigureField

SCALE_LABELS = {
    "green": N_("En meta desde (%)"),
    "amber": N_("En riesgo desde (%); por debajo, en rezago"),
    "achieved": N_("Cumplida desde (%)"),
    "good": N_("Con buen desempeño desde (%)"),
    "fair": N_("Con desempeño regular desde (%); por debajo, deficiente"),
    "achieved_requires": N_("Para que una meta sea «cumplida» hace falta"),
    "over_threshold": N_("Se marca sobrecumplimiento por encima de (%)"),
    "over_achievement": N_("Qué hace el semáforo con un sobrecumplimiento"),
    "units_green": N_("Cerca de cero: en meta hasta esta distancia, en unidades"),
    "units_amber": N_("Cerca de cero: en riesgo hasta esta distancia, en unidades"),
    "units_below": N_("Juzgar así solo si lo programado al corte no pasa de, en unidades"),
    "missing": N_("Qué significa un mes sin reporte"),
    "silent_slots": N_("Cortes seguidos sin reporte que dan «Sin dato»"),
    "decreasing": N_("Fórmula de «Mientras menos, mejor»"),
    "share_baseline": N_("Comparar la línea base en la parte del año programada al corte"),
    "range_formula": N_("Fórmula de «Dentro de un rango»"),
    "share_range": N_("Comparar los límites del rango en la parte del año programada al corte"),
    "range_gap": N_("Qué es la brecha de un rango"),
    "zero": N_("Qué significa dividir entre cero"),
    "cap": N_("Tope de cada meta al promediar (%)"),
    "decimals": N_("Decimales con que se redondea y se clasifica"),
    "least": N_("Porcentaje más bajo que puede tener una meta"),
    "most": N_("Porcentaje más alto que puede tener una meta"),
}
SCALE_HELP = {
    "green": N_("No existe un umbral oficial; se proponen 90 y 70."),
    "achieved": N_("No existe un umbral oficial; se proponen 100, 90 y 70."),
    "cap": N_("Vacío: sin tope. Cada meta conserva su porcentaje real; el tope solo cuenta en los promedios."),
    "over_threshold": N_("Vacío: no se marca."),
    "units_green": N_("Vacío: se juzga por porcentaje. Sirve donde un caso más mueve el porcentaje entero."),
    "units_below": N_("Vacío: siempre que haya bandas en unidades."),
    "least": N_("Vacío: sin límite."),
    "most": N_("Vacío: sin límite. El sobrecumplimiento no se mira después de recortarlo."),
}
GROUPS = (
    (N_("Semáforo"), ("green", "amber")),
    (N_("Clasificación"), ("achieved", "good", "fair", "achieved_requires")),
    (N_("Sobrecumplimiento"), ("over_threshold", "over_achievement")),
    (N_("Metas cerca de cero"), ("units_green", "units_amber", "units_below")),
    (N_("Meses sin reporte"), ("missing", "silent_slots")),
    (N_("Fórmulas"), ("decreasing", "share_baseline", "range_formula", "share_range", "range_gap", "zero")),
    (N_("Promedios y redondeo"), ("cap", "decimals", "least", "most")),
)
UNITS = frozenset({"units_green", "units_amber", "units_below"})
MAY_BE_EMPTY = frozenset({"cap", "over_threshold", "least", "most"}) | UNITS
FIGURES = frozenset({"green", "amber", "achieved", "good", "fair"}) | MAY_BE_EMPTY
KINDS = (AchievedRequires, DecreasingFormula, MissingPolicy, OverAchievement, RangeFormula, RangeGap, ZeroPolicy)


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    fields: list[forms.BoundField]


class SchemeForm(forms.Form):
    """What an institution decides of an evaluation scheme. What it may be is checked by the engine itself."""

    effective_from = forms.DateField(label=gettext_lazy("Vigente desde"), widget=DayInput())

    def __init__(self, *arguments: Any, scheme: Scheme, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.scheme = scheme
        for name in SCALE_LABELS:
            self.fields[name] = scale_field(name, getattr(scheme, name))
        self.order_fields([*SCALE_LABELS, "effective_from"])

    @property
    def groups(self) -> list[Group]:
        """The questions under their headings, the date last."""
        found = [Group(_(title), [self[name] for name in names]) for title, names in GROUPS]
        return [*found, Group(_("Vigencia"), [self["effective_from"]])]

    @property
    def parameters(self) -> dict[str, Any]:
        """As `Scheme.from_parameters` takes them, once the form is valid; what is not asked stays as it was."""
        found = {name: self.cleaned_data[name] for name in SCALE_LABELS}
        return self.scheme.to_parameters() | {
            name: float(value) if name in FIGURES and value is not None else value for name, value in found.items()
        }


def scale_field(name: str, value: Any) -> forms.Field:
    shown = format(value, "g") if isinstance(value, float) else value
    shared: dict[str, Any] = {"label": _(SCALE_LABELS[name]), "initial": shown, "required": name not in MAY_BE_EMPTY}
    if name in SCALE_HELP:
        shared["help_text"] = _(SCALE_HELP[name])
    if isinstance(value, KINDS):
        return forms.ChoiceField(choices=[(item.value, _(item.label)) for item in type(value)], **shared)
    if isinstance(value, bool):
        return forms.BooleanField(**shared | {"required": False})
    return FigureField(**shared) if name in FIGURES else forms.IntegerField(min_value=0, **shared)


class NewSchemeForm(forms.Form):
    """A further scheme: its name, and what it starts from."""

    name = forms.CharField(
        label=gettext_lazy("Nombre de la escala"),
        max_length=120,
        error_messages={"required": gettext_lazy("Escriba cómo se llamará la escala.")},
    )
    start = forms.ChoiceField(label=gettext_lazy("Empieza como"))

    def __init__(self, *arguments: Any, taken: Collection[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.taken = taken
        self.fields["start"].choices = [  # type: ignore[attr-defined]
            ("general", _("La que propone el sistema")),
            ("nation", _("La de consolidación entre instituciones («nation»)")),
        ]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        code = slugify(name)[:40]
        if not code:
            raise forms.ValidationError(_("Use letras o números en el nombre."))
        if code in self.taken:
            raise forms.ValidationError(_("Ya hay una escala con ese nombre: guarde en ella una versión nueva."))
        return name


class AssignmentForm(forms.Form):
    """Which scheme evaluates what, from a day on and why."""

    indicator = forms.CharField(
        label=gettext_lazy("Clave del indicador"),
        required=False,
        help_text=gettext_lazy("Vacío, y sin contrato: toda la institución."),
    )
    contract = forms.ChoiceField(
        label=gettext_lazy("Contrato"),
        required=False,
        help_text=gettext_lazy("Evalúa todas las metas que se miden bajo él, salvo las que tengan escala propia."),
    )
    scheme = forms.ChoiceField(label=gettext_lazy("Escala"), required=False)
    effective_from = forms.DateField(label=gettext_lazy("Vigente desde"), widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Escriba por qué se asigna: se imprime con los resultados.")},
    )

    def __init__(
        self,
        *arguments: Any,
        schemes: Iterable[tuple[str, str]],
        contracts: Iterable[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["contract"].choices = [("", "–"), *contracts]  # type: ignore[attr-defined]
        self.fields["scheme"].choices = [  # type: ignore[attr-defined]
            *schemes,
            ("", _("Ninguna (termina la propia)")),
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("indicator") and found.get("contract"):
            self.add_error("contract", _("Escriba un indicador o elija un contrato, no los dos."))
        elif not found.get("indicator") and not found.get("contract") and not found.get("scheme"):
            self.add_error("scheme", _("Elija la escala que evaluará a toda la institución."))
        return found
