"""The forms of a capture, its evidence, its review and its correction."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.core.vocabulary.variation_cause import VariationCause
from rumbo.foundation.ui.forms import DayInput, FigureField
from rumbo.systems.captures import presenters
from rumbo.systems.captures.actions import Entry
from rumbo.systems.captures.forms.readings import EXACT, ReadingFields, ReadingRow
from rumbo.systems.captures.models import Capture, Correction
from rumbo.systems.indicators.queries import asked_of

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Indicator

TEXTS = ("cause_kind", "cause", "corrective_action", "responsible_post", "commitment_outcome")
LONG = forms.Textarea(attrs={"rows": 3})


def _choices(words: type[VariationCause] | type[ReturnReason], first: str) -> list[tuple[str, str]]:
    return [("", first), *((item.value, _(item.label)) for item in words)]


class EntryForm(forms.Form):
    """One indicator in one month. What is left empty is saved as empty: a draft may be incomplete, but its values are
    not shown as optional. Where the indicator has readings they take the place of the two figures."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    numerator = FigureField(**EXACT)
    denominator = FigureField(**EXACT)
    cause_kind = forms.ChoiceField(required=False)  # its words come in the language of the page
    cause = forms.CharField(label=gettext_lazy("Explicación de la causa"), required=False, widget=LONG)
    corrective_action = forms.CharField(label=gettext_lazy("Acción correctiva"), required=False, widget=LONG)
    commitment_on = forms.DateField(label=gettext_lazy("Fecha compromiso"), required=False, widget=DayInput())
    responsible_post = forms.CharField(label=gettext_lazy("Puesto responsable"), required=False, max_length=200)
    commitment_outcome = forms.CharField(
        label=gettext_lazy("Qué se logró del compromiso anterior"), required=False, widget=LONG
    )

    def __init__(
        self, *args: Any, indicator: "Indicator", period: int, today: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.readings: ReadingFields | None = None
        self.fields["cause_kind"] = forms.ChoiceField(
            label=_("Causa de la variación"), required=False, choices=_choices(VariationCause, _("Elija una causa"))
        )
        asked = asked_of(indicator)
        if asked.by_readings:
            del self.fields["numerator"], self.fields["denominator"]
            self.readings = ReadingFields(asked, period, today)
            self.readings.add_to(self)
        else:
            self._name_figures(indicator, period)
        if not self.is_bound:
            self._ask_for_values()

    def _name_figures(self, indicator: "Indicator", period: int) -> None:
        first, second = presenters.value_labels(indicator, period)
        self.fields["numerator"].label = first
        self.fields["numerator"].help_text = presenters.sentence(indicator, period)
        if indicator.denominator_name:
            self.fields["denominator"].label = second
        else:
            del self.fields["denominator"]

    def reading_rows(self) -> list[ReadingRow]:
        """None when the figures of the month are typed."""
        return self.readings.rows(self) if self.readings else []

    def full_clean(self) -> None:
        super().full_clean()
        self._ask_for_values()

    def ask_for_cause(self) -> None:
        """The light asks to explain: these are not shown as optional, though a draft may still lack them."""
        for name in ("cause_kind", "cause", "corrective_action", "commitment_on", "responsible_post"):
            self.fields[name].required = True

    def _ask_for_values(self) -> None:
        for name in ("numerator", "denominator", *(self.readings.names() if self.readings else ())):
            if name in self.fields:
                self.fields[name].required = True

    @classmethod
    def of(cls, indicator: "Indicator", period: int, capture: Capture | None, **kwargs: Any) -> "EntryForm":
        """With what is stored."""
        asked = asked_of(indicator)
        initial: dict[str, Any] = {"version": capture.version if capture else 0}
        if capture:
            initial |= {name: getattr(capture, name) for name in (*TEXTS, "commitment_on")}
            initial["numerator"] = presenters.plain(capture.numerator)
            initial["denominator"] = presenters.plain(capture.denominator)
            if asked.by_readings:
                initial |= ReadingFields(asked, period).initial(capture.readings)
        return cls(initial=initial, indicator=indicator, period=period, **kwargs)

    def entry(self) -> Entry:
        """What was typed; call after `is_valid`."""
        read = self.readings
        of_readings = {name for name in self.cleaned_data if name[:2] in ("r-", "m-")} if read else set()
        typed: Any = {
            name: value for name, value in self.cleaned_data.items() if name != "version" and name not in of_readings
        }
        entry: Entry = typed | (read.entry(self.cleaned_data) if read else {})
        return entry


class UnavailableForm(forms.Form):
    """«Aún no se cuenta con el dato»."""

    reason = forms.CharField(label=gettext_lazy("Por qué no se cuenta con el dato"), widget=LONG)
    expected_on = forms.DateField(label=gettext_lazy("Cuándo se espera"), widget=DayInput())


class EvidenceForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Archivo"), help_text=gettext_lazy("PDF, JPG, PNG, XLSX o DOCX."))
    kind = forms.CharField(
        label=gettext_lazy("Qué es"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Por ejemplo: bitácora firmada, padrón sin datos personales, fotografía con fecha."),
    )
    reserved = forms.BooleanField(
        label=gettext_lazy("Evidencia reservada"),
        required=False,
        help_text=gettext_lazy("Solo la abren su área, quien la revisa y el Órgano Interno de Control."),
    )


class RetireForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Por qué se retira"), max_length=300)


class ReturnForm(forms.Form):
    kind = forms.ChoiceField()
    text = forms.CharField(label=gettext_lazy("Qué debe corregirse"), widget=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label=_("Motivo"), choices=_choices(ReturnReason, _("Elija un motivo")))


class CorrectionForm(forms.Form):
    """What a closed month should say instead, and why."""

    numerator = FigureField(**EXACT | {"required": True})
    denominator = FigureField(**EXACT)
    reason = forms.CharField(label=gettext_lazy("Motivo de la corrección"), widget=LONG)
    kind = forms.ChoiceField(
        label=gettext_lazy("Cómo se aplica"),
        choices=[
            (Correction.Kind.ADJUSTMENT, gettext_lazy("Como ajuste en el siguiente mes abierto")),
            (Correction.Kind.SUPPLEMENTARY, gettext_lazy("Con un cierre complementario, que necesita oficio")),
        ],
        widget=forms.RadioSelect,
        initial=Correction.Kind.ADJUSTMENT,
    )
    letter_number = forms.CharField(label=gettext_lazy("Número de oficio"), required=False, max_length=100)

    def __init__(self, *args: Any, indicator: "Indicator", capture: Capture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readings: ReadingFields | None = None
        asked = asked_of(indicator)
        if asked.by_readings and capture.readings:
            del self.fields["numerator"], self.fields["denominator"]
            self.readings = ReadingFields(asked, capture.period)
            self.readings.add_to(self)
            self.initial.update(self.readings.initial(capture.readings))
            return
        first, second = presenters.value_labels(indicator, capture.period)
        self.fields["numerator"].label = first
        if indicator.denominator_name:
            self.fields["denominator"].label = second
            self.fields["denominator"].required = True
        else:
            del self.fields["denominator"]

    @property
    def amounts(self) -> tuple[Decimal | None, Decimal | None]:
        return self.cleaned_data.get("numerator"), self.cleaned_data.get("denominator")

    def reading_rows(self) -> list[ReadingRow]:
        """None when the figures of the month are typed."""
        return self.readings.rows(self) if self.readings else []

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that are not of a reading."""
        return [field for field in self if field.name[:2] not in ("r-", "m-")]

    def typed_readings(self) -> dict[str, Any]:
        """`readings` and `reasons`; call after `is_valid`. Nothing when the figures of the month are typed."""
        return self.readings.entry(self.cleaned_data) if self.readings else {}


class DecisionForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Motivo de la decisión"), widget=LONG)


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Libro de Excel"))
