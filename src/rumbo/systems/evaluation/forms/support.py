"""The log of technical support."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.foundation.ui.forms import DayInput, FigureField, WordsField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rumbo.foundation.organization.models import Unit


class SupportForm(forms.Form):
    """One attention to an area. `unit`: code of the area, empty for all of them."""

    kind = forms.ChoiceField(label=gettext_lazy("Tipo"))
    unit = forms.ChoiceField(label=gettext_lazy("Área atendida"), required=False)
    asked_on = forms.DateField(
        label=gettext_lazy("Fecha de solicitud"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Si el área la pidió: de aquí sale el tiempo de respuesta."),
    )
    attended_on = forms.DateField(
        label=gettext_lazy("Fecha de atención"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Escriba el día en que se atendió.")},
    )
    subject = forms.CharField(
        label=gettext_lazy("Asunto o tema"),
        max_length=300,
        error_messages={"required": gettext_lazy("Escriba el asunto o, si fue capacitación, el tema.")},
    )
    people_count = forms.IntegerField(
        label=gettext_lazy("Personas atendidas"),
        min_value=1,
        max_value=9999,
        initial=1,
        error_messages={"required": gettext_lazy("Escriba cuántas personas se atendieron.")},
    )
    people = WordsField(
        label=gettext_lazy("Quiénes"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Sus cargos; sin nombres, porque se imprime en el informe."),
        rows=2,
    )
    agreed = WordsField(label=gettext_lazy("Qué se acordó"), required=False, max_length=2000)
    agreed_by = forms.DateField(label=gettext_lazy("Para cuándo"), required=False, widget=DayInput())
    attended_by = forms.CharField(
        label=gettext_lazy("Quién atendió"),
        max_length=200,
        help_text=gettext_lazy("Su cargo."),
        error_messages={"required": gettext_lazy("Escriba el cargo de quien atendió.")},
    )
    hours = FigureField(
        label=gettext_lazy("Horas"),
        max_digits=5,
        decimal_places=2,
        help_text=gettext_lazy("Media hora es 0.5."),
        error_messages={"required": gettext_lazy("Escriba cuántas horas tomó.")},
    )
    evidence = forms.FileField(
        label=gettext_lazy("Evidencia"),
        required=False,
        help_text=gettext_lazy("Lista de asistencia, minuta o correo: PDF, JPG, PNG, XLSX o DOCX."),
    )

    def __init__(self, *args: Any, units: "Iterable[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, _(kind.label)) for kind in SupportKind]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("Todas las áreas")),
            *((unit.code, unit.name) for unit in units),
        ]


class RetireSupportForm(forms.Form):
    reason = WordsField(
        label=gettext_lazy("Motivo para retirarla"),
        max_length=300,
        missing=gettext_lazy("Escriba por qué la retira."),
        rows=2,
    )
