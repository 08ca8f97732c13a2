"""What is typed in a record: its areas, dates, links and note. Its texts come from the plan."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rumbo.foundation.ui.forms import DayInput, WordsField


class PrepareForm(forms.Form):
    units = forms.MultipleChoiceField(
        label=_("Áreas responsables"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Las que generan, poseen, publican y actualizan la información."),
        error_messages={"required": _("Elija al menos un área responsable.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = choices  # type: ignore[attr-defined]


class EditForm(forms.Form):
    annual_plan_url = forms.URLField(
        label=_("Hipervínculo al Programa Operativo Anual"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("El documento aprobado para el ejercicio."),
        error_messages={"invalid": _("Escriba la dirección completa, como https://www.ejemplo.mx/programa.pdf.")},
    )
    work_programme_url = forms.URLField(
        label=_("Hipervínculo al Programa de Trabajo, en su caso"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Puede ser de un ejercicio anterior. Si no hay programa, déjelo vacío y dígalo en la nota."),
        error_messages={"invalid": _("Escriba la dirección completa, como https://www.ejemplo.mx/programa.pdf.")},
    )
    responsible_units = forms.MultipleChoiceField(
        label=_("Áreas responsables"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elija al menos un área responsable.")},
    )
    updated_on = forms.DateField(
        label=_("Fecha de actualización"),
        widget=DayInput(),
        help_text=_("Día en que la información se generó o se modificó."),
        error_messages={"required": _("Escriba la fecha de actualización.")},
    )
    note = WordsField(label=_("Nota"), required=False, max_length=4000)

    def __init__(self, *args: Any, choices: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_units"].choices = [(name, name) for name in choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "responsible_units" in cleaned:
            cleaned["responsible_units"] = "\n".join(cleaned["responsible_units"])
        return cleaned


class ValidateForm(forms.Form):
    validated_on = forms.DateField(
        label=_("Fecha de validación"),
        widget=DayInput(),
        help_text=_("Día en que se confirma que es la información más actual. No es la de la carga en la plataforma."),
        error_messages={"required": _("Escriba la fecha de validación.")},
    )


class PublishForm(forms.Form):
    published_on = forms.DateField(
        label=_("Fecha de publicación"),
        widget=DayInput(),
        help_text=_("Día en que el registro apareció en el sitio o en la plataforma."),
        error_messages={"required": _("Escriba la fecha de publicación.")},
    )


class CorrectForm(forms.Form):
    reason = WordsField(
        label=_("Motivo de la corrección"),
        max_length=1000,
        help_text=_("Se publica con el registro: qué decía mal y qué debe decir."),
        missing=_("Escriba el motivo de la corrección."),
    )


class ReopenForm(forms.Form):
    reason = WordsField(
        label=_("Motivo para reabrir"),
        max_length=1000,
        missing=_("Escriba el motivo para reabrir el registro."),
        rows=2,
    )
