"""The closing of a month and its complementary ones."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rumbo.systems.captures.models import Correction
    from rumbo.systems.captures.queries import PendingUnit


class CloseForm(forms.Form):
    """One reason for every area that has not finished, or one for each; what is typed stays when it is refused."""

    reason = forms.CharField(
        label=gettext_lazy("Razón para todas las áreas"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Se aplica a las áreas que no tengan una razón propia."),
    )

    def __init__(self, data: Any = None, *, pending: "Iterable[PendingUnit]" = ()) -> None:
        super().__init__(data)
        self.pending = list(pending)
        for unit in self.pending:
            self.fields[f"unit-{unit.unit_id}"] = forms.CharField(
                label=unit.unit_name, required=False, max_length=500, widget=forms.TextInput()
            )
        if not self.pending:
            del self.fields["reason"]

    def unit_fields(self) -> "list[tuple[PendingUnit, forms.BoundField]]":
        return [(unit, self[f"unit-{unit.unit_id}"]) for unit in self.pending]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for unit in self.pending:
            if not self._reason(found, unit):
                self.add_error(f"unit-{unit.unit_id}", _("Escriba por qué se acepta la omisión de esta área."))
        return found

    def accepted(self) -> dict[int, str]:
        return {unit.unit_id: self._reason(self.cleaned_data, unit) for unit in self.pending}

    def _reason(self, found: dict[str, Any], unit: "PendingUnit") -> str:
        return str(found.get(f"unit-{unit.unit_id}") or found.get("reason") or "").strip()


class SupersedeForm(forms.Form):
    """The decision and the letter of a complementary closing, and the corrections that it applies."""

    letter_number = forms.CharField(label=gettext_lazy("Número de oficio"), max_length=100)
    reason = forms.CharField(label=gettext_lazy("Motivo"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    corrections = forms.MultipleChoiceField(
        label=gettext_lazy("Correcciones que aplica"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=gettext_lazy("Las solicitudes que piden un cierre complementario de este mes."),
    )

    def __init__(self, data: Any = None, *, corrections: "Iterable[Correction]" = ()) -> None:
        super().__init__(data)
        self.offered = {str(one.ref): one for one in corrections}
        field = self.fields["corrections"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        field.choices = [(ref, f"{one.capture.indicator.code} · {one.reason}") for ref, one in self.offered.items()]
        if not self.offered:
            del self.fields["corrections"]

    def chosen(self) -> "list[Correction]":
        return [self.offered[ref] for ref in self.cleaned_data.get("corrections", [])]
