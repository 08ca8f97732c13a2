"""What every form is made of, and the one of the gallery."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Renderer(DjangoTemplates):
    """`{{ form }}` and `{{ field.as_field_group }}` come out like `{% field %}`: label, widget, help, error."""

    field_template_name = "ui/django_field.html"
    form_template_name = "ui/django_form.html"


class DayInput(forms.DateInput):
    """A day picked with the browser's own calendar; it travels as 2026-10-31."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class WordsField(forms.CharField):
    """Several lines that somebody has to write. `missing` asks for them when they are not there."""

    widget = forms.Textarea

    def __init__(self, *, missing: "StrOrPromise" = "", rows: int = 3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = rows
        if missing:
            self.error_messages["required"] = missing


class FigureInput(forms.TextInput):
    """A figure as text: what was typed badly comes back as it was typed, which `type="number"` would erase."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))


class FigureField(forms.DecimalField):
    """A number as people of Mexico write it: 1,250.5 · $1,250.50 · −3. «1.250,5» is told how to be written."""

    widget = FigureInput
    default_error_messages = {"written_otherwise": _("«%(value)s» no es un número. Escríbalo como 1,250.5.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            typed = value
            value = plain_figure(typed)
            if value is None:
                raise forms.ValidationError(
                    self.error_messages["written_otherwise"], code="written_otherwise", params={"value": typed.strip()}
                )
        return super().to_python(value)


_FIGURE = re.compile(r"-?\$?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")


def plain_figure(typed: str) -> str | None:
    """«-1250.5» from «−$1,250.5»; empty stays empty; None when it is not a number."""
    text = typed.strip().replace("\u2212", "-").replace(" ", "").replace("\u00a0", "")
    if not text:
        return ""
    if not _FIGURE.fullmatch(text) or not any(letter.isdigit() for letter in text):
        return None
    return text.replace("$", "").replace(",", "")


class GalleryForm(forms.Form):
    """A field of each kind, for the gallery alone."""

    value = FigureField(label=_("Realizado"), help_text=_("Solo lo realizado en octubre (no el acumulado)."))
    statement = forms.CharField(
        label=_("Causa de la variación"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Escriba la causa de la variación para poder enviarla.")},
    )
    day = forms.DateField(label=_("Fecha compromiso"), required=False, widget=DayInput())
    kind = forms.ChoiceField(
        label=_("Tipo"), required=False, choices=[("accion", _("Acción")), ("proyecto", _("Proyecto"))]
    )
    file = forms.FileField(
        label=_("Adjuntar evidencia"), required=False, help_text=_("PDF, JPG, PNG, XLSX o DOCX de hasta 20 MB.")
    )
    reserved = forms.BooleanField(label=_("Evidencia reservada"), required=False)
