"""What goes with a delivery of documents, and what is observed of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from rumbo.foundation.ui.forms import WordsField


class AnswerForm(forms.Form):
    """What goes with a delivery: after an observation, what was mended."""

    answer = WordsField(
        label=gettext_lazy("Qué se corrigió"),
        max_length=4000,
        required=False,
        missing=gettext_lazy("Escriba qué se corrigió de lo observado."),
    )

    def __init__(self, *args: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = required


class ObserveForm(forms.Form):
    reasons = WordsField(
        label=gettext_lazy("Qué se observa"),
        max_length=4000,
        help_text=gettext_lazy("Documento, página y qué debe corregirse."),
        missing=gettext_lazy("Escriba qué observa y qué debe corregirse."),
        rows=4,
    )
