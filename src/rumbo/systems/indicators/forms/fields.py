"""The fields of goals and indicators: exact figures, months by their number, variables by rows."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rumbo.core.engine.formula import MOST_VARIABLES, symbol_of
from rumbo.core.rendering.cells import Unreadable, to_decimal
from rumbo.core.vocabulary.filling import fill


class AmountField(forms.CharField):
    """An exact decimal written as people of Mexico do, 1,250.5; a decimal comma is refused, never guessed."""

    def __init__(self, *, places: int = 6, **options: Any) -> None:
        self.places = places
        super().__init__(max_length=30, widget=forms.TextInput({"inputmode": "decimal"}), **options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return to_decimal(text, self.places)
        except Unreadable as problem:
            raise ValidationError(fill(problem.template, problem.params, gettext)) from problem

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) else value


class MonthsField(forms.CharField):
    """Numbers of months, «6; 11», as a sorted list."""

    def clean(self, value: Any) -> list[int]:
        parts = super().clean(value).replace(";", " ").replace(",", " ").split()
        months = sorted({int(part) for part in parts if part.isdecimal()})
        if len(months) != len(set(parts)) or any(month not in range(1, 13) for month in months):
            raise ValidationError(_("Escriba los números de los meses, de 1 a 12, separados por punto y coma."))
        return months

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(map(str, value)) if isinstance(value, list) else value


def written(value: Decimal | None) -> str:
    """Plain, without zeros that nobody typed."""
    return "" if value is None else format(value.normalize(), "f") if value else "0"


class VariablesInput(forms.Widget):
    """Rows of three texts, which the page draws: symbol, name and unit."""

    PARTS = ("symbol", "name", "unit")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        columns = [data.getlist(f"{name}-{part}") if hasattr(data, "getlist") else [] for part in self.PARTS]
        return [dict(zip(self.PARTS, row, strict=True)) for row in zip(*columns, strict=False)]


class VariablesField(forms.Field):
    """Variables of a formula beside the first two. Empty rows say nothing; a name alone makes its own symbol."""

    widget = VariablesInput
    LONGEST: ClassVar[dict[str, int]] = {"symbol": 60, "name": 300, "unit": 100}

    def clean(self, value: Any) -> list[dict[str, str]]:
        rows = [{part: str(row.get(part, "")).strip() for part in self.LONGEST} for row in value or ()]
        found = [row for row in rows if row["symbol"] or row["name"]]
        if len(found) > MOST_VARIABLES or any(
            len(row[part]) > most for row in found for part, most in self.LONGEST.items()
        ):
            raise ValidationError(_("Hay demasiadas variables, o un texto demasiado largo."))
        return [row | {"symbol": row["symbol"] or symbol_of(row["name"])} for row in found]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(initial) != self.clean(data))
        except ValidationError:
            return True
