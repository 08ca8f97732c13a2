"""What the addresses of lists may ask for, and the forms of closing."""

from html import escape
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.foundation.ui.forms import DayInput, FigureField
from rumbo.systems.evaluation.presenters.charts import LIGHT_ORDER
from rumbo.systems.evaluation.queries.listing import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rumbo.foundation.organization.models import Unit
    from rumbo.foundation.planning.models import PlanElement
    from rumbo.systems.captures.models import Correction
    from rumbo.systems.captures.queries import PendingUnit

LIGHTS = {light.key: light for light in LIGHT_ORDER}
GRADES = {grade.key or "none": grade for grade in sorted(PerformanceClass, reverse=True)}


class PlainSelect(forms.Select):
    """A list of choices written directly: a template for each option costs a board of sixty areas ten milliseconds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        kept = "" if value is None else str(value)
        options = mark_safe(  # noqa: S308  (escaped here)
            "".join(
                f'<option value="{escape(str(key))}"{" selected" if str(key) == kept else ""}>'
                f"{escape(str(label))}</option>"
                for key, label in self.choices
            )
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class ListForm(forms.Form):
    """The filters of a list, kept in its address. What is not understood is ignored: a shared link never fails."""

    busca = forms.CharField(
        label=gettext_lazy("Buscar"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    area = forms.ChoiceField(label=gettext_lazy("Área"), required=False, widget=PlainSelect())
    eje = forms.ChoiceField(label=gettext_lazy("Eje"), required=False, widget=PlainSelect())
    semaforo = forms.ChoiceField(label=gettext_lazy("Semáforo"), required=False, widget=PlainSelect())
    clase = forms.ChoiceField(label=gettext_lazy("Clasificación"), required=False, widget=PlainSelect())
    criticas = forms.BooleanField(label=gettext_lazy("Solo indicadores críticos"), required=False)

    def __init__(
        self, data: Any, *, units: "Iterable[Unit]" = (), elements: "Iterable[PlanElement]" = (), axis: str = ""
    ) -> None:
        super().__init__(data, auto_id="f-%s")
        everything = [("", _("Todas"))]
        # two spaces for each level: the tree reads inside a list of choices
        self._choose("area", everything + [(unit.code, _indented(unit)) for unit in units])
        self._choose("eje", [("", _("Todos"))] + [(one.code, f"{one.code} {one.statement}") for one in elements])
        if axis:
            self.fields["eje"].label = axis
        self._choose("semaforo", [("", _("Todos"))] + [(key, _(light.label)) for key, light in LIGHTS.items()])
        self._choose("clase", [("", _("Todas"))] + [(key, _(grade.plural)) for key, grade in GRADES.items()])
        for name, found in (("area", list(units)), ("eje", list(elements))):
            if len(found) < 2:
                del self.fields[name]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = choices

    def understood(self) -> dict[str, Any]:
        """The valid values alone, by field; and `orden`."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        order = str(self.data.get("orden", ""))
        found["orden"] = order if order.removeprefix("-") in ORDERS else "lugar"
        return found


def light_of(key: str) -> Light | None:
    return LIGHTS.get(key)


def grade_of(key: str) -> PerformanceClass | None:
    return GRADES.get(key)


def _indented(unit: "Unit") -> str:
    depth = max(unit.path.count("/") - 2, 0)
    return "\u2003" * depth + unit.name


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
    people = forms.CharField(
        label=gettext_lazy("Quiénes"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Sus cargos; sin nombres, porque se imprime en el informe."),
    )
    agreed = forms.CharField(
        label=gettext_lazy("Qué se acordó"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
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
    reason = forms.CharField(
        label=gettext_lazy("Motivo para retirarla"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Escriba por qué la retira.")},
    )


class AnswerForm(forms.Form):
    """What goes with a delivery: after an observation, what was mended."""

    answer = forms.CharField(
        label=gettext_lazy("Qué se corrigió"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Escriba qué se corrigió de lo observado.")},
    )

    def __init__(self, *args: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = required


class ObserveForm(forms.Form):
    reasons = forms.CharField(
        label=gettext_lazy("Qué se observa"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Documento, página y qué debe corregirse."),
        error_messages={"required": gettext_lazy("Escriba qué observa y qué debe corregirse.")},
    )
