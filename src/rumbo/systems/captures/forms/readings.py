"""The fields of a month that has several figures: one of each variable, in each week or fortnight."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rumbo.core.engine.formula import Variable
from rumbo.core.rendering.stretches import stretch_name
from rumbo.core.timekeeping.slots import Slot
from rumbo.foundation.ui.forms import FigureField
from rumbo.systems.captures import presenters, queries
from rumbo.systems.captures.actions.figuring import LONGEST_REASON
from rumbo.systems.captures.queries.readings import Kept
from rumbo.systems.indicators.queries import Asked

EXACT: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "required": False}


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One stretch: each variable with its field, and the one of its reason where the month has several."""

    slot: Slot
    label: str
    figures: list[tuple[str, forms.BoundField]]
    reason: forms.BoundField | None
    begun: bool


@dataclass(frozen=True, slots=True)
class ReadingFields:
    """`today` None: every stretch may be written, as in a correction of a month that ended."""

    asked: Asked
    period: int
    today: date | None = None

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.asked.stretches(self.period)

    def add_to(self, form: forms.Form) -> None:
        """With those that have begun open; the others are shown, closed."""
        for slot in self.slots:
            where = stretch_name(slot, _)
            disabled = not self._begun(slot)
            for variable in self.asked.variables:
                field = FigureField(label=labelled(variable), disabled=disabled, **EXACT)
                if self.asked.by_stretches:  # in a table, where nothing else says of which week it is
                    field.label = f"{variable.title}, {where}"
                    field.widget.attrs["aria-label"] = field.label
                form.fields[self._name(slot, variable)] = field
            if self.asked.by_stretches:
                why = _("Razón, si no hay dato de la %(stretch)s") % {"stretch": where}
                reason = forms.CharField(label=why, required=False, max_length=LONGEST_REASON, disabled=disabled)
                reason.widget.attrs["aria-label"] = why
                form.fields[self._why(slot)] = reason

    def initial(self, kept: Kept) -> dict[str, Any]:
        """What is stored, as the fields show it."""
        found: dict[str, Any] = {}
        stretches = queries.stretches_in(kept, self.asked, self.period)
        for slot, one in zip(self.slots, stretches, strict=True):
            found[self._why(slot)] = one.reason
            for variable in self.asked.variables:
                found[self._name(slot, variable)] = presenters.plain(one.figures.get(variable.symbol))
        return found

    def rows(self, form: forms.Form) -> list[ReadingRow]:
        return [
            ReadingRow(
                slot=slot,
                label=stretch_name(slot, _),
                figures=[(labelled(one), form[self._name(slot, one)]) for one in self.asked.variables],
                reason=form[self._why(slot)] if self.asked.by_stretches else None,
                begun=self._begun(slot),
            )
            for slot in self.slots
        ]

    def entry(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """`readings` and `reasons` of an entry, of the stretches that have begun; `typed`: the form's cleaned data."""
        begun = [slot for slot in self.slots if self._begun(slot)]
        readings: dict[date, dict[str, Decimal | None]] = {
            slot.last_day: {one.symbol: typed.get(self._name(slot, one)) for one in self.asked.variables}
            for slot in begun
        }
        return {"readings": readings, "reasons": {slot.last_day: typed.get(self._why(slot)) or "" for slot in begun}}

    def names(self) -> list[str]:
        """Of the fields of figures."""
        return [self._name(slot, variable) for slot in self.slots for variable in self.asked.variables]

    def _begun(self, slot: Slot) -> bool:
        return self.today is None or slot.first_day <= self.today

    def _name(self, slot: Slot, variable: Variable) -> str:
        return f"r-{slot.last_day:%Y%m%d}-{variable.symbol}"

    def _why(self, slot: Slot) -> str:
        return f"m-{slot.last_day:%Y%m%d}"


def labelled(variable: Variable) -> str:
    """«Casos atendidos (caso)»."""
    return f"{variable.title} ({variable.unit})" if variable.unit else variable.title
