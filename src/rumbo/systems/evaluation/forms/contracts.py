"""A contract under which goals are measured."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from rumbo.foundation.ui.forms import DayInput, WordsField

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract


class ContractForm(forms.Form):
    """What may be is the action's to say."""

    number = forms.CharField(
        label=gettext_lazy("Número del contrato"),
        max_length=60,
        error_messages={"required": gettext_lazy("Escriba el número con que se firmó.")},
    )
    title = WordsField(
        label=gettext_lazy("Objeto"),
        max_length=300,
        help_text=gettext_lazy("Qué se contrató, en una línea."),
        error_messages={"required": gettext_lazy("Escriba qué se contrató.")},
    )
    supplier = forms.CharField(label=gettext_lazy("Proveedor"), max_length=200, required=False)
    starts_on = forms.DateField(
        label=gettext_lazy("Vigente desde"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Escriba el día en que empieza.")},
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Vigente hasta"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Vacío: sin término. Sus metas se siguen midiendo después."),
    )

    @classmethod
    def initial_of(cls, contract: "Contract") -> dict[str, Any]:
        return {name: getattr(contract, name) for name in cls.base_fields}
