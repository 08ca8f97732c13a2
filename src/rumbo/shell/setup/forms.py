"""Forms of the set-up: a field for each decision, with what it means beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rumbo.core.timekeeping.period import MONTH_NAMES
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.organization.settings import LABELS, InstitutionSettings
from rumbo.foundation.ui.forms import DayInput, FigureField

HELP = {
    "planning_unit_name": N_("Así se nombra en los mensajes y en los documentos."),
    "capture_due_day": N_("Día hábil del mes siguiente al que se evalúa."),
    "area_review_due_day": N_("Día hábil del mes siguiente al que se evalúa."),
    "close_due_day": N_("Día hábil del mes siguiente al que se evalúa."),
    "stretches_to_report": N_("Con 1, la semana vence al terminar la siguiente; nunca después que la captura del mes."),
    "delivery_same_month": N_("Si no, el informe de cada mes se entrega el mes siguiente (mes vencido)."),
    "first_delivery_period": N_("Como 2026-01."),
    "deliveries_total": N_("Cero si no hay contrato."),
    "review_steps": N_("Con un paso valida la Dirección de Planeación; con dos, antes da el visto bueno el área."),
    "jump_factor": N_("Con 2 se avisa cuando un valor es más del doble de su promedio de seis meses."),
    "accent_colour": N_("Si es muy claro se oscurece hasta que se lea el texto blanco encima."),
    "term_name": N_("Como 2024-2027."),
    "fiscal_start": N_("Se decide antes de programar la primera meta; después ya no cambia."),
}
CHOICES: dict[str, list[tuple[Any, str]]] = {
    "paper": [("us-letter", N_("Carta (216 × 279 mm)")), ("a4", "A4 (210 × 297 mm)")],
    "fiscal_start": list(enumerate(MONTH_NAMES, start=1)),
    "review_steps": [(1, N_("Uno: Planeación")), (2, N_("Dos: área y Planeación"))],
}
SUFFIXES = {"evidence_max_megabytes": "MB"}


class DatedForm(forms.Form):
    """A decision holds from a day on; what was decided before stays for the days before."""

    effective_from = forms.DateField(label=gettext_lazy("Vigente desde"), widget=DayInput())


class SettingsForm(DatedForm):
    """Fields of `InstitutionSettings`, each with the widget that its kind asks for."""

    def __init__(
        self,
        *arguments: Any,
        names: Iterable[str],
        settings: InstitutionSettings,
        fixed: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        """`fixed`: what can no longer be decided, and why; it is shown and not asked."""
        super().__init__(*arguments, **options)
        for name in names:
            self.fields[name] = setting_field(name, getattr(settings, name))
            if fixed and name in fixed:
                self.fields[name].disabled, self.fields[name].help_text = True, fixed[name]
        self.order_fields([*names, "effective_from"])

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "effective_from"}


def setting_field(name: str, value: Any) -> forms.Field:
    shared: dict[str, Any] = {"label": _(LABELS[name]), "initial": value}
    if name in HELP:
        shared["help_text"] = _(HELP[name])
    if name in CHOICES:
        kind = type(value)
        choices = [(key, _(word)) for key, word in CHOICES[name]]
        return forms.TypedChoiceField(choices=choices, coerce=lambda text: kind(text), **shared)
    if isinstance(value, bool):
        return forms.BooleanField(required=False, **shared)
    if isinstance(value, int):
        return forms.IntegerField(min_value=0, **shared)
    if isinstance(value, float):
        return FigureField(**shared)
    widget = forms.TextInput(attrs={"type": "color"}) if name == "accent_colour" else None
    return forms.CharField(required=name in {"planning_unit_name", "term_name"}, widget=widget, **shared)


HOMES = (("board", N_("Tableros")), ("plan", N_("Programa")), ("inbox", N_("Mis pendientes")))


class IdentityForm(DatedForm):
    """What the institution is called and its emblem, from a day on; and what opens first."""

    name = forms.CharField(label=gettext_lazy("Nombre de la institución"), max_length=200)
    short_name = forms.CharField(
        label=gettext_lazy("Nombre corto"),
        max_length=60,
        help_text=gettext_lazy("Para los encabezados de las páginas."),
    )
    home = forms.ChoiceField(
        label=gettext_lazy("Qué se abre primero"),
        help_text=gettext_lazy("A quien tiene trabajo pendiente siempre se le abre «Mis pendientes»."),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logotipo"),
        required=False,
        help_text=gettext_lazy("Imagen PNG de hasta 1 MB, de preferencia apaisada. Sale en las páginas y en los PDF."),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
    )
    without_logo = forms.BooleanField(label=gettext_lazy("Quitar el logotipo que hay"), required=False)
    field_order = ("name", "short_name", "logo", "without_logo", "home", "effective_from")

    def __init__(self, *arguments: Any, has_logo: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        home = self.fields["home"]
        assert isinstance(home, forms.ChoiceField)  # noqa: S101  (declared above)
        home.choices = [(value, _(word)) for value, word in HOMES]
        self.fields["effective_from"].help_text = _(
            "Los documentos de meses anteriores conservan el nombre de entonces."
        )
        if not has_logo:
            del self.fields["without_logo"]
