"""Forms of the plan. They check what was written; what may be done is the actions' to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.planning.models import Plan, PlanElement, PlanLevel
from rumbo.foundation.ui.forms import DayInput

LONG = {"rows": 4}


class PlanForm(forms.Form):
    """Name, term and texts."""

    name = forms.CharField(label=_("Nombre del plan"), max_length=300)
    kind_name = forms.CharField(
        label=_("Cómo se llama"), max_length=100, help_text=_("Programa de gobierno, programa institucional…")
    )
    term_start = forms.DateField(label=_("Inicio del periodo"), widget=DayInput())
    term_end = forms.DateField(label=_("Término del periodo"), widget=DayInput())
    mission = forms.CharField(label=_("Misión"), required=False, widget=forms.Textarea(LONG))
    vision = forms.CharField(label=_("Visión"), required=False, widget=forms.Textarea(LONG))
    higher_plan_alignment = forms.CharField(
        label=_("Vinculación con el plan superior"), required=False, widget=forms.Textarea(LONG)
    )
    higher_plan_not_applicable_reason = forms.CharField(
        label=_("Por qué no aplica la vinculación"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Solo si no hay un plan superior al que vincularse: «No aplica» necesita su motivo."),
    )
    annual_plan_url = forms.URLField(
        label=_("Enlace al Programa Operativo Anual"), required=False, max_length=500, assume_scheme="https"
    )
    work_programme_url = forms.URLField(
        label=_("Enlace al Programa de Trabajo"), required=False, max_length=500, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        start, end = said.get("term_start"), said.get("term_end")
        if start and end and end <= start:
            self.add_error("term_end", _("El periodo termina antes de empezar. Corrija una de las dos fechas."))
        if said.get("higher_plan_alignment", "").strip() and said.get("higher_plan_not_applicable_reason", "").strip():
            self.add_error(
                "higher_plan_not_applicable_reason", _("Ya escribió la vinculación. Deje vacío uno de los dos campos.")
            )
        return said

    @classmethod
    def of(cls, plan: Plan | None, data: Any) -> "PlanForm":
        initial = {name: getattr(plan, name) for name in cls.base_fields} if plan else {"kind_name": _("Programa")}
        return cls(data, initial=initial)


class NewPlanForm(PlanForm):
    """With the names of its levels, one to a line."""

    levels = forms.CharField(
        label=_("Niveles, del más alto al más bajo"),
        widget=forms.Textarea({"rows": 5}),
        initial="\n".join(
            (
                "Eje rector / Ejes rectores",
                "Objetivo / Objetivos",
                "Estrategia / Estrategias",
                "Línea de acción / Líneas de acción",
            )
        ),
        help_text=_("Uno por renglón, en singular y plural separados por una diagonal."),
    )
    field_order = ("name", "kind_name", "term_start", "term_end", "levels")

    def clean_levels(self) -> list[tuple[str, str]]:
        found = []
        for line in self.cleaned_data["levels"].splitlines():
            singular, _bar, plural = (part.strip() for part in line.partition("/"))
            if singular:
                found.append((singular[:60], (plural or singular)[:60]))
        return found


class ElementForm(forms.Form):
    level = forms.ChoiceField(label=_("Nivel"))
    code = forms.CharField(label=_("Clave"), max_length=30)
    statement = forms.CharField(label=_("Texto"), widget=forms.Textarea(LONG))
    parent = forms.ChoiceField(
        label=_("Depende de"),
        required=False,
        help_text=_("Déjelo vacío si todavía no se sabe: quedará entre los que esperan que alguien los ligue."),
    )

    def __init__(self, data: Any, *, levels: list[PlanLevel], elements: list[PlanElement], **options: Any) -> None:
        super().__init__(data, **options)
        self.levels = {str(level.depth): level for level in levels}
        self.elements = {str(element.ref): element for element in elements}
        self._choices("level", [(depth, level.singular) for depth, level in self.levels.items()])
        self._choices("parent", [("", "–"), *((ref, named(element)) for ref, element in self.elements.items())])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        level, parent = self.levels.get(said.get("level", "")), self.elements.get(said.get("parent", ""))
        if level and parent and parent.level.depth >= level.depth:
            self.add_error("parent", _("Elija un elemento de un nivel superior."))
        return said | {"level": level, "parent": parent}


def named(element: PlanElement) -> str:
    """«Objetivo 1.2 · Reducir…», short enough for a list."""
    text = element.statement if len(element.statement) <= 80 else element.statement[:79].rstrip() + "…"
    return f"{element.level.singular} {element.code} · {text}"


class SwotForm(forms.Form):
    """The four blocks as text: a headline to a line, its explanation in the lines below it, a blank line between."""

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        for kind in SwotKind:
            self.fields[kind.value] = forms.CharField(
                label=_(kind.label), required=False, widget=forms.Textarea({"rows": 10})
            )

    def items(self) -> list[tuple[SwotKind, str, str]]:
        found = []
        for kind in SwotKind:
            text = self.cleaned_data[kind.value].replace("\r\n", "\n")
            for block in text.split("\n\n"):
                headline, _line, explanation = block.strip().partition("\n")
                if headline:
                    found.append((kind, headline.strip(), explanation.strip()))
        return found


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motivo"), max_length=300, widget=forms.Textarea({"rows": 2}))
