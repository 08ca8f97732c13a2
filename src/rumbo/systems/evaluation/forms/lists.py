"""What the addresses of lists may ask for."""

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
from rumbo.systems.evaluation.presenters.charts import LIGHT_ORDER
from rumbo.systems.evaluation.queries.listing import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rumbo.foundation.organization.models import Unit
    from rumbo.foundation.planning.models import PlanElement

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


class PlainSearch(forms.TextInput):
    """Written directly too."""

    input_type = "search"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        told = {"type": self.input_type, "name": name} | ({"value": str(value)} if value not in (None, "") else {})
        return format_html("<input{}>", flatatt(told | self.build_attrs(self.attrs, attrs)))


class ListForm(forms.Form):
    """The filters of a list, kept in its address. What is not understood is ignored: a shared link never fails."""

    busca = forms.CharField(label=gettext_lazy("Buscar"), required=False, widget=PlainSearch())
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
