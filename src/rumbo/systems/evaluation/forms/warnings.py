"""The follow-up of an early warning."""

from django import forms
from django.utils.translation import gettext_lazy

from rumbo.foundation.ui.forms import DayInput, WordsField


class DecideForm(forms.Form):
    """What will be done, who answers for it and by when."""

    decision = WordsField(
        label=gettext_lazy("Qué se decidió"),
        max_length=2000,
        missing=gettext_lazy("Escriba qué se hará para alcanzar la meta."),
    )
    responsible_post = forms.CharField(
        label=gettext_lazy("Responsable"),
        max_length=200,
        help_text=gettext_lazy("Su cargo; sin nombres, porque se imprime en el informe."),
        error_messages={"required": gettext_lazy("Escriba el cargo de quien responde.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("Para cuándo"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Escriba para cuándo.")},
    )


class DoForm(forms.Form):
    outcome = WordsField(
        label=gettext_lazy("Qué se logró"), max_length=2000, missing=gettext_lazy("Escriba qué se logró."), rows=2
    )


class CloseWarningForm(forms.Form):
    reason = WordsField(
        label=gettext_lazy("Motivo para cerrarla"),
        max_length=300,
        missing=gettext_lazy("Escriba por qué la cierra."),
        rows=2,
    )
